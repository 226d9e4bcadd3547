"""When an intent is believed."""

from __future__ import annotations

import numpy as np

from bot.nlu.rejection import CAUTIOUS, Judged, Threshold, choose, rates


def judged(right: list[float], wrong: list[float], outside: list[float]) -> Judged:
    """Texts by the confidence of their best intent: ours and right, ours and wrong, not ours but taken for ours."""
    best = np.asarray([*right, *wrong, *outside])
    kinds = np.asarray(["right"] * len(right) + ["wrong"] * len(wrong) + ["outside"] * len(outside))
    return Judged(best, ours=np.ones(len(best), bool), right=kinds == "right", outside=kinds == "outside")


def test_rates_count_each_kind_apart() -> None:
    held_out = judged(right=[0.9, 0.4], wrong=[0.9, 0.9], outside=[0.8, 0.3])
    assert rates(held_out, 0.0) == (0.5, 0.0)
    assert rates(held_out, 0.5) == (0.25, 0.5)


def test_one_right_answer_in_a_hundred_is_given_up_and_no_more() -> None:
    held_out = judged(right=[0.30, 0.42, *[0.9] * 198], wrong=[], outside=[0.2, 0.35, 0.41, 0.6])
    chosen = choose(held_out)
    assert chosen == 0.42
    assert rates(held_out, chosen) == (0.995, 0.75)


def test_a_hundred_texts_promise_less_than_many() -> None:
    assert choose(judged(right=[0.30, 0.42, *[0.9] * 98], wrong=[], outside=[0.6])) == 0.3


def test_few_texts_never_ask_for_much() -> None:
    assert choose(judged(right=[0.7, *[0.9] * 60], wrong=[], outside=[0.6])) == CAUTIOUS
    assert choose(judged(right=[0.1, *[0.9] * 60], wrong=[], outside=[0.6])) == 0.1
    assert choose(judged(right=[], wrong=[0.5], outside=[0.6])) == CAUTIOUS


def test_without_outside_questions_everything_is_believed() -> None:
    assert choose(judged(right=[0.1, 0.9], wrong=[], outside=[])) == 0.0


def test_an_intent_needs_confidence_and_a_lead() -> None:
    threshold = Threshold(confidence=0.4, margin=0.1)
    assert threshold.accepts(0.45, 0.3)
    assert not threshold.accepts(0.39, 0.0)
    assert not threshold.accepts(0.45, 0.36)
