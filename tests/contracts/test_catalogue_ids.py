"""The ids every part of the product agrees on, and the titles people see."""

from bot.catalogue import Catalogue

TOPICS = {
    "card-expired": ("社保卡到期换卡", "Social security card has expired"),
    "id-card-renewed": (
        "身份证到期或换证后更新社保卡信息",
        "Identity card expired or renewed: update the social security card",
    ),
    "id-number-wrong": ("社保卡身份证号错误更正", "The ID number on the card is wrong"),
    "temporary-card-expired": ("临时社保卡到期", "Temporary social security card has expired"),
    "first-application": ("首次申领社保卡", "First application for a card"),
    "check-personal-info": ("核对参保人基本信息", "Check the personal information before a card is made"),
    "collect-card": ("领取社保卡", "Collect the card"),
    "activation": ("社保卡开通（启用）", "Open (activate) the card"),
    "lost-card": ("社保卡挂失与补卡", "Lost or stolen card: report the loss, get a replacement"),
    "damaged-card": ("社保卡损坏换卡", "Damaged or unreadable card"),
    "name-change": ("姓名变更或姓名错误", "Name changed or wrong on the card"),
    "pin-reset": ("社保卡密码重置", "Card password (PIN) forgotten or locked"),
    "electronic-card": ("电子社保卡", "Electronic social security card"),
    "bank-change": ("更换社保卡服务银行", "Change the card's service bank"),
    "progress-check": ("查询制卡进度", "Check the progress of a card being made"),
    "card-cancellation": ("社保卡注销", "Cancel a card (death, leaving the country, two cards)"),
    "about-the-card": ("社保卡是什么、有什么用", "What the card is and what it is for"),
}
FACTS = {
    "applicant": {"self", "agent"},
    "holder": {"adult", "minor"},
    "employment": {"employee", "student", "non_employee"},
    "insurance": {"employee", "resident"},
    "information_issue": {"registration_error", "changed_after_issue"},
    "second_generation_id": {"yes", "no"},
    "special_status": {"none", "disability", "work_injury", "low_income"},
    "card_in_hand": {"yes", "no"},
}
ASPECTS = {"overview", "documents", "steps", "where", "fee", "time", "legal_basis", "agent", "online"}


def test_topics_and_their_titles(real: Catalogue) -> None:
    assert {topic.id: (topic.title.zh, topic.title.en) for topic in real.topics.values()} == TOPICS


def test_every_topic_has_an_intent_of_its_name(real: Catalogue) -> None:
    assert {topic.intent for topic in real.topics.values()} == {topic.replace("-", "_") for topic in TOPICS}


def test_facts_and_their_values(real: Catalogue) -> None:
    values = {fact.id: set(fact.values) for fact in real.facts.values()}
    regions = values.pop("region")
    assert values == FACTS
    assert {"dalian", "xinjiang"} < regions
    assert regions == {*real.regions, "elsewhere"}


def test_aspects(real: Catalogue) -> None:
    assert set(real.aspects) == ASPECTS


def test_words_that_fit_two_matters_are_asked_about(real: Catalogue) -> None:
    offered = real.ambiguities["which-card-expired"].topics
    assert set(offered) == {"card-expired", "id-card-renewed", "temporary-card-expired"}
