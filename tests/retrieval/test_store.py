"""The index on disk: swapped in whole, and never served when broken or foreign."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import EncoderError, IndexFault
from bot.retrieval import store
from bot.retrieval.adapter import Adapter
from bot.retrieval.build import Plan, ensure
from bot.retrieval.corpus import Corpus, LawName
from bot.retrieval.live import LiveSearcher
from bot.retrieval.search import Searcher
from bot.retrieval.settings import Settings
from tests.retrieval.fakes import DAY, FakeEncoder, article, passage

CORPUS = Corpus(
    [passage(), passage("lost-card/fee/free", "补卡免费", "Free of charge"), article()],
    [LawName("sil", ("社会保险法", "SIL"), None, "gazette")],
    {"dalian": ("dalian",)},
)


def build(folder: Path, corpus: Corpus = CORPUS, encoder: FakeEncoder | None = None) -> bool:
    return ensure(Plan(corpus, encoder or FakeEncoder(), Adapter(), Settings(folder)), DAY).rebuilt


def index_folder(folder: Path) -> Path:
    name = store.current(folder)
    assert name
    return folder / name


def test_what_is_read_is_what_was_written(tmp_path: Path) -> None:
    build(tmp_path)
    index = store.read(tmp_path)
    assert index.corpus == CORPUS
    assert index.encoder == "fake 1"
    assert [row.passage for row in index.rows] == [0, 0, 1, 1, 2]
    result = Searcher(index, FakeEncoder()).search("补卡免费", language="zh", date=DAY)
    assert result.passages[0].passage.id == "lost-card/fee/free"
    assert result.version == index.version == store.version(tmp_path)


def test_nothing_changed_nothing_built(tmp_path: Path) -> None:
    encoder = FakeEncoder()
    assert build(tmp_path)
    assert not build(tmp_path, encoder=encoder)
    assert encoder.encoded == []


def test_an_edit_encodes_one_text_and_changes_the_version(tmp_path: Path) -> None:
    build(tmp_path)
    before, encoder = store.version(tmp_path), FakeEncoder()
    edited = replace(CORPUS, passages=[*CORPUS.passages[:2], article(zh="用人单位申请登记")])
    assert build(tmp_path, edited, encoder)
    assert encoder.encoded == [" 用人单位申请登记".strip()]
    assert store.version(tmp_path) != before


@pytest.mark.parametrize("change", ["encoder", "laws", "settings"])
def test_everything_that_matters_is_in_the_version(tmp_path: Path, change: str) -> None:
    build(tmp_path)
    encoder = FakeEncoder("fake 2") if change == "encoder" else FakeEncoder()
    corpus = replace(CORPUS, laws=[]) if change == "laws" else CORPUS
    settings = Settings(tmp_path, exact_up_to=10) if change == "settings" else Settings(tmp_path)
    assert ensure(Plan(corpus, encoder, Adapter(), settings), DAY).rebuilt


FILES = [
    "manifest.json",
    "passages.jsonl",
    "laws.jsonl",
    "regions.json",
    "moments.npz",
    "dense.faiss",
    "calibration.json",
]


@pytest.mark.parametrize("file", [*FILES, "lexical/vocab.index.json", "lexical/data.csc.index.npy"])
@pytest.mark.parametrize("harm", ["delete", "truncate", "flip", "empty"])
def test_a_broken_file_is_found_and_cured_by_building(tmp_path: Path, file: str, harm: str) -> None:
    build(tmp_path)
    path = index_folder(tmp_path) / file
    data = path.read_bytes()
    if harm == "delete":
        path.unlink()
    else:
        middle = len(data) // 2
        flipped = data[:middle] + bytes([data[middle] ^ 0xFF]) + data[middle + 1 :]
        path.write_bytes({"truncate": data[:middle], "flip": flipped, "empty": b""}[harm])
    with pytest.raises(IndexFault):
        store.read(tmp_path)
    assert build(tmp_path)
    assert store.read(tmp_path).corpus == CORPUS


@pytest.mark.parametrize("text", [b"", b"../elsewhere", b"gone-1", b"\xff"])
def test_a_pointer_to_nowhere_is_a_fault(tmp_path: Path, text: bytes) -> None:
    build(tmp_path)
    (tmp_path / "current").write_bytes(text)
    with pytest.raises(IndexFault):
        store.read(tmp_path)
    assert build(tmp_path)


def test_an_index_of_another_format_is_a_fault(tmp_path: Path) -> None:
    build(tmp_path)
    manifest = index_folder(tmp_path) / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "format": 99}))
    with pytest.raises(IndexFault, match="format 99"):
        store.read(tmp_path)


def test_a_whole_index_of_other_knowledge_is_not_taken_for_this_one(tmp_path: Path) -> None:
    build(tmp_path / "a")
    build(tmp_path / "b", replace(CORPUS, passages=CORPUS.passages[:1]))
    shutil.rmtree(tmp_path / "a")
    shutil.copytree(tmp_path / "b", tmp_path / "a")
    assert build(tmp_path / "a")
    assert store.read(tmp_path / "a").corpus == CORPUS


def test_an_index_without_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="no text"):
        build(tmp_path, Corpus([], []))


def test_only_the_last_two_indexes_are_kept(tmp_path: Path) -> None:
    for number in range(4):
        build(tmp_path, replace(CORPUS, passages=[passage(zh=f"第{number}版")]))
    folders = [path for path in tmp_path.iterdir() if path.is_dir()]
    assert len(folders) == 2
    assert index_folder(tmp_path) in folders


def test_a_live_searcher_takes_up_a_new_index_and_keeps_the_old_one_over_a_broken_one(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    build(tmp_path)
    searcher = LiveSearcher(Settings(tmp_path), FakeEncoder())
    first = searcher.version
    build(tmp_path, replace(CORPUS, passages=[passage(zh="换新卡")]))
    assert searcher.search("换新卡", language="zh", date=DAY).version == searcher.version != first
    second = searcher.version
    build(tmp_path, replace(CORPUS, passages=[passage(zh="再换一张")]))
    (index_folder(tmp_path) / "dense.faiss").write_bytes(b"broken")
    assert searcher.search("换新卡", language="zh", date=DAY).version == second
    assert "not taken up" in caplog.text


def test_an_index_of_another_encoder_is_not_served(tmp_path: Path) -> None:
    build(tmp_path)
    with pytest.raises(IndexFault, match="built with the encoder fake 1"):
        LiveSearcher(Settings(tmp_path), FakeEncoder("fake 2"))
