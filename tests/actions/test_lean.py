"""What the lean import leaves out is not needed for a vector, and can be imported afterwards."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys, warnings
warnings.simplefilter("ignore")
if {lean}:
    from actions.lean import STAND_INS, import_sentence_transformers
    import_sentence_transformers()
    assert not set(STAND_INS) & set(sys.modules), "stand-ins stay"
    assert "sympy" not in sys.modules
from bot.retrieval.encoder import SentenceEncoder
vectors = SentenceEncoder(threads=1).queries(["社保卡丢了怎么办", "my card has expired"])
import sklearn.metrics, torch, torch._dynamo
assert sklearn.metrics.pairwise_distances(vectors).shape == (2, 2)
assert torch.distributed.is_available() and torch._dynamo.config is not None
print(vectors.shape, vectors.tobytes().hex())
"""


def vectors(lean: bool) -> str:
    ran = subprocess.run([sys.executable, "-c", PROGRAM.format(lean=lean)], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_the_same_vectors_and_everything_afterwards() -> None:
    lean = vectors(True)
    assert lean.startswith("(2, 384) ")
    assert lean == vectors(False)
