"""A damaged file: what can be read comes over, what is lost in a table comes from the log, and the rest is told."""

from contextlib import closing
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy.orm import Session

from db import keys
from db.deeds import deed
from db.engine import PAGE, connect
from db.errors import RecordExists
from db.queries.check import check
from db.record import Record
from db.salvage import NothingReadable, salvage
from tests.builders import PASSPHRASE, add_partner, names

MANY = 25


@deed("Add many")
def add_many(session: Session, count: int) -> None:
    for number in range(count):
        add_partner(session, f"Partenaire inventé {number} " + "x" * 150)


@pytest.fixture
def filled(path: Path) -> Path:
    with Record.open(path, PASSPHRASE) as record:
        record.write(add_many, MANY)
    return path


def pages_of(path: Path, table: str) -> list[int]:
    """The pages on which rows of a table lie: the last ones written hold the newest rows."""
    record = Record.open(path, PASSPHRASE, write=False)
    with record.driver() as driver:
        (root,) = driver.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    record._let_go()
    return [root]


def spoil(path: Path, *pages: int) -> None:
    whole = bytearray(path.read_bytes())
    for page in pages:
        whole[(page - 1) * PAGE + 200] ^= 255
    path.write_bytes(whole)


def test_rows_lost_in_their_table_come_back_from_the_log(filled: Path, tmp_path: Path) -> None:
    spoil(filled, *pages_of(filled, "organisation"))  # the root: not one row can be read in the table itself
    before = filled.read_bytes()
    report = salvage(filled, keys.unlock(filled, PASSPHRASE).raw, tmp_path / "sauvé.jalon")
    assert filled.read_bytes() == before
    told = {each.table: each for each in report.tables}
    assert (told["organisation"].read, told["organisation"].rebuilt, report.lost) == (0, MANY, 0)
    with Record.open(tmp_path / "sauvé.jalon", PASSPHRASE) as saved:
        assert len(saved.read(names)) == MANY
        assert check(saved) == ()
        saved.write(add_partner, "Ensuite")
        assert check(saved) == ()


def test_what_a_killed_salvage_left_goes_with_the_next(filled: Path, tmp_path: Path) -> None:
    left, others = tmp_path / f".salvage-{filled.name}-abc", tmp_path / ".salvage-other.jalon-abc"
    for folder in (left, others):
        folder.mkdir()
        (folder / "damaged").write_bytes(b"x")
    salvage(filled, keys.unlock(filled, PASSPHRASE).raw, tmp_path / "sauvé.jalon")
    assert not left.exists() and others.exists()


def test_what_is_lost_of_the_log_is_told_and_the_tables_are_whole(filled: Path, tmp_path: Path) -> None:
    spoil(filled, *pages_of(filled, "log_row"))
    report = salvage(filled, keys.unlock(filled, PASSPHRASE).raw, tmp_path / "sauvé.jalon")
    told = {each.table: each for each in report.tables}
    assert told["log_row"].lost > MANY and not report.whole
    with Record.open(tmp_path / "sauvé.jalon", PASSPHRASE) as saved:
        assert len(saved.read(names)) == MANY
        assert check(saved)


def test_a_sound_record_comes_over_whole_and_nothing_is_written_over(filled: Path, tmp_path: Path) -> None:
    key = keys.unlock(filled, PASSPHRASE).raw
    assert salvage(filled, key, tmp_path / "sauvé.jalon").whole
    with pytest.raises(RecordExists):
        salvage(filled, key, tmp_path / "sauvé.jalon")


def test_what_was_being_written_at_a_power_cut_is_taken_back(filled: Path, tmp_path: Path) -> None:
    key = keys.unlock(filled, PASSPHRASE).raw
    cut = tmp_path / "cut" / filled.name
    cut.parent.mkdir()
    with closing(connect(filled, key, wal=False)) as driver:
        driver.execute("PRAGMA journal_mode=DELETE").fetchall()
        driver.execute("PRAGMA cache_size=1")
        driver.execute("BEGIN IMMEDIATE")
        for (name,) in driver.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            driver.execute(f'DROP TRIGGER "{name}"')
        driver.execute("UPDATE organisation SET name = 'half written'")
        for end in ("", "-journal", ".keys"):
            copyfile(f"{filled}{end}", f"{cut}{end}")
        driver.execute("ROLLBACK")
    salvage(cut, key, tmp_path / "sauvé.jalon")
    with Record.open(tmp_path / "sauvé.jalon", PASSPHRASE) as saved:
        assert len(saved.read(names)) == MANY and "half written" not in str(saved.read(names))


def test_where_the_beginning_is_destroyed_it_is_said(filled: Path, tmp_path: Path) -> None:
    key = keys.unlock(filled, PASSPHRASE).raw
    spoil(filled, 1)
    with pytest.raises(NothingReadable):
        salvage(filled, key, tmp_path / "sauvé.jalon")
    assert not list(tmp_path.glob("*sauv*"))
