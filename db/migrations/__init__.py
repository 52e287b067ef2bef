"""How a record of an older version becomes one of this version, and why a newer one is refused.

Alembic is run by the program itself: a verified copy first, then all steps and their checks in one transaction. A new
record takes the same way, so the two can never differ.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from db import backup, triggers
from db.engine import APPLICATION_ID
from db.errors import Damaged, NewerRecord, NotARecord

HEAD = "0001"
"""The revision that the models of this version describe."""


def upgrade(
    path: Path, engine: Engine, key: bytes, lock: Callable[[], AbstractContextManager[Any]] | None = None
) -> None:
    """Bring a record to this version, or refuse it and leave it as it is."""
    with engine.connect().execution_options(begin="DEFERRED") as connection:
        current = _revision(connection)
        if connection.exec_driver_sql("PRAGMA application_id").scalar() != APPLICATION_ID:
            raise NotARecord(path=path)
    if current == HEAD:
        return
    known = {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}
    if current is not None and current not in known:
        raise NewerRecord
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        if current is not None:
            backup.back_up(path, driver, key)
        # Without effect inside a transaction, so before it: batch mode drops and renames tables that others point at.
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                command.upgrade(config(connection), HEAD)
                triggers.regenerate(connection)
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise Damaged
        finally:
            driver.execute("PRAGMA foreign_keys=ON")


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings, without a file of its own."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    settings.attributes["connection"] = connection
    return settings


def _revision(connection: Connection) -> str | None:
    tables = connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE name = 'alembic_version'").first()
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() if tables else None
    return None if found is None else str(found)
