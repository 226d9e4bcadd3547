"""What no answer waits for is done, in order, and never fills the memory."""

from __future__ import annotations

from threading import Event

from actions.afterwards import Afterwards


def test_everything_is_done_in_order() -> None:
    done: list[int] = []
    afterwards = Afterwards()
    assert all(afterwards.do(lambda number=number: done.append(number)) for number in range(50))
    afterwards.settle()
    assert done == list(range(50))


def test_nobody_waits_and_only_so_much_is_kept() -> None:
    go_on, done = Event(), []
    afterwards = Afterwards(most=2)
    assert afterwards.do(go_on.wait)
    assert afterwards.do(lambda: done.append("second"))
    assert not afterwards.do(lambda: done.append("third")), "two wait already"
    assert not done
    go_on.set()
    afterwards.settle()
    assert done == ["second"]
    assert afterwards.do(lambda: done.append("fourth"))
    afterwards.settle()
    assert done == ["second", "fourth"]


def test_what_fails_stops_nothing_after_it() -> None:
    done: list[int] = []
    afterwards = Afterwards(most=1)
    afterwards.do(lambda: 1 // 0)
    afterwards.settle()
    assert afterwards.do(lambda: done.append(1))
    afterwards.settle()
    assert done == [1]
