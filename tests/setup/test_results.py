from __future__ import annotations

from pathlib import Path

from bot.setup.results import Result, conversation_result, junit_result

REPORT = '<testsuites><testsuite tests="{}" failures="{}" errors="{}" skipped="{}"/></testsuites>'
CONVERSATIONS = """rasa.core.test  - Evaluation Results on CONVERSATION level:
rasa.core.test  - \tCorrect:          {} / {}
rasa.core.test  - Evaluation Results on ACTION level:
rasa.core.test  - \tCorrect:          40 / 40
"""


def report(tmp_path: Path, *counts: int) -> Path:
    path = tmp_path / "report.xml"
    path.write_text(REPORT.format(*counts))
    return path


def test_the_counts_of_pytest(tmp_path: Path) -> None:
    assert junit_result(report(tmp_path, 10, 2, 1, 3), 1) == Result(passed=4, failed=3, skipped=3)
    assert junit_result(report(tmp_path, 10, 0, 0, 0), 0) == Result(passed=10)


def test_a_run_that_breaks_counts_as_a_failure(tmp_path: Path) -> None:
    assert junit_result(tmp_path / "missing.xml", 3) == Result(failed=1)
    assert junit_result(report(tmp_path, 0, 0, 0, 0), 5) == Result(failed=1)


def test_the_counts_of_the_conversations() -> None:
    assert conversation_result(CONVERSATIONS.format(7, 7), 0) == Result(passed=7)
    assert conversation_result(CONVERSATIONS.format(5, 7), 1) == Result(passed=5, failed=2)
    assert conversation_result("No model provided.", 0) == Result(failed=1)


def test_the_last_line() -> None:
    assert str(Result(3, 0)) == "3 passed, 0 failed"
    assert str(Result(3, 1) + Result(1, 0, 2)) == "4 passed, 1 failed, 2 skipped"
