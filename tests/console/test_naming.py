"""Ids as staff know them, and moments by the clock on the wall."""

from __future__ import annotations

import time
from datetime import datetime

import pytest

from bot.catalogue import Catalogue
from bot.catalogue.text import Language
from bot.console.naming import passage_name
from bot.console.rendering import local


@pytest.mark.parametrize(
    ("passage", "language", "name"),
    [
        ("civil-code/111", "zh", "《中华人民共和国民法典》第111条"),
        ("civil-code/111@until-2026-01-01", "zh", "《中华人民共和国民法典》第111条"),
        ("criminal-law/280-1", "en", "Article 280-1 of the Criminal Law of the People's Republic of China"),
        ("lost-card/fee/replacement-twenty@putian", "zh", "社保卡挂失与补卡：丢失补卡收工本费20元。"),
        ("lost-card/fee/gone", "zh", "lost-card/fee/gone"),
        ("gone/58", "en", "gone/58"),
        ("", "zh", ""),
    ],
)
def test_passages_have_names(real: Catalogue, passage: str, language: Language, name: str) -> None:
    assert passage_name(real, passage, language) == name


def test_a_long_statement_is_cut(real: Catalogue) -> None:
    name = passage_name(real, "lost-card/fee/fee-set-locally", "zh")
    assert name.startswith("社保卡挂失与补卡：费用没有全国统一的规定")
    assert name.endswith("…")
    assert len(name) < 40


def test_moments_are_shown_by_the_clock_of_the_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        assert local(datetime(2026, 11, 22, 20, 30)) == "2026-11-23 04:30"
        assert local(datetime(2026, 11, 22, 20, 30, 5), "%H:%M:%S") == "04:30:05"
    finally:
        monkeypatch.undo()
        time.tzset()
