"""The console's tables. A change here needs a migration in ``migrations/versions``; a test compares the two."""

from __future__ import annotations

import sqlalchemy as sa

METADATA = sa.MetaData()

accounts = sa.Table(
    "console_accounts",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(64), nullable=False, unique=True),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("password", sa.String(200)),  # argon2; None: only by single sign-on
    sa.Column("disabled", sa.Boolean, nullable=False),
    sa.Column("made", sa.DateTime, nullable=False),
)
sessions = sa.Table(
    "console_sessions",
    METADATA,
    sa.Column("key", sa.String(64), primary_key=True),  # SHA-256 of the cookie, which itself is kept nowhere
    sa.Column("account", sa.Integer, sa.ForeignKey("console_accounts.id", ondelete="CASCADE"), nullable=False),
    sa.Column("form_key", sa.String(64), nullable=False),
    sa.Column("seen", sa.DateTime, nullable=False),
    sa.Column("ends", sa.DateTime, nullable=False),
)
failures = sa.Table(
    "console_failures",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("key", sa.String(100), nullable=False, index=True),
    sa.Column("at", sa.DateTime, nullable=False),
)
audit = sa.Table(
    "console_audit",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", sa.DateTime, nullable=False, index=True),
    sa.Column("who", sa.String(64), nullable=False),
    sa.Column("action", sa.String(32), nullable=False),
    sa.Column("about", sa.String(200), nullable=False),
)
cases = sa.Table(
    "console_cases",
    METADATA,
    sa.Column("code", sa.String(6), primary_key=True),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("ends", sa.DateTime, nullable=False),
)
turns = sa.Table(
    "console_turns",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("day", sa.Date, nullable=False, index=True),
    sa.Column("channel", sa.String(32), nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("topic", sa.String(64)),
    sa.Column("region", sa.String(64)),
    sa.Column("milliseconds", sa.Integer, nullable=False),
    sa.Column("questions", sa.Integer),  # only of outcomes: how many were asked before it
    sa.Column("seconds", sa.Integer),  # only of outcomes: since the matter was first named
)
passages = sa.Table(
    "console_passages",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("day", sa.Date, nullable=False, index=True),
    sa.Column("passage", sa.String(160), nullable=False),
)
matters = sa.Table(
    "console_matters",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("question", sa.String(500), nullable=False),
    sa.Column("topic", sa.String(64)),
    sa.Column("region", sa.String(64)),
    sa.Column("state", sa.String(16), nullable=False, index=True),
    sa.Column("taken_by", sa.String(64)),
    sa.Column("changed", sa.String(1000)),
    sa.Column("reports", sa.Integer, nullable=False),
    sa.Column("first", sa.DateTime, nullable=False),
    sa.Column("last", sa.DateTime, nullable=False),
    sa.Column("moved", sa.DateTime),  # when the state last changed; None: it never did
)
reports = sa.Table(
    "console_reports",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column(
        "matter", sa.Integer, sa.ForeignKey("console_matters.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("origin", sa.String(64), nullable=False),  # an account's name, or the bot's channel
    sa.Column("question", sa.String(500), nullable=False),
    sa.Column("facts", sa.String(500), nullable=False),
    sa.Column("region", sa.String(64)),
    sa.Column("knowledge", sa.String(64), nullable=False),
)
