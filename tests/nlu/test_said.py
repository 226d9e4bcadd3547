import time

import pytest

from bot.catalogue import Catalogue
from bot.nlu.said import Said, SaidFinder


@pytest.fixture(scope="module")
def small_finder(small: Catalogue) -> SaidFinder:
    return SaidFinder(small)


@pytest.fixture(scope="module")
def finder(real: Catalogue) -> SaidFinder:
    return SaidFinder(real)


def facts(finder: SaidFinder, text: str) -> dict[str, str]:
    return {said.name: said.value for said in finder.find(text)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("让我妈明天去，卡丢了", [Said("applicant", "agent", 0, 6), Said("card_in_hand", "no", 7, 10)]),
        ("我自己去", [Said("applicant", "self", 0, 4)]),
        ("我自己去不了", []),
        ("多少钱", [Said("aspect", "fee", 0, 3)]),
        ("多少钱都行", []),
        ("I LOST THE CARD", [Said("card_in_hand", "no", 2, 15)]),
        ("I have lost the cardboard", []),
        ("在南关，北省", [Said("region", "south-town", 1, 3)]),
        ("北省和东省", [Said("region", "north", 0, 2), Said("region", "east", 3, 5)]),
        ("South Town", [Said("region", "south-town", 0, 10)]),
        ("", []),
    ],
)
def test_what_is_said_and_where(small_finder: SaidFinder, text: str, said: list[Said]) -> None:
    assert small_finder.find(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("我的社保卡过期了，我想让我妈去办", {"applicant": "agent"}),
        ("my card expired and my mother will go", {"applicant": "agent"}),
        ("社保卡在乌鲁木齐办的", {"region": "urumqi"}),
        ("新疆乌鲁木齐", {"region": "urumqi"}),
        ("大连甘井子", {"region": "dalian"}),
        ("in Dalian", {"region": "dalian"}),
        ("别的城市", {"region": "elsewhere"}),
    ],
)
def test_the_words_of_the_real_knowledge(finder: SaidFinder, text: str, said: dict[str, str]) -> None:
    assert facts(finder, text).items() >= said.items()


def test_every_way_of_saying_a_value_is_found(real: Catalogue, finder: SaidFinder) -> None:
    missed = []
    for fact in real.facts.values():
        for value in fact.values.values():
            for phrase in value.said.both():
                if "{" not in phrase and "…" not in phrase and facts(finder, phrase).get(fact.id) != value.id:
                    missed.append((fact.id, value.id, phrase))
    assert missed == []


def test_every_place_is_found_by_every_name(real: Catalogue, finder: SaidFinder) -> None:
    missed = []
    for region in real.regions.values():
        names = (region.name.zh, region.name.en, *region.aliases.both(), *region.districts.both())
        missed += [(region.id, name) for name in names if facts(finder, name).get("region") != region.id]
    assert missed == []


def test_finding_is_quick_enough_for_every_turn(finder: SaidFinder) -> None:
    text = "我的社保卡过期了，人在乌鲁木齐，我自己去不了，想让我妈帮我去办，要带什么材料，多少钱，多久能办好"
    finder.find(text)
    started = time.perf_counter()
    for _ in range(20):
        finder.find(text)
    assert (time.perf_counter() - started) / 20 < 0.05
