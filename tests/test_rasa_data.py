"""What ``rasa data validate`` lets pass, and the wall between training phrases and held-apart questions."""

from __future__ import annotations

import ast
import unicodedata
from collections import Counter, defaultdict
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from bot.catalogue import Catalogue

ROOT = Path(__file__).parents[1]
RASA_OWN = {"action_listen", "action_restart", "action_session_start", "procedure_form"}
NEARLY = 0.75
"""Share of common letter pairs from which two sentences count as nearly the same."""
FIXED = 6
"""Anything shorter ("hi", "拜拜", a city) is what everybody says; no training data can do without it."""


class Example(NamedTuple):
    file: str
    intent: str
    text: str


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def examples() -> tuple[Example, ...]:
    """Every training phrase."""
    found = []
    for path in sorted((ROOT / "data/nlu").glob("*.yml")):
        for block in read(path)["nlu"]:
            lines = [line.strip() for line in block["examples"].splitlines() if line.strip()]
            assert all(line.startswith("- ") for line in lines), path.name
            found += [Example(path.name, block["intent"], line[2:].strip()) for line in lines]
    return tuple(found)


@lru_cache(maxsize=1)
def questions() -> tuple[tuple[str, str], ...]:
    """Every held-apart question with the name of its file."""
    found = []
    for path in sorted((ROOT / "tests/nlu/questions").glob("*.yml")):
        data = read(path)
        texts = [case["text"] for case in data["cases"]] if "cases" in data else [*data["zh"], *data["en"]]
        found += [(path.name, text) for text in texts]
    return tuple(found)


def normalised(text: str) -> str:
    """Letters and digits alone, half-width, lower case."""
    return "".join(one for one in unicodedata.normalize("NFKC", text).lower() if one.isalnum())


def pairs(text: str) -> frozenset[str]:
    framed = f"^{text}$"
    return frozenset(framed[at : at + 2] for at in range(len(framed) - 1))


def domain() -> Any:
    return read(ROOT / "domain.yml")


def names(entries: list[Any]) -> list[str]:
    """Intents are written plainly or as a mapping of one."""
    return [next(iter(entry)) if isinstance(entry, dict) else entry for entry in entries]


def rules() -> list[tuple[str, Any]]:
    found = []
    for path in sorted((ROOT / "data/stories").glob("*.yml")):
        data = read(path)
        assert set(data) <= {"version", "rules", "stories"}, path.name
        found += [(path.name, rule) for rule in data.get("rules", [])]
    return found


def keys_written(path: Path, under: str) -> list[str]:
    """The keys of a mapping as they stand in the file, so that one written twice is seen."""
    root = yaml.compose(path.read_text(encoding="utf-8"))
    assert isinstance(root, yaml.MappingNode)
    (node,) = [value for key, value in root.value if key.value == under]
    return [key.value for key, _ in node.value] if isinstance(node, yaml.MappingNode) else []


def action_names() -> set[str]:
    """What each class of ``actions/`` calls itself."""
    found = set()
    for path in (ROOT / "actions").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name == "name":
                found |= {
                    one.value.value
                    for one in ast.walk(node)
                    if isinstance(one, ast.Return) and isinstance(one.value, ast.Constant)
                }
    return found


def test_the_domain_stays_small() -> None:
    assert len((ROOT / "domain.yml").read_text(encoding="utf-8").splitlines()) <= 150
    assert "responses" not in domain(), "what is said lives in knowledge/"


@pytest.mark.parametrize("part", ["slots", "forms"])
def test_nothing_is_defined_twice(part: str) -> None:
    written = keys_written(ROOT / "domain.yml", part)
    assert written
    assert [name for name, count in Counter(written).items() if count > 1] == []


@pytest.mark.parametrize("part", ["intents", "entities", "actions"])
def test_nothing_is_listed_twice(part: str) -> None:
    assert [name for name, count in Counter(names(domain()[part])).items() if count > 1] == []


