"""Model and knowledge released together, swapped in while the servers run, and rolled back by one command.

``releases/<name>/`` holds ``model.tar.gz`` and ``knowledge/``; ``current`` is a symbolic link. Servers follow it:
Rasa by `bot.channels.following`, the action server when BANSHI_KNOWLEDGE names ``releases/current/knowledge``.
"""

from __future__ import annotations

import os
import shutil
import tarfile
import time
from collections.abc import Callable
from pathlib import Path

from bot.catalogue import load
from bot.errors import BanshiError

CURRENT, PREVIOUS = "current", "previous"
KEPT = 5


class ReleaseError(BanshiError):
    """A release is refused, or there is none to go back to; what serves stays."""


def release(folder: Path, model: Path, knowledge: Path, index: Callable[[Path], None]) -> str:
    """Check, copy and swap in; the name of the release.

    ``index`` builds the search index of a knowledge folder; it is called before the swap. Raises BanshiError with what
    is wrong, and nothing has changed.
    """
    _check_model(model)
    load(knowledge)  # raises KnowledgeProblems
    name = time.strftime("%Y%m%d-%H%M%S")
    made = folder / f".{name}"
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    shutil.copy2(model, made / "model.tar.gz")
    shutil.copytree(knowledge, made / "knowledge")
    os.replace(made, folder / name)
    index(folder / name / "knowledge")
    _point(folder, name)
    _prune(folder)
    return name


def roll_back(folder: Path, index: Callable[[Path], None]) -> str:
    """Swap the release before back in; its name. Rolling back twice returns to where one was."""
    before = folder / PREVIOUS
    if not before.exists():
        raise ReleaseError("There is no release to go back to.")
    name = before.resolve().name
    index(folder / name / "knowledge")
    _point(folder, name)
    return name


def _point(folder: Path, name: str) -> None:
    """Each link is replaced in one step, so that a server never finds none."""
    now = folder / CURRENT
    if now.exists() and now.resolve().name != name:
        _link(folder, PREVIOUS, now.resolve().name)
    _link(folder, CURRENT, name)


def _link(folder: Path, link: str, name: str) -> None:
    made = folder / f".{link}"
    made.unlink(missing_ok=True)
    made.symlink_to(name, target_is_directory=True)
    os.replace(made, folder / link)


def _check_model(model: Path) -> None:
    try:
        with tarfile.open(model) as archive:
            names = archive.getnames()
    except (OSError, tarfile.TarError, EOFError) as error:
        raise ReleaseError(f"{model} is no whole model: {type(error).__name__}.") from error
    if not any(name.endswith("metadata.json") for name in names):
        raise ReleaseError(f"{model} is no model of Rasa.")


def _prune(folder: Path) -> None:
    linked = {(folder / link).resolve().name for link in (CURRENT, PREVIOUS)}
    names = sorted(path.name for path in folder.iterdir() if path.is_dir() and not path.is_symlink())
    for name in [name for name in names if name not in linked][:-KEPT]:
        shutil.rmtree(folder / name)
