"""Rasa copies, deeply and at every step, what it would write at DEBUG, whether DEBUG is written or not."""

from __future__ import annotations

import copy
import logging
from types import ModuleType
from typing import Any

from rasa.core import processor
from rasa.core.actions import forms
from rasa.core.policies import rule_policy

ONLY_FOR_LOGS = (processor, forms, rule_policy)
"""Modules that use `copy.deepcopy` for nothing but arguments of debug messages; a test reads their source."""


def install() -> None:
    """Spare the copies unless DEBUG is written; a second call changes nothing."""
    if logging.getLogger("rasa").getEffectiveLevel() <= logging.DEBUG:
        return
    for module in ONLY_FOR_LOGS:
        module.copy = _shallow()


def _shallow() -> ModuleType:
    made = ModuleType("copy", copy.__doc__)
    vars(made).update({**vars(copy), "deepcopy": _same})
    return made


def _same(value: Any) -> Any:
    return value
