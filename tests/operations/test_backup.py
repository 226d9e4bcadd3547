"""A back-up holds everything that matters, and a damaged one changes nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.operations.backup import BackupError, back_up, restore


def rows(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as connection:
        return [row[0] for row in connection.execute("SELECT data FROM events ORDER BY rowid")]


@pytest.fixture
def var(tmp_path: Path) -> Path:
    var = tmp_path / "var"
    (var / "releases" / "1").mkdir(parents=True)
    (var / "releases" / "1" / "model.tar.gz").write_bytes(b"model")
    (var / "releases" / "current").symlink_to("1")
    (var / "secret").write_text("s" * 64)
    (var / "knowledge").mkdir()
    (var / "knowledge" / "facts.yml").write_text("facts: []\n")
    return var


def test_what_was_backed_up_comes_back(var: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(var / "tracker.db")) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("CREATE TABLE events (data)")
        writer.execute("INSERT INTO events VALUES ('丢了')")
        writer.commit()
        names = back_up(var, var / "knowledge", "", tmp_path / "b.tar.gz")  # while the database is in use
        writer.execute("INSERT INTO events VALUES ('later')")
        writer.commit()
    assert names == ["knowledge/facts.yml", "releases/1/model.tar.gz", "secret", "tracker.db"]
    assert (tmp_path / "b.tar.gz").stat().st_mode & 0o077 == 0
    (var / "secret").unlink()
    (var / "knowledge" / "facts.yml").write_text("broken")
    before = restore(tmp_path / "b.tar.gz", var, "", var / "knowledge")
    assert rows(var / "tracker.db") == ["丢了"]
    assert rows(before / "tracker.db") == ["丢了", "later"]
    assert (var / "secret").read_text() == "s" * 64
    assert (var / "releases" / "current" / "model.tar.gz").read_bytes() == b"model"
    assert (var / "knowledge" / "facts.yml").read_text() == "facts: []\n"
    assert (before / "knowledge" / "facts.yml").read_text() == "broken"


@pytest.mark.parametrize("damage", ["cut", "other file", "nothing"])
def test_a_damaged_back_up_changes_nothing(var: Path, tmp_path: Path, damage: str) -> None:
    backup = tmp_path / "b.tar.gz"
    back_up(var, var / "knowledge", "", backup)
    whole = backup.read_bytes()
    backup.write_bytes({"cut": whole[: len(whole) // 2], "other file": b"no archive", "nothing": b""}[damage])
    before = {path: path.read_bytes() for path in sorted(var.rglob("*")) if path.is_file()}
    with pytest.raises(BackupError, match=r"b\.tar\.gz"):
        restore(backup, var, "")
    assert {path: path.read_bytes() for path in sorted(var.rglob("*")) if path.is_file()} == before


def test_a_damaged_database_is_not_backed_up(var: Path, tmp_path: Path) -> None:
    (var / "cases.db").write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    with pytest.raises(BackupError, match=r"cases\.db"):
        back_up(var, var / "knowledge", "", tmp_path / "b.tar.gz")
    assert not (tmp_path / "b.tar.gz").exists()
