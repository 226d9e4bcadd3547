"""How well questions nobody trained on are understood, by the model that is served."""

from __future__ import annotations

import shutil
import tarfile
from pathlib import Path

import joblib
import pytest
import yaml

from bot.nlu.intent_model import IntentModel
from bot.setup import training
from bot.setup.project import Project

QUESTIONS = Path(__file__).parent / "questions"
SEED_TOPICS = (
    *("card-expired", "id-card-renewed", "id-number-wrong", "temporary-card-expired", "first-application"),
    *("check-personal-info", "collect-card", "activation", "about-the-card"),
)
BAR = 0.9


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
    right = sum(model.ranking(question)[0][0] == intent for question in asked)
    with capsys.disabled():
        print(f"\n{topic:24}{language:4}{right:>4} of {len(asked):<4}{right / len(asked):>7.1%}", end="")
    assert right / len(asked) >= BAR


def test_all_topics_together(model: IntentModel, capsys: pytest.CaptureFixture[str]) -> None:
    topics = [path.stem for path in QUESTIONS.glob("*.yml") if "topic:" in path.read_text(encoding="utf-8")[:200]]
    topics = [topic for topic in topics if topic in {p.parent.name for p in _procedures()}]
    assert len(topics) == 17
    for language in ("zh", "en"):
        pairs = [(question, topic) for topic in topics for question in questions(topic, language)]
        right = sum(model.ranking(question)[0][0] == topic.replace("-", "_") for question, topic in pairs)
        with capsys.disabled():
            print(
                f"\nall 17 topics           {language:4}{right:>4} of {len(pairs):<4}{right / len(pairs):>7.1%}", end=""
            )
        assert right / len(pairs) >= BAR


def _procedures() -> list[Path]:
    return list((Project.here().root / "knowledge/procedures").glob("*/procedure.yml"))
