"""A record to bring files into, copied from one that is made once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.record import Record
from tests.builders import PASSPHRASE, copied


@pytest.fixture
def record(made: Path, tmp_path: Path) -> Iterator[Record]:
    """An empty record of one's own, open."""
    with Record.open(copied(made, tmp_path / "essai.jalon"), PASSPHRASE) as opened:
        yield opened
