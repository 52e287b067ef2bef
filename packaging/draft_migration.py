"""Draft the migration from the newest revision to the models of today: `python packaging/draft_migration.py NAME`.

Columns are added by SQLite's own ALTER TABLE, never by copying a table. Read what was written, and set
`db.migrations.HEAD`. With `--again` the newest revision is drafted anew: only as long as no record has taken it.
"""

import re
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from alembic import command
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from alembic.operations import ops
from alembic.script import ScriptDirectory
from sqlalchemy import TypeDecorator, create_engine
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateColumn

import db.models  # noqa: F401  (makes every table known)
from db import migrations
from db.base import NAMING, Base

MODULE = '''"""{title}."""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = {before}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """{title}."""
{body}
'''


def plain(kind: str, thing: Any, _context: Any) -> str | bool:
    """A migration knows no type of ours: they may change after it."""
    if kind == "type" and isinstance(thing, TypeDecorator):
        return "sa." + repr(thing.impl_instance).replace("timezone=True", "")
    return False


def added(operation: ops.AddColumnOp) -> ops.ExecuteSQLOp:
    """A new column by SQLite's own means, its link included."""
    column = Base.metadata.tables[operation.table_name].c[operation.column.name]
    said = str(CreateColumn(column).compile(dialect=sqlite.dialect())).strip()
    for key in column.foreign_keys:
        name = NAMING["fk"] % {"table_name": operation.table_name, "column_0_N_name": column.name}
        table, target = key.target_fullname.split(".")
        said += f" CONSTRAINT {name} REFERENCES {table} ({target}) DEFERRABLE INITIALLY DEFERRED"
    return ops.ExecuteSQLOp(f'ALTER TABLE "{operation.table_name}" ADD COLUMN {said}')


def is_link(operation: ops.MigrateOperation) -> bool:
    """A link stands with its column. SQLAlchemy does not read back how one behaves, and would make each anew."""
    dropped = isinstance(operation, ops.DropConstraintOp) and operation.constraint_type == "foreignkey"
    return dropped or isinstance(operation, ops.CreateForeignKeyOp)


def native(found: ops.UpgradeOps) -> ops.UpgradeOps:
    """The operations found, without any that would copy a table."""
    kept: list[Any] = []
    for operation in found.ops:
        inner = operation.ops if isinstance(operation, ops.ModifyTableOps) else [operation]
        for each in inner:
            if isinstance(each, ops.AddColumnOp):
                kept.append(added(each))
            elif not is_link(each):
                kept.append(each)
    return ops.UpgradeOps(kept)


def draft(title: str, *, again: bool = False) -> Path:
    """Write the draft, and say where it is."""
    if again:
        max(migrations.VERSIONS.glob("0*.py")).unlink()
    before = ScriptDirectory.from_config(migrations.config()).get_current_head()
    with create_engine("sqlite://").begin() as connection:
        if before:
            command.upgrade(migrations.config(connection), before)
        options = {"target_metadata": Base.metadata, "compare_type": True}
        found = produce_migrations(MigrationContext.configure(connection, opts=options), Base.metadata)
    assert found.upgrade_ops is not None
    body = render_python_code(native(found.upgrade_ops), render_item=plain)
    body = re.sub(r"^ *# ###.*\n?", "", body, flags=re.MULTILINE).strip()
    revision = f"{int(before or 0) + 1:04d}"
    path = migrations.VERSIONS / f"{revision}_{re.sub('[^a-z0-9]+', '_', title.lower())}.py"
    named = MODULE.format(title=title, revision=revision, before=f'"{before}"' if before else None, body=f"    {body}")
    path.write_text(named, encoding="utf-8")
    return path


if __name__ == "__main__":
    titles = [argument for argument in sys.argv[1:] if argument != "--again"]
    print(draft(titles[0], again="--again" in sys.argv))
