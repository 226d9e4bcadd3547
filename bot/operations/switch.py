"""Switching the bot off with a notice, and on again."""

from __future__ import annotations

import json
import os
from pathlib import Path

DEFAULT = {
    "zh": "系统正在维护，暂时无法回答。请稍后再来，或拨打 12333 咨询。",
    "en": "The service is under maintenance and cannot answer now. Please come back later or call 12333.",
}


def switch_off(path: Path, zh: str = "", en: str = "") -> None:
    """Write the notice; servers show it from the next message on."""
    notice = {"zh": zh or DEFAULT["zh"], "en": en or DEFAULT["en"]}
    path.parent.mkdir(parents=True, exist_ok=True)
    written = path.with_name(path.name + ".new")
    written.write_text(json.dumps(notice, ensure_ascii=False), encoding="utf-8")
    os.replace(written, path)


def switch_on(path: Path) -> bool:
    """Whether the bot was off."""
    was_off = path.exists()
    path.unlink(missing_ok=True)
    return was_off
