"""With the real encoder: a question in either language finds what is written in the other only."""

import pytest

from bot.retrieval.adapter import Adapter
from bot.retrieval.build import Plan, make
from bot.retrieval.corpus import Corpus
from bot.retrieval.encoder import SentenceEncoder
from bot.retrieval.search import Searcher
from bot.retrieval.settings import Settings
from tests.retrieval.fakes import DAY, article, passage


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    encoder = SentenceEncoder()
    adapter = Adapter.for_encoder(encoder.fingerprint)
    corpus = Corpus(
        [
            article(
                "sil",
                "45",
                zh="失业人员符合下列条件的，从失业保险基金中领取失业保险金：缴费满一年，非因本人意愿中断就业。",
            ),
            article("sil", "33", zh="职工应当参加工伤保险，由用人单位缴纳工伤保险费，职工不缴纳工伤保险费。"),
            article("sil", "14", zh="个人账户不得提前支取，个人死亡的，个人账户余额可以继承。"),
            passage(
                "lost-card/steps/lock", zh="", en="Report the loss at once by calling 12333 or the bank's hotline."
            ),
            passage("pin-reset/steps/pin", zh="", en="Reset the PIN at the counter with your identity card."),
            passage("electronic-card/steps/app", zh="", en="Sign up for the electronic card on your phone."),
        ],
        [],
    )
    index = make(Plan(corpus, encoder, adapter, Settings(folder=tmp_path_factory.mktemp("index"))), DAY)
    return Searcher(index, encoder, adapter)


@pytest.mark.parametrize(
    ("language", "question", "answer"),
    [
        ("en", "who may draw unemployment benefit", "sil/45"),
        ("en", "does the worker pay for work injury insurance", "sil/33"),
        ("en", "is the balance of a dead person's account inherited", "sil/14"),
        ("zh", "卡丢了马上打什么电话", "lost-card/steps/lock"),
        ("zh", "密码忘了怎么重置", "pin-reset/steps/pin"),
        ("zh", "手机上怎么领电子卡", "electronic-card/steps/app"),
    ],
)
def test_the_other_language_is_found(searcher: Searcher, language: str, question: str, answer: str) -> None:
    found = searcher.search(question, language=language, date=DAY)
    ranked = [scored.passage.id for scored in (*found.passages, *found.rejected)]
    assert ranked[0] == answer
