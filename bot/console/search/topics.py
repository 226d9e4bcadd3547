"""Which topics a few words, a sentence or some initials are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from bot.catalogue import Catalogue
from bot.console.search.phrases import Phrase
from bot.console.search.pinyin import Sounds
from bot.retrieval.lexical import LexicalIndex
from bot.retrieval.words import matched, normalise

_SHARPNESS = 4.0
"""How steeply the distances of the linear machine become shares of one (softmax)."""
_LEAST = 0.03


@dataclass(frozen=True)
class TopicFound:
    """A topic with its share (0 to 1) and why: the phrase it is known by, and the words both have."""

    topic: str
    score: float
    phrase: str
    words: tuple[str, ...]
    by: str  # words, name, initials


class Topics:
    """Learns every topic's phrases at the start (about two seconds); then a question costs a millisecond."""

    def __init__(self, catalogue: Catalogue, phrases: Sequence[Phrase]) -> None:
        self._catalogue = catalogue
        self._phrases = phrases
        texts = [normalise(phrase.text) for phrase in phrases]
        self._names = [(phrase, text) for phrase, text in zip(phrases, texts) if phrase.title]
        self._features = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4), sublinear_tf=True)
        self._machine = LinearSVC(C=1.0, random_state=0).fit(
            self._features.fit_transform(texts), [phrase.topic for phrase in phrases]
        )
        self._lexical = LexicalIndex.build(texts)
        self._sounds = Sounds(phrases)

    def find(self, text: str, limit: int = 5) -> list[TopicFound]:
        """The likeliest topics, best first; none for words that no phrase has."""
        typed = normalise(text)
        named = self._named(typed)
        sounding = [] if named else self._by_sound(typed)
        others = [] if sounding else self._by_words(typed)
        best: dict[str, TopicFound] = {}
        for found in (*named, *sounding, *others):
            if found.score > best.get(found.topic, found).score or found.topic not in best:
                best[found.topic] = found
        return sorted(best.values(), key=lambda found: -found.score)[:limit]

    def _named(self, typed: str) -> list[TopicFound]:
        """Part of a title typed as it stands."""
        if len(typed) < 2:
            return []
        found: dict[str, TopicFound] = {}
        for phrase, name in self._names:
            if typed in name and phrase.topic not in found:
                score = 0.6 + 0.4 * len(typed) / len(name)
                found[phrase.topic] = TopicFound(phrase.topic, score, phrase.text, (typed,), "name")
        return list(found.values())

    def _by_sound(self, typed: str) -> list[TopicFound]:
        found = self._sounds.find(typed)
        return [TopicFound(t, min(score, 1.0), phrase.text, (), "initials") for t, (score, phrase) in found.items()]

    def _by_words(self, typed: str) -> list[TopicFound]:
        scores = self._lexical.scores(typed)
        if not len(scores) or float(scores.max()) <= 0:
            return []
        known = self._best_phrases(scores)
        found = []
        for topic, share in zip(self._machine.classes_, self._shares(typed)):
            if share >= _LEAST and topic in known:
                phrase = known[topic].text
                found.append(TopicFound(str(topic), float(share), phrase, matched(typed, phrase), "words"))
        return found

    def _shares(self, typed: str) -> npt.NDArray[np.float64]:
        distances = self._machine.decision_function(self._features.transform([typed]))[0] * _SHARPNESS
        powers = np.exp(distances - distances.max())
        return np.asarray(powers / powers.sum(), dtype=np.float64)

    def _best_phrases(self, scores: npt.NDArray[np.float32]) -> dict[str, Phrase]:
        best: dict[str, Phrase] = {}
        for place in np.argsort(-scores):
            if scores[place] <= 0:
                break
            best.setdefault(self._phrases[int(place)].topic, self._phrases[int(place)])
        return best
