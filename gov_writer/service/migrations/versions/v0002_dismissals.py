"""Findings that were set aside, and titles for the history."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table and the column."""
    op.add_column("jobs", sa.Column("title", sa.String(200), nullable=False, server_default=""))
    op.create_table(
        "dismissals",
        sa.Column("document", sa.String(64), primary_key=True),
        sa.Column("finding", sa.String(64), primary_key=True),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("created", sa.Float, nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("dismissals")
    op.drop_column("jobs", "title")
