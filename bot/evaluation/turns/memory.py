"""Resident memory of a process and all it started (Linux)."""

from __future__ import annotations

from pathlib import Path


def resident(process: int, proc: Path = Path("/proc")) -> int:
    """Bytes; what processes share is counted in each.

    Raises:
        FileNotFoundError: there is no such process, or no /proc.
    """
    lines = (proc / str(process) / "status").read_text(encoding="utf-8").splitlines()
    kilobytes = next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)
    return kilobytes * 1024 + sum(resident(child, proc) for child in _children(process, proc))


def _children(process: int, proc: Path) -> list[int]:
    tasks = (proc / str(process) / "task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text(encoding="utf-8").split()]
