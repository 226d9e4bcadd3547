"""What the server leaves out of Rasa."""

from __future__ import annotations

import subprocess
import sys

WITHOUT = """
from bot.channels.rasa_server import NotServed, leave_out_what_is_not_served
leave_out_what_is_not_served()
import sys
import rasa.core.policies.rule_policy, rasa.core.run, rasa.server, bot.nlu.intent_classifier, bot.nlu.entity_extractor
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
print(sorted({"tensorflow", "keras", "matplotlib"} & sys.modules.keys()))
print(sorted(DefaultV1Recipe._registered_components))
try:
    NotServed()
except RuntimeError as error:
    print(error)
"""


def test_neither_tensorflow_nor_what_needs_it_is_loaded() -> None:
    ran = subprocess.run([sys.executable, "-W", "ignore", "-c", WITHOUT], capture_output=True, text=True, check=True)
    loaded, registered, refusal = ran.stdout.splitlines()[-3:]
    assert loaded == "[]"
    expected = ["CatalogueEntityExtractor", "IntentClassifier", "MemoizationPolicy", "RulePolicy"]
    assert [name for name in expected if f"'{name}'" not in registered] == []
    assert "DIETClassifier" not in registered
    assert refusal.startswith("This server leaves out training")
