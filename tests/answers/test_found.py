from bot.answers.found import abstain, near_topics, passages
from bot.answers.reply import validator
from bot.catalogue import Catalogue
from tests.answers.conftest import FakeFound, FakePassage, FakeScored
from tests.small_folder import DAY


def scored(*passages: FakePassage) -> tuple[FakeScored, ...]:
    return tuple(FakeScored(passage, 0.9 - 0.1 * place) for place, passage in enumerate(passages))


def test_up_to_three_passages_each_with_its_source(small: Catalogue) -> None:
    law = FakePassage("law/1", law="card-law", article="1")
    step = FakePassage("renewal/steps/ask", source="hearsay", topic="renewal")
    found = FakeFound(scored(law, step, FakePassage("third"), FakePassage("fourth")))
    reply = passages(small, found, "en", DAY)
    validator().validate(reply)
    assert [passage["id"] for passage in reply["passages"]] == ["law/1", "renewal/steps/ask", "third"]
    first, second = reply["passages"][:2]
    assert (first["law"], first["article"], first["score"], "topic" in first) == ("card-law", "1", 0.9, False)
    assert second["source"]["confidence"] == "unconfirmed"
    assert reply["text"].splitlines() == [
        "Here is what the sources say:",
        "1. Article 1 of the Card Law: law/1 in en (Office page, official)",
        "2. renewal/steps/ask in en (Hearsay, not confirmed)",
        "3. third in en (Office page, official)",
    ]


def test_an_honest_i_do_not_know(small: Catalogue) -> None:
    for language in ("zh", "en"):
        reply = abstain(small, language, [])  # type: ignore[arg-type]
        validator().validate(reply)
        assert reply["status"] == "abstain"
        assert "12333" in reply["text"]
        assert "choices" not in reply


def test_near_matters_are_offered(small: Catalogue) -> None:
    reply = abstain(small, "en", ["renewal"], "Ask the police.")
    validator().validate(reply)
    assert reply["text"] == "Ask the police.\n1. I need a new card"
    assert [choice["token"] for choice in reply["choices"]] == ["topic:renewal"]


def test_the_nearest_matters_each_once(small: Catalogue) -> None:
    kept = scored(FakePassage("a", topic="about"), FakePassage("b"))
    rejected = scored(
        FakePassage("c", topic="renewal"), FakePassage("d", topic="about"), FakePassage("e", topic="gone")
    )
    assert near_topics(small, FakeFound(kept, rejected)) == ["about", "renewal"]


def test_the_name_of_a_place_or_a_document_says_what_it_is_for(small: Catalogue) -> None:
    place = FakePassage("renewal/places/hall", topic="renewal")
    document = FakePassage("renewal/documents/holder-id", topic="renewal")
    step = FakePassage("renewal/steps/ask", topic="renewal")
    texts = [
        passage["text"] for passage in passages(small, FakeFound(scored(place, document, step)), "en", DAY)["passages"]
    ]
    assert texts == [
        "Renewal, Where: renewal/places/hall in en (1 First Road, 12333)",
        "Renewal, Documents to bring: renewal/documents/holder-id in en",
        "renewal/steps/ask in en",
    ]
