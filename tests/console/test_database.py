from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.console.database import address, connect
from bot.console.tables import METADATA


def test_the_migrations_make_the_tables_as_they_are_declared(engine: Any) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": "console_version"})
        assert compare_metadata(context, METADATA) == []
        assert context.get_current_revision() == "0002"
        assert set(METADATA.tables) <= set(sa.inspect(connection).get_table_names())


def test_opening_twice_keeps_what_is_there(tmp_path: Path) -> None:
    at = f"sqlite:///{tmp_path / 'sub' / 'console.db'}"
    first = connect(at)
    with first.begin() as database:
        database.execute(METADATA.tables["console_passages"].insert().values(day=sa.func.current_date(), passage="a/b"))
    first.dispose()
    second = connect(at)
    with second.connect() as database:
        assert database.execute(sa.text("SELECT passage FROM console_passages")).scalars().all() == ["a/b"]
    second.dispose()
    assert (tmp_path / "sub" / "console.db").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("postgresql://banshi@db/banshi", "postgresql+psycopg://banshi@db/banshi"),
        (
            "postgresql+psycopg2://banshi@db/banshi?sslmode=require",
            "postgresql+psycopg://banshi@db/banshi?sslmode=require",
        ),
        ("postgres://banshi@db/banshi", "postgresql+psycopg://banshi@db/banshi"),
    ],
)
def test_one_setting_moves_everything_to_postgresql(setting: str, expected: str) -> None:
    assert address({"BANSHI_DB": setting}) == expected


def test_rasas_own_sqlite_file_is_left_to_rasa() -> None:
    assert address({"BANSHI_DB": "sqlite:////tmp/tracker.db"}).endswith("console.db")
