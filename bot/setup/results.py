"""What the parts of the test suite report, counted."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Result:
    """How many checks passed, failed and were skipped."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: Result) -> Result:
        return Result(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed" + (f", {self.skipped} skipped" if self.skipped else "")


def junit_result(report: Path, code: int) -> Result:
    """The counts of a pytest report; a run that failed without a failing test counts as one failure."""
    suites = list(ElementTree.parse(report).getroot().iter("testsuite")) if report.exists() else []
    count = {
        name: sum(int(suite.get(name, 0)) for suite in suites) for name in ("tests", "failures", "errors", "skipped")
    }
    failed = count["failures"] + count["errors"]
    if code and not failed:
        failed = 1
    return Result(
        max(0, count["tests"] - count["failures"] - count["errors"] - count["skipped"]), failed, count["skipped"]
    )


def conversation_result(output: str, code: int) -> Result:
    """The counts in the output of ``rasa test core``; a run without counts, or one that failed, counts as a failure."""
    match = re.search(r"CONVERSATION level:.*?Correct:\s+(\d+)\s*/\s*(\d+)", output, re.S)
    passed, total = (int(match[1]), int(match[2])) if match else (0, 0)
    return Result(passed, max(total - passed, 1 if code or not total else 0))
