"""The dense index: FAISS over unit vectors, inner product, exact up to a size and approximate above it."""

import os
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from bot.errors import IndexFault
from bot.retrieval.encoder import Vectors

Numbers = npt.NDArray[np.int64]

# FAISS's own names of the kinds.
EXACT = "Flat"
APPROXIMATE = "HNSW32,SQfp16"
# One question cannot be shared out between threads; waking them costs more than its search.
_SEARCHING = 1
_BREADTH = {"construction": 60, "search": 128}


class DenseIndex:
    """Nearest rows by cosine. Rows are numbered in the order they were given."""

    def __init__(self, index: faiss.Index) -> None:
        self.faiss = index
        # The bound method itself: at a thousand rows a Python wrapper would cost more than the search.
        self.search = index.search

    @classmethod
    def build(cls, vectors: Vectors, exact_up_to: int) -> "DenseIndex":
        """Index unit ``vectors`` (rows, dimension): exactly up to ``exact_up_to`` rows."""
        rows, dimension = vectors.shape
        index = faiss.index_factory(dimension, kind(rows, exact_up_to), faiss.METRIC_INNER_PRODUCT)
        _tune(index)
        faiss.omp_set_num_threads(os.cpu_count() or 1)
        index.train(vectors)
        index.add(vectors)
        faiss.omp_set_num_threads(_SEARCHING)
        return cls(index)

    @property
    def size(self) -> int:
        """The number of rows."""
        return int(self.faiss.ntotal)

    def vectors(self, rows: Numbers) -> Vectors:
        """The vectors of ``rows``: (n, dimension); exact or as the approximate index remembers them."""
        return np.asarray(self.faiss.reconstruct_batch(rows), dtype=np.float32)

    def save(self, path: Path) -> None:
        """Write the index to ``path``."""
        faiss.write_index(self.faiss, str(path))

    @classmethod
    def load(cls, path: Path) -> "DenseIndex":
        """Read an index back, memory-mapped. Raises IndexFault when FAISS cannot read it."""
        try:
            index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        except RuntimeError as error:
            raise IndexFault(f"{path} is not an index FAISS can read.") from error
        _tune(index)
        faiss.omp_set_num_threads(_SEARCHING)
        return cls(index)


def kind(rows: int, exact_up_to: int) -> str:
    """FAISS's name of the index for so many rows."""
    return EXACT if rows <= exact_up_to else APPROXIMATE


def _tune(index: faiss.Index) -> None:
    """Set how many neighbours a graph search keeps in view; it is not saved with the index.

    Exact indexes have nothing to set.
    """
    actual = faiss.downcast_index(index)
    if isinstance(actual, faiss.IndexHNSW):
        actual.hnsw.efConstruction, actual.hnsw.efSearch = _BREADTH["construction"], _BREADTH["search"]
