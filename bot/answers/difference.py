"""What a changed fact changes for the person, in words."""

from __future__ import annotations

from bot.answers.asking import conditions
from bot.answers.conversation import Conversation
from bot.answers.reply import Reply, reply
from bot.answers.wording import Wording
from bot.catalogue import Catalogue
from bot.procedures import Decision


def changed_facts(before: Conversation, after: Conversation) -> dict[str, str]:
    """The facts an outcome rested on that now have another value."""
    if before.topic is None or before.topic != after.topic or before.asked is not None:
        return {}
    known = {*before.facts, *before.declined}
    return {fact: value for fact, value in after.facts.items() if fact in known and before.facts.get(fact) != value}


def difference(catalogue: Catalogue, old: Decision, new: Decision, facts: dict[str, str], say: Wording) -> Reply | None:
    """Which facts are new and what comes and goes with them; None when the outcome does not use the facts."""
    used = {fact: value for fact, value in facts.items() if fact in new.facts}
    if not used:
        return None
    lines = [say("changed", facts=conditions(catalogue, used, say))]
    added, gone = _only_in(new, old, say), _only_in(old, new, say)
    if added:
        lines.append(say("changed_added", items=say.semicolon.join(added)))
    if gone:
        lines.append(say("changed_gone", items=say.semicolon.join(gone)))
    if not added and not gone:
        lines.append(say("changed_nothing"))
    return reply("notice", say.language, "\n".join(lines), knowledge_version=catalogue.version)


def _only_in(there: Decision, not_there: Decision, say: Wording) -> list[str]:
    told = {one.statement.key for one in not_there.told}
    texts = (one.statement.text.say(say.language) for one in there.told if one.statement.key not in told)
    return [text.rstrip("。.") for text in dict.fromkeys(texts)]
