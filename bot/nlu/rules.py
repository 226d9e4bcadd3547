"""The rules that follow from the knowledge, as Rasa's YAML."""

from __future__ import annotations

from collections.abc import Iterable

_TOPIC = """
- rule: generated, {intent}
  steps:
  - intent: {intent}
  - action: procedure_form
  - active_loop: procedure_form
"""

_REFERRAL = """
- rule: generated, {intent}
  steps:
  - intent: {intent}
  - action: action_refer
- rule: generated, {intent} while a question is open
  condition:
  - active_loop: procedure_form
  steps:
  - intent: {intent}
  - action: action_refer
  - action: procedure_form
  - active_loop: procedure_form
"""


def rules_yaml(topics: Iterable[str], referrals: Iterable[str]) -> str:
    """One rule per intent in ``topics`` (open the form), two per intent in ``referrals`` (answer; answer and go on)."""
    rules = [_TOPIC.format(intent=intent) for intent in topics]
    rules += [_REFERRAL.format(intent=intent) for intent in referrals]
    return 'version: "3.1"\nrules:' + "".join(rules)
