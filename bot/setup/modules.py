"""A module of the product, run in the action server's environment in front of the person."""

from __future__ import annotations

import subprocess

from bot.setup import variables
from bot.setup.project import Project


def run_module(project: Project, module: str, *arguments: str) -> int:
    """Run ``python -m module arguments`` with the terminal's input and output; its exit code."""
    command = [str(project.python), "-m", module, *arguments]
    return subprocess.run(command, cwd=project.root, env=variables.for_children(project)).returncode
