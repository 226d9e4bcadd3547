"""The code knows nothing of social security cards: what it says comes from the content folder."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from bot.answers.wording import SENTENCES
from bot.settings import ROOT

CONTENT = re.compile(r"社保|社会保障|12333|[Ss]ocial.{0,2}[Ss]ecurity.{0,2}[Cc]ard|护照|身份证")
ALLOWED = {
    "bot/channels/sentences.py": "said when nothing else can be: the action server, and with it the content, is down",
    "bot/channels/wechat/sentences.py": "the same, and a warning against links in messages",
    "bot/console/script.py": "what is no place to go to is the same for every bureau",
    "bot/operations/switch.py": "said when the service is switched off, and with it the content",
    "bot/channels/masking.py": "what personal numbers look like is the same for every bureau in China",
    "bot/channels/personal_data.py": "what personal numbers look like is the same for every bureau in China",
}
"""Files that may name the matter in a string, and why."""


def strings(path: Path) -> Iterator[str]:
    """Every string of a module that is no docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes:
            yield node.value


def modules() -> list[Path]:
    """The modules that serve people; what is measured is measured on our own content."""
    found = [path for folder in ("bot", "actions") for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if "evaluation" not in path.parts]


def test_no_string_names_the_matter() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): said for path in modules() for said in strings(path) if CONTENT.search(said)
    }
    assert {file: said for file, said in found.items() if file not in ALLOWED} == {}
    assert len(modules()) > 100


def test_no_topic_fact_or_region_of_ours_is_named_in_the_code() -> None:
    knowledge = ROOT / "knowledge"
    ids = {path.parent.name for path in knowledge.glob("procedures/*/procedure.yml")}
    ids |= {path.stem for path in knowledge.glob("regions/*.yml")}
    found = {
        (path.relative_to(ROOT).as_posix(), said)
        for path in modules()
        for said in strings(path)
        if said in ids or said.replace("_", "-") in ids
    }
    assert found <= {("bot/workshop/scaffold.py", "lost-card")}  # an example in an editor's error message


def test_every_sentence_the_code_says_is_among_the_needed_ones() -> None:
    said: set[object] = set()
    for path in modules():
        if "console" in path.parts:
            continue  # the hotline's own words are in bot/console/words.yml
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and _says(node.func):
                said |= _literal(node.args[0])
    assert {"abstain", "only_if", "as_of", "for_day"} <= said
    assert said - set(SENTENCES) == set()


def _literal(argument: ast.expr) -> set[object]:
    """The sentence itself, or both sentences of a choice; a key put together is not followed."""
    options = [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]
    return {option.value for option in options if isinstance(option, ast.Constant)}


def _says(called: ast.expr) -> bool:
    name = called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""
    return name == "say" or (
        isinstance(called, ast.Call) and isinstance(called.func, ast.Name) and called.func.id == "Wording"
    )
