"""The measuring of load: what is sent is the mix that is written down, and the figures are what they say."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections import Counter
from contextlib import closing
from itertools import islice, pairwise
from pathlib import Path

import pytest
import yaml

from bot.evaluation.load import beside, growth, pictures, stock
from bot.evaluation.load.callers import Failed
from bot.evaluation.load.mix import FILE, MATTER, Message, Mix, matters
from bot.evaluation.load.models import Figures, closed, opened
from bot.evaluation.load.soak import Sample
from bot.evaluation.load.soak import growth as grown
from bot.evaluation.nlu.examples import Examples, held_apart
from bot.evaluation.turns.memory import processor, proportional


class Person:
    """Answers at once, or fails at its so-manieth message."""

    def __init__(self, heard: list[Message], fails_at: int = 0) -> None:
        self._heard, self._fails_at, self._said = heard, fails_at, 0

    async def begin(self) -> None:
        await asyncio.sleep(0)

    async def say(self, message: Message) -> None:
        self._said += 1
        if self._said == self._fails_at:
            raise Failed("503")
        self._heard.append(message)
        await asyncio.sleep(0.001)


def test_conversations_come_in_the_shares_written_down() -> None:
    written = yaml.safe_load(FILE.read_text("utf-8"))["conversations"]
    assert sum(one["share"] for one in written) == 100
    mix = Mix(3)
    seen = Counter(tuple(message.kind for message in mix.conversation()) for _ in range(4000))
    for one in written:
        assert abs(seen[tuple(one["turns"])] / 4000 - one["share"] / 100) < 0.03
    assert abs(sum(mix.on_wechat() for _ in range(4000)) / 4000 - 0.3) < 0.03
    assert [Mix(5).conversation() for _ in range(3)] == [Mix(5).conversation() for _ in range(3)]


def test_no_topic_question_comes_twice_in_the_same_words() -> None:
    questions = [question for question in held_apart() if question.kind == "topic"]
    texts = list(islice(matters(1), 25 * len(questions)))
    assert len(questions) > 500
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("load", ["closed", "open"])
def test_both_models_hold_whole_conversations_and_count_failures(load: str) -> None:
    heard: list[Message] = []
    people: list[Person] = []

    def new() -> Person:
        people.append(Person(heard, fails_at=2 if len(people) % 5 == 0 else 0))
        return people[-1]

    if load == "closed":
        figures = asyncio.run(closed(4, 0.5, new, Mix(1)))
    else:
        figures = asyncio.run(opened(60, 0.5, new, Mix(1), pause=0.001))
    assert len(people) > 10
    assert set(figures.failed) == {"503"}
    assert len(people) / 12 < figures.failed["503"] <= len(people) / 5 + 1
    begun = len(figures.seconds) - len(heard)
    assert len(people) - 4 <= begun <= len(people)
    assert 0.4 < figures.lasted < 3
    assert figures.per_second == pytest.approx(len(figures.seconds) / figures.lasted)


def test_quantiles() -> None:
    figures = Figures([0.4, 0.1, 0.3, 0.2])
    assert (figures.quantile(0), figures.quantile(0.5), figures.quantile(0.99)) == (0.1, 0.3, 0.4)
    assert Figures().quantile(0.5) == 0


def test_the_table_has_the_ratios_and_the_bars() -> None:
    ours = beside.Measured(Figures([0.01, 0.02]), Figures([0.1] * 10, lasted=1), 500_000_000, 400_000_000, 10)
    slow = beside.Measured(Figures([0.04, 0.08]), Figures([0.1] * 2, lasted=1), 1_000_000_000, 800_000_000, 20)
    table = beside.table(ours, slow)
    assert "| median topic turn, one caller, ms | 20.0 | 80.0 | 0.25 | ≤ 0.45 |" in table
    assert "| turns per second, 16 callers | 10.0 | 2.0 | 5.00 | ≥ 5.0 |" in table
    assert "| resident after the load, MB | 500.0 | 1000.0 | 0.50 | ≤ 1.0 |" in table


def test_the_database_is_filled_with_whole_conversations(tmp_path: Path) -> None:
    columns = "id INTEGER PRIMARY KEY, sender_id, type_name, timestamp, intent_name, action_name, data"
    with closing(sqlite3.connect(tmp_path / "tracker.db")) as connection, connection:
        connection.execute(f"CREATE TABLE events ({columns})")
        for sender, rows in (("web:a", 3), ("web:b", 5)):
            for number in range(rows):
                values = (sender, "user", 1.0, "greet", None, f'{{"number": {number}}}')
                connection.execute(f"INSERT INTO events ({growth._COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)", values)
    assert growth.fill(tmp_path / "tracker.db", 102, at_once=10) == 51 * 3 + 51 * 5
    with closing(sqlite3.connect(tmp_path / "tracker.db")) as connection:
        counts = Counter(connection.execute("SELECT count(*) FROM events GROUP BY sender_id").fetchall())
        assert counts == {(3,): 51, (5,): 51}
        assert connection.execute("SELECT count(DISTINCT sender_id) FROM events").fetchone() == (102,)


def test_growth_of_memory_after_the_warm_up() -> None:
    samples = [Sample(n, 1, 0, 1, 1, 100 + min(n, 10), 100 + min(n, 10)) for n in range(1, 31)]
    assert grown(samples, 10) == 0
    assert grown(samples, 0) == pytest.approx(220 / 206 - 1)


def test_turn_200_beside_turn_5() -> None:
    costs = [growth.Cost(0.01, 0.004)] * 100 + [growth.Cost(0.02, 0.005)] * 104
    early, late = growth.late_by_early(costs)
    assert (early, late) == (costs[0], costs[-1])
    assert growth.ratio("turns", late, early).endswith("2.00 of the wait, 1.25 of the processor time")


def test_the_share_of_memory_of_a_process_and_all_it_started(tmp_path: Path) -> None:
    for number, kilobytes, children in ((1, 100, "2"), (2, 30, "")):
        folder = tmp_path / str(number)
        (folder / "task" / str(number)).mkdir(parents=True)
        (folder / "smaps_rollup").write_text(f"Rss: 999 kB\nPss:       {kilobytes} kB\nPss_Anon: 7 kB\n", "utf-8")
        (folder / "task" / str(number) / "children").write_text(children, "utf-8")
    assert proportional(1, tmp_path) == 130 * 1024


def test_processor_time_only_grows() -> None:
    before = processor(os.getpid())
    assert before > 0
    sum(number * number for number in range(2_000_000))
    assert before < processor(os.getpid()) < before + 60


def test_the_stock_project_is_whole(tmp_path: Path) -> None:
    examples = Examples(
        [f"{intent} {n}" for intent in "abc" for n in range(200)], [i for i in "abc" for _ in range(200)]
    )
    fewer = stock.fewer(examples)
    assert Counter(fewer.intents) == {"a": stock.PHRASES, "b": stock.PHRASES, "c": stock.PHRASES}
    assert fewer.texts[1] == "a 3"
    stock.write(tmp_path, fewer)
    domain = yaml.safe_load((tmp_path / "domain.yml").read_text("utf-8"))
    stories = yaml.safe_load((tmp_path / "data" / "stories.yml").read_text("utf-8"))
    said = {
        step["action"] for one in stories["rules"] + stories["stories"] for step in one["steps"] if "action" in step
    }
    assert said <= set(domain["responses"])
    assert {"utter_a", "utter_b", "utter_c"} <= said
    config = yaml.safe_load((tmp_path / "config.yml").read_text("utf-8"))
    assert [part["name"] for part in config["policies"]][-1] == "TEDPolicy"
    assert "DIETClassifier" in [part["name"] for part in config["pipeline"]]


def test_pictures(tmp_path: Path) -> None:
    measured = beside.Measured(Figures([0.01, 0.02]), Figures([0.1] * 3, lasted=1), 1, 1, 1)
    pictures.beside(measured, measured, tmp_path / "beside.png")
    pictures.growth([0.01] * 204, tmp_path / "growth.png")
    pictures.soak([Sample(n, 1, 0, 1, 2, 400, 500) for n in range(3)], tmp_path / "soak.png")
    assert [path.read_bytes()[:4] for path in sorted(tmp_path.iterdir())] == [b"\x89PNG"] * 3


def test_one_caller_asks_each_question_in_a_conversation_of_its_own() -> None:
    heard: list[Message] = []
    people: list[Person] = []

    def person() -> Person:
        people.append(Person(heard))
        return people[-1]

    figures = asyncio.run(beside.one_caller(person, ["a", "b", "c"]))
    assert len(figures.seconds) == len(people) == 3
    assert heard == [Message(MATTER, text) for text in "abc"]


def test_two_systems_take_turns_and_get_the_same_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "QUESTIONS", 8)
    monkeypatch.setattr(beside, "WARM_UP_SECONDS", 0.01)
    order: list[str] = []
    heard: dict[str, list[Message]] = {"ours": [], "stock": []}

    class Named(Person):
        def __init__(self, name: str) -> None:
            super().__init__(heard[name])
            order.append(name)

    class Idle:
        ready = 1.0

        def memory(self) -> dict[str, tuple[int, int]]:
            return {"server": (2, 1)}

    systems = [(Idle(), lambda _, name=name: Named(name)) for name in heard]
    ours, stock = asyncio.run(beside.measure(systems, 0.04))  # type: ignore[arg-type]
    singles = beside.WARM_UP + 8
    assert len(ours.one.seconds) == len(stock.one.seconds) == 8
    assert heard["ours"][:singles] == heard["stock"][:singles]
    changes = sum(one != other for one, other in pairwise(order[: 2 * singles]))
    assert changes == 2 * (beside.ROUNDS + 1) - 1
    assert min(ours.many.per_second, stock.many.per_second) > 0
    assert (ours.resident, ours.proportional, ours.ready) == (2, 1, 1.0)
