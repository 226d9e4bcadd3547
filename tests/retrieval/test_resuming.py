"""A build killed in the middle goes on where it was: what was encoded before is not encoded again."""

import signal
import subprocess
import sys
from pathlib import Path

from bot.retrieval.adapter import Adapter
from bot.retrieval.build import Plan, ensure
from bot.retrieval.corpus import Corpus
from bot.retrieval.settings import Settings
from bot.settings import ROOT
from tests.retrieval.fakes import DAY, FakeEncoder, passage

TEXTS = 200

# Says when a batch is about to be encoded, then waits to be killed in the third.
SLOW = """
import sys, time
from pathlib import Path
from tests.retrieval.test_resuming import plan
from tests.retrieval.fakes import DAY, FakeEncoder
from bot.retrieval.build import ensure

class Slow(FakeEncoder):
    def passages(self, texts):
        print("batch", flush=True)
        if len(self.encoded) >= 64:
            time.sleep(600)
        return super().passages(texts)

ensure(plan(Path(sys.argv[1]), Slow()), DAY)
"""


def plan(folder: Path, encoder: FakeEncoder) -> Plan:
    corpus = Corpus([passage(f"lost-card/steps/s{n}", zh=f"第{n}步做什么", en="") for n in range(TEXTS)], [])
    return Plan(corpus, encoder, Adapter(), Settings(folder=folder))


def test_a_killed_build_goes_on(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SLOW, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert [process.stdout.readline() for _ in range(3)] == ["batch\n"] * 3
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    assert not (tmp_path / "current").exists()

    encoder = FakeEncoder()
    assert ensure(plan(tmp_path, encoder), DAY).rebuilt
    assert len(encoder.encoded) == TEXTS - 64
    again = FakeEncoder()
    assert not ensure(plan(tmp_path, again), DAY).rebuilt
    assert again.encoded == []
