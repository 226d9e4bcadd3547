"""The knowledge to compare with: a folder, or a state kept by git."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.errors import WorkshopError


@contextmanager
def knowledge_at(base: str, knowledge: Path) -> Iterator[Path]:
    """The knowledge folder named by ``base``: itself, a folder with one in it, or a git version of ``knowledge``.

    Raises:
        WorkshopError: it is none of these.
    """
    folder = Path(base)
    if folder.is_dir():
        yield folder / "knowledge" if (folder / "knowledge").is_dir() else folder
        return
    with TemporaryDirectory(prefix="banshi-base-") as there:
        _unpack(base, knowledge, Path(there))
        yield Path(there) / "knowledge"


def _unpack(version: str, knowledge: Path, there: Path) -> None:
    inside = _git(knowledge, "rev-parse", "--show-prefix").decode().strip().rstrip("/")
    top = Path(_git(knowledge, "rev-parse", "--show-toplevel").decode().strip())
    try:
        packed = _git(top, "archive", "--format=tar", "--prefix=knowledge/", f"{version}:{inside}")
    except WorkshopError as error:
        raise WorkshopError(
            f"BASE={version} 既不是文件夹，也不是 git 里的版本。/ "
            f"BASE={version} is neither a folder nor a version kept by git ({error})."
        ) from None
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(there, filter="data")


def _git(folder: Path, *words: str) -> bytes:
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True)
    if done.returncode:
        raise WorkshopError(done.stderr.decode(errors="replace").strip())
    return done.stdout
