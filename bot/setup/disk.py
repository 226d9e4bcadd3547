"""Room on the disk."""

from __future__ import annotations

import shutil
from pathlib import Path

from bot.setup.problem import Problem

GIGABYTE = 10**9


def require(gigabytes: float, folder: Path) -> None:
    """Raises Problem when ``folder`` has less room than building there takes."""
    free = shutil.disk_usage(folder).free / GIGABYTE
    if free < gigabytes:
        raise Problem(
            f"Building the environments takes about {gigabytes:.0f} GB, and the disk of {folder} has {free:.1f} GB "
            "left: free some, or clone onto a larger disk."
        )
