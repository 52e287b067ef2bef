"""Where a record may not be written: refused in words, and what is beside such folders is left alone."""

from pathlib import Path

import pytest

from db.errors import RecordError
from db.folders import NetworkFolder, SynchronisedFolder, is_across_a_network, refuse_unsafe, synchronised_by
from db.record import Record
from tests.builders import PASSPHRASE, copied, new_record

SYNCHRONISED = {
    "OneDrive - Agence inventée": "OneDrive",
    "Dropbox (Bureau)": "Dropbox",
    "Google Drive": "Google Drive",
    "Nextcloud": "Nextcloud",
    "iCloud Drive": "iCloud",
}


@pytest.mark.parametrize("called", SYNCHRONISED)
def test_a_synchronised_folder_is_known_by_its_name(tmp_path: Path, called: str) -> None:
    inside = tmp_path / called / "Documents"
    inside.mkdir(parents=True)
    assert synchronised_by(inside, {}) == SYNCHRONISED[called]
    with pytest.raises(SynchronisedFolder):
        new_record(inside / "essai.jalon")
    assert list(inside.iterdir()) == []


def test_it_is_known_by_what_the_service_leaves_there_and_by_what_the_system_says(tmp_path: Path) -> None:
    inside = tmp_path / "Travail" / "2026"
    inside.mkdir(parents=True)
    assert synchronised_by(inside, {}) is None
    assert synchronised_by(inside, {"OneDriveCommercial": str(tmp_path / "Travail")}) == "OneDrive"
    (tmp_path / "Travail" / ".stfolder").mkdir()
    assert synchronised_by(inside, {}) == "Syncthing"
    refuse_unsafe(tmp_path / "essai.jalon")


def test_a_link_into_such_a_folder_is_one(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "Bureau").symlink_to(tmp_path / "Dropbox")
    assert synchronised_by(tmp_path / "Bureau", {}) == "Dropbox"


def test_a_record_there_is_read_and_not_written_in(path: Path, tmp_path: Path) -> None:
    (tmp_path / "OneDrive").mkdir()
    there = copied(path, tmp_path / "OneDrive" / "essai.jalon")
    with pytest.raises(SynchronisedFolder):
        Record.open(there, PASSPHRASE)
    with Record.open(there, PASSPHRASE, write=False) as record:
        assert not record.can_write


def test_folders_of_other_computers_are_known_by_what_is_mounted(tmp_path: Path) -> None:
    shared, own = tmp_path / "partage du bureau", tmp_path / "partage du bureau" / "disque"
    own.mkdir(parents=True)
    mounts = tmp_path / "mounts"
    written = str(shared).replace(" ", "\\040")
    mounts.write_text(
        f"/dev/sda1 / ext4 rw 0 0\nserveur:/d {written} cifs rw 0 0\n/dev/sdb1 {written}/disque ext4 rw 0 0\n"
    )
    assert is_across_a_network(shared, mounts)
    assert is_across_a_network(shared / "sous-dossier", mounts)
    assert not is_across_a_network(own, mounts)
    assert not is_across_a_network(tmp_path, mounts)
    assert issubclass(NetworkFolder, RecordError)
