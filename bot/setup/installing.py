"""Making one environment with venv and pip."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from bot.setup.logged import run_logged
from bot.setup.project import Project

# The lock is complete, and leaves out on purpose what pip would add.
_PIP = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--no-deps"]


def from_nothing(project: Project, folder: str, lock: str, base: Path, environ: Mapping[str, str]) -> None:
    """Make the environment ``folder`` anew with the Python ``base`` and install ``lock``. Raises Problem."""
    remove(project.root / folder)
    failure = f"The environment {folder} could not be created with {base}."
    run_logged([base, "-m", "venv", project.root / folder], project.setup_log, failure)
    add(project, folder, lock, environ)


def add(project: Project, folder: str, lock: str, environ: Mapping[str, str]) -> None:
    """Install ``lock`` into the environment ``folder``. Raises Problem."""
    python = project.root / folder / "bin" / "python"
    wheels = ["--find-links", environ["BANSHI_WHEELS"]] if environ.get("BANSHI_WHEELS") else []
    command = [python, *_PIP, *wheels, "-r", project.root / "requirements" / lock]
    run_logged(
        command, project.setup_log, f"The libraries of requirements/{lock} could not be installed: see pip's reason."
    )


def remove(folder: Path) -> None:
    """Delete a folder if it is there; of a link only the link."""
    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)
