"""torch by itself, a CPU build wherever one is to be had: the ordinary one brings gigabytes of GPU libraries.

BANSHI_TORCH_INDEX is the address of a package index with CPU builds, BANSHI_WHEELS a folder of wheels; pip's own
settings (its find-links folder, its indexes) are respected as they are.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from bot.setup.logged import run_logged
from bot.setup.problem import Problem
from bot.setup.project import Project

_LARGE = (
    "      No CPU build of torch is offered here, so the ordinary one comes: about 5 GB with its GPU libraries. "
    "BANSHI_TORCH_INDEX or BANSHI_WHEELS avoids that (docs/adr/0002-locked-dependencies.md)."
)


def requirement(root: Path) -> str:
    """The pinned torch, as written in requirements/actions.in, for example "torch==2.13.0"."""
    match = re.search(r"^torch==[\w.]+", (root / "requirements" / "actions.in").read_text(encoding="utf-8"), re.M)
    if not match:
        raise Problem("requirements/actions.in names no torch==<version>: put the line back.")
    return match.group()


def options(environ: Mapping[str, str]) -> list[str]:
    """What the two settings add to pip's command line."""
    index, wheels = environ.get("BANSHI_TORCH_INDEX"), environ.get("BANSHI_WHEELS")
    return (["--index-url", index] if index else []) + (["--find-links", wheels] if wheels else [])


def offers_cpu(listing: str, version: str) -> bool:
    """Whether ``pip index versions torch`` lists a CPU build of ``version``; pip prefers it to the plain one."""
    return f"{version}+cpu" in re.split(r"[\s,()]+", listing)


def install(project: Project, environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> None:
    """Install torch into the action server's environment, after the other libraries. Raises Problem."""
    wanted, extra = requirement(project.root), options(environ)
    if platform == "linux" and not offers_cpu(_listing(project.python, extra), wanted.split("==")[1]):
        print(_LARGE, flush=True)
    pip = [project.python, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", *extra]
    # What torch needs besides GPU libraries is in the lock already; an index of CPU builds may not carry it.
    without = ["--no-deps"] if environ.get("BANSHI_TORCH_INDEX") else []
    run_logged([*pip, *without, wanted], project.setup_log, "torch could not be installed: see pip's reason.")


def _listing(python: Path, extra: list[str]) -> str:
    command = [str(python), "-m", "pip", "index", "versions", "torch", "--disable-pip-version-check", *extra]
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
