"""What Rasa is trained on follows from the knowledge: a new topic needs no domain, story or code file."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, UserUttered

from bot.catalogue import Catalogue
from bot.nlu.importer import KnowledgeImporter, domain_additions, referral_intents, topic_intents
from bot.nlu.rules import rules_yaml
from bot.setup.project import Project
from tests.small_folder import SmallFolder

ROOT = Project.here().root


def importer() -> KnowledgeImporter:
    return KnowledgeImporter(
        config_file=str(ROOT / "config.yml"),
        domain_path=str(ROOT / "domain.yml"),
        training_data_paths=[str(ROOT / "data")],
    )


def rule_names(importer: KnowledgeImporter) -> list[str]:
    return [step.block_name for step in importer.get_stories().story_steps]


@pytest.fixture(scope="module")
def domain() -> Domain:
    return importer().get_domain()


def test_the_domain_has_an_intent_per_record_and_a_slot_per_fact(domain: Domain, real: Catalogue) -> None:
    generated = {*topic_intents(real), *referral_intents(real)}
    assert generated <= set(domain.intents)
    assert set(real.facts) <= {slot.name for slot in domain.slots}
    assert set(real.facts) <= set(domain.entities)
    assert {slot.influence_conversation for slot in domain.slots if slot.name in real.facts} == {False}
    assert domain.intent_properties["lost_card"]["used_entities"] == []


def test_every_trained_intent_is_in_the_domain_and_the_other_way_round(domain: Domain) -> None:
    trained = set(importer().get_nlu_data().intents)
    rasas_own = {"restart", "back", "session_start", "nlu_fallback"}
    assert trained == set(domain.intents) - rasas_own


def test_a_topic_added_to_the_knowledge_needs_no_domain_and_no_story(
    folder: SmallFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (folder.path / "procedures/about/procedure.yml").read_text(encoding="utf-8")
    folder.write("procedures/card-museum/procedure.yml", text.replace("id: about", "id: card-museum"))
    monkeypatch.setenv("BANSHI_KNOWLEDGE", str(folder.path))
    made = importer()
    domain = made.get_domain()
    assert {"card_museum", "renewal", "about", "which_one", "near_miss_passport"} <= set(domain.intents)
    assert "lost_card" not in domain.intents
    assert {"region", "holder"} <= {slot.name for slot in domain.slots}
    assert "employment" not in domain.entities
    names = rule_names(made)
    assert "generated, card_museum" in names
    assert "generated, near_miss_passport while a question is open" in names


def test_a_generated_rule_opens_the_form() -> None:
    steps = {step.block_name: step for step in importer().get_stories().story_steps}
    events = [event for event in steps["generated, lost_card"].events if not isinstance(event, type(None))]
    assert [event.intent_name for event in events if isinstance(event, UserUttered)] == ["lost_card"]
    actions = [event.action_name for event in events if isinstance(event, ActionExecuted)]
    assert "procedure_form" in actions
    assert [event.name for event in events if isinstance(event, ActiveLoop)] == ["procedure_form"]


def test_rules_have_names_of_their_own() -> None:
    names = rule_names(importer())
    assert len(names) == len(set(names))
    assert len(names) > 50


def test_the_rules_as_rasa_reads_them() -> None:
    rules = yaml.safe_load(rules_yaml(["lost_card"], ["near_miss_x"]))["rules"]
    assert [rule["rule"] for rule in rules] == [
        "generated, lost_card",
        "generated, near_miss_x",
        "generated, near_miss_x while a question is open",
    ]
    assert rules[0]["steps"][1] == {"action": "procedure_form"}
    assert rules[1]["steps"] == [{"intent": "near_miss_x"}, {"action": "action_refer"}]
    assert rules[2]["condition"] == [{"active_loop": "procedure_form"}]


def test_no_topic_and_no_referral_are_no_rule() -> None:
    assert yaml.safe_load(rules_yaml([], []))["rules"] is None


def test_payloads_of_the_channels_are_no_phrases(real: Catalogue) -> None:
    texts = {
        message.get("text")
        for message in importer().get_nlu_data().intent_examples
        if message.get("intent") in ("open", "choose")
    }
    assert texts == {"/open", "/open{}", "/choose", "/choose{}"}
    assert set(domain_additions(real)) == {"intents", "entities", "slots"}


def test_conversation_tests_are_read_with_the_whole_domain(tmp_path: Path) -> None:
    story = "version: '3.1'\nstories:\n- story: s\n  steps:\n  - user: |\n      社保卡丢了\n    intent: lost_card\n"
    (tmp_path / "test_story.yml").write_text(story, encoding="utf-8")
    made = KnowledgeImporter(
        config_file=str(ROOT / "config.yml"),
        domain_path=str(ROOT / "domain.yml"),
        training_data_paths=[str(tmp_path)],
    )
    assert [step.block_name for step in made.get_conversation_tests().story_steps] == ["s"]
