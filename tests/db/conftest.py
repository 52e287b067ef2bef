"""A fresh record for each test, copied from one that is made once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.keys import keys_path
from db.record import Record
from tests.builders import PASSPHRASE, new_record


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A closed record and its recovery code."""
    path = tmp_path_factory.mktemp("made") / "essai.jalon"
    record, code = new_record(path)
    record.close()
    return path, code


@pytest.fixture
def path(made: tuple[Path, str], tmp_path: Path) -> Path:
    """The file of a closed record of one's own."""
    path = tmp_path / "essai.jalon"
    shutil.copyfile(made[0], path)
    shutil.copyfile(keys_path(made[0]), keys_path(path))
    return path


@pytest.fixture
def record(path: Path) -> Iterator[Record]:
    """An open record of one's own."""
    record = Record.open(path, PASSPHRASE)
    yield record
    record._let_go()
