"""Everything that matters in one file, and back again.

In it: every SQLite database of the var folder (copied while in use), a dump of PostgreSQL when BANSHI_DB names one, the
secret, the switch, the releases, and the knowledge served. Not in it: the search index and logs, which are made anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.errors import BanshiError

VERSION = 1
_MANIFEST = "manifest.json"
_PLAIN = ("secret", "switched-off.json")
_DUMP = "postgresql.dump"


class BackupError(BanshiError):
    """A back-up cannot be made or is not whole; nothing was changed."""


def back_up(var: Path, knowledge: Path, database: str, target: Path) -> list[str]:
    """Write the back-up to ``target``; the names of what is in it. The servers may run meanwhile."""
    with TemporaryDirectory(dir=target.parent) as folder:
        stage = Path(folder) / "content"
        stage.mkdir()
        for source in sorted(var.glob("*.db")):
            _copy_database(source, stage / source.name)
        for name in _PLAIN:
            if (var / name).is_file():
                shutil.copy2(var / name, stage / name)
        if (var / "releases").is_dir():
            shutil.copytree(var / "releases", stage / "releases", symlinks=True)
        shutil.copytree(knowledge, stage / "knowledge")
        if database.startswith("postgresql"):
            _run(["pg_dump", "--format=custom", f"--file={stage / _DUMP}", _libpq(database)])
        sums = {name: _digest(path) for name, path in _files(stage)}
        (stage / _MANIFEST).write_text(json.dumps({"version": VERSION, "made": time.time(), "files": sums}, indent=1))
        written = Path(folder) / "backup.tar.gz"
        with tarfile.open(written, "w:gz") as archive:
            archive.add(stage, arcname=".")
        written.chmod(0o600)
        os.replace(written, target)
    return sorted(sums)


def restore(source: Path, var: Path, database: str, knowledge: Path | None = None) -> Path:
    """Put a back-up in place, with the servers stopped; where what was there before lies now.

    ``knowledge`` is where its knowledge goes; None leaves the present one. Raises BackupError, before anything is
    changed, when the file is damaged.
    """
    var.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=var) as folder:
        stage = Path(folder)
        _unpack(source, stage)
        before = var / time.strftime("before-restore-%Y%m%d-%H%M%S")
        before.mkdir()
        for path in sorted(stage.iterdir()):
            if path.name in (_MANIFEST, _DUMP, "knowledge"):
                continue
            _move_aside(var, path.name, before)
            shutil.move(str(path), var / path.name)
        if knowledge is not None:
            if knowledge.exists():
                shutil.move(str(knowledge), before / "knowledge")
            shutil.move(str(stage / "knowledge"), knowledge)
        if (stage / _DUMP).exists():
            options = ["--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"]
            _run(["pg_restore", *options, f"--dbname={_libpq(database)}", str(stage / _DUMP)])
    return before


def _unpack(source: Path, stage: Path) -> None:
    try:
        with tarfile.open(source) as archive:
            archive.extractall(stage, filter="data")
        manifest = json.loads((stage / _MANIFEST).read_text())
    except (OSError, tarfile.TarError, EOFError, ValueError) as error:
        raise BackupError(f"{source} is no whole back-up: {type(error).__name__}.") from error
    if manifest.get("version") != VERSION:
        raise BackupError(f"{source} was made by another version of this command.")
    found = {name: _digest(path) for name, path in _files(stage) if name != _MANIFEST}
    if found != manifest["files"]:
        raise BackupError(f"{source} is damaged: its files are not those it was made with.")


def _move_aside(var: Path, name: str, before: Path) -> None:
    for each in (name, f"{name}-wal", f"{name}-shm"):  # a log left beside another database would spoil it
        if (var / each).exists():
            shutil.move(str(var / each), before / each)


def _copy_database(source: Path, target: Path) -> None:
    try:
        with (
            closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as one,
            closing(sqlite3.connect(target)) as two,
        ):
            one.backup(two)
            if two.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise BackupError(f"{source} is damaged and cannot be backed up.")
    except sqlite3.Error as error:
        raise BackupError(f"{source} cannot be read: {error}.") from error
    target.chmod(0o600)


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path.relative_to(folder).as_posix(), path


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _libpq(address: str) -> str:
    """SQLAlchemy's address without the name of its driver."""
    scheme, _, rest = address.partition("://")
    return f"{scheme.split('+')[0]}://{rest}"


def _run(command: list[str]) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except FileNotFoundError as error:
        raise BackupError(f"{command[0]} is not installed: install PostgreSQL's client programs.") from error
    except subprocess.CalledProcessError as error:
        raise BackupError(f"{command[0]} failed: {error.stderr.strip()[-300:]}") from error
