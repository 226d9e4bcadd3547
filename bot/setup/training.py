"""The Rasa model: trained only when what it is made from changed.

The file name carries the hash of its inputs, so the folder itself says which model is current.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from bot.setup import inputs, variables
from bot.setup.logged import run_logged
from bot.setup.problem import Problem
from bot.setup.progress import Step
from bot.setup.project import Project

INPUTS = (
    "config.yml",
    "domain.yml",
    "data",
    "bot/nlu",
    "bot/catalogue",
    "requirements/rasa.txt",
)
KEPT = 2


def model_path(project: Project, environ: Mapping[str, str] = os.environ) -> Path:
    """Where the model of the present inputs lies, or will lie."""
    content = [inputs.knowledge(project.root, environ), inputs.phrases(project.root, environ)]
    return project.models / f"banshi-{inputs.fingerprint(project.root, INPUTS, content)[:12]}.tar.gz"


def current_model(project: Project) -> Path:
    """The trained model of the present inputs. Raises Problem when there is none."""
    path = model_path(project)
    if not path.exists():
        raise Problem("There is no model of the present training data: run `make train` first.")
    return path


def steps(project: Project) -> list[Step]:
    """One step when the model is missing or stale, else none."""
    path = model_path(project)
    if path.exists():
        os.utime(path)  # Rasa, started by hand, takes the newest file
        return []
    return [Step("Training the Rasa model", "about 2 minutes", lambda: _train(project, path))]


def _train(project: Project, path: Path) -> None:
    building = project.models / ".building"
    shutil.rmtree(building, ignore_errors=True)
    command = [project.rasa_python, "-m", "rasa", "train", "--config", "config.yml", "--domain", "domain.yml"]
    command += ["--data", "data", "--out", building, "--fixed-model-name", path.name[: -len(".tar.gz")]]
    # Rasa's cache of trained components knows their class alone, not the modules that do the work
    environment = {**variables.for_children(project), "RASA_MAX_CACHE_SIZE": "0"}
    run_logged(command, project.setup_log, "The training failed.", cwd=project.root, env=environment)
    trained = building / path.name
    if not trained.exists():
        raise Problem(f"The training ended without a model: see the end of {project.setup_log}.")
    os.replace(trained, path)
    shutil.rmtree(building)
    prune(project.models)


def prune(folder: Path, kept: int = KEPT) -> None:
    """Delete all but the ``kept`` newest models."""
    newest_first = sorted(folder.glob("banshi-*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in newest_first[kept:]:
        path.unlink()
