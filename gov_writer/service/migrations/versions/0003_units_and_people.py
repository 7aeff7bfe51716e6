"""Units, people, what belongs to whom, the offices' rule settings, and the audit log."""

import time

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_COUNTED = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """What was there before belongs to the unit ``local``."""
    op.add_column("jobs", sa.Column("owner", sa.String(32), nullable=False, server_default=""))
    for table in ("jobs", "files", "events"):
        op.add_column(table, sa.Column("unit", sa.String(32), nullable=False, server_default="local"))
        op.create_index(f"ix_{table}_unit", table, ["unit"])
    _dismissals()
    _people()
    _audit()


def _dismissals() -> None:
    op.rename_table("dismissals", "dismissals_before")
    op.create_table(
        "dismissals",
        sa.Column("unit", sa.String(32)),
        sa.Column("document", sa.String(64)),
        sa.Column("finding", sa.String(64)),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("created", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("unit", "document", "finding", name="dismissals_by_unit"),
    )
    op.execute(
        "INSERT INTO dismissals (unit, document, finding, reason, created)"
        " SELECT 'local', document, finding, reason, created FROM dismissals_before"
    )
    op.drop_table("dismissals_before")


def _people() -> None:
    units = op.create_table(
        "units",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("name", sa.String(100), nullable=False, unique=True),
        sa.Column("created", sa.Float, nullable=False),
    )
    op.bulk_insert(units, [{"id": "local", "name": "本机", "created": time.time()}])
    op.create_table(
        "users",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("name", sa.String(64), nullable=False, unique=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("unit", sa.String(32), nullable=False),
        sa.Column("password", sa.String(200), nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("created", sa.Float, nullable=False),
    )
    op.create_table(
        "grants",
        sa.Column("user", sa.String(32), primary_key=True),
        sa.Column("unit", sa.String(32), primary_key=True),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("user", sa.String(32), nullable=False, index=True),
        sa.Column("csrf", sa.String(64), nullable=False),
        sa.Column("created", sa.Float, nullable=False),
        sa.Column("seen", sa.Float, nullable=False),
    )
    op.create_table(
        "tokens",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("user", sa.String(32), nullable=False, index=True),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False, unique=True),
        sa.Column("created", sa.Float, nullable=False),
        sa.Column("expires", sa.Float),
    )
    op.create_table(
        "rule_settings",
        sa.Column("unit", sa.String(32), primary_key=True),
        sa.Column("rule", sa.String(16), primary_key=True),
        sa.Column("enabled", sa.Boolean, nullable=False),
        sa.Column("severity", sa.String(16)),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("number", _COUNTED, primary_key=True, autoincrement=False),
        sa.Column("time", sa.BigInteger, nullable=False),
        sa.Column("user", sa.String(32), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("unit", sa.String(32), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("object", sa.String(200), nullable=False),
        sa.Column("details", sa.Text, nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    head = op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.bulk_insert(head, [{"id": 1, "number": 0, "hash": "0" * 64}])
    if op.get_bind().dialect.name == "sqlite":
        for what in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_no_{what.lower()} BEFORE {what} ON audit"
                " BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END"
            )
    else:
        op.execute(
            "CREATE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'the audit log is never changed'; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit"
            " FOR EACH STATEMENT EXECUTE FUNCTION audit_is_kept()"
        )


def downgrade() -> None:
    """The audit log goes too: whoever goes back has saved it elsewhere."""
    for table in ("audit_head", "audit", "rule_settings", "tokens", "sessions", "grants", "users", "units"):
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION audit_is_kept()")
    with op.batch_alter_table("dismissals") as batch:
        batch.drop_constraint("dismissals_by_unit", type_="primary")
        batch.drop_column("unit")
        batch.create_primary_key("dismissals_by_document", ["document", "finding"])
    for table in ("jobs", "files", "events"):
        op.drop_index(f"ix_{table}_unit", table)
        with op.batch_alter_table(table) as batch:
            batch.drop_column("unit")
    with op.batch_alter_table("jobs") as batch:
        batch.drop_column("owner")
