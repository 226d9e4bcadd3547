"""Answers to the latest questions, kept under digests: the memory of a server holds no question a person asked."""

from __future__ import annotations

import hashlib
import os
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Question = TypeVar("Question")
Answer = TypeVar("Answer")


class Remembered(Generic[Question, Answer]):
    """Calls ``answer`` for questions it has not answered lately; ``most`` answers are kept. For several threads.

    Questions are told apart by their ``repr``. The key of the digests is made anew in each process.
    """

    def __init__(self, answer: Callable[[Question], Answer], most: int) -> None:
        self._answer, self._most = answer, most
        self._key = os.urandom(32)
        self._kept: OrderedDict[bytes, Answer] = OrderedDict()
        self._lock = Lock()

    def __call__(self, question: Question) -> Answer:
        """The answer, found now or kept."""
        digest = hashlib.blake2b(repr(question).encode("utf-8", "replace"), key=self._key, digest_size=16).digest()
        with self._lock:
            if digest in self._kept:
                self._kept.move_to_end(digest)
                return self._kept[digest]
        found = self._answer(question)
        with self._lock:
            self._kept[digest] = found
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return found
