"""Commands whose output goes to a log; a failure is one sentence and the end of that log."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.setup.problem import Problem

TAIL = 15


def run_logged(
    command: Sequence[object],
    log: Path,
    failure: str,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> None:
    """Run ``command``, adding its output to ``log``. Raises Problem with ``failure`` and the last lines of the log."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as stream:
        stream.write(f"$ {' '.join(str(part) for part in command)}\n".encode())
        stream.flush()
        code = subprocess.run(
            [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=stream, stderr=stream, cwd=cwd, env=env
        ).returncode
    if code:
        raise Problem(f"{failure} {end_of(log)}")


def end_of(log: Path, lines: int = TAIL) -> str:
    """A sentence with the last ``lines`` lines of a log, indented."""
    text = log.read_text(encoding="utf-8", errors="replace").strip() if log.exists() else ""
    if not text:
        return f"It printed nothing into {log}."
    return f"The end of {log}:\n" + "\n".join("  " + line for line in text.splitlines()[-lines:])
