"""One push → what the person reads: runs the bot in time, and remembers choices and pages."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import Any

from bot.channels.forgetting import FORGOTTEN, asks_to_forget
from bot.channels.replies import Choice, Reply, notice, replies_of_turn
from bot.channels.sentences import ERRORS, TROUBLE, Language
from bot.channels.shared_limits import Limit
from bot.channels.store import Store
from bot.channels.text import TextError, normalise
from bot.channels.turns import LONGEST_TURN, Conflict, NoConversation, Turn, Turns, Unavailable
from bot.channels.wechat import sentences
from bot.channels.wechat.asking import Asking, Visit
from bot.channels.wechat.customer_service import CustomerService
from bot.channels.wechat.deadline import Background, Late, in_time, until
from bot.channels.wechat.departure import Departure
from bot.channels.wechat.events import CannotRead, Clicked, Followed, Left, Push, Said, Scanned
from bot.channels.wechat.identity import Identities
from bot.channels.wechat.mailbox import Mailboxes, StaleChoice, new_menu
from bot.channels.wechat.quotas import FOR_A_MESSAGE, FOR_AN_EVENT
from bot.channels.wechat.render import MenuChoice, Rendered, render
from bot.channels.wechat.settings import WechatSettings
from bot.channels.wechat.starts import start_of


class Talk:
    """Answers pushes, each by the deadline. `answers` is the store of `Once`, emptied when a person leaves."""

    def __init__(
        self, settings: WechatSettings, channel: str, mailboxes: Store, answers: Store, service: CustomerService | None
    ) -> None:
        self._settings = settings
        self._mailboxes = Mailboxes(mailboxes)
        self._service = service
        self._identities = Identities(settings.secret)
        self._asking = Asking(settings.secret, self._identities)
        self._turns = Turns(LONGEST_TURN, channel)
        self._limit = Limit(settings.rate, "person", mailboxes if settings.redis_url else None)
        self._background = Background()
        self._departure = Departure(self._turns, self._background, [mailboxes, answers])

    async def answer(self, agent: Any, push: Push) -> str | None:
        """The text to show, or None to show nothing."""
        until = time.monotonic() + self._settings.deadline
        sender_id, message_id = self._identities.sender(push.open_id), self._identities.message(push.key)
        if isinstance(push.meaning, Left):
            await self._leave(agent, sender_id)
            return None
        self._grant(sender_id, push)
        visit = Visit(push, sender_id, message_id, until, await self._mailboxes.of(sender_id))
        if await self._limit.wait(sender_id):
            return ERRORS["too_fast"][visit.language]
        return await self._answer(agent, visit)

    async def _answer(self, agent: Any, visit: Visit) -> str | None:
        meaning = visit.push.meaning
        if isinstance(meaning, CannotRead):
            return sentences.UNREADABLE[meaning.kind][visit.language]
        if isinstance(meaning, Said):
            return await self._said(agent, visit, meaning)
        key = meaning.key if isinstance(meaning, (Followed, Scanned, Clicked)) else ""
        if not isinstance(meaning, Followed) and (start := start_of(key)):
            chosen = self._asking.choosing(visit, MenuChoice(key, start, visit.language))
            return await self._run(agent, visit, [chosen])
        if isinstance(meaning, Clicked):
            return await self._typed(agent, visit, key)
        return await self._run(agent, visit, self._asking.opening(visit, key))

    async def _said(self, agent: Any, visit: Visit, said: Said) -> str:
        mailbox = visit.mailbox
        if normalise(said.text) == mailbox.key and not said.menu:
            if mailbox.late or mailbox.rest or await self._mailboxes.is_working(visit.sender_id):
                return await self._next_page(visit)
            if not mailbox.menus or not mailbox.menus[0].choices:
                return sentences.NOTHING_MORE[visit.language]
        try:
            chosen = mailbox.chosen(said.text, said.menu)
        except StaleChoice:
            return ERRORS["stale_choice"][visit.language]
        if chosen:
            return await self._run(agent, visit, [self._asking.choosing(visit, chosen)])
        return await self._typed(agent, visit, said.text)

    async def _typed(self, agent: Any, visit: Visit, text: str) -> str:
        try:
            turn = self._asking.typed(visit, text)
        except TextError as error:
            return ERRORS[error.code][visit.language]
        if asks_to_forget(turn.text):
            await self._leave(agent, visit.sender_id)
            return FORGOTTEN[_language(turn)]
        return await self._run(agent, visit, [turn])

    async def _next_page(self, visit: Visit) -> str:
        """The next page, waited for while it is being worked on."""

        async def there() -> bool:
            mailbox = await self._mailboxes.of(visit.sender_id)
            return bool(mailbox.late) or not await self._mailboxes.is_working(visit.sender_id)

        mailbox = visit.mailbox
        if not mailbox.late and not mailbox.rest:
            await until(there, visit.seconds)
            mailbox = await self._mailboxes.of(visit.sender_id)
        page = mailbox.next()
        if page is None:
            return sentences.STILL_SLOW[mailbox.language].format(key=mailbox.key)
        await self._mailboxes.save(visit.sender_id, mailbox)
        return page

    async def _run(self, agent: Any, visit: Visit, turns: Sequence[Turn]) -> str:
        """Run the turns and show the first page; when they take too long, say so and keep the answer."""
        task = self._background.start(visit.sender_id, self._replies(agent, turns))
        try:
            replies = await in_time(task, visit.seconds)
        except Late:
            await self._mailboxes.begin_late(visit.sender_id, visit.message_id, LONGEST_TURN + 5)
            self._background.start(visit.sender_id, self._deliver(visit, task))
            return sentences.SLOW[_language(turns[-1])].format(key=visit.mailbox.key)
        rendered, menu = self._rendered(replies)
        mailbox = await self._mailboxes.of(visit.sender_id)  # it may have changed meanwhile
        page = mailbox.show(rendered, menu)
        await self._mailboxes.save(visit.sender_id, mailbox)
        return page

    async def _replies(self, agent: Any, turns: Sequence[Turn]) -> list[Reply]:
        replies: list[Reply] = []
        for turn in turns:
            try:
                outcome = await self._turns.run(agent, turn)
            except (Unavailable, NoConversation, Conflict):
                return [*replies, notice(TROUBLE[_language(turn)], _language(turn))]
            # A question an earlier turn asked again gives way to what the next one asks.
            replies = [reply for reply in replies if reply["status"] != "question"]
            replies += replies_of_turn(outcome.messages, outcome.metadata, _payload)
        return replies

    async def _deliver(self, visit: Visit, task: asyncio.Task[list[Reply]]) -> None:
        """Send the finished answer as customer-service messages, or keep it until the person asks for it."""
        await asyncio.wait({task})
        replies = [notice(TROUBLE[visit.language], visit.language)] if task.exception() else task.result()
        rendered, menu = self._rendered(replies)
        pages = rendered.pages
        if self._service is not None:
            pages = await self._service.send_all(visit.push.open_id, visit.sender_id, pages)
        mailbox = await self._mailboxes.of(visit.sender_id)
        mailbox.keep(Rendered(pages, rendered.choices, rendered.language, rendered.key), menu)
        await self._mailboxes.save(visit.sender_id, mailbox)
        await self._mailboxes.end_late(visit.sender_id, visit.message_id)

    def _rendered(self, replies: list[Reply]) -> tuple[Rendered, int]:
        menu = new_menu()
        return render(replies, menu, self._settings.public_url), menu

    def _grant(self, sender_id: str, push: Push) -> None:
        if self._service is not None:
            wrote = isinstance(push.meaning, (Said, CannotRead))
            self._service.quotas.grant(sender_id, FOR_A_MESSAGE if wrote else FOR_AN_EVENT)

    async def _leave(self, agent: Any, sender_id: str) -> None:
        await self._limit.forget(sender_id)
        if self._service is not None:
            self._service.quotas.forget(sender_id)
        self._background.start("", self._departure.forget(agent, sender_id))


def _language(turn: Turn) -> Language:
    return "en" if turn.metadata["language"] == "en" else "zh"


def _payload(choice: Choice, language: Language) -> str:
    """Internal payloads stay as they are: they are kept here, and a person only ever sees titles."""
    return str(choice["token"])
