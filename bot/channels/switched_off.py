"""The bot switched off with a notice: every message is answered by the notice, nothing is run and nothing stored.

The switch is a file, looked at before each turn, so it works at once and survives a restart. `python -m bot.operations
off` and `on` write and remove it; several servers share it as a file of a shared folder or a mounted map.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from bot.channels.sentences import ERRORS, Language
from bot.monitoring import metrics
from bot.settings import off_file


class Switch:
    """Looks at the file; `path` is where `bot.settings.off_file` says, when none is given."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or off_file()
        self._seen: tuple[int, int] | None = None
        self._notice: dict[str, str] = {}

    def notice(self, language: Language) -> str | None:
        """The sentence to show instead of an answer; None while the bot is on."""
        try:
            status = os.stat(self._path)
        except OSError:
            metrics.OFF.set(0)
            return None
        metrics.OFF.set(1)
        seen = (status.st_mtime_ns, status.st_size)
        if seen != self._seen:
            self._seen, self._notice = seen, self._read()
        return self._notice.get(language) or ERRORS["unavailable"][language]

    def _read(self) -> dict[str, str]:
        """The notice by language; a file that cannot be read switches off all the same."""
        try:
            notice = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            notice = {}
        if not isinstance(notice, dict):
            notice = {}
        return {language: text for language, text in notice.items() if isinstance(text, str)}
