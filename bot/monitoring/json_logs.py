"""Logs as one JSON object a line, with the id of the request; switched on by BANSHI_LOG=json, or production mode."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Mapping
from datetime import datetime, timezone

from bot.monitoring.request_id import current


class JsonLines(logging.Formatter):
    """Keys ``at`` (ISO 8601, UTC), ``level``, ``logger``, ``message``, ``request``, and ``trace`` for an exception.

    The trace names the error's type and where it arose; its message may repeat what a person wrote and stays out.
    """

    def __init__(self, server: str) -> None:
        super().__init__()
        self._server = server

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line = {
            "at": datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "server": self._server,
            "logger": record.name,
            "message": record.getMessage(),
            "request": current(),
        }
        if record.exc_info and record.exc_info[0] is not None:
            frames = traceback.format_tb(record.exc_info[2])
            line["trace"] = f"{record.exc_info[0].__name__}\n{''.join(frames)}"
        return json.dumps({name: value for name, value in line.items() if value}, ensure_ascii=False)


def wanted(environment: Mapping[str, str]) -> bool:
    """Whether logs are JSON lines: BANSHI_LOG says so, or production mode without BANSHI_LOG=text."""
    chosen = environment.get("BANSHI_LOG", "")
    return chosen == "json" or (not chosen and environment.get("BANSHI_MODE") == "production")


def write_json_lines(server: str) -> None:
    """Let every handler that exists write JSON lines."""
    loggers = [
        logging.getLogger(),
        *(logging.getLogger(name) for name in ("sanic.root", "sanic.error", "sanic.server")),
    ]
    for logger in loggers:
        for handler in logger.handlers:
            handler.setFormatter(JsonLines(server))
