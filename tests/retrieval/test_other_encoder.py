"""Another encoder by one setting: a small sentence-transformers model made here, from the build to the search."""

from pathlib import Path

import pytest
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer, models, pre_tokenizers

from bot.catalogue import Catalogue
from bot.retrieval import store
from bot.retrieval.adapter import Adapter
from bot.retrieval.live import LiveSearcher, build_index
from bot.retrieval.settings import Settings
from tests.retrieval.fakes import DAY

DIMENSION = 48


def model_folder(folder: Path, text: str) -> Path:
    """A model that adds up one fixed vector for each character of ``text``."""
    words = {char: number for number, char in enumerate(["[UNK]", *sorted(set(text))])}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")  # type: ignore[assignment]
    weights = torch.randn((len(words), DIMENSION), generator=torch.Generator().manual_seed(0)).numpy()
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)], device="cpu").save(str(folder))
    return folder


@pytest.fixture
def settings(tmp_path: Path, small: Catalogue, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """What BANSHI_ENCODER leads to when it names the folder of the model."""
    said = [text for topic in small.topics.values() for one in topic.statements for text in (one.text.zh, one.text.en)]
    monkeypatch.setenv("BANSHI_ENCODER", str(model_folder(tmp_path / "model", "".join(said))))
    return Settings(folder=tmp_path / "index", encoder=Settings.from_environment().encoder)


def test_a_folder_serves_from_the_build_to_the_search(settings: Settings, small: Catalogue) -> None:
    assert build_index(settings, small).rebuilt
    index = store.read(settings.folder)
    assert (index.dense.faiss.d, index.adapter) == (DIMENSION, Adapter().fingerprint)
    assert index.encoder.startswith(settings.encoder)
    statement = next(iter(small.topics["renewal"].statements))
    result = LiveSearcher(settings).search(statement.text.zh, language="zh", date=DAY)
    best = sorted([*result.passages, *result.rejected], key=lambda scored: -scored.score)[0]
    assert best.passage.text_zh == statement.text.zh


def test_another_encoder_builds_the_index_anew(settings: Settings, small: Catalogue, tmp_path: Path) -> None:
    first = build_index(settings, small)
    assert not build_index(settings, small).rebuilt
    other = Settings(folder=settings.folder, encoder=str(model_folder(tmp_path / "other", "社保卡")))
    second = build_index(other, small)
    assert (second.rebuilt, second.version == first.version) == (True, False)
    assert store.read(other.folder).encoder.startswith(other.encoder)
