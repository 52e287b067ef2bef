"""Models and migrations agree, and a new record takes the same way as an old one."""

import shutil
from collections import Counter
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import Session

from db import backup, beginning, migrations
from db.base import Base
from db.errors import NewerRecord, RecordInUse
from db.queries.check import check
from db.record import Record
from db.searching import is_index_table
from db.triggers import logged_tables
from tests.builders import PASSPHRASE, add_partner, everything, new_record


def differences(session: Session) -> list[object]:
    settings = {
        "compare_type": True,
        "target_metadata": Base.metadata,
        "include_name": lambda name, kind, _parents: kind != "table" or not is_index_table(name),
    }
    found = compare_metadata(MigrationContext.configure(session.connection(), opts=settings), Base.metadata)
    links = Counter(link_of(each[1]) for each in found if each[0] in ("add_fk", "remove_fk"))
    # SQLAlchemy does not read how a link behaves that was added with its column: each shows as one gone and one new.
    return [each for each in found if each[0] not in ("add_fk", "remove_fk") or links[link_of(each[1])] != 2]


def link_of(key: ForeignKeyConstraint) -> tuple[object, ...]:
    return key.table.name, *((each.parent.name, each.target_fullname) for each in key.elements)


def test_every_link_is_checked_only_when_a_deed_is_complete(record: Record) -> None:
    made = record.read(
        lambda session: [
            row.sql
            for row in session.connection().exec_driver_sql("SELECT name, sql FROM sqlite_schema WHERE type = 'table'")
            if row.name in logged_tables()
        ]
    )
    for sql in made:
        assert sql.count("REFERENCES") == sql.count("DEFERRABLE INITIALLY DEFERRED"), sql


def test_the_migrations_lead_to_the_models(record: Record) -> None:
    assert record.read(differences) == []


def test_the_head_is_the_last_revision() -> None:
    assert ScriptDirectory.from_config(migrations.config()).get_current_head() == migrations.HEAD


def test_every_unique_index_and_check_of_the_models_is_in_the_file(record: Record) -> None:
    made = record.read(
        lambda session: {
            row.name
            for row in session.connection().exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'index'")
        }
    )
    assert {str(index.name) for table in Base.metadata.tables.values() for index in table.indexes} <= made


@pytest.mark.usefixtures("record")
def test_a_new_record_of_a_test_is_what_the_way_of_all_versions_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    for way in (beginning.upgrade, migrations.upgrade):
        monkeypatch.setattr(beginning, "upgrade", way)
        record, _code = new_record(tmp_path / f"{len(made)}.jalon")
        with record.driver() as driver:
            made.append(
                [
                    driver.execute(asked).fetchall()
                    for asked in (
                        "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name",
                        "SELECT version_num FROM alembic_version",
                        "PRAGMA application_id",
                        "PRAGMA foreign_key_check",
                    )
                ]
            )
        record._let_go()
    assert made[0] == made[1]


NEXT = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "9999", "{head}", None, None


def upgrade():
    with op.batch_alter_table("organisation") as batch:
        batch.alter_column("notes", new_column_name="notes", nullable=True)
        batch.add_column(sa.Column("motto", sa.Text()))
    {fails}
""".replace("{head}", migrations.HEAD)
CURRENT = migrations.HEAD


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's next version: one revision more. The worst way to migrate on purpose: the table is made anew."""
    versions = tmp_path / "versions"
    shutil.copytree(migrations.VERSIONS, versions)
    monkeypatch.setattr(migrations, "VERSIONS", versions)
    monkeypatch.setattr(migrations, "HEAD", "9999")
    return versions / "9999_next.py"


def test_an_older_record_is_brought_up_to_date_with_a_copy_first(
    record: Record, path: Path, next_version: Path
) -> None:
    record.write(add_partner, "Femmes debout")
    before = {name: len(rows) for name, rows in record.read(everything).items()}
    record.close()
    next_version.write_text(NEXT.format(fails=""), encoding="utf-8")
    with Record.open(path, PASSPHRASE) as newer:
        with newer.driver() as driver:
            assert driver.execute("SELECT motto FROM organisation").fetchall() == [(None,)]
        assert {name: len(rows) for name, rows in newer.read(everything).items()} == before
        assert check(newer) == ()
        newer.write(add_partner, "Femmes levées")
        assert check(newer) == ()


def test_a_migration_that_fails_leaves_the_record_as_it_was(record: Record, path: Path, next_version: Path) -> None:
    record.write(add_partner, "Femmes debout")
    before = record.read(everything)
    record.close()
    next_version.write_text(NEXT.format(fails="raise RuntimeError('half way')"), encoding="utf-8")
    with pytest.raises(RuntimeError, match="half way"):
        Record.open(path, PASSPHRASE)
    migrations.HEAD = CURRENT
    with Record.open(path, PASSPHRASE) as again:
        assert again.read(everything) == before
        assert again.read(differences) == []
        assert check(again) == ()


def test_the_copy_made_before_a_migration_opens_in_the_older_version(path: Path, next_version: Path) -> None:
    next_version.write_text(NEXT.format(fails=""), encoding="utf-8")
    Record.open(path, PASSPHRASE).close()
    migrations.HEAD = CURRENT
    next_version.unlink()
    with pytest.raises(NewerRecord):
        Record.open(path, PASSPHRASE)
    with Record.open(backup.copies(path)[-1].path, PASSPHRASE, write=False) as older:
        assert older.read(differences) == []


def test_a_record_is_not_migrated_behind_the_back_of_its_writer(record: Record, path: Path, next_version: Path) -> None:
    next_version.write_text(NEXT.format(fails=""), encoding="utf-8")
    with pytest.raises(RecordInUse):
        Record.open(path, PASSPHRASE, write=False)
    record.write(add_partner, "Femmes debout")
