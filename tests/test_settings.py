"""Choices that are no secret: kept where they can be, and never in the way of the work."""

import json
import os
from pathlib import Path

import pytest

from desktop import settings
from desktop.__main__ import main
from desktop.settings import Settings


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A settings folder of one's own."""
    monkeypatch.setattr(settings, "folder", lambda: tmp_path)
    return tmp_path


def test_choices_are_there_the_next_time() -> None:
    settings.save(Settings(language="ar", text_size=150, recent=("/a", "/b")))
    assert settings.load() == Settings(language="ar", text_size=150, recent=("/a", "/b"))


@pytest.mark.parametrize("content", ["", "[]", "{", "null", "\x00", '{"language": 3, "text_size": "big", "recent": 7}'])
def test_a_file_that_says_nothing_usable_leaves_the_choice_to_the_system(folder: Path, content: str) -> None:
    (folder / "settings.json").write_text(content, encoding="utf-8")
    assert settings.load() == Settings()


def test_what_this_version_does_not_know_is_left_out(folder: Path) -> None:
    (folder / "settings.json").write_text(json.dumps({"language": "es", "later": True}), encoding="utf-8")
    assert settings.load() == Settings(language="es")


def test_a_folder_that_cannot_be_written_in_costs_the_choice_only(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "file").write_bytes(b"")
    monkeypatch.setattr(settings, "folder", lambda: folder / "file" / "deeper")
    settings.save(Settings(language="ar"))
    assert settings.load() == Settings()


def test_the_record_opened_last_comes_first_and_few_are_kept(folder: Path) -> None:
    for number in [*range(12), 5]:
        settings.remember(folder / f"{number}.jalon")
    recent = [Path(path).stem for path in settings.load().recent]
    assert recent == ["5", "11", "10", "9", "8", "7", "6", "4"]


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps who may read a file elsewhere")
def test_nobody_else_reads_the_folder_whatever_an_earlier_version_left_open(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "folder", lambda: folder / "jalon")
    settings.save(Settings(language="ar"))
    assert (folder / "jalon").stat().st_mode & 0o777 == 0o700
    assert (folder / "jalon" / "settings.json").stat().st_mode & 0o777 == 0o600
    (folder / "jalon" / "settings.json").chmod(0o644)
    (folder / "jalon").chmod(0o755)
    (folder / "jalon" / "origins").mkdir()
    outside, inside = folder / "outside", folder / "jalon" / "origins" / "one.json"
    for file in (outside, inside):
        file.write_bytes(b"")
        file.chmod(0o644)
    (folder / "jalon" / "link").symlink_to(outside)
    assert main(["reports", "--language", "en"]) == 0
    modes = {each.name: each.stat().st_mode & 0o777 for each in (folder / "jalon", *(folder / "jalon").rglob("*"))}
    assert modes == {"jalon": 0o700, "settings.json": 0o600, "origins": 0o700, "one.json": 0o600, "link": 0o644}


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps who may read a file elsewhere")
def test_one_that_cannot_be_closed_leaves_no_other_open(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "folder", lambda: folder)
    files = [folder / name for name in "abc"]
    for file in files:
        file.touch()
        file.chmod(0o644)
    chmod, refused = Path.chmod, list[Path]()

    def closes(path: Path, mode: int) -> None:
        if path in files and not refused:
            refused.append(path)
            raise PermissionError
        chmod(path, mode)

    monkeypatch.setattr(Path, "chmod", closes)
    settings.keep_private()
    assert [file for file in files if file.stat().st_mode & 0o077] == refused
