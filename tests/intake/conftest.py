"""A record to bring files into, copied from one that is made once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.keys import keys_path
from db.record import Record
from tests.builders import PASSPHRASE, new_record


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed record."""
    path = tmp_path_factory.mktemp("made") / "essai.jalon"
    record, _code = new_record(path)
    record.close()
    return path


@pytest.fixture
def record(made: Path, tmp_path: Path) -> Iterator[Record]:
    """An empty record of one's own, open."""
    path = tmp_path / "essai.jalon"
    shutil.copyfile(made, path)
    shutil.copyfile(keys_path(made), keys_path(path))
    with Record.open(path, PASSPHRASE) as opened:
        yield opened
