"""``make test``: every part of the test suite, each in the environment it needs, then one line that sums them up."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.setup import chromium, cluster, databases, nginx, training, variables
from bot.setup.problem import Problem
from bot.setup.progress import clock
from bot.setup.project import Project
from bot.setup.results import Result, conversation_result, junit_result

RASA_TESTS = ("tests/nlu", "tests/channels", "tests/security", "tests/evaluation/load", "tests/evaluation/nlu")
SERVER_TESTS = "tests/e2e"
BROWSER_TESTS = ("tests/widget", "tests/console/browser")
CONVERSATIONS = "tests/conversations"
FAULTS = "tests/faults"


def units(project: Project) -> Result:
    """Everything that needs neither Rasa nor running servers."""
    apart = (*RASA_TESTS, *BROWSER_TESTS, SERVER_TESTS, CONVERSATIONS, FAULTS)
    ignored = [f"--ignore={folder}" for folder in apart]
    return _pytest(project, project.python, "units", ["tests", *ignored])


def rasa_units(project: Project) -> Result:
    """The components and channels, which import Rasa. Its own warnings are not ours; ours stay errors."""
    filters = "filterwarnings=ignore\nerror:::bot\nerror:::tests"
    return _pytest(
        project,
        project.rasa_python,
        "rasa-units",
        [*_present(project, RASA_TESTS), "--disable-warnings", "-o", filters],
    )


def data(project: Project) -> Result:
    """Rasa's own validation of domain, stories and training phrases."""
    code, _ = _run(project, [project.rasa_python, "-m", "rasa", "data", "validate", "--fail-on-warnings"])
    return Result(passed=1) if code == 0 else Result(failed=1)


def conversations(project: Project) -> Result:
    """Whole conversations, predicted step by step by the trained model."""
    if not _present(project, [CONVERSATIONS], "*.yml"):
        return Result()
    command = [project.rasa_python, "-m", "rasa", "test", "core", "--stories", CONVERSATIONS]
    command += ["--model", training.current_model(project), "--out", project.var / "test" / "conversations"]
    code, output = _run(project, [*command, "--e2e", "--fail-on-prediction-errors", "--no-plot"])
    return conversation_result(output, code)


def servers(project: Project) -> Result:
    """Both servers, spoken to over HTTP."""
    return _pytest(project, project.python, "servers", _present(project, [SERVER_TESTS]))


def faults(project: Project) -> Result:
    """The whole cluster, parts of which are killed."""
    return _pytest(project, project.python, "faults", _present(project, [FAULTS]))


def browser(project: Project) -> Result:
    """The widget and the console in a real browser: Debian's Chromium."""
    chromium.require()
    return _pytest(project, project.python, "browser", _present(project, BROWSER_TESTS))


PARTS: dict[str, Callable[[Project], Result]] = {
    "units": units,
    "rasa-units": rasa_units,
    "data": data,
    "conversations": conversations,
    "servers": servers,
    "browser": browser,
    "faults": faults,
}


def require_known(names: Sequence[str]) -> None:
    """Raises Problem when one of ``names`` is no part."""
    for name in names:
        if name not in PARTS:
            raise Problem(f"There is no part {name!r} of the tests; the parts are {', '.join(PARTS)}.")


def require_programs(names: Sequence[str]) -> None:
    """Raises Problem, with what to install, when a program the named parts (or all) start is not on this machine."""
    look: dict[str, Callable[[], object]] = {
        "units": nginx.program,
        "rasa-units": databases.redis_program,
        "browser": chromium.require,
        "faults": cluster.require_programs,
    }
    for name in names or PARTS:
        look.get(name, str)()


def run(project: Project, names: Sequence[str] = ()) -> int:
    """Run the named parts, or all; print how each went and the sum. The exit code is 0 when nothing failed."""
    results: list[tuple[str, Result, float]] = []
    for name in names or PARTS:
        print(f"\n== {name}: {(PARTS[name].__doc__ or '').splitlines()[0]}", flush=True)
        started = time.monotonic()
        results.append((name, PARTS[name](project), time.monotonic() - started))
    print()
    for name, result, seconds in results:
        print(f"{name:14} {result if result != Result() else 'nothing to run'}  ({clock(seconds)})")
    total = sum((result for _, result, _ in results), Result())
    print(total, flush=True)
    return 1 if total.failed or not total.passed else 0


def _pytest(project: Project, python: Path, name: str, arguments: Sequence[str]) -> Result:
    if not arguments or arguments[0].startswith("-"):
        return Result()
    report = project.var / "test" / f"{name}.xml"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.unlink() if report.exists() else None
    code, _ = _run(project, [python, "-m", "pytest", *arguments, f"--junitxml={report}"])
    return junit_result(report, code)


def _present(project: Project, folders: Sequence[str], pattern: str = "test_*.py") -> list[str]:
    return [folder for folder in folders if any((project.root / folder).rglob(pattern))]


def _run(project: Project, command: Sequence[object]) -> tuple[int, str]:
    """Run a command, its output shown and returned."""
    lines = []
    environment = variables.for_children(project)
    words = [str(part) for part in command]
    with subprocess.Popen(
        words,
        cwd=project.root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    ) as child:
        for line in child.stdout or ():
            print(line, end="", flush=True)
            lines.append(line)
    return child.returncode, "".join(lines)
