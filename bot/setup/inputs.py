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


def knowledge(root: Path, environ: Mapping[str, str]) -> str:
    """Hash over the knowledge in use: setting BANSHI_KNOWLEDGE or BANSHI_CONTENT, else the working copy's own."""
    return fingerprint(_in_use(root, environ, "BANSHI_KNOWLEDGE", "knowledge"), ["."])


def phrases(root: Path, environ: Mapping[str, str]) -> str:
    """Hash over the training phrases in use: setting BANSHI_NLU or BANSHI_CONTENT, else the working copy's own."""
    return fingerprint(_in_use(root, environ, "BANSHI_NLU", "data/nlu"), ["."])


def _in_use(root: Path, environ: Mapping[str, str], setting: str, default: str) -> Path:
    return root / (environ.get(setting) or Path(environ.get("BANSHI_CONTENT") or "") / default)


def files(root: Path, paths: Sequence[str]) -> Iterator[Path]:
    """The files at or below ``paths``, sorted."""
    found: set[Path] = set()
    for name in paths:
        path = root / name
        found.update([path] if path.is_file() else path.rglob("*"))
    return iter(sorted(path for path in found if path.is_file() and not _is_passing(path.relative_to(root))))


def _is_passing(path: Path) -> bool:
    return "__pycache__" in path.parts or any(part.startswith(".") for part in path.parts)
