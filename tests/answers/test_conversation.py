from bot.answers.conversation import Conversation
from bot.catalogue import Catalogue


def test_turning_to_a_matter(small: Catalogue) -> None:
    before = Conversation(facts={"card_in_hand": "no", "holder": "minor"}, asked="holder")
    assert before.about("renewal", small) == Conversation(topic="renewal", facts=before.facts)


def test_turning_to_another_matter_forgets_what_belonged_to_the_former(small: Catalogue) -> None:
    facts = {"card_in_hand": "no", "holder": "minor", "region": "north"}
    before = Conversation("en", "renewal", facts, ("card_in_hand", "applicant"), "applicant")
    after = before.about("about", small)
    assert after.facts == {"holder": "minor", "region": "north"}
    assert after.declined == ("applicant",)
    assert (after.asked, after.language) == (None, "en")


def test_the_same_matter_again_forgets_nothing(small: Catalogue) -> None:
    before = Conversation("zh", "renewal", {"card_in_hand": "no"}, asked="holder")
    assert before.about("renewal", small) is before


def test_what_is_said_last_counts() -> None:
    before = Conversation(facts={"holder": "adult"}, declined=("applicant", "region"))
    after = before.learns({"holder": "minor", "applicant": "self"})
    assert after.facts == {"holder": "minor", "applicant": "self"}
    assert after.declined == ("region",)


def test_i_do_not_know_takes_a_fact_back() -> None:
    before = Conversation(facts={"holder": "adult", "applicant": "self"})
    after = before.declines("holder")
    assert (after.facts, after.declined) == ({"applicant": "self"}, ("holder",))
    assert after.declines("holder").declined == ("holder",)
