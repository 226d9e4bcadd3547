"""A working copy of the test's own, with a fake Python that records what it is asked to install."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

from bot.setup.project import Project

FAKE_PYTHON = """#!{shell}
case "$1" in
  -c) echo {version} ;;
  -m) case "$2" in
        venv) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
        pip) shift 2; echo "$@" >> "{calls}"
             case "$*" in *{broken}*) echo "no such library"; exit 1 ;; esac
             case "$1" in index) echo "Available versions: {torch}" ;; esac ;;
      esac ;;
esac
"""


def executable(path: Path, text: str) -> Path:
    """Write a script that can be run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def fake_python(path: Path, version: str, *, broken: str = "@none", torch: str = "2.13.0+cpu, 2.13.0") -> Path:
    """A Python that says it is ``version``, makes environments of itself, and fails to install ``broken``."""
    calls = path.parent / "calls.txt"
    return executable(
        path, FAKE_PYTHON.format(shell="/bin/sh", version=version, calls=calls, broken=broken, torch=torch)
    )


def fake_project(root: Path) -> Project:
    """A working copy with small locks and nothing built."""
    requirements = root / "requirements"
    requirements.mkdir(parents=True)
    for lock in ("rasa", "rasa-dev", "actions", "dev"):
        (requirements / f"{lock}.txt").write_text(f"{lock}-library==1.0\n")
    (requirements / "actions.in").write_text("torch==2.13.0  # runs the sentence model\n")
    return Project(root, root / "var")


def environment_of(python: Path, root: Path, name: str, files: dict[str, str]) -> None:
    """Put this Python into ``root``/``name`` and modules into ``root``, as if an environment had been built."""
    link = root / name / "bin" / "python"
    link.parent.mkdir(parents=True)
    executable(link, f'#!/bin/sh\nexec "{python or sys.executable}" "$@"\n')
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
