"""Articles named in a question are looked up, not searched for."""

from bot.errors import StatuteError
from bot.retrieval import statutes
from bot.retrieval.corpus import Corpus, official_article
from bot.retrieval.lookup import Lookup, Reference
from bot.retrieval.passages import Passage
from bot.retrieval.results import Abstention, Query, Rejected, Scored, fault_of_date
from bot.retrieval.words import matched


class NamedArticles:
    """Finds the articles a question names: in the corpus, or in the statute package, which has more."""

    def __init__(self, corpus: Corpus) -> None:
        self._lookup = Lookup(corpus.laws)
        self._laws = {law.id: law for law in corpus.laws}
        self._held: dict[tuple[str, str], list[Passage]] = {}
        for passage in corpus.passages:
            if passage.work and passage.article:
                self._held.setdefault((passage.work, passage.article), []).append(passage)

    def references(self, query: Query) -> list[Reference]:
        """The articles ``query`` names; empty for most questions."""
        return self._lookup.references(query.text, law=query.law)

    def find(self, references: list[Reference], query: Query) -> tuple[list[Scored], list[Rejected], Abstention | None]:
        """What is served, what is not, and why nothing is where nothing is."""
        served, rejected = [], []
        for reference in references:
            for passage in self._versions(reference, query):
                scored = Scored(
                    passage, 1.0, matched(query.text, passage.heading_zh + passage.heading_en), "article_named"
                )
                reason = fault_of_date(passage, query.date)
                if reason:
                    rejected.append(scored.rejected(reason))
                else:
                    served.append(scored)
        return served, rejected, None if served else _nothing_served(rejected)

    def _versions(self, reference: Reference, query: Query) -> list[Passage]:
        law = self._laws[reference.law]
        held = self._held.get((reference.law, reference.article), [])
        if held or not law.package:
            return held
        try:
            official = statutes.article(law.package, reference.article, query.date)
        except StatuteError:
            return []
        # A repealed law's text is not kept in the corpus, and its package record has no last day to judge it by.
        return [official_article(law, official)] if official and official.status != "repealed" else []


def _nothing_served(rejected: list[Rejected]) -> Abstention:
    if not rejected:
        return "no_such_article"
    return "not_yet_in_force" if any(r.reason == "not_yet_in_force" for r in rejected) else "no_longer_in_force"
