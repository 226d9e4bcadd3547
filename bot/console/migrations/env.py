"""Alembic runs this to migrate over the connection that ``bot.console.database`` hands it."""

from alembic import context

from bot.console.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table="console_version",
    render_as_batch=True,  # SQLite changes a column only by copying its table
)
with context.begin_transaction():
    context.run_migrations()
