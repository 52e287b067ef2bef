"""How a record of an older version becomes one of this version, and why a newer one is refused.

Alembic is run by the program itself: a verified copy first, then all steps and their checks in one transaction. A new
record takes the same way, so the two can never differ.
"""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from db import backup, searching, triggers
from db.engine import APPLICATION_ID
from db.errors import Damaged, NewerRecord, NotARecord
from db.keys import keys_path

HEAD = "0004"
"""The revision that the models of this version describe."""

VERSIONS = Path(__file__).parent / "versions"


def is_older(path: Path, engine: Engine) -> bool:
    """Whether a record needs `upgrade` before this version can work with it; one that is newer, or none, is refused."""
    with engine.connect().execution_options(begin="DEFERRED") as connection:
        current = _revision(connection)
        if connection.exec_driver_sql("PRAGMA application_id").scalar() != APPLICATION_ID:
            raise NotARecord(path=path)
        if current == HEAD and searching.is_current(connection):
            return False
    known = {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}
    if current is not None and current not in known:
        raise NewerRecord
    return True


def upgrade(path: Path, engine: Engine, key: bytes) -> None:
    """Bring a record to this version, whole or not at all."""
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        if keys_path(path).exists():  # a record that is just being made has none yet
            backup.back_up(path, driver, key)
        # Without effect inside a transaction, so before it: batch mode drops and renames tables that others point at.
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                command.upgrade(config(connection), HEAD)
                triggers.regenerate(connection)
                searching.remake(connection)
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise Damaged
        finally:
            driver.execute("PRAGMA foreign_keys=ON")


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings, without a file of its own."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    settings.set_main_option("path_separator", "newline")
    settings.set_main_option("version_locations", str(VERSIONS).replace("%", "%%"))
    settings.attributes["connection"] = connection
    return settings


def _revision(connection: Connection) -> str | None:
    tables = connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE name = 'alembic_version'").first()
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() if tables else None
    return None if found is None else str(found)
