"""One page on one topic: its questions, the decision tree, and the outcome as a citizen sees it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from bot.answers.outcome import ArticleText, outcome
from bot.answers.wording import Wording
from bot.catalogue import Catalogue
from bot.catalogue.records import ELSEWHERE
from bot.catalogue.text import Language
from bot.procedures import decide, questions_of
from bot.procedures.questions import Questions
from bot.procedures.space import REGION
from bot.workshop.situations import situations
from bot.workshop.tree import svg, tree_of

PAGE = Path(__file__).parent / "templates" / "preview.html"
WORDS = {
    "zh": {
        "intro": "{day} 的规定；知识版本 {version}。换一天：DATE=2027-01-01。",
        "questions": "会问什么",
        "tree": "提问的顺序（箭头上是回答，最多 {worst} 问，平均 {mean:.1f} 问）",
        "outcome": "办事人看到的答案（可以换情况）",
        "open": "（未说明）",
        "choose": "每一项都选好后显示答案。要看“不清楚”时的答案，运行 make preview 时不写那一项。",
        "none": "不用提问。",
    },
    "en": {
        "intro": "The rules of {day}; knowledge version {version}. For another day: DATE=2027-01-01.",
        "questions": "What is asked",
        "tree": "The order of the questions (at most {worst}, {mean:.1f} on average)",
        "outcome": "What a citizen sees (change the situation)",
        "open": "(not said)",
        "choose": 'Choose every value to see the answer. For the answer to "I do not know", leave it out of FACTS.',
        "none": "Nothing is asked.",
    },
}


def page(
    catalogue: Catalogue, topic: str, facts: Mapping[str, str], day: date, language: Language, official: ArticleText
) -> str:
    """The whole page, which needs nothing from anywhere else.

    Raises:
        UnknownId: no such topic, fact or value.
    """
    questions = questions_of(catalogue, topic, day)
    words = WORDS[language]
    title = catalogue.topic(topic).title.say(language)
    data = _data(catalogue, questions, language, official)
    lines = _lines(catalogue, topic, facts, day, language, official)
    return Template(PAGE.read_text(encoding="utf-8")).substitute(
        language="zh-CN" if language == "zh" else "en",
        title=escape(title),
        intro=escape(words["intro"].format(day=day, version=catalogue.version)),
        heading_questions=words["questions"],
        heading_tree=words["tree"].format(worst=questions.worst({}), mean=questions.mean({})),
        heading_outcome=words["outcome"],
        questions=_questions(questions, language) or f"<p>{words['none']}</p>",
        tree=svg(tree_of(questions), questions, language),
        selects=_selects(questions, facts, language),
        outcome="".join(_paragraph(line) for line in lines),
        data=json.dumps(data, ensure_ascii=False).replace("<", "\\u003c"),
    )


def _lines(
    catalogue: Catalogue, topic: str, facts: Mapping[str, str], day: date, language: Language, official: ArticleText
) -> list[str]:
    """The reply's text; what is not among ``facts`` counts as "I do not know"."""
    declined = frozenset(catalogue.facts) - set(facts)
    decision = decide(catalogue, topic, facts, day, declined=declined)
    text: str = outcome(catalogue, decision, language, official)["text"]
    return text.splitlines()


def _data(catalogue: Catalogue, questions: Questions, language: Language, official: ArticleText) -> dict[str, Any]:
    """The outcome of every situation, each line kept once;"""
    space = questions.space
    known: dict[str, int] = {}
    outcomes: dict[str, list[int]] = {}
    for situation in situations(space):
        facts = {fact: _speaking_for_all(questions, fact, value) for fact, value in situation.facts.items()}
        lines = _lines(catalogue, space.topic.id, facts, space.day, language, official)
        if situation.facts:
            del lines[1]  # "for: …", which the page writes for the chosen values
        outcomes[" ".join(situation.facts.values())] = [known.setdefault(line, len(known)) for line in lines]
    say = Wording(catalogue, language)
    return {
        "facts": list(space.facts),
        "groups": {fact: {v: questions.group(fact, v) for v in space.values[fact]} for fact in space.facts},
        "conditions": {
            fact: {v: catalogue.fact(fact).value(v).condition.say(language) for v in space.values[fact]}
            for fact in space.facts
        },
        "because": say("title_for") + say.colon,
        "separator": "；" if language == "zh" else "; ",
        "choose": WORDS[language]["choose"],
        "outcomes": outcomes,
        "lines": [*known, ""],
    }


def _speaking_for_all(questions: Questions, fact: str, value: str) -> str:
    """Of regions without rules of their own no single one is named."""
    general = fact == REGION and questions.group(fact, ELSEWHERE) == value
    return ELSEWHERE if general else value


def _questions(questions: Questions, language: Language) -> str:
    items = []
    for fact_id in questions.space.facts:
        fact = questions.space.catalogue.fact(fact_id)
        labels = [value.label.say(language) for value in fact.values.values()]
        shown = labels if fact_id != REGION else [*labels[:8], "…"]
        why = f'<br><span class="why">{escape(fact.why.say(language))}</span>'
        items.append(f"<li><b>{escape(fact.question.say(language))}</b> {escape(' / '.join(shown))}{why}</li>")
    return f"<ol>{''.join(items)}</ol>" if items else ""


def _selects(questions: Questions, facts: Mapping[str, str], language: Language) -> str:
    selects = []
    for fact_id in questions.space.facts:
        fact = questions.space.catalogue.fact(fact_id)
        options = [f'<option value="">{WORDS[language]["open"]}</option>']
        for value in fact.values.values():
            chosen = " selected" if facts.get(fact_id) == value.id else ""
            options.append(f'<option value="{value.id}"{chosen}>{escape(value.label.say(language))}</option>')
        title = escape(fact.title.say(language))
        selects.append(f'<label>{title}<select name="{fact_id}">{"".join(options)}</select></label>')
    return "".join(selects)


def _paragraph(line: str) -> str:
    heading = ' class="heading"' if line.endswith(("：", ":")) else ""
    return f"<p{heading}>{escape(line)}</p>"
