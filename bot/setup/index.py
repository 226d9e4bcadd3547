"""The search index over the knowledge: built by bot.retrieval, and asked for only when its inputs changed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from bot.setup import inputs, variables
from bot.setup.logged import run_logged
from bot.setup.progress import Step
from bot.setup.project import Project

INPUTS = ("bot/retrieval", "bot/catalogue", "requirements/actions.txt")
SETTINGS = ("BANSHI_ENCODER", "BANSHI_EXACT_UP_TO")


def folder(project: Project) -> Path:
    """Where bot.retrieval keeps the index."""
    return project.var / "index"


def steps(project: Project, environ: Mapping[str, str] = os.environ) -> list[Step]:
    """One step when the index is missing or stale, else none."""
    settings = [environ.get(name, "") for name in SETTINGS]
    wanted = inputs.fingerprint(project.root, INPUTS, [inputs.knowledge(project.root, environ), *settings])
    stamp = folder(project) / "inputs.stamp"
    if stamp.exists() and stamp.read_text() == wanted:
        return []
    return [Step("Indexing the knowledge", "about 3 minutes the first time", lambda: _build(project, stamp, wanted))]


def _build(project: Project, stamp: Path, wanted: str) -> None:
    command = [project.python, "-m", "bot.retrieval", "build"]
    environment = variables.for_children(project)
    run_logged(command, project.setup_log, "The index could not be built.", cwd=project.root, env=environment)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(wanted)
