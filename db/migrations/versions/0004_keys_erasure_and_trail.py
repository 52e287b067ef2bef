"""Keys, erasure and trail."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keys, erasure and trail."""
    op.create_table(
        "kept_on",
        sa.Column("row", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_kept_on")),
        sa.UniqueConstraint("id", name=op.f("uq_kept_on_id")),
    )
    op.create_index(
        op.f("ix_kept_on_owner_id"),
        "kept_on",
        ["owner_id"],
        unique=False,
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.create_table(
        "retention_rule",
        sa.Column("row", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_retention_rule")),
        sa.UniqueConstraint("id", name=op.f("uq_retention_rule_id")),
    )
    op.create_index(
        op.f("ix_retention_rule_kind"),
        "retention_rule",
        ["kind"],
        unique=False,
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.execute('ALTER TABLE "issued" ADD COLUMN rows INTEGER')
    op.execute('ALTER TABLE "issued" ADD COLUMN fields JSON')
    op.execute('ALTER TABLE "issued" ADD COLUMN place TEXT')
    op.execute('ALTER TABLE "office" ADD COLUMN alarm TEXT')
