"""Models and migrations agree, and a new record takes the same way as an old one."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.orm import Session

from db import migrations
from db.base import Base
from db.record import Record


def differences(session: Session) -> list[object]:
    settings = {"compare_type": True, "target_metadata": Base.metadata}
    return list(compare_metadata(MigrationContext.configure(session.connection(), opts=settings), Base.metadata))


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
