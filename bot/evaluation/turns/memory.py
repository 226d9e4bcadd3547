"""Memory of a process and all it started (Linux): resident, and its share of what is resident."""

from __future__ import annotations

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


def _sum(process: int, proc: Path, file: str, name: str) -> int:
    lines = (proc / str(process) / file).read_text(encoding="utf-8").splitlines()
    kilobytes = next((int(line.split()[1]) for line in lines if line.startswith(name)), 0)
    return kilobytes * 1024 + sum(_sum(child, proc, file, name) for child in _children(process, proc))


def _children(process: int, proc: Path) -> list[int]:
    tasks = (proc / str(process) / "task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text(encoding="utf-8").split()]
