"""Rasa's training data, completed from the knowledge: a new topic, fact or referral needs no domain and no rule."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers import utils
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.catalogue import Catalogue, load
from bot.nlu.rules import rules_yaml
from bot.settings import ROOT, knowledge_folder, nlu_folder

ANSWER = "inform"
"""The intent of an answer to a question."""
NUMBERS = (*map(str, range(1, 10)), *(f"第{one}个" for one in "一二三四五六"), "the first one", "the second one")
CHANNEL_INTENTS = ("choose", "open")
"""Never written by a person: a button and a new session."""


class KnowledgeImporter(RasaFileImporter):
    """Files as Rasa reads them, plus what follows from the knowledge."""

    @cached_property
    def _catalogue(self) -> Catalogue:
        return load(knowledge_folder())

    def get_domain(self) -> Domain:
        """The domain file with an intent per topic, ambiguity and referral, a slot and an entity per fact."""
        written = super().get_domain()
        return written.merge(Domain.from_dict(domain_additions(self._catalogue)))

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """The story files with a rule per generated intent."""
        domain = self.get_domain()
        written = utils.story_graph_from_paths(self._story_files, domain, exclusion_percentage)
        text = rules_yaml(topic_intents(self._catalogue), referral_intents(self._catalogue))
        return written.merge(StoryGraph(YAMLStoryReader(domain).read_from_string(text)))

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """The training phrases, the answers in a word or two, and the payloads of the intents only channels send."""
        written = utils.training_data_from_paths(self._phrase_files(), language or "en")
        taken = {str(message.get(TEXT)).casefold() for message in written.training_examples}
        short = ((ANSWER, text) for text in short_answers(self._catalogue) if text.casefold() not in taken)
        added = TrainingData([Message({TEXT: text, INTENT: intent}) for intent, text in (*short, *_payloads())])
        return written.merge(added)

    def _phrase_files(self) -> list[str]:
        """Those of the content folder; the project's own stay out of another bureau's model."""
        ours, theirs = ROOT / "data" / "nlu", nlu_folder()
        if theirs == ours:
            return list(self._nlu_files)
        written = [path for path in self._nlu_files if ours not in Path(path).resolve().parents]
        return [*written, *(str(path) for path in sorted(theirs.rglob("*.yml")))]

    def get_conversation_tests(self) -> StoryGraph:
        """The conversation tests, read with the whole domain."""
        return utils.story_graph_from_paths(self._conversation_test_files, self.get_domain())


def _payloads() -> Iterator[tuple[str, str]]:
    """Two per intent, the fewest Rasa accepts."""
    for intent in CHANNEL_INTENTS:
        yield from ((intent, f"/{intent}"), (intent, f"/{intent}{{}}"))


def short_answers(catalogue: Catalogue) -> list[str]:
    """What answers a question in a word or two: labels, the values' ``answers``, numbers of choices."""
    values = [value for fact in catalogue.facts.values() for value in fact.values.values()]
    labels = (text for value in values for text in (value.label.zh, value.label.en))
    answers = (text for value in values for text in (*value.answers.both(), *value.answers_for_another.both()))
    return list(dict.fromkeys((*labels, *answers, *NUMBERS)))


def topic_intents(catalogue: Catalogue) -> list[str]:
    """The intents that name a matter, or words that fit several."""
    topics = [topic.intent for topic in catalogue.topics.values()]
    return sorted(topics + [ambiguity.intent for ambiguity in catalogue.ambiguities.values()])


def referral_intents(catalogue: Catalogue) -> list[str]:
    """The intents of questions that belong elsewhere."""
    return sorted(catalogue.referrals)


def domain_additions(catalogue: Catalogue) -> dict[str, Any]:
    """What the knowledge adds to ``domain.yml``."""
    intents = [*topic_intents(catalogue), *referral_intents(catalogue)]
    return {
        "intents": [{intent: {"use_entities": []}} for intent in intents],
        "entities": list(catalogue.facts),
        "slots": dict(_slots(catalogue)),
    }


def _slots(catalogue: Catalogue) -> Iterator[tuple[str, dict[str, Any]]]:
    """Fact slots: written and read by the actions only, cleared when the person starts over."""
    for fact in catalogue.facts:
        yield fact, {"type": "text", "influence_conversation": False, "mappings": [{"type": "custom"}]}
