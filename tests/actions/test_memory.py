import pytest
from rasa_sdk import Tracker

from actions.memory import conversation_of, message_of, slots_of
from bot.answers.conversation import Conversation
from bot.catalogue import Catalogue
from tests.actions.conftest import tracker

SLOTS = {
    "topic": "renewal",
    "reply_language": "en",
    "holder": "minor",
    "region": None,
    "declined": ["applicant"],
    "requested_slot": "card_in_hand",
    "misses": 1,
    "aspect_asked": "fee",
}
REMEMBERED = Conversation("en", "renewal", {"holder": "minor"}, ("applicant",), "card_in_hand", 1, "fee")


def test_what_the_slots_remember(small: Catalogue) -> None:
    assert conversation_of(tracker(slots=SLOTS), small) == REMEMBERED
    assert conversation_of(tracker(), small) == Conversation()


@pytest.mark.parametrize(
    ("slots", "expected"),
    [
        ({"topic": "gone"}, Conversation()),
        ({"holder": "gone"}, Conversation()),
        ({"requested_slot": "gone"}, Conversation()),
        ({"declined": ["gone", "holder"]}, Conversation(declined=("holder",))),
        ({"misses": None, "declined": None}, Conversation()),
        ({"reply_language": "fr"}, Conversation("zh")),
    ],
)
def test_what_the_knowledge_no_longer_has_is_forgotten(
    small: Catalogue, slots: dict[str, object], expected: Conversation
) -> None:
    assert conversation_of(tracker(slots=slots), small) == expected


def test_only_what_changed_is_set_and_always_the_topic(small: Catalogue) -> None:
    assert slots_of(REMEMBERED, REMEMBERED, small) == [
        {"event": "slot", "timestamp": None, "name": "topic", "value": "renewal"}
    ]
    after = Conversation("zh", "about", {"region": "north"}, (), None, 0, None)
    set_ = {event["name"]: event["value"] for event in slots_of(REMEMBERED, after, small)}
    assert set_ == {
        "topic": "about",
        "region": "north",
        "holder": None,
        "reply_language": "zh",
        "declined": [],
        "misses": 0,
        "aspect_asked": None,
    }


def test_there_and_back(small: Catalogue) -> None:
    slots = {event["name"]: event["value"] for event in slots_of(Conversation(), REMEMBERED, small)}
    again = conversation_of(tracker(slots={**slots, "requested_slot": REMEMBERED.asked}), small)
    assert again == REMEMBERED


def test_the_latest_message() -> None:
    entities = [
        {"entity": "holder", "value": "adult"},
        {"entity": "holder", "value": "minor"},
        {"entity": "aspect", "value": "fee"},
        {"entity": "aspect", "value": "time"},
        {"entity": "choice", "value": "topic:about"},
        {"entity": "language", "value": "en"},
    ]
    ranking = [{"name": "renewal", "confidence": 0.9}, {"name": "about", "confidence": 0.05}]
    message = message_of(tracker("多少钱", "renewal", entities=entities, intent_ranking=ranking))
    assert message.text == "多少钱"
    assert (message.intent, message.confidence) == ("renewal", 0.9)
    assert message.ranking == (("renewal", 0.9), ("about", 0.05))
    assert message.said == {"holder": "minor"}, "what is said last counts"
    assert (message.aspect, message.choice) == ("fee", "topic:about")


def test_an_empty_message() -> None:
    empty = Tracker("web:someone", {}, {"text": None, "intent": None, "entities": None}, [], False, None, {}, None)
    message = message_of(empty)
    assert (message.text, message.intent, message.confidence, dict(message.said)) == ("", "", 0.0, {})
