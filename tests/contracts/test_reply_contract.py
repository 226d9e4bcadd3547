"""The reply contract that channels, widget and console share: it changes on purpose or not at all."""

import json
from hashlib import sha256

import pytest
from jsonschema import Draft202012Validator

from bot.answers.asking import UNKNOWN
from bot.answers.reply import SCHEMA, choice, reply, validator
from bot.catalogue import Catalogue
from bot.catalogue.records import CONFIDENCES
from bot.catalogue.text import LANGUAGES

CONTRACT = "ea66f732c04478038b5a67c978574a6ace852b86c5d728d50f0047abcc96c627"
"""SHA-256 of the agreed contract as JSON with sorted keys and no spaces."""


def test_the_schema_is_the_agreed_one() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    plain = json.dumps(schema, sort_keys=True, separators=(",", ":"))
    assert sha256(plain.encode()).hexdigest() == CONTRACT


def test_what_the_code_calls_things_is_what_the_contract_calls_them(real: Catalogue) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    parts = schema["$defs"]
    assert set(real.aspects) == set(parts["procedure"]["properties"]["aspect"]["enum"])
    assert set(CONFIDENCES) == set(parts["source"]["properties"]["confidence"]["enum"])
    assert set(LANGUAGES) == set(schema["properties"]["language"]["enum"])
    assert all(UNKNOWN not in fact.values for fact in real.facts.values())


def test_a_reply_has_only_the_parts_it_was_given() -> None:
    made = reply("notice", "en", "Hello", choices=[choice("A", "topic:a", topic="a")], case_code=None)
    assert made == {
        "version": 1,
        "status": "notice",
        "language": "en",
        "text": "Hello",
        "choices": [{"title": "A", "token": "topic:a", "topic": "a"}],
    }
    validator().validate(made)


@pytest.mark.parametrize(
    "broken",
    [
        {"status": "answer"},
        {"language": "fr"},
        {"text": ""},
        {"version": 2},
        {"case_code": "12345"},
        {"passages": []},
        {"surprise": 1},
        {"procedure": {}},
    ],
)
def test_the_validator_is_strict(broken: dict[str, object]) -> None:
    assert validator().is_valid(reply("notice", "zh", "好"))
    assert not validator().is_valid({**reply("notice", "zh", "好"), **broken})
