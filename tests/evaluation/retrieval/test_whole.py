"""The knowledge among all statutes: each law once, only what is in force, and nothing of ours lost or doubled."""

from datetime import date

from bot.catalogue import load
from bot.evaluation.retrieval.whole import with_all_statutes
from bot.retrieval.corpus import Corpus
from bot.retrieval.results import fault_of_date
from bot.settings import ROOT

DAY = date(2026, 11, 21)


def test_every_law_is_there_once() -> None:
    ours = Corpus.of(load(ROOT / "knowledge"))
    whole = with_all_statutes(ours, DAY)
    ids = [passage.id for passage in whole.passages]
    assert len(ids) == len(set(ids))
    assert ids[: len(ours.passages)] == [passage.id for passage in ours.passages]
    added = whole.passages[len(ours.passages) :]
    assert len(added) > 20_000
    assert {fault_of_date(passage, DAY) for passage in added} == {None}
    assert len({law.id for law in whole.laws}) == len(whole.laws)
    assert sum(passage.id == "civil-code/1042" for passage in added) == 1
