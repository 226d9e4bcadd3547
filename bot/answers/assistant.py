"""From a message to its replies. Read ``procedure`` aloud: it is the path every question about a matter takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

from bot.answers import asking, fixed, found
from bot.answers.conversation import Conversation, Message
from bot.answers.dates import day_asked
from bot.answers.difference import changed_facts, difference
from bot.answers.outcome import ANNOUNCE, ArticleText, outcome
from bot.answers.quoted import as_passages
from bot.answers.reply import Reply
from bot.answers.topics import LIKELY, NOT_UNLIKELY, follows, likely_topics, suspected
from bot.answers.typed import place_of
from bot.answers.understanding import chosen, said_beside, take_in
from bot.answers.wording import Wording
from bot.catalogue import Catalogue
from bot.procedures import Decision, decide

MOST_MISSES = 2
"""After this many turns not understood in a row, a person is offered."""
LAW = "ask_law"
"""The intent of a question about law or policy that is no matter of its own."""
CHOOSE = "choose"
"""The intent of a choice."""
MOST_TOPICS = 8
"""Matters offered when none was named."""


class CaseCodes(Protocol):
    """Keeps what a conversation established, for the hotline."""

    def create(self, conversation: Conversation) -> str:
        """A six-digit code that opens it."""


@dataclass(frozen=True)
class Turn:
    """What a message leads to. ``waiting`` is true while a question to the person is open."""

    conversation: Conversation
    replies: tuple[Reply, ...]

    @property
    def waiting(self) -> bool:
        """Whether a question is open."""
        return self.conversation.asked is not None


@dataclass(frozen=True)
class Assistant:
    """Everything needed to answer. ``today`` gives the day whose rules are told when no other is asked about,
    ``announce`` how many days ahead changes are announced.
    """

    catalogue: Catalogue
    finder: found.Finder
    official: ArticleText
    codes: CaseCodes
    today: Callable[[], date] = date.today
    announce: int = ANNOUNCE

    def heard(self, conversation: Conversation, message: Message) -> Message:
        """The message; the number of a choice just offered, typed, is that choice."""
        place = None if message.choice else place_of(message.text)
        if place is None:
            return message
        offered = [f"topic:{topic}" for topic in conversation.agenda.offered]
        if conversation.topic and conversation.asked:
            fact, decision = self.catalogue.fact(conversation.asked), self._decide(conversation)
            offered = [f"fact:{fact.id}={value}" for value in asking.answers_offered(fact, decision)]
        return replace(message, intent=CHOOSE, choice=offered[place - 1]) if 0 < place <= len(offered) else message

    def procedure(self, conversation: Conversation, message: Message) -> Turn:
        """A message about a matter: take it in, ask or tell, say what changed, go on to the next matter."""
        turn = self._matter(conversation, message)
        first = (*self._calm(turn.conversation, message), *self._difference(conversation, turn))
        return self._next_matter(replace(turn, replies=(*first, *turn.replies)))

    def _matter(self, conversation: Conversation, message: Message) -> Turn:
        """Take the message in, then ask what is still needed, or tell the outcome."""
        before = conversation
        conversation = self._with_day(take_in(self.catalogue, conversation, message), message)
        conversation = suspected(self.catalogue, conversation, message)
        ambiguity = self.catalogue.ambiguities.get(message.intent.replace("_", "-"))
        if ambiguity and not message.choice:
            return self._which(conversation, ambiguity.topics, ambiguity.question.say(conversation.language))
        if conversation.topic is None:
            return self._no_topic(conversation, message)
        decision = self._decide(conversation)
        answered = before.asked in conversation.facts
        if message.aspect and before.asked and not answered and before.topic == conversation.topic:
            return self._aside(conversation, decision, message)
        if decision.next_fact is not None and not decision.topic.quoted:
            return self._ask(before, replace(conversation, aspect=message.aspect or conversation.aspect), decision)
        return self._tell(conversation, decision, message)

    def resume(self, conversation: Conversation) -> Turn:
        """After an interruption: ask the open question again."""
        if conversation.topic is None or conversation.asked is None:
            return Turn(replace(conversation, asked=None), ())
        decision = self._decide(conversation)
        if decision.next_fact is None:
            return Turn(replace(conversation, asked=None), ())
        reply = asking.question(self.catalogue, decision, conversation.language)
        return Turn(replace(conversation, asked=decision.next_fact), (reply,))

    def find(self, conversation: Conversation, message: Message, *, quote: bool = True) -> Turn:
        """A free question: quoted passages; a choice of topics when two are close; else an honest "I do not know"."""
        before = conversation
        conversation = self._with_day(take_in(self.catalogue, conversation, replace(message, intent="")), message)
        if quote and conversation.day and conversation.topic and message.intent != LAW:
            return self._on_another_day(conversation, message)
        if follows(self.catalogue, conversation, message):
            return self._on_matter_in_hand(before, conversation, message)
        likely = likely_topics(self.catalogue, message, LIKELY)
        if len(likely) > 1:
            return self._which(conversation, likely, Wording(self.catalogue, conversation.language)("clarify"))
        region, day = conversation.facts.get("region"), self._day(conversation)
        result = self.finder.search(message.text, language=conversation.language, date=day, region=region)
        last = day + timedelta(days=self.announce)
        soon = found.announced(self.catalogue, result, conversation.language, self.today(), last) if quote else None
        coming = (soon,) if soon else ()
        if quote and not result.abstained and result.passages:
            reply = found.passages(self.catalogue, result, conversation.language, self.today())
            return Turn(replace(conversation, misses=0, day=None), (reply, *coming))
        turn = self._give_up(conversation, found.near_topics(self.catalogue, result))
        return replace(turn, replies=(*turn.replies, *coming))

    def refer(self, conversation: Conversation, message: Message) -> Turn:
        """A question that belongs elsewhere: say where to go."""
        conversation = take_in(self.catalogue, conversation, replace(message, intent=""))
        referral = self.catalogue.referrals.get(message.intent)
        if referral is None or not referral.valid.contains(self.today()):
            return self._give_up(conversation, [])
        language = conversation.language
        reply = found.abstain(self.catalogue, language, referral.topics, referral.text.say(language))
        return Turn(conversation, (reply,))

    def say(self, conversation: Conversation, message: Message) -> Turn:
        """Greetings, thanks and the like."""
        return Turn(*fixed.small_talk(self.catalogue, conversation, message))

    def start_over(self, conversation: Conversation, message: Message) -> Turn:
        """Forget the matter and all facts."""
        return Turn(*fixed.started_over(self.catalogue, conversation, message))

    def hand_over(self, conversation: Conversation, message: Message) -> Turn:
        """A person is asked for: a case code for the hotline."""
        conversation = take_in(self.catalogue, conversation, replace(message, intent=""))
        return self._with_code(replace(conversation, misses=0))

    def repeat(self, conversation: Conversation, message: Message) -> Turn:
        """Say the outcome again; an open question is asked again by ``resume``."""
        if conversation.topic is None:
            return Turn(conversation, (fixed.nothing_to_repeat(self.catalogue, conversation.language),))
        if conversation.asked is not None:
            return Turn(conversation, ())
        return self._tell(conversation, self._decide(conversation), replace(message, aspect=None))

    def switch_language(self, conversation: Conversation, message: Message) -> Turn:
        """Answer in the language asked for, or else in the other one."""
        language = fixed.language_asked_for(message.text, conversation.language)
        reply = fixed.language_changed(self.catalogue, language)
        return Turn(replace(conversation, language=language), (reply,))

    def _decide(self, conversation: Conversation) -> Decision:
        assert conversation.topic is not None
        day = self._day(conversation)
        return decide(self.catalogue, conversation.topic, conversation.facts, day, declined=conversation.declined)

    def _day(self, conversation: Conversation) -> date:
        """The day asked about; expired rules are never told."""
        return max(conversation.day or self.today(), self.today())

    def _with_day(self, conversation: Conversation, message: Message) -> Conversation:
        asked = None if message.choice else day_asked(message.text, self.today())
        return replace(conversation, day=asked) if asked else conversation

    def _on_another_day(self, conversation: Conversation, message: Message) -> Turn:
        """ "And next year?": the matter in hand as it will be then; an open question is asked again by ``resume``."""
        if conversation.asked is not None:
            return Turn(conversation, self._noted_day(None, conversation))
        return self._tell(conversation, self._decide(conversation), message)

    def _noted_day(self, before: date | None, conversation: Conversation) -> tuple[Reply, ...]:
        """Another day than ``before`` is asked about, and a question is still open."""
        if conversation.day is None or conversation.day == before:
            return ()
        return (fixed.noted_day(self.catalogue, conversation.language, self._day(conversation)),)

    def _which(self, conversation: Conversation, topics: tuple[str, ...], ask: str) -> Turn:
        reply = asking.which_topic(self.catalogue, topics, conversation.language, ask)
        agenda = replace(conversation.agenda, offered=topics)
        return Turn(replace(conversation, asked=None, misses=0, agenda=agenda), (reply,))

    def _no_topic(self, conversation: Conversation, message: Message) -> Turn:
        say = Wording(self.catalogue, conversation.language)
        ask = say("noted_which_topic") if message.said or chosen(message) else say("which_topic")
        first = likely_topics(self.catalogue, message, NOT_UNLIKELY)
        return self._which(conversation, tuple(dict.fromkeys((*first, *self.catalogue.topics)))[:MOST_TOPICS], ask)

    def _aside(self, conversation: Conversation, decision: Decision, message: Message) -> Turn:
        """A question in the middle is answered first; then the open question is asked again."""
        told = self._outcome(conversation, decision, message)
        if decision.next_fact is None:
            return Turn(replace(conversation, asked=None, misses=0), (told,))
        asked = asking.question(self.catalogue, decision, conversation.language)
        return Turn(replace(conversation, asked=decision.next_fact, misses=0), (told, asked))

    def _ask(self, before: Conversation, conversation: Conversation, decision: Decision) -> Turn:
        same = (before.topic, before.facts, before.declined, before.day) == (
            conversation.topic,
            conversation.facts,
            conversation.declined,
            conversation.day,
        )
        noted = self._noted_day(before.day, conversation) if before.asked else ()
        misses = before.misses + 1 if same and before.asked else 0
        if misses > MOST_MISSES:
            return self._with_code(conversation)
        heard = said_beside(before, conversation)
        reply = asking.question(self.catalogue, decision, conversation.language, heard)
        return Turn(replace(conversation, asked=decision.next_fact, misses=misses), (*noted, reply))

    def _tell(self, conversation: Conversation, decision: Decision, message: Message) -> Turn:
        quoted = decision.topic.quoted and message.aspect is None
        reply = self._outcome(conversation, decision, message, written=not quoted)
        if quoted:
            today, text = self.today(), message.text
            reply = as_passages(self.catalogue, reply, decision, text, self.finder, today, self.announce)
        return Turn(replace(conversation, asked=None, aspect=None, misses=0, day=None), (reply,))

    def _outcome(
        self, conversation: Conversation, decision: Decision, message: Message, *, written: bool = True
    ) -> Reply:
        aspect = message.aspect or conversation.aspect
        return outcome(
            self.catalogue,
            decision,
            conversation.language,
            self.official,
            aspect,
            today=self.today(),
            announce=self.announce,
            written=written,
        )

    def _calm(self, conversation: Conversation, message: Message) -> tuple[Reply, ...]:
        """A calm word before the answer to a question asked in anger."""
        return (fixed.sorry(self.catalogue, conversation.language),) if message.rude else ()

    def _difference(self, before: Conversation, turn: Turn) -> tuple[Reply, ...]:
        facts = changed_facts(before, turn.conversation)
        if turn.waiting or not facts:
            return ()
        say = Wording(self.catalogue, turn.conversation.language)
        told = difference(self.catalogue, self._decide(before), self._decide(turn.conversation), facts, say)
        return (told,) if told else ()

    def _next_matter(self, turn: Turn) -> Turn:
        """When a matter is dealt with, the next one that was named with it."""
        conversation = turn.conversation
        if turn.waiting or conversation.topic is None or not conversation.agenda.later:
            return turn
        topic, *later = conversation.agenda.later
        agenda = replace(conversation.agenda, later=tuple(later))
        conversation = replace(conversation, agenda=agenda).about(topic, self.catalogue)
        decision = self._decide(conversation)
        announced = fixed.next_matter(self.catalogue, decision.topic, conversation.language)
        if decision.next_fact is not None and not decision.topic.quoted:
            following = self._ask(conversation, conversation, decision)
        else:
            following = self._tell(conversation, decision, Message(announced["text"], ""))
        return self._next_matter(replace(following, replies=(*turn.replies, announced, *following.replies)))

    def _on_matter_in_hand(self, before: Conversation, conversation: Conversation, message: Message) -> Turn:
        """What was asked about the matter in hand; an open question is asked again by ``resume``."""
        told = self._outcome(conversation, self._decide(conversation), message)
        turn = Turn(replace(conversation, misses=0), (told,))
        return replace(turn, replies=(*self._difference(before, turn), told))

    def _give_up(self, conversation: Conversation, near: list[str]) -> Turn:
        conversation = replace(conversation, misses=conversation.misses + 1)
        if conversation.misses > MOST_MISSES:
            return self._with_code(conversation)
        return Turn(conversation, (found.abstain(self.catalogue, conversation.language, near),))

    def _with_code(self, conversation: Conversation) -> Turn:
        code = self.codes.create(conversation)
        reply = fixed.hand_over(self.catalogue, conversation, code)
        return Turn(replace(conversation, asked=None, misses=0), (reply,))
