"""The first tables: accounts, sessions, failures, audit log, cases, turns, passages, queue."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """To this version."""
    op.create_table(
        "console_accounts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(64), nullable=False, unique=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("password", sa.String(200)),
        sa.Column("disabled", sa.Boolean, nullable=False),
        sa.Column("made", sa.DateTime, nullable=False),
    )
    op.create_table(
        "console_sessions",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("account", sa.Integer, sa.ForeignKey("console_accounts.id", ondelete="CASCADE"), nullable=False),
        sa.Column("form_key", sa.String(64), nullable=False),
        sa.Column("seen", sa.DateTime, nullable=False),
        sa.Column("ends", sa.DateTime, nullable=False),
    )
    op.create_table(
        "console_failures",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.String(100), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.create_index("ix_console_failures_key", "console_failures", ["key"])
    op.create_table(
        "console_audit",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("who", sa.String(64), nullable=False),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("about", sa.String(200), nullable=False),
    )
    op.create_index("ix_console_audit_at", "console_audit", ["at"])
    op.create_table(
        "console_cases",
        sa.Column("code", sa.String(6), primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("ends", sa.DateTime, nullable=False),
    )
    op.create_table(
        "console_turns",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("topic", sa.String(64)),
        sa.Column("region", sa.String(64)),
        sa.Column("milliseconds", sa.Integer, nullable=False),
        sa.Column("questions", sa.Integer),
        sa.Column("seconds", sa.Integer),
    )
    op.create_index("ix_console_turns_day", "console_turns", ["day"])
    op.create_table(
        "console_passages",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("passage", sa.String(160), nullable=False),
    )
    op.create_index("ix_console_passages_day", "console_passages", ["day"])
    op.create_table(
        "console_matters",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("question", sa.String(500), nullable=False),
        sa.Column("topic", sa.String(64)),
        sa.Column("region", sa.String(64)),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("taken_by", sa.String(64)),
        sa.Column("changed", sa.String(1000)),
        sa.Column("reports", sa.Integer, nullable=False),
        sa.Column("first", sa.DateTime, nullable=False),
        sa.Column("last", sa.DateTime, nullable=False),
    )
    op.create_index("ix_console_matters_state", "console_matters", ["state"])
    op.create_table(
        "console_reports",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("matter", sa.Integer, sa.ForeignKey("console_matters.id", ondelete="CASCADE"), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("origin", sa.String(64), nullable=False),
        sa.Column("question", sa.String(500), nullable=False),
        sa.Column("facts", sa.String(500), nullable=False),
        sa.Column("region", sa.String(64)),
        sa.Column("knowledge", sa.String(64), nullable=False),
    )
    op.create_index("ix_console_reports_matter", "console_reports", ["matter"])


def downgrade() -> None:
    """Remove everything."""
    for table in ("reports", "matters", "passages", "turns", "cases", "audit", "failures", "sessions", "accounts"):
        op.drop_table(f"console_{table}")
