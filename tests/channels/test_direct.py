"""SQLite through its own driver gives what SQLAlchemy gives, and keeps a block's changes together."""

from __future__ import annotations

import sqlite3

import pytest
import sqlalchemy as sa

from bot.channels.direct import connected

TABLE = sa.Table("things", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), sa.Column("said", sa.Text))
READ = sa.text("SELECT said, :more FROM things WHERE said LIKE :like OR said = :like ORDER BY id")
ODD = ["丢了", 'it\'s 50 % "off"; --', "", "\x00", "🌧️"]


@pytest.fixture
def engine() -> sa.engine.Engine:
    made = sa.create_engine("sqlite://", poolclass=sa.pool.StaticPool)
    TABLE.create(made)
    return made


def test_the_same_rows(engine: sa.engine.Engine) -> None:
    with connected(engine) as direct:
        assert direct.execute(TABLE.insert(), [{"said": said} for said in ODD]) == []
        assert direct.execute(TABLE.insert(), []) == []
    given = {"like": "%", "more": 1}
    with engine.connect() as connection, connected(engine) as direct:
        rows = direct.execute(READ, given)
        assert rows == [tuple(row) for row in connection.execute(READ, given)] == [(said, 1) for said in ODD]


def test_an_error_keeps_nothing(engine: sa.engine.Engine) -> None:
    def twice() -> None:
        with connected(engine) as direct:
            direct.execute(TABLE.insert(), [{"id": 1, "said": "one"}])
            direct.execute(TABLE.insert(), [{"id": 1, "said": "again"}])

    with pytest.raises(sqlite3.IntegrityError):
        twice()
    with connected(engine) as direct:
        assert direct.execute(READ, {"like": "%", "more": 1}) == []
