"""The browser hides what the server hides: the same table of cases, and made-up texts by the thousand."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random
from typing import Any

import yaml

from bot.channels.masking import hide
from bot.channels.sentences import KINDS, Language
from bot.channels.text import language_of, normalise
from bot.evaluation.security.texts import harmless, personal
from tests.widget.conftest import Widget

CASES: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[1] / "channels/masking_cases.yml").read_text(encoding="utf-8")
)
RUN = """async ([texts, names]) => {
  const { mask } = await import("./masking.js");
  return texts.map(([text, language]) => mask(text, names[language]));
}"""
NAMES = {language: {kind: words[language] for kind, words in KINDS.items()} for language in ("zh", "en")}


def masked(widget: Widget, texts: list[str]) -> list[dict[str, Any]]:
    """What the widget's own module makes of each text."""
    typed = [[text, _language(text)] for text in texts]
    return list(widget.page.evaluate(RUN, [typed, NAMES]))


def _language(text: str) -> Language:
    return language_of(normalise(text)) or "zh"


def test_the_table_of_cases(widget: Widget) -> None:
    cases = [case for case in CASES["hidden"] if not case.get("server_only")]
    assert len(cases) > 60
    for case, result in zip(cases, masked(widget, [case["typed"] for case in cases])):
        assert normalise(result["text"]) == case["stored"]
        assert result["verdicts"] == case.get("verdicts", []), case
    for typed, result in zip(CASES["kept"], masked(widget, CASES["kept"])):
        assert result == {"text": typed, "kinds": [], "verdicts": []}


def test_thousands_of_texts_are_masked_as_on_the_server(widget: Widget) -> None:
    chance = Random(21)
    servers_own = re.compile("[٠-٩證]")  # digits of other scripts, words in traditional characters
    texts = [text for text, _ in personal(chance, 2_200) if not servers_own.search(text)]
    texts += harmless(chance, 2_200)
    differing = []
    for text, result in zip(texts, masked(widget, texts)):
        expected = hide(normalise(text), _language(text))
        got = (normalise(result["text"]), tuple(result["kinds"]), tuple(result["verdicts"]))
        if got != (expected.text, expected.kinds, expected.verdicts):
            differing.append((text, got))
    assert differing == []
    assert len(texts) > 4_000


def test_a_person_is_told_at_once_whether_the_number_could_be_one(widget: Widget) -> None:
    widget.open().say("号码11010519491231002X和110105194912310021")
    assert widget.fake.sent[0]["text"] == "号码[身份证号码]和[身份证号码]"
    told = widget.find(".notice").inner_text()
    assert told.startswith("您输入的个人号码已隐去，没有发送。")
    assert "都合乎规则" in told
    assert "校验码）与前面对不上" in told