def test_slots_are_not_facts_and_say_who_writes_them(real: Catalogue) -> None:
    lines = (ROOT / "domain.yml").read_text(encoding="utf-8").splitlines()
    for slot in domain()["slots"]:
        assert slot not in real.facts, "slots of facts come from the knowledge"
        (line,) = [line for line in lines if line.startswith(f"  {slot}:")]
        _, _, remark = line.partition("#")
        assert "written" in remark, f"{slot} does not say who writes it"


def test_every_action_is_one_file_of_its_own_and_in_the_domain() -> None:
    assert len(domain()["actions"]) == len(set(domain()["actions"]))
    assert set(domain()["actions"]) == action_names()
    for name in action_names():
        stem = name.removeprefix("action_").removeprefix("validate_")
        assert (ROOT / "actions" / f"{stem}.py").exists(), name


def test_rules_have_names_of_their_own_and_use_what_there_is(real: Catalogue) -> None:
    titles = [rule["rule"] for _, rule in rules()]
    assert [title for title, count in Counter(titles).items() if count > 1] == []
    intents, actions = set(names(domain()["intents"])), action_names() | RASA_OWN
    for file, rule in rules():
        for step in rule["steps"]:
            assert step.get("intent") is None or step["intent"] in intents, (file, rule["rule"])
            assert step.get("action") is None or step["action"] in actions, (file, rule["rule"])


def test_every_interruption_has_a_rule_with_and_without_an_open_question() -> None:
    with_form, without = set(), set()
    for _, rule in rules():
        condition = {name: value for one in rule.get("condition", ()) for name, value in one.items()}
        intents = {step["intent"] for step in rule["steps"] if "intent" in step}
        (with_form if condition.get("active_loop") == "procedure_form" else without).update(intents)
    answers = {"inform", "dont_know", "ask_aspect", "go_back", "choose"}
    assert without - answers - {"open"} == with_form
    assert set(names(domain()["intents"])) == without


def test_every_intent_is_trained_and_every_trained_intent_exists(real: Catalogue) -> None:
    records = [*real.topics.values(), *real.ambiguities.values()]
    generated = {record.intent for record in records} | set(real.referrals)
    unspoken = {"choose", "open", "nlu_fallback"}
    assert {one.intent for one in examples()} == (set(names(domain()["intents"])) | generated) - unspoken
    assert not set(names(domain()["intents"])) & generated


def test_a_topic_has_a_file_of_its_name(real: Catalogue) -> None:
    for topic in real.topics.values():
        assert {one.intent for one in examples() if one.file == f"{topic.id}.yml"} == {topic.intent}


def test_enough_phrases_in_both_languages(real: Catalogue) -> None:
    for topic in real.topics.values():
        texts = [one.text for one in examples() if one.intent == topic.intent]
        chinese = [text for text in texts if any("一" <= letter <= "鿿" for letter in text)]
        assert len(chinese) >= 30, topic.id
        assert len(texts) - len(chinese) >= 30, topic.id


def test_no_phrase_stands_twice() -> None:
    counts: dict[str, set[tuple[str, str]]] = defaultdict(set)
    doubled = []
    for one in examples():
        key = normalised(one.text) or one.text
        if counts[key]:
            doubled.append(one)
        counts[key].add((one.file, one.intent))
    assert doubled == []


def test_phrases_carry_no_entity_marks() -> None:
    assert [one for one in examples() if "](" in one.text or "]{" in one.text] == []


def test_no_phrase_is_a_held_apart_question_or_nearly_one() -> None:
    assert len(questions()) > 1000
    assert near_questions() == []


def near_questions() -> list[tuple[str, str, str]]:
    """Training phrases that give a held-apart question away: (file, phrase, question)."""
    holding: dict[str, list[int]] = defaultdict(list)
    phrases = [(one, pairs(normalised(one.text))) for one in examples()]
    for at, (_, has) in enumerate(phrases):
        for pair in has:
            holding[pair].append(at)
    found = []
    for _, question in questions():
        if len(normalised(question)) < FIXED:
            continue
        wanted = pairs(normalised(question))
        common = Counter(at for pair in wanted for at in holding[pair])
        for at, shared in common.items():
            one, has = phrases[at]
            if shared / (len(wanted) + len(has) - shared) >= NEARLY:
                found.append((one.file, one.text, question))
    return found
