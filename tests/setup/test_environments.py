from __future__ import annotations

from pathlib import Path

import pytest

from bot.setup import disk, environments
from bot.setup.problem import Problem
from bot.setup.project import Project
from tests.setup.fakes import fake_project, fake_python


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return fake_project(tmp_path / "copy")


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    fake_python(tmp_path / "bin" / "python3.10", "3.10")
    fake_python(tmp_path / "bin" / "python3.11", "3.11")
    return {"PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin", "HOME": str(tmp_path)}


def build(project: Project, environ: dict[str, str], dev: bool = False) -> list[str]:
    """The titles of the steps taken."""
    steps = environments.steps(project, dev, environ)
    for step in steps:
        step.run()
    return [step.title for step in steps]


def installed(tmp_path: Path) -> list[str]:
    calls = (tmp_path / "bin" / "calls.txt").read_text().splitlines()
    return [call.split()[-1] for call in calls if call.startswith("install")]


def test_a_fresh_copy_gets_both_environments(tmp_path: Path, project: Project, environ: dict[str, str]) -> None:
    assert build(project, environ) == [
        "Installing the libraries of Rasa into .venv-rasa",
        "Installing the libraries of the action server into .venv",
        "Installing torch",
    ]
    requirements = project.root / "requirements"
    assert installed(tmp_path) == [str(requirements / "rasa.txt"), str(requirements / "actions.txt"), "torch==2.13.0"]


def test_nothing_is_done_twice(project: Project, environ: dict[str, str]) -> None:
    build(project, environ, dev=True)
    assert build(project, environ, dev=True) == []


def test_the_test_tools_are_added_without_building_again(project: Project, environ: dict[str, str]) -> None:
    build(project, environ)
    assert build(project, environ, dev=True) == [
        "Installing the test tools into .venv-rasa",
        "Installing the test tools into .venv",
    ]


def test_only_the_environment_whose_lock_changed_is_built_again(project: Project, environ: dict[str, str]) -> None:
    build(project, environ)
    left_over = project.root / ".venv-rasa" / "left-over"
    left_over.touch()
    (project.root / "requirements" / "rasa.txt").write_text("rasa-library==2.0\n")
    assert build(project, environ) == ["Installing the libraries of Rasa into .venv-rasa"]
    assert not left_over.exists()


def test_another_torch_builds_the_action_server_only(project: Project, environ: dict[str, str]) -> None:
    build(project, environ)
    (project.root / "requirements" / "actions.in").write_text("torch==2.14.0\n")
    assert build(project, environ)[-1] == "Installing torch"


def test_an_interrupted_build_is_done_again(project: Project, environ: dict[str, str]) -> None:
    for step in environments.steps(project, False, environ)[:-1]:
        step.run()
    assert build(project, environ) == [
        "Installing the libraries of the action server into .venv",
        "Installing torch",
    ]


def test_an_environment_whose_python_went_away_is_built_again(project: Project, environ: dict[str, str]) -> None:
    build(project, environ)
    project.rasa_python.unlink()
    assert build(project, environ) == ["Installing the libraries of Rasa into .venv-rasa"]


def test_a_failed_install_names_the_lock_and_shows_the_end_of_the_log(
    tmp_path: Path, project: Project, environ: dict[str, str]
) -> None:
    fake_python(tmp_path / "bin" / "python3.10", "3.10", broken="rasa.txt")
    with pytest.raises(Problem) as caught:
        build(project, environ)
    sentence, *end = str(caught.value).splitlines()
    assert sentence == (
        "The libraries of requirements/rasa.txt could not be installed: see pip's reason. "
        f"The end of {project.setup_log}:"
    )
    assert end[-1] == "  no such library"


def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    disk.require(0.000_001, tmp_path)
    with pytest.raises(
        Problem, match=r"^Building the environments takes about 1000000 GB, and the disk of .* left: free"
    ):
        disk.require(1_000_000, tmp_path)


def test_wheels_of_the_operator_are_looked_at(tmp_path: Path, project: Project, environ: dict[str, str]) -> None:
    build(project, {**environ, "BANSHI_WHEELS": "/srv/wheels"})
    calls = (tmp_path / "bin" / "calls.txt").read_text().splitlines()
    assert all("--find-links /srv/wheels" in call for call in calls)
