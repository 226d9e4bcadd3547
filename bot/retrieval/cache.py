"""Vectors kept by the hash of their text: an edit encodes one passage again, a killed build goes on where it was."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
from tqdm import tqdm

from bot.errors import EncoderError
from bot.retrieval.encoder import Encoder, Vectors, hash_of

_BATCH = 32
Encode = Callable[[Sequence[str]], Vectors]


class VectorCache:
    """Passage vectors in one SQLite file, keyed by the encoder's fingerprint and the text."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def vectors(self, texts: Sequence[str], encoder: Encoder, *, progress: bool = False) -> Vectors:
        """Vectors of passages: (texts, dimension). What the cache lacks is encoded and written batch by batch.

        Raises EncoderError when there is nothing to encode, or the vectors are not all of one length.
        """
        return self._vectors(texts, encoder.fingerprint, encoder.passages, progress)

    def questions(self, texts: Sequence[str], encoder: Encoder, *, progress: bool = False) -> Vectors:
        """The same for questions."""
        return self._vectors(texts, f"{encoder.fingerprint} questions one by one", encoder.queries, progress)

    def _vectors(self, texts: Sequence[str], kind: str, encode: Encode, progress: bool) -> Vectors:
        if not texts:
            raise EncoderError("There is no text to encode.")
        keys = [hash_of(kind, text) for text in texts]
        with closing(self._open()) as database:
            known = _read(database, set(keys))
            missing = {key: text for key, text in zip(keys, texts) if key not in known}
            for batch in _batches(missing.items(), len(missing), progress):
                pairs = [(key, vector) for (key, _), vector in zip(batch, encode([text for _, text in batch]))]
                known.update(pairs)
                with database:
                    blobs = [(key, vector.tobytes()) for key, vector in pairs]
                    database.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", blobs)
        if len({len(known[key]) for key in keys}) != 1:
            raise EncoderError("The encoder gave vectors of different lengths.")
        return np.stack([known[key] for key in keys])

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return _with_table(self._path)
        except sqlite3.DatabaseError:  # a broken cache costs time, never an answer
            self._path.unlink()
            return _with_table(self._path)


class CachedEncoder:
    """An encoder whose questions are kept too: for building and judging, where the same ones come again and again."""

    def __init__(self, encoder: Encoder, cache: VectorCache, *, progress: bool = False) -> None:
        self.fingerprint = encoder.fingerprint
        self._encoder, self._cache, self._progress = encoder, cache, progress

    def queries(self, texts: Sequence[str]) -> Vectors:
        """See ``Encoder``."""
        return self._cache.questions(texts, self._encoder, progress=self._progress and len(texts) > 1)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """See ``Encoder``."""
        return self._cache.vectors(texts, self._encoder, progress=self._progress and len(texts) > 1)


def _with_table(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE IF NOT EXISTS vectors (key TEXT PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID")
    return database


def _read(database: sqlite3.Connection, keys: set[str]) -> dict[str, Vectors]:
    found: dict[str, Vectors] = {}
    wanted = sorted(keys)
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        marks = ",".join("?" * len(part))
        for key, blob in database.execute(f"SELECT key, vector FROM vectors WHERE key IN ({marks})", part):
            found[key] = np.frombuffer(blob, dtype=np.float32)
    return found


def _batches(items: Iterable[tuple[str, str]], total: int, progress: bool) -> Iterator[list[tuple[str, str]]]:
    """Batches of texts of like length, so that none waits for a long one; with a progress bar when asked for."""
    ordered = sorted(items, key=lambda item: len(item[1]), reverse=True)
    with tqdm(total=total, unit="text", desc="Encoding", disable=not progress or not total) as bar:
        for start in range(0, total, _BATCH):
            yield ordered[start : start + _BATCH]
            bar.update(len(ordered[start : start + _BATCH]))
