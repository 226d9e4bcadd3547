"""How well questions nobody trained on are understood, by the model that is served."""

from __future__ import annotations

import shutil
import tarfile
from pathlib import Path

import joblib
import pytest
import yaml

from bot.catalogue import load
from bot.evaluation.nlu.measures import facts
from bot.nlu.intent_model import IntentModel
from bot.settings import knowledge_folder
from bot.setup import training
from bot.setup.project import Project

QUESTIONS = Path(__file__).parent / "questions"
SEED_TOPICS = (
    *("card-expired", "id-card-renewed", "id-number-wrong", "temporary-card-expired", "first-application"),
    *("check-personal-info", "collect-card", "activation", "about-the-card"),
)
BAR = 0.9
FACTS_BAR = 0.95


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> IntentModel:
    """The classifier inside the trained Rasa model."""
    folder = tmp_path_factory.mktemp("model")
    with tarfile.open(training.current_model(Project.here())) as archive:
        archive.extractall(folder)
    (file,) = folder.rglob("intents.joblib")
    found = joblib.load(file)
    shutil.rmtree(folder)
    assert isinstance(found, IntentModel)
    return found


def understood(model: IntentModel, question: str) -> str | None:
    """The intent that is believed, as the classifier in Rasa believes it; None when the question is refused."""
    (intent, best), (_, second) = model.ranking(question)[:2]
    return intent if model.threshold.accepts(best, second) else None


def questions(topic: str, language: str) -> list[str]:
    data = yaml.safe_load((QUESTIONS / f"{topic}.yml").read_text(encoding="utf-8"))
    assert data["topic"] == topic
    return list(data[language])


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("topic", SEED_TOPICS)
def test_seed_topics(model: IntentModel, topic: str, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    asked = questions(topic, language)
    assert len(asked) >= 12
    intent = topic.replace("-", "_")
    right = sum(understood(model, question) == intent for question in asked)
    with capsys.disabled():
        print(f"\n{topic:24}{language:4}{right:>4} of {len(asked):<4}{right / len(asked):>7.1%}", end="")
    assert right / len(asked) >= BAR


def test_all_topics_together(model: IntentModel, capsys: pytest.CaptureFixture[str]) -> None:
    topics = [path.stem for path in QUESTIONS.glob("*.yml") if "topic:" in path.read_text(encoding="utf-8")[:200]]
    topics = [topic for topic in topics if topic in {p.parent.name for p in _procedures()}]
    assert len(topics) == 17
    for language in ("zh", "en"):
        pairs = [(question, topic) for topic in topics for question in questions(topic, language)]
        right = sum(understood(model, question) == topic.replace("-", "_") for question, topic in pairs)
        with capsys.disabled():
            print(
                f"\nall 17 topics           {language:4}{right:>4} of {len(pairs):<4}{right / len(pairs):>7.1%}", end=""
            )
        assert right / len(pairs) >= BAR


def test_facts_said(capsys: pytest.CaptureFixture[str]) -> None:
    figures = facts(load(knowledge_folder()))
    with capsys.disabled():
        print(f"\nfacts: precision {figures['precision_all']:.3f}, recall {figures['recall_all']:.3f}", end="")
    assert figures["f1_all"] >= FACTS_BAR


def _procedures() -> list[Path]:
    return list((Project.here().root / "knowledge/procedures").glob("*/procedure.yml"))
