"""The index on disk: built aside, swapped in whole, checked before it is served.

``<folder>/current`` names the folder of the index being served; ``<folder>/<name>/manifest.json`` lists its files
with their hashes.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from bot.errors import IndexFault
from bot.retrieval.abstention import Calibration
from bot.retrieval.corpus import Corpus, LawName
from bot.retrieval.index import DenseIndex
from bot.retrieval.lexical import LexicalIndex
from bot.retrieval.moments import Moments
from bot.retrieval.passages import Passage, Row, rows

FORMAT = 3
_MANIFEST = "manifest.json"


@dataclass(frozen=True)
class SearchIndex:
    """Everything a search needs but the encoder. ``version`` identifies knowledge, model and settings together."""

    version: str
    encoder: str
    adapter: str
    corpus: Corpus
    rows: list[Row]
    dense: DenseIndex
    lexical: LexicalIndex
    moments: Moments
    calibration: Calibration


def write(index: SearchIndex, folder: Path) -> None:
    """Write ``index`` beside the one being served, then swap it in whole; the one before the last is removed."""
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder):
        aside = folder / f"building-{os.getpid()}"
        shutil.rmtree(aside, ignore_errors=True)
        _write_files(index, aside)
        # A fresh name each time: a broken index of the same version may be open in another process.
        name = f"{index.version}-{max([0, *(int(p.name.rpartition('-')[2]) for p in _kept(folder))]) + 1}"
        aside.rename(folder / name)
        before = current(folder)
        _replace(folder / "current", name)
        for old in _kept(folder):
            if old.name not in (name, before):
                shutil.rmtree(old, ignore_errors=True)


def current(folder: Path) -> str | None:
    """The name of the index being served, or None where there is none."""
    try:
        return (folder / "current").read_text(encoding="utf-8").strip() or None
    except (OSError, UnicodeDecodeError):
        return None


def version(folder: Path) -> str:
    """The version of the index being served, its files checked. Raises IndexFault as ``read`` does."""
    return str(_checked_manifest(folder)[1]["version"])


def read(folder: Path) -> SearchIndex:
    """The index being served.

    Raises IndexFault when it is missing, incomplete, changed since it was written, or of another format.
    """
    path, manifest = _checked_manifest(folder)
    try:
        passages = [Passage.from_record(record) for record in _json_lines(path / "passages.jsonl")]
        laws = [LawName(**{**law, "names": tuple(law["names"])}) for law in _json_lines(path / "laws.jsonl")]
        regions = json.loads((path / "regions.json").read_text(encoding="utf-8"))
        moments = np.load(path / "moments.npz")
        all_rows = rows(passages)
        index = SearchIndex(
            version=manifest["version"],
            encoder=manifest["encoder"],
            adapter=manifest["adapter"],
            corpus=Corpus(passages, laws, {region: tuple(around) for region, around in regions.items()}),
            rows=all_rows,
            dense=DenseIndex.load(path / "dense.faiss"),
            lexical=LexicalIndex.load(path / "lexical", len(all_rows)),
            moments=Moments(moments["mean"], moments["covariance"]),
            calibration=Calibration(**json.loads((path / "calibration.json").read_text(encoding="utf-8"))),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexFault(f"The index in {path} cannot be read ({error}); it must be built again.") from error
    if index.dense.size != len(all_rows):
        raise IndexFault(
            f"The index in {path} has {index.dense.size} vectors for {len(all_rows)} texts; it must be built again."
        )
    return index


def _write_files(index: SearchIndex, path: Path) -> None:
    path.mkdir()
    _write_lines(path / "passages.jsonl", (passage.as_record() for passage in index.corpus.passages))
    _write_lines(path / "laws.jsonl", (asdict(law) for law in index.corpus.laws))
    (path / "regions.json").write_text(json.dumps(index.corpus.regions), encoding="utf-8")
    np.savez(path / "moments.npz", mean=index.moments.mean, covariance=index.moments.covariance)
    index.dense.save(path / "dense.faiss")
    index.lexical.save(path / "lexical")
    (path / "calibration.json").write_text(json.dumps(asdict(index.calibration), indent=1), encoding="utf-8")
    files = {str(file.relative_to(path)): _hash(file) for file in sorted(path.rglob("*")) if file.is_file()}
    manifest = {
        "format": FORMAT,
        "version": index.version,
        "encoder": index.encoder,
        "adapter": index.adapter,
        "rows": len(index.rows),
        "files": files,
    }
    (path / _MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")


def _checked_manifest(folder: Path) -> tuple[Path, dict[str, Any]]:
    name = current(folder)
    if not name or Path(name).name != name:
        raise IndexFault(f"There is no index in {folder}; run: python -m bot.retrieval build")
    path = folder / name
    try:
        manifest = json.loads((path / _MANIFEST).read_text(encoding="utf-8"))
        if manifest["format"] != FORMAT:
            raise IndexFault(
                f"The index in {path} has format {manifest['format']}, not {FORMAT}; it must be built again."
            )
        broken = [file for file, digest in manifest["files"].items() if _hash(path / file) != digest]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexFault(f"The index in {path} is incomplete ({error}); it must be built again.") from error
    if broken:
        raise IndexFault(f"In {path}, {', '.join(broken)} changed since it was written; the index must be built again.")
    return path, manifest


def _kept(folder: Path) -> list[Path]:
    return [
        path
        for path in folder.iterdir()
        if path.is_dir() and path.name.rpartition("-")[2].isdecimal() and "building" not in path.name
    ]


def _hash(path: Path) -> str:
    digest = blake2b(digest_size=16)
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _json_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def _write_lines(path: Path, records: Iterator[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")


def _replace(path: Path, text: str) -> None:
    aside = path.with_name(f"{path.name}-{os.getpid()}")
    aside.write_text(text, encoding="utf-8")
    aside.replace(path)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One builder at a time; a second one waits."""
    import fcntl

    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
