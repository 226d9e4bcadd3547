from bot.retrieval import words


def test_normalise_folds_width_case_and_space() -> None:
    assert words.normalise("　ＳＩＭ  卡\n（１２３）") == "sim 卡 (123)"


def test_terms_are_bigrams_words_and_lone_characters() -> None:
    assert words.terms("补办社保卡") == ["补办", "办社", "社保", "保卡"]
    assert words.terms("补办SIM cards 2次，卡") == ["补办", "sim", "card", "2", "次", "卡"]
    assert words.terms("。，！") == []


def test_plural_and_singular_are_one_term_but_ss_stays() -> None:
    assert words.terms("cards loss gas") == ["card", "loss", "gas"]


def test_matched_joins_what_adjoins() -> None:
    assert words.matched("社保卡丢了怎么补办?", "社保卡遗失后应当补办") == ("社保卡", "补办")
    assert words.matched("lost my cards", "A lost card is replaced") == ("cards", "lost")
    assert words.matched("卡", "一张 卡") == ("卡",)
    assert words.matched("天气", "社保卡") == ()
