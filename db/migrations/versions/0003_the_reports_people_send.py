"""The reports people send."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The reports people send."""
    op.execute('ALTER TABLE "agreement" ADD COLUMN description_language TEXT')
