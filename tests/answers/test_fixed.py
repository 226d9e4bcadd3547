import pytest

from bot.answers import fixed
from bot.answers.conversation import Conversation, Message
from bot.answers.reply import validator
from bot.catalogue import Catalogue


@pytest.mark.parametrize("intent", list(fixed.SENTENCES))
def test_small_talk_in_the_language_of_the_message(small: Catalogue, intent: str) -> None:
    said = set()
    for text, language in (("你好", "zh"), ("hello there", "en")):
        conversation, (reply,) = fixed.small_talk(small, Conversation(), Message(text, intent))
        validator().validate(reply)
        assert (reply["status"], reply["language"], conversation.language) == ("smalltalk", language, language)
        said.add(reply["text"])
    assert len(said) == 2


def test_the_opening_is_in_both_languages_when_none_was_chosen(small: Catalogue) -> None:
    assert "English" in fixed.opening(small, None)["text"]
    assert fixed.opening(small, None)["language"] == "zh"
    english = fixed.opening(small, "en")
    validator().validate(english)
    assert (english["language"], english["text"].isascii()) == ("en", True)
    assert "ID numbers" in english["text"]


def test_starting_over_keeps_only_the_language(small: Catalogue) -> None:
    before = Conversation("zh", "renewal", {"holder": "minor"}, ("region",), "applicant", 2, "fee")
    after, (reply,) = fixed.started_over(small, before, Message("start again please", "start_over"))
    validator().validate(reply)
    assert after == Conversation(language="en")
    assert reply["status"] == "notice"


@pytest.mark.parametrize(
    ("text", "current", "wanted"),
    [
        ("说英语", "zh", "en"),
        ("English please", "zh", "en"),
        ("请用中文", "en", "zh"),
        ("can you speak Chinese", "en", "zh"),
        ("换一种语言", "zh", "en"),
        ("other language", "en", "zh"),
    ],
)
def test_the_language_asked_for(text: str, current: str, wanted: str) -> None:
    assert fixed.language_asked_for(text, current) == wanted  # type: ignore[arg-type]


def test_a_case_code_is_said_and_carried(small: Catalogue) -> None:
    reply = fixed.hand_over(small, Conversation("en"), "012345")
    validator().validate(reply)
    assert reply["case_code"] == "012345"
    assert "012345" in reply["text"]
    assert "12333" in reply["text"]
    assert small.say("abstain_again").en not in reply["text"]
    assert small.say("abstain_again").en in fixed.hand_over(small, Conversation("en", misses=3), "012345")["text"]
