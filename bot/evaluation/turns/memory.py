"""Memory of a process and all it started (Linux): resident, and its share; and processor time of a process."""

from __future__ import annotations

import os
from pathlib import Path


def resident(process: int, proc: Path = Path("/proc")) -> int:
    """Bytes; what processes share is counted in each.

    Raises:
        FileNotFoundError: there is no such process, or no /proc.
    """
    return _sum(process, proc, "status", "VmRSS:")


def proportional(process: int, proc: Path = Path("/proc")) -> int:
    """Bytes; what processes share is divided among them, so that sums over processes count nothing twice.

    Raises:
        FileNotFoundError: there is no such process, or no /proc.
    """
    return _sum(process, proc, "smaps_rollup", "Pss:")


def processor(process: int, proc: Path = Path("/proc")) -> float:
    """Seconds of processor time a process has used since it began; without those of what it started.

    Raises:
        FileNotFoundError: there is no such process, or no /proc.
    """
    fields = (proc / str(process) / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _sum(process: int, proc: Path, file: str, name: str) -> int:
    lines = (proc / str(process) / file).read_text(encoding="utf-8").splitlines()
    kilobytes = next((int(line.split()[1]) for line in lines if line.startswith(name)), 0)
    return kilobytes * 1024 + sum(_sum(child, proc, file, name) for child in _children(process, proc))


def _children(process: int, proc: Path) -> list[int]:
    tasks = (proc / str(process) / "task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text(encoding="utf-8").split()]
