"""Documents that a person called versions of one another."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "same_documents",
        sa.Column("unit", sa.String(32)),
        sa.Column("document", sa.String(64)),
        sa.Column("of", sa.String(64), nullable=False),
        sa.Column("created", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("unit", "document", name="same_documents_by_unit"),
    )
