"""Says in words for whom a part is told, when some facts are open."""

from __future__ import annotations

from math import prod

from bot.catalogue import Catalogue
from bot.catalogue.text import Text
from bot.procedures.space import Facts, Part, Space


def only_if(space: Space, part: Part, facts: Facts) -> Text | None:
    """The condition under which ``part`` is told, given ``facts``; None if always.

    Raises:
        ValueError: the part is never told with these facts.
    """
    open_facts = tuple(fact for fact in part.facts if fact not in facts)
    chosen = [
        tuple(complete[fact] for fact in open_facts)
        for complete in space.completions(facts, open_facts)
        if part.visible(complete)
    ]
    if not chosen:
        raise ValueError("a part that is never told has no condition")
    if len(chosen) == prod(len(space.values[fact]) for fact in open_facts):
        return None
    sets = [tuple(dict.fromkeys(values[place] for values in chosen)) for place in range(len(open_facts))]
    if prod(map(len, sets)) == len(chosen):
        limited = [(f, v) for f, v in zip(open_facts, sets) if len(v) < len(space.values[f])]
        return _all([_one_of(space.catalogue, fact, values) for fact, values in limited])
    return _either([_all([_one_of(space.catalogue, f, (v,)) for f, v in zip(open_facts, values)]) for values in chosen])


def _one_of(catalogue: Catalogue, fact: str, values: tuple[str, ...]) -> Text:
    return _either([catalogue.fact(fact).value(value).condition for value in values])


def _all(texts: list[Text]) -> Text:
    return Text("，且".join(text.zh for text in texts), " and ".join(text.en for text in texts))


def _either(texts: list[Text]) -> Text:
    return Text("或者".join(text.zh for text in texts), ", or ".join(text.en for text in texts))
