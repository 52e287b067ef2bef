"""What Alembic runs: our models, on the connection and in the transaction of whoever asked for the upgrade."""

from alembic import context

import db.models  # noqa: F401  (makes every table known)
from db.base import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=True,
    compare_type=True,
)
context.run_migrations()
