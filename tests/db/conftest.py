"""A fresh record for each test, copied from one that is made once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.record import Record
from tests.builders import PASSPHRASE, copied, new_record


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
    return copied(made[0], tmp_path / "essai.jalon")


@pytest.fixture
def record(path: Path) -> Iterator[Record]:
    """An open record of one's own."""
    record = Record.open(path, PASSPHRASE)
    yield record
    record._let_go()
