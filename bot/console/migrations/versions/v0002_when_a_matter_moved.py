"""When a matter of the queue last changed its state: done ones are deleted some time after that."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """To this version; of older matters the latest report is the best that is known."""
    op.add_column("console_matters", sa.Column("moved", sa.DateTime))
    op.execute("UPDATE console_matters SET moved = last WHERE state <> 'open'")


def downgrade() -> None:
    """Forget when."""
    op.drop_column("console_matters", "moved")
