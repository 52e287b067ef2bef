"""Folders that a service synchronises or that lie on another computer: refused in words, and read all the same.

By the signs of each service, and by what the system says of a mounted disk. Weaker: nobody asks.
"""

from pathlib import Path
from unittest.mock import patch

from db import folders, record
from db.errors import RecordError
from db.folders import NetworkFolder, SynchronisedFolder
from db.record import Record
from tests.builders import CHEAP, OFFICE, PASSPHRASE, PERSON
from tests.faults.figure import Count, fresh, opened, refusal, scratch

NUMBER = 26
CALLED = ("OneDrive - Organisation", "Dropbox", "Google Drive", "Nextcloud", "iCloud Drive", "MEGAsync")
MARKED = (".dropbox.cache", ".tmp.drivedownload", ".nextcloudsync.log", ".stfolder")
ACROSS = ("nfs4", "cifs", "fuse.sshfs", "9p")


def count(quick: bool, weaker: bool) -> Count:
    """Make a record there, open one that is there to write and to read."""
    refused = worded = read = 0
    with scratch() as folder, patch.object(record, "refuse_unsafe", _nobody if weaker else folders.refuse_unsafe):
        places = [(folder / name, "") for name in CALLED]
        places += [(folder / f"kept-{number}", sign) for number, sign in enumerate((*MARKED, *ACROSS))]
        for place, sign in places:
            path = fresh(place)
            mounts = folder / "mounts"
            mounts.write_text(f"disk {place} {sign} rw 0 0\n")
            if sign in MARKED:
                (place / sign).mkdir()
            across = (lambda where, at=mounts: _ASKED(where, at)) if sign in ACROSS else _ASKED
            with patch.object(folders, "is_across_a_network", across):
                for does in (lambda: _make(place / "new.jalon"), lambda: _write(path)):  # noqa: B023 # done at once
                    error = refusal(does)
                    refused += error is not None and issubclass(error, RecordError)
                    worded += error in (SynchronisedFolder, NetworkFolder)
                with opened(path, write=False) as one:
                    read += one.read(lambda _session: True)
    tried = 2 * len(places)
    told = f"{refused} of {tried} refused, {worded} in the words for it; {read} of {len(places)} read all the same"
    return Count(told, refused == worded == tried and read == len(places))


_ASKED = folders.is_across_a_network


def _nobody(_path: Path) -> None:
    return


def _make(path: Path) -> None:
    Record.create(path, PASSPHRASE, PERSON, OFFICE, cost=CHEAP)[0]._let_go()


def _write(path: Path) -> None:
    with opened(path):
        return
