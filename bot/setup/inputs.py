"""One hash over the files something was made from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path


def fingerprint(root: Path, paths: Sequence[str], extra: Iterable[str] = ()) -> str:
    """Hash over the names and contents of the files at or below ``paths`` and over ``extra``.

    A missing path counts as empty; compiled Python and hidden files do not count.
    """
    digest = hashlib.sha256()
    for path in files(root, paths):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(root).as_posix()} {content}\n".encode())
    for text in extra:
        digest.update(f"{text}\n".encode())
    return digest.hexdigest()


def content(environ: Mapping[str, str]) -> Iterator[str]:
    """A hash of each content folder that a setting puts in the place of the project's own."""
    for setting in ("BANSHI_CONTENT", "BANSHI_KNOWLEDGE", "BANSHI_NLU"):
        if environ.get(setting):
            folder = Path(environ[setting])
            named = ("knowledge", "data/nlu") if setting == "BANSHI_CONTENT" else (".",)
            yield f"{setting} {fingerprint(folder, named)}"


def files(root: Path, paths: Sequence[str]) -> Iterator[Path]:
    """The files at or below ``paths``, sorted."""
    found: set[Path] = set()
    for name in paths:
        path = root / name
        found.update([path] if path.is_file() else path.rglob("*"))
    return iter(sorted(path for path in found if path.is_file() and not _is_passing(path.relative_to(root))))


def _is_passing(path: Path) -> bool:
    return "__pycache__" in path.parts or any(part.startswith(".") for part in path.parts)
