"""The fixed sentences in one language, filled in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.catalogue import Catalogue
from bot.catalogue.records import Source
from bot.catalogue.text import Language

_PLAIN = (
    "greeting greeting_both hello thanks goodbye who_are_you calm sorry started_over language_changed "
    "nothing_to_repeat which_topic noted_which_topic clarify abstain abstain_again found i_dont_know "
    "general_rule_anywhere differs_step title_for title_documents title_steps title_fee title_time_limit "
    "title_places title_legal_basis title_sources original one_copy title_changes title_more confirm_overdue "
    "confirm_unconfirmed confirm_secondary confidence_official confidence_secondary confidence_unconfirmed no_fee "
    "no_time_limit no_places no_online changed_nothing coming"
)
SENTENCES: dict[str, frozenset[str]] = {
    **{key: frozenset() for key in _PLAIN.split()},
    "handover": frozenset({"code"}),
    "copies": frozenset({"count"}),
    "place": frozenset({"name"}),
    "only_if": frozenset({"condition"}),
    "general_rule": frozenset({"name"}),
    "as_of": frozenset({"day"}),
    "checked_on": frozenset({"day"}),
    "for_day": frozenset({"day"}),
    "change_begins": frozenset({"day", "text"}),
    "change_ends": frozenset({"day", "text"}),
    "law_not_yet": frozenset({"name", "day"}),
    "noted": frozenset({"facts"}),
    "noted_day": frozenset({"day"}),
    "page": frozenset({"number"}),
    "overdue": frozenset({"day"}),
    "next_matter": frozenset({"topic"}),
    "changed": frozenset({"facts"}),
    "changed_added": frozenset({"items"}),
    "changed_gone": frozenset({"items"}),
}
"""Every sentence the replies need, with the words filled into it. ``wording.yml`` must have them all."""


@dataclass(frozen=True)
class Wording:
    """Says the sentences of ``wording.yml`` in ``language``."""

    catalogue: Catalogue
    language: Language

    def __call__(self, key: str, **values: object) -> str:
        """The sentence ``key`` with its ``{words}`` filled in.

        Raises:
            UnknownId: there is no such sentence.
        """
        return self.catalogue.say(key).say(self.language).format(**values)

    @property
    def comma(self) -> str:
        """What stands between the items of a list."""
        return "、" if self.language == "zh" else ", "

    @property
    def pause(self) -> str:
        """What stands between the parts of a remark."""
        return "，" if self.language == "zh" else ", "

    @property
    def semicolon(self) -> str:
        """What stands between sentences that are one line."""
        return "；" if self.language == "zh" else "; "

    @property
    def colon(self) -> str:
        """What stands after a heading."""
        return "：" if self.language == "zh" else ": "

    def sureness(self, source: Source, day: date) -> str:
        """How sure a source is on ``day``: its grade, and that it should have been checked again."""
        grade = self(f"confidence_{source.confidence}")
        overdue = [self("overdue", day=source.check_again_by.isoformat())] if source.overdue(day) else []
        return self.pause.join([grade, *overdue])

    def brackets(self, text: str) -> str:
        """The text in brackets."""
        return f"（{text}）" if self.language == "zh" else f" ({text})"
