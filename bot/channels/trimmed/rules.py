"""Rasa's rule policy without work whose result is known (docs/adr/0011-a-trimmed-rasa.md).

It first looks for rules about the words of a message, which this bot has none of, and compares every rule with the
state of the conversation anew each time, though conversations pass through the same few states.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from typing import Any

from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy
from rasa.shared.core.constants import ACTION_LISTEN_NAME, PREVIOUS_ACTION, USER
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ACTION_NAME, INTENT

MOST = 2_048
"""States whose rules are remembered, about 1 kB each."""
Found = tuple[str | None, str | None, bool]
_find = RulePolicy._find_action_from_rules
_possible_keys = RulePolicy._get_possible_keys


def install() -> None:
    """Replace two methods of Rasa's class; a second call changes nothing."""
    RulePolicy._find_action_from_rules = _find_when_it_matters
    RulePolicy._get_possible_keys = _remembered_keys


def _find_when_it_matters(
    policy: RulePolicy, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool
) -> Found:
    if use_text_for_last_user_input and _needs_intents(policy):
        return None, None, False
    found: Found = _find(policy, tracker, domain, use_text_for_last_user_input)
    return found


def _needs_intents(policy: RulePolicy) -> bool:
    """Whether every rule that can follow a message names its intent, so that none fits a message by its text."""
    if not hasattr(policy, "_banshi_needs_intents"):
        kinds = (policy.lookup.get(RULES, {}), policy.lookup.get(RULES_FOR_LOOP_UNHAPPY_PATH, {}))
        policy._banshi_needs_intents = all(_names_intent(json.loads(key)[-1]) for keys in kinds for key in keys)
    needs: bool = policy._banshi_needs_intents
    return needs


def _names_intent(state: dict[str, Any]) -> bool:
    follows_message = state.get(PREVIOUS_ACTION, {}).get(ACTION_NAME) == ACTION_LISTEN_NAME
    return bool(state.get(USER, {}).get(INTENT)) or (not follows_message and PREVIOUS_ACTION in state)


def _remembered_keys(policy: RulePolicy, lookup: dict[str, str], states: list[dict[str, Any]]) -> set[str]:
    kept: OrderedDict[tuple[int, str], set[str]] = policy.__dict__.setdefault("_banshi_keys", OrderedDict())
    state = (id(lookup), repr(states))
    if state not in kept:
        kept[state] = _possible_keys(policy, lookup, states)
        if len(kept) > MOST:
            kept.popitem(last=False)
    kept.move_to_end(state)
    return kept[state]
