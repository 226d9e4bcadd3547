"""Finding a Python of a wanted version: a setting, PATH, pyenv, uv; what is found is run before it is believed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bot.setup.problem import Problem

# A pyenv shim may exist and fail, and Debian ships a Python without venv: only running it tells.
_PROBE = "import ensurepip, sys, venv; print('%d.%d' % sys.version_info[:2])"


def find(versions: Sequence[str], setting: str, environ: Mapping[str, str] = os.environ) -> Path:
    """A working Python of one of ``versions`` ("3.10"), earlier ones preferred.

    ``setting`` names the environment variable that overrides the search. Raises Problem when there is none.
    """
    chosen = environ.get(setting)
    if chosen:
        return _checked_setting(chosen, versions, setting)
    for version in versions:
        for candidate in candidates(version, environ):
            if version_of(candidate) == version:
                return Path(candidate)
    fetched = _fetched_by_uv(versions[0], environ)
    if fetched:
        return fetched
    raise Problem(
        f"Python {versions[0]} is not on this machine (or lacks its venv module): install it, for example with "
        f"`pyenv install {versions[0]}` or `uv python install {versions[0]}`, or set {setting} to its path."
    )


def candidates(version: str, environ: Mapping[str, str]) -> Iterator[str]:
    """Executables that may be Python ``version``, the likeliest first; each may turn out to be something else."""
    for folder in environ.get("PATH", "").split(os.pathsep):
        path = Path(folder or ".") / f"python{version}"
        if os.access(path, os.X_OK):
            yield str(path)
    home = Path(environ.get("HOME") or Path.home())
    for versions in {Path(environ.get("PYENV_ROOT") or home / ".pyenv") / "versions", home / ".pyenv" / "versions"}:
        yield from _newest_first(versions, f"{version}*/bin/python{version}")
    data = Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    managed = Path(environ.get("UV_PYTHON_INSTALL_DIR") or data / "uv" / "python")
    yield from _newest_first(managed, f"cpython-{version}*/bin/python{version}")
    yield sys.executable


def version_of(executable: str) -> str | None:
    """ "3.10" for a Python that runs and can make environments, else None."""
    try:
        done = subprocess.run([executable, "-c", _PROBE], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def _newest_first(folder: Path, pattern: str) -> Iterator[str]:
    def key(path: Path) -> list[int]:
        return [int(part) for part in path.parts[-3].split("-")[-1].split(".") if part.isdigit()]

    yield from map(str, sorted(folder.glob(pattern), key=key, reverse=True))


def _checked_setting(chosen: str, versions: Sequence[str], setting: str) -> Path:
    if version_of(chosen) not in versions:
        wanted = " or ".join(versions)
        raise Problem(f"{setting} is {chosen}, which is not a working Python {wanted} with venv: correct or unset it.")
    return Path(shutil.which(chosen) or chosen)


def _fetched_by_uv(version: str, environ: Mapping[str, str]) -> Path | None:
    uv = shutil.which("uv", path=environ.get("PATH", ""))
    if not uv:
        return None
    print(f"Python {version} is not on this machine: asking uv for it.", flush=True)
    subprocess.run([uv, "python", "install", version], env=dict(environ), capture_output=True)
    for candidate in candidates(version, environ):
        if version_of(candidate) == version:
            return Path(candidate)
    return None
