"""``make check``: what needs no model and no server."""

from __future__ import annotations

from bot.setup.modules import run_module
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
        if run_module(project, *command):
            failed.append(name)
    print(f"Not clean: {', '.join(failed)}." if failed else "All clean.", flush=True)
    return 1 if failed else 0
