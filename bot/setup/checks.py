"""``make check``: what needs no model and no server."""

from __future__ import annotations

import subprocess

from bot.setup import variables
from bot.setup.project import Project

CHECKS = (
    ("lint", ["ruff", "check"]),
    ("format", ["ruff", "format", "--check"]),
    ("types", ["mypy"]),
    ("knowledge", ["bot.workshop", "check"]),
)


def run(project: Project) -> int:
    """Run every check, also after one failed; the exit code is 0 when all are clean."""
    failed = []
    for name, command in CHECKS:
        print(f"== {name}", flush=True)
        words = [str(project.python), "-m", *command]
        if subprocess.run(words, cwd=project.root, env=variables.for_children(project)).returncode:
            failed.append(name)
    print(f"Not clean: {', '.join(failed)}." if failed else "All clean.", flush=True)
    return 1 if failed else 0
