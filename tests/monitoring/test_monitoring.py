"""Metrics, request ids and JSON lines."""

from __future__ import annotations

import gc
import json
import logging
import sys

import pytest

from bot.monitoring import garbage, json_logs, metrics, request_id

SAID = "住在某某路"


def line(text: str, begins: str) -> float:
    found = [float(each.rsplit(" ", 1)[1]) for each in text.splitlines() if each.startswith(begins)]
    return found[0] if found else 0.0


def test_turns_and_statuses_are_counted() -> None:
    before = metrics.exported()[0].decode()
    metrics.count_turn("website", "answered", [{"custom": {"status": "question"}}, {"text": "without a status"}])
    with metrics.timed("storing"):
        pass
    after, content_type = metrics.exported()[0].decode(), metrics.exported()[1]
    for name in (
        'banshi_turns_total{channel="website",ended="answered"}',
        'banshi_replies_total{channel="website",status="question"}',
        'banshi_stage_seconds_count{stage="storing"}',
    ):
        assert line(after, name) == line(before, name) + 1
    assert content_type.startswith("text/plain")


@pytest.mark.parametrize(
    ("given", "believed"),
    [("0123456789abcdef", True), (None, False), ("short", False), ("line\nbreak-123456", False), ("x" * 65, False)],
)
def test_request_ids(given: str | None, believed: bool) -> None:
    chosen = request_id.begin(given)
    assert (chosen == given) is believed
    assert request_id.current() == chosen
    assert 8 <= len(chosen) <= 64


def test_a_line_has_the_request_and_no_message_of_an_error() -> None:
    request_id.begin("abcdefgh-1")
    try:
        raise ValueError(SAID)
    except ValueError:
        record = logging.LogRecord("bot", logging.ERROR, __file__, 1, "A turn %s.", ("failed",), sys.exc_info())
    written = json_logs.JsonLines("rasa").format(record)
    read = json.loads(written)
    assert (read["level"], read["message"], read["request"]) == ("ERROR", "A turn failed.", "abcdefgh-1")
    assert (read["server"], read["logger"]) == ("rasa", "bot")
    assert read["trace"].startswith("ValueError")
    assert SAID not in written


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, False),
        ({"BANSHI_LOG": "json"}, True),
        ({"BANSHI_MODE": "production"}, True),
        ({"BANSHI_MODE": "production", "BANSHI_LOG": "text"}, False),
    ],
)
def test_when_logs_are_json(environment: dict[str, str], wanted: bool) -> None:
    assert json_logs.wanted(environment) is wanted


def test_what_is_loaded_is_left_out_of_collections() -> None:
    thresholds = gc.get_threshold()
    try:
        loaded = [["a list"]]
        assert any(one is loaded for one in gc.get_objects()), "those that collections look at"
        garbage.settle()
        assert not any(one is loaded for one in gc.get_objects())
        assert gc.get_threshold()[0] == 10_000
    finally:
        gc.unfreeze()
        gc.set_threshold(*thresholds)
