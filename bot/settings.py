"""Settings, all from the environment, each with a default that works on one machine."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from bot.errors import SettingError

ROOT = Path(__file__).resolve().parent.parent


def knowledge_folder() -> Path:
    """``BANSHI_KNOWLEDGE``: the folder of the knowledge; the project's own by default.

    Raises:
        SettingError: there is no such folder.
    """
    folder = Path(os.environ.get("BANSHI_KNOWLEDGE") or ROOT / "knowledge").resolve()
    if not folder.is_dir():
        raise SettingError(f"BANSHI_KNOWLEDGE names {folder}, which is not a folder; name the folder of the knowledge.")
    return folder


@lru_cache(maxsize=1)
def var_folder() -> Path:
    """``BANSHI_VAR``: where databases, the index and logs are kept; ``var`` in the project by default."""
    folder = Path(os.environ.get("BANSHI_VAR") or ROOT / "var").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder
