"""How the cosines of one question with all rows are spread, without computing them all."""

from dataclasses import dataclass

from bot.retrieval.encoder import Vectors

_SAMPLE = 100_000


@dataclass(frozen=True)
class Moments:
    """Mean (dimension,) and covariance (dimension, dimension) of the row vectors.

    A cosine is linear in the row, so a question's mean and deviation over the whole corpus follow from these two
    exactly.
    """

    mean: Vectors
    covariance: Vectors

    @classmethod
    def of(cls, vectors: Vectors) -> "Moments":
        """The moments of ``vectors`` (rows, dimension), from an even sample where there are very many."""
        sample = vectors[:: max(1, len(vectors) // _SAMPLE)]
        centred = sample - sample.mean(axis=0)
        return cls(sample.mean(axis=0), (centred.T @ centred) / len(sample))

    def spread(self, question: Vectors) -> tuple[float, float]:
        """Mean and deviation (above 0) of the cosines of ``question`` (dimension,) with all rows."""
        variance = float(question @ self.covariance @ question)
        return float(self.mean @ question), max(variance, 1e-12) ** 0.5
