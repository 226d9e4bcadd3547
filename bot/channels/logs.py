"""Nothing a person wrote, and no sender id, in a log of level INFO or above.

Rasa writes message text at DEBUG only, with these exceptions, which are cut down here: a sender id when its circuit
breaker trips, and the text of a message or an event it could not parse. Sanic writes addresses of requests when a
client hangs up or a body stays unread; WeChat's carry the person's OpenID.
"""

from __future__ import annotations

import logging
import re
import traceback

_SENDER = re.compile(r"\b(web|wechat):[0-9a-f]{6,}")
_ADDRESS = re.compile(r"(/webhooks/\w+)[/?]\S*")
_LOGGERS = (
    "sanic.root",
    "sanic.error",
    "sanic.access",
    "rasa.core.processor",
    "rasa.core.lock_store",
    "rasa.core.tracker_store",
    "rasa.core.actions.action",
    "rasa.shared.core.events",
    "rasa.shared.core.trackers",
    "rasa.shared.core.training_data.story_reader.yaml_story_reader",
)


class _WithoutPeople(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if _SENDER.search(message) or _ADDRESS.search(message):
            record.msg, record.args = _ADDRESS.sub(r"\1/…", _SENDER.sub(r"\1:…", message)), ()
        if hasattr(record, "request"):  # of an access log
            record.request = _ADDRESS.sub(r"\1/…", str(record.request))
        return True


def keep_people_out_of_logs() -> None:
    """Install the filter on Rasa's and Sanic's loggers, once."""
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(known, _WithoutPeople) for known in logger.filters):
            logger.addFilter(_WithoutPeople())


def log_failure(logger: logging.Logger, sentence: str, error: BaseException) -> None:
    """Log an unforeseen error by its type and where it arose; its message may repeat what a person wrote."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    logger.error("%s %s\n%s", sentence, type(error).__name__, frames)
