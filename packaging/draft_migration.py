"""Draft the migration from the newest revision to the models of today: `python packaging/draft_migration.py NAME`.

What it writes is a draft: read it, put native `ALTER TABLE` in the place of batch mode where SQLite can, and set
`db.migrations.HEAD`. A revision that people's records have already taken is never drafted anew.
"""

import re
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from alembic import command
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import TypeDecorator, create_engine

import db.models  # noqa: F401  (makes every table known)
from db import migrations
from db.base import Base

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


def draft(title: str) -> Path:
    """Write the draft, and say where it is."""
    before = ScriptDirectory.from_config(migrations.config()).get_current_head()
    with create_engine("sqlite://").begin() as connection:
        if before:
            command.upgrade(migrations.config(connection), before)
        options = {"target_metadata": Base.metadata, "compare_type": True}
        found = produce_migrations(MigrationContext.configure(connection, opts=options), Base.metadata)
    assert found.upgrade_ops is not None
    body = render_python_code(found.upgrade_ops, render_as_batch=bool(before), render_item=plain)
    body = re.sub(r"^ *# ###.*\n?", "", body, flags=re.MULTILINE).strip()
    revision = f"{int(before or 0) + 1:04d}"
    path = migrations.VERSIONS / f"{revision}_{re.sub('[^a-z0-9]+', '_', title.lower())}.py"
    named = MODULE.format(title=title, revision=revision, before=f'"{before}"' if before else None, body=f"    {body}")
    path.write_text(named, encoding="utf-8")
    return path


if __name__ == "__main__":
    print(draft(sys.argv[1]))
