"""Settings, all from the environment, each with a default that works on one machine."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from bot.errors import SettingError

ROOT = Path(__file__).resolve().parent.parent


def content_folder() -> Path:
    """``BANSHI_CONTENT``: the folder with ``knowledge/`` and ``data/nlu/``; the project itself by default."""
    return Path(os.environ.get("BANSHI_CONTENT") or ROOT).resolve()


def knowledge_folder() -> Path:
    """``BANSHI_KNOWLEDGE``: the folder of the knowledge; the one in ``BANSHI_CONTENT`` by default.

    Raises:
        SettingError: there is no such folder.
    """
    return _folder("BANSHI_KNOWLEDGE", "knowledge", "the knowledge")


def nlu_folder() -> Path:
    """The folder of the training phrases, ``data/nlu`` in ``BANSHI_CONTENT``.

    Raises:
        SettingError: there is no such folder.
    """
    return _folder("BANSHI_NLU", "data/nlu", "the training phrases")


def announce_days() -> int:
    """``BANSHI_ANNOUNCE_DAYS``: changes this many days ahead are announced; 90 by default.

    Raises:
        SettingError: it is not a whole number.
    """
    written = os.environ.get("BANSHI_ANNOUNCE_DAYS") or "90"
    if not written.isdigit():
        raise SettingError(f"BANSHI_ANNOUNCE_DAYS is {written!r}; write a number of days, for example 90.")
    return int(written)


def _folder(setting: str, default: str, what: str) -> Path:
    folder = Path(os.environ.get(setting) or content_folder() / default).resolve()
    if not folder.is_dir():
        name = setting if os.environ.get(setting) else "BANSHI_CONTENT"
        raise SettingError(f"{name} leads to {folder}, which is not a folder; name the folder of {what}.")
    return folder


def var_folder() -> Path:
    """``BANSHI_VAR``: where databases, the index and logs are kept; ``var`` in the project by default."""
    return _made(os.environ.get("BANSHI_VAR") or str(ROOT / "var"))


@lru_cache(maxsize=8)
def _made(folder: str) -> Path:
    path = Path(folder).resolve()
    path.mkdir(parents=True, exist_ok=True)
    return path


def releases_folder() -> Path:
    """``BANSHI_RELEASES``: where released models and knowledge lie; ``releases`` in the var folder."""
    return Path(os.environ.get("BANSHI_RELEASES") or var_folder() / "releases")


def off_file() -> Path:
    """``BANSHI_OFF_FILE``: while this file exists the bot is switched off; ``switched-off.json`` in the var folder."""
    return Path(os.environ.get("BANSHI_OFF_FILE") or var_folder() / "switched-off.json")
