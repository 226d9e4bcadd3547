from __future__ import annotations

import ast
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.setup import commands, evaluation, suite
from bot.setup.problem import Problem
from bot.setup.progress import Step, clock, run_steps
from bot.setup.project import Project

ROOT = Path(__file__).resolve().parents[2]


def make(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot.setup", *arguments],
        cwd=ROOT,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
    )


def test_the_makefile_and_the_commands_know_each_other() -> None:
    lines = (ROOT / "Makefile").read_text().splitlines()
    called = {line.split("bot.setup ")[1].split()[0] for line in lines if "bot.setup " in line}
    assert called == set(commands.COMMANDS)


def test_an_unknown_command_lists_the_known_ones() -> None:
    done = make("runn")
    assert (done.returncode, done.stdout) == (2, "")
    known = (
        "chat, check, clean, cluster, console, console-user, evaluate, import-text, lock, run, test, train, "
        "wechat-simulator, workshop"
    )
    assert done.stderr == f"Choose one of: {known}.\n"


def test_a_problem_is_one_sentence_without_a_traceback() -> None:
    done = make("run", BANSHI_PORT="http")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "BANSHI_PORT is 'http': write a port number from 1 to 65535, or unset it for 5005.\n"


def test_an_unknown_part_of_the_tests_is_said_before_anything_is_built() -> None:
    done = make("test", "unit")
    assert done.returncode == 1
    assert done.stderr.startswith("There is no part 'unit' of the tests; the parts are units, rasa-units, ")


def test_every_part_says_in_one_line_what_it_is() -> None:
    assert all((part.__doc__ or "").splitlines()[0].endswith(".") for part in suite.PARTS.values())


def test_an_unknown_evaluation_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "bot/evaluation/nlu").mkdir(parents=True)
    (tmp_path / "bot/evaluation/nlu/__main__.py").touch()
    assert evaluation.names(tmp_path) == ["nlu"]
    with pytest.raises(Problem, match=r"^There is no evaluation 'nlp'; there are nlu\.$"):
        evaluation.run(Project(tmp_path, tmp_path / "var"), ["nlp"])


def test_steps_say_which_of_how_many_and_how_long() -> None:
    out = io.StringIO()
    run_steps([Step("Installing", "about 3 minutes", lambda: None), Step("Training", "", lambda: None)], out)
    assert out.getvalue().splitlines() == [
        "[1/2] Installing (about 3 minutes)",
        "      done in 0:00",
        "[2/2] Training",
        "      done in 0:00",
    ]
    assert clock(125.9) == "2:05"


@pytest.mark.parametrize("path", sorted((ROOT / "bot" / "setup").glob("*.py")), ids=lambda path: path.name)
def test_the_set_up_needs_only_python_38_and_its_library(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 8))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    foreign = {name for name in imported if name.split(".")[0] not in sys.stdlib_module_names}
    assert {name for name in foreign if not name.startswith("bot.setup")} == set()
