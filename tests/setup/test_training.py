from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.setup import index, training
from bot.setup.problem import Problem
from bot.setup.project import Project
from tests.setup.fakes import executable, fake_project

# Trains by writing the file Rasa would write: --out is the 9th argument after "-m rasa train", the name follows.
TRAINER = """#!/bin/sh
echo "$@" >> calls.txt
while [ $# -gt 0 ]; do
  case "$1" in --out) out="$2" ;; --fixed-model-name) name="$2" ;; esac
  shift
done
mkdir -p "$out" && echo model > "$out/$name.tar.gz"
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = fake_project(tmp_path / "copy")
    for path in ("config.yml", "domain.yml", "data/nlu/lost-card.yml", "knowledge/facts.yml", "bot/nlu/encoder.py"):
        (project.root / path).parent.mkdir(parents=True, exist_ok=True)
        (project.root / path).write_text("one\n")
    executable(project.rasa_python, TRAINER)
    return project


def train(project: Project) -> int:
    steps = training.steps(project)
    for step in steps:
        step.run()
    return len(steps)


def test_trained_once_and_again_only_after_a_change(project: Project) -> None:
    with pytest.raises(Problem, match="run `make train` first"):
        training.current_model(project)
    assert [train(project), train(project)] == [1, 0]
    first = training.current_model(project)
    (project.root / "data/nlu/lost-card.yml").write_text("two\n")
    assert [train(project), train(project)] == [1, 0]
    assert training.current_model(project) != first


@pytest.mark.parametrize("path", ["config.yml", "domain.yml", "knowledge/facts.yml", "bot/nlu/encoder.py"])
def test_every_input_counts(project: Project, path: str) -> None:
    before = training.model_path(project)
    (project.root / path).write_text("two\n")
    assert training.model_path(project) != before


@pytest.mark.parametrize("path", ["bot/nlu/__pycache__/encoder.pyc", "data/.swap", "README.md", "tests/nlu/test_a.py"])
def test_nothing_else_counts(project: Project, path: str) -> None:
    before = training.model_path(project)
    (project.root / path).parent.mkdir(parents=True, exist_ok=True)
    (project.root / path).write_text("two\n")
    assert training.model_path(project) == before


def test_the_knowledge_in_use_counts_wherever_it_lies(tmp_path: Path, project: Project) -> None:
    other = tmp_path / "elsewhere"
    other.mkdir()
    (other / "facts.yml").write_text("one\n")
    environ = {"BANSHI_KNOWLEDGE": str(other)}
    before = training.model_path(project, environ)
    assert before == training.model_path(project, {})
    (other / "facts.yml").write_text("two\n")
    assert training.model_path(project, environ) != before


def test_a_renamed_file_counts(project: Project) -> None:
    before = training.model_path(project)
    (project.root / "data/nlu/lost-card.yml").rename(project.root / "data/nlu/stolen-card.yml")
    assert training.model_path(project) != before


def test_going_back_to_older_data_finds_its_model(project: Project) -> None:
    train(project)
    (project.root / "config.yml").write_text("two\n")
    train(project)
    (project.root / "config.yml").write_text("one\n")
    assert train(project) == 0
    newest = max(project.models.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    assert newest == training.current_model(project)


def test_an_interrupted_training_leaves_no_model(project: Project) -> None:
    executable(project.rasa_python, "#!/bin/sh\nexit 0\n")
    with pytest.raises(Problem, match="ended without a model"):
        train(project)
    assert list(project.models.glob("*.tar.gz")) == []


def test_two_models_are_kept(project: Project) -> None:
    project.models.mkdir()
    for age in range(4):
        path = project.models / f"banshi-{age}.tar.gz"
        path.touch()
        os.utime(path, (1000 - age, 1000 - age))
    training.prune(project.models)
    assert sorted(path.name for path in project.models.iterdir()) == ["banshi-0.tar.gz", "banshi-1.tar.gz"]


def test_the_index_is_built_once_and_again_after_a_change(project: Project) -> None:
    executable(project.python, "#!/bin/sh\n")

    def build(environ: dict[str, str]) -> int:
        steps = index.steps(project, environ)
        for step in steps:
            step.run()
        return len(steps)

    assert [build({}), build({})] == [1, 0]
    (project.root / "knowledge/facts.yml").write_text("two\n")
    assert [build({}), build({})] == [1, 0]
    assert [build({"BANSHI_ENCODER": "another"}), build({})] == [1, 1]
