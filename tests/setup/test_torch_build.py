from __future__ import annotations

from pathlib import Path

import pytest

from bot.setup import torch_build
from bot.setup.problem import Problem
from tests.setup.fakes import fake_project, fake_python

LISTING = "torch (2.15.0)\nAvailable versions: 2.15.0, 2.14.0, 2.13.0+cpu, 2.13.0, 2.12.1\n"


def test_the_version_is_the_one_of_the_requirements(tmp_path: Path) -> None:
    project = fake_project(tmp_path / "copy")
    assert torch_build.requirement(project.root) == "torch==2.13.0"
    (project.root / "requirements" / "actions.in").write_text("faiss-cpu\n")
    with pytest.raises(Problem, match=r"names no torch==<version>"):
        torch_build.requirement(project.root)


@pytest.mark.parametrize(("version", "offered"), [("2.13.0", True), ("2.14.0", False), ("2.1", False), ("3.0", False)])
def test_a_cpu_build_is_recognised(version: str, offered: bool) -> None:
    assert torch_build.offers_cpu(LISTING, version) is offered


def test_the_settings_become_options_of_pip() -> None:
    assert torch_build.options({}) == []
    assert torch_build.options({"BANSHI_TORCH_INDEX": "file:///srv/index", "BANSHI_WHEELS": "/srv/wheels"}) == [
        "--index-url",
        "file:///srv/index",
        "--find-links",
        "/srv/wheels",
    ]


@pytest.mark.parametrize(("torch", "lines"), [("2.13.0+cpu", 0), ("2.13.0", 1)])
def test_only_the_gpu_build_is_announced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], torch: str, lines: int
) -> None:
    project = fake_project(tmp_path / "copy")
    fake_python(project.python, "3.11", torch=torch)
    torch_build.install(project, {}, "linux")
    assert capsys.readouterr().out.count("about 5 GB") == lines


def test_an_index_of_cpu_builds_need_not_carry_the_rest(tmp_path: Path) -> None:
    project = fake_project(tmp_path / "copy")
    fake_python(project.python, "3.11")
    torch_build.install(project, {"BANSHI_TORCH_INDEX": "file:///srv/index"})
    last = (project.python.parent / "calls.txt").read_text().splitlines()[-1]
    assert last.endswith("--index-url file:///srv/index --no-deps torch==2.13.0")
