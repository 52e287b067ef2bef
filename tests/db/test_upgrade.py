"""Records that earlier versions wrote, opened by this one: all they held is there. `tests/faults` kills it as well."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db import backup, migrations
from db.engine import connect
from db.keys import unlock
from db.queries.check import check
from db.queries.history import deeds
from db.record import Record
from tests.builders import PASSPHRASE, add_partner, copied, names, new_record
from tests.faults.upgrades import OLDER, VERSIONS, built, contents, released, revision, told


@pytest.fixture(params=OLDER)
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def old(version: str, tmp_path: Path) -> Path:
    """A copy of the record that an earlier version wrote."""
    return copied(released(version), tmp_path / f"{version}.jalon")


@pytest.fixture
def upgraded(old: Path) -> Iterator[Record]:
    with Record.open(old, PASSPHRASE) as record:
        yield record


def test_all_that_an_older_record_held_is_there(upgraded: Record, version: str) -> None:
    held = told(version)
    with upgraded.driver() as driver:
        assert contents(driver, {table: each["columns"] for table, each in held.items()}) == held
    assert check(upgraded) == ()


def test_an_upgraded_record_is_built_like_a_new_one(upgraded: Record, tmp_path: Path) -> None:
    new, _code = new_record(tmp_path / "new.jalon")
    schemas = []
    for record in (upgraded, new):
        with record.driver() as driver:
            schemas.append(built(driver))
    new.close()
    assert schemas[0] == schemas[1]


def test_its_history_goes_on(upgraded: Record) -> None:
    before = upgraded.read(names)
    assert upgraded.read(deeds, None)
    upgraded.write(add_partner, "Après la mise à niveau")
    upgraded.undo()
    assert upgraded.read(names) == before
    upgraded.undo()  # a deed that the earlier version did
    assert check(upgraded) == ()


def test_it_was_copied_before_it_was_touched(old: Path, upgraded: Record, version: str) -> None:
    number = version.removeprefix("version-")
    copy = backup.copies(old)[0].path
    with upgraded.driver() as driver:
        assert revision(driver) == migrations.HEAD != number
    kept = copied(copy, copy.with_name("looked-at.jalon"))  # opening the copy itself would bring it up to date
    driver = connect(kept, unlock(kept, PASSPHRASE).raw)
    assert revision(driver) == number
    driver.close()


def test_the_record_that_was_kept_of_this_version_is_of_this_version(tmp_path: Path) -> None:
    version = VERSIONS[-1]
    with Record.open(copied(released(version), tmp_path / "kept.jalon"), PASSPHRASE) as kept:
        with kept.driver() as driver:
            assert revision(driver) == migrations.HEAD == version.removeprefix("version-")
        assert check(kept) == ()
