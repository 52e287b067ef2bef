"""What a disk's fault is called; `tests/faults` counts what faults do to a record."""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlcipher3.dbapi2 as sqlite

from db.engine import worded
from db.errors import DiskFault, DiskFull, ReadOnlyPlace, RecordError
from db.record import Record
from tests.builders import PASSPHRASE


@pytest.mark.parametrize(("free", "refusal"), [(0, DiskFull), (1 << 30, DiskFault)])
def test_a_fault_of_the_disk_is_called_full_where_it_is(
    path: Path, free: int, refusal: type[RecordError], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: SimpleNamespace(free=free))
    fault = sqlite.OperationalError("disk I/O error")
    fault.sqlite_errorname = "SQLITE_IOERR"
    with pytest.raises(refusal), worded(path):
        raise fault


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere, and Windows keeps it elsewhere"
)
def test_a_folder_that_cannot_be_written_in_is_refused_in_words(path: Path) -> None:
    path.parent.chmod(0o500)
    try:
        with pytest.raises(ReadOnlyPlace):
            Record.open(path, PASSPHRASE)
    finally:
        path.parent.chmod(0o700)
