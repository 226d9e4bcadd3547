"""What is kept for a person between two messages: the choices offered last, and the texts not shown yet."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass, field
from typing import Any

from bot.channels.sentences import Language
from bot.channels.store import Store
from bot.channels.text import normalise
from bot.channels.wechat.render import MenuChoice, Rendered
from bot.channels.wechat.sentences import MORE

_KEPT = 1_800.0  # seconds
_MENUS = 3  # earlier ones can be clicked, but no longer answered by number
_MOST_PAGES = 30
_OWN_LINK = re.compile(r"[0-9]{14}")  # `new_menu` and two digits; other menus of the account have ids of their own
_NUMBER = re.compile(r"(?:选择?|第)?\s?(\d{1,2}|[一二三四五六七八九])\s?(?:[.、。)]|个|项|号)?")
_HAN_DIGITS = "〇一二三四五六七八九"


def new_menu() -> int:
    """A number for the menu of an answer, 12 digits; no two answers to one person have the same."""
    return int(time.time() * 100)


class StaleChoice(Exception):
    """A number or a menu click that belongs to no choice any more."""


@dataclass
class Menu:
    """The choices of one answer; `number` is what its links carry."""

    number: int
    choices: list[MenuChoice]


@dataclass
class Mailbox:
    """One person's. `late` holds finished answers that missed their time, `rest` the further pages of the last."""

    language: Language = "zh"
    menus: list[Menu] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    key: str = "9"

    def show(self, rendered: Rendered, menu: int) -> str:
        """Take in an answer that is shown now; its first page."""
        self._offer(rendered, menu)
        self.rest = rendered.pages[1:]
        return self._with_hint(rendered.pages[0])

    def keep(self, rendered: Rendered, menu: int) -> None:
        """Take in an answer that came too late to be shown."""
        self._offer(rendered, menu)
        self.late = [*self.late, *rendered.pages][-_MOST_PAGES:]

    def next(self) -> str | None:
        """The next page, late answers first; None when everything was shown."""
        pages = self.late or self.rest
        return self._with_hint(pages.pop(0)) if pages else None

    def chosen(self, text: str, clicked: str) -> MenuChoice | None:
        """The choice meant by a number, a title or a click (its link's id); None when it is a message of its own.

        Raises StaleChoice for a click or a bare number that belongs to nothing.
        """
        if _OWN_LINK.fullmatch(clicked):
            return self._clicked(int(clicked[:-2]), int(clicked[-2:]))
        offered = self.menus[0].choices if self.menus else []
        written = normalise(text)
        for choice in offered:
            if _plain(written) and _plain(choice.title) == _plain(written):
                return choice
        match = _NUMBER.fullmatch(written)
        if not match:
            return None
        number = _HAN_DIGITS.find(match.group(1)) if match.group(1) in _HAN_DIGITS else int(match.group(1))
        if 1 <= number <= len(offered):
            return offered[number - 1]
        if offered:
            return None
        raise StaleChoice

    def _clicked(self, menu: int, number: int) -> MenuChoice:
        for known in self.menus:
            if known.number == menu and 1 <= number <= len(known.choices):
                return known.choices[number - 1]
        raise StaleChoice

    def _with_hint(self, page: str) -> str:
        pages = len(self.late) + len(self.rest)
        return f"{page}\n{MORE[self.language].format(pages=pages, key=self.key)}" if pages else page

    def _offer(self, rendered: Rendered, menu: int) -> None:
        self.language, self.key = rendered.language, rendered.key
        self.menus = [Menu(menu, rendered.choices), *self.menus][:_MENUS]


class Mailboxes:
    """Mailboxes in the store; each lives for half an hour after its last change."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def of(self, sender_id: str) -> Mailbox:
        """The person's mailbox, empty when there is none."""
        text = await self._store.get(f"{sender_id}:mailbox")
        return _read(json.loads(text)) if text else Mailbox()

    async def save(self, sender_id: str, mailbox: Mailbox) -> None:
        """Keep it."""
        await self._store.put(f"{sender_id}:mailbox", json.dumps(mailbox, default=vars, ensure_ascii=False), _KEPT)

    async def begin_late(self, sender_id: str, message_id: str, seconds: float) -> None:
        """Note that the answer to a message is late and being worked on, for so long at most."""
        await self._store.put(f"{sender_id}:working", message_id, seconds)

    async def end_late(self, sender_id: str, message_id: str) -> None:
        """The answer to the message is there; later ones may still be worked on."""
        if await self._store.get(f"{sender_id}:working") == message_id:
            await self._store.drop(f"{sender_id}:working")

    async def is_working(self, sender_id: str) -> bool:
        """Whether a late answer is still being worked on."""
        return await self._store.get(f"{sender_id}:working") is not None

    async def forget(self, sender_id: str) -> None:
        """Drop everything kept for the person."""
        await self._store.forget(sender_id)


def _plain(text: str) -> str:
    return "".join(character for character in normalise(text).casefold() if character.isalnum())


def _read(data: dict[str, Any]) -> Mailbox:
    menus = [Menu(menu["number"], [MenuChoice(**choice) for choice in menu["choices"]]) for menu in data.pop("menus")]
    return Mailbox(menus=menus, **data)
