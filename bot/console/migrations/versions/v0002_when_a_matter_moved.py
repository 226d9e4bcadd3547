"""When a matter of the queue last changed its state: done ones are deleted some time after that.

And no samples of what people wrote for PostgreSQL's planner: they would outlive the rows, and it needs none.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_WRITTEN = {
    "console_matters": ("question", "changed"),
    "console_reports": ("question", "facts"),
    "console_cases": ("body", "code"),
}


def upgrade() -> None:
    """To this version; of older matters the latest report is the best that is known."""
    op.add_column("console_matters", sa.Column("moved", sa.DateTime))
    op.execute("UPDATE console_matters SET moved = last WHERE state <> 'open'")
    _sample(0)


def downgrade() -> None:
    """Forget when."""
    _sample(-1)
    op.drop_column("console_matters", "moved")


def _sample(values: int) -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table, columns in _WRITTEN.items():
            for column in columns:
                op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS {values}")
