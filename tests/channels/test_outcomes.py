"""Links that reopen an outcome, their QR codes, and the region of a page: ids of the catalogue, nothing else."""

from __future__ import annotations

import re
import uuid

import pytest
import segno

from bot.channels.website.codes import code_of
from bot.channels.website.outcomes import open_link
from tests.channels.conftest import Client, ScriptedBot, error_of

LINK = "card-expired:region.dalian,applicant.agent,special_status.unknown"
BAD = [
    "",
    "card-expired:",
    "card_expired",
    "no-such-topic",
    "card-expired:applicant.nobody",
    "card-expired:name.zhang",
    "card-expired:applicant.agent,applicant.self",
    "card-expired:applicant=agent",
    "card-expired:region.110101199003070012",
    "card-expired:applicant.agent,",
    'card-expired:applicant.agent"}',
    "card-expired:applicant.agent\n",
    "card-expired:" + ",".join(["applicant.agent"] * 100),
]


def post(client: Client, **body: object) -> tuple[int, str]:
    return error_of(client.call("POST", "/messages", json={"message_id": str(uuid.uuid4()), **body}))


def test_a_link_becomes_an_internal_choice_and_is_shown_by_its_title(client: Client, bot: ScriptedBot) -> None:
    client.open("zh")
    once = str(uuid.uuid4())
    for _ in range(2):
        response = client.call("POST", "/messages", json={"message_id": once, "outcome": LINK})
        assert response.status_code == 200
    facts = LINK.partition(":")[2]
    assert [message.text for message in bot.seen[1:]] == [f'/choose{{"choice": "outcome:card-expired={facts}"}}']
    assert [m["text"] for m in client.history() if m["from"] == "user"] == ["查看：社保卡到期换卡"]


@pytest.mark.parametrize("link", [bad for bad in BAD if bad != "card-expired:"])
def test_anything_else_is_refused_and_never_reaches_the_bot(client: Client, bot: ScriptedBot, link: str) -> None:
    client.open()
    assert post(client, outcome=link) == (400, "unknown_outcome")
    assert len(bot.seen) == 1


def test_a_message_is_one_thing_only(client: Client, bot: ScriptedBot) -> None:
    client.open()
    assert post(client, outcome=LINK, text="你好") == (400, "malformed")
    assert post(client, outcome=["card-expired"]) == (400, "malformed")
    assert len(bot.seen) == 1


def test_a_topic_alone_is_a_link() -> None:
    opened = open_link("card-expired", "en")
    assert opened is not None
    assert opened.payload == "outcome:card-expired="
    assert opened.title == "Show: Social security card has expired"


def test_the_region_of_a_page_is_one_of_the_catalogue(client: Client, bot: ScriptedBot) -> None:
    response = client.call("POST", "/sessions", json={"language": "zh", "region": "dalian"})
    assert response.status_code == 201
    assert bot.seen[0].text == '/open{"language": "zh", "region": "dalian"}'
    for region in ("atlantis", 7, 'dalian"}'):
        assert error_of(client.call("POST", "/sessions", json={"region": region})) == (400, "malformed")
    assert len(bot.seen) == 1


def test_a_code_holds_the_link_and_only_links_to_outcomes_get_one(client: Client) -> None:
    address = f"https://www.example.gov.cn/card/#banshi={LINK}"
    client.open()
    response = client.call("POST", "/codes", json={"link": address})
    assert response.status_code == 200
    code = response.json()
    drawn = {
        (int(x) + step, int(y))
        for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1H\d+z", code["path"])
        for step in range(int(width))
    }
    matrix = segno.make_qr(address, error="l", boost_error=False).matrix
    assert drawn == {(x, y) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark}
    assert code["size"] == len(matrix)
    for link in ("https://example.com/", "javascript:alert(1)#banshi=card-expired", address + "x", 5):
        assert error_of(client.call("POST", "/codes", json={"link": link})) == (400, "unknown_outcome")
    assert code_of("https://www.example.gov.cn/" + "a" * 2_000 + "#banshi=card-expired") is None


def test_a_code_needs_a_session(client: Client) -> None:
    assert error_of(client.call("POST", "/codes", json={"link": LINK})) == (401, "no_session")
