"""What Jalon wrote outside the record is found again as long as it is what was written."""

from pathlib import Path

from desktop.outside import digest_of_bytes, still_there

CONTENT = b"des noms"


def test_what_a_killed_program_left_without_its_name_is_found_too(tmp_path: Path) -> None:
    path = tmp_path / "brut.xlsx"
    left = tmp_path / "brut.xlsx.part"
    files = [(path, digest_of_bytes(CONTENT))]
    left.write_bytes(CONTENT)
    assert [found for found, _digest in still_there(files)] == [left]
    path.write_bytes(CONTENT)
    left.write_bytes(b"autre chose")
    assert [found for found, _digest in still_there(files * 2)] == [path]
