"""What Alembic runs: our models, on the connection and in the transaction of whoever asked for the upgrade."""

from alembic import context

import db.models  # noqa: F401  (makes every table known)
from db.base import Base
from db.searching import is_index_table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=True,
    compare_type=True,
    include_name=lambda name, kind, _parents: kind != "table" or not is_index_table(name),
)
context.run_migrations()
