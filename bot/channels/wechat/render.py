"""Replies → one WeChat text: choices numbered and clickable, the procedure linked to its web page, in pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from bot.channels.replies import Reply
from bot.channels.sentences import Language
from bot.channels.wechat.pages import cut, size
from bot.channels.wechat.sentences import CHOOSE, CHOOSE_OR_TAP, PAGE
from bot.channels.wechat.xml_out import legal

MOST_BYTES = 2_000  # WeChat refuses 2,048 and more; the markup of links counts
PAGE_BYTES = 1_950  # leaves room for the line that says how to see the next page
_UNLINKABLE = re.compile(r"[%+&#\"'<>\s]")  # some clients decode twice, others end the link there


@dataclass(frozen=True)
class MenuChoice:
    """One choice as offered: what the person sees, the internal payload, the language it was offered in."""

    title: str
    payload: str
    language: Language


@dataclass(frozen=True)
class Rendered:
    """Pages to be shown one after the other, the choices they offer, and the digit that brings the next page."""

    pages: list[str]
    choices: list[MenuChoice]
    language: Language
    key: str


def render(replies: list[Reply], menu: int, public_url: str = "") -> Rendered:
    """All replies of a turn as texts of at most 2,000 bytes. `menu` is the number its menu links carry."""
    language: Language = "en" if replies and replies[-1].get("language") == "en" else "zh"
    choices = _choices(replies)
    key = "9" if len(choices) < 9 else "0"
    blocks = [_block(reply, public_url) for reply in replies]
    text = _join(blocks, choices, language, menu)
    if size(text) > PAGE_BYTES:
        text = _join(blocks, choices, language, menu=None)
    return Rendered(cut(text, PAGE_BYTES), choices, language, key)


def menu_number(menu: int, number: int) -> str:
    """The id of the link to a menu's choice: digits only, or some clients do not send it back."""
    return f"{menu}{number:02d}"


def _choices(replies: list[Reply]) -> list[MenuChoice]:
    """Those of the last reply that asks: numbers must mean one thing. Beside an outcome they only change its facts."""
    offering = [reply for reply in replies if reply.get("choices") and "procedure" not in reply]
    if not offering:
        return []
    language: Language = "en" if offering[-1].get("language") == "en" else "zh"
    return [MenuChoice(legal(choice["title"]), choice["token"], language) for choice in offering[-1]["choices"]]


def _block(reply: Reply, public_url: str) -> str:
    text = legal(reply["text"]).strip()
    if reply.get("status") != "procedure" or not public_url or not reply.get("procedure"):
        return text
    language: Language = "en" if reply.get("language") == "en" else "zh"
    return f'{text}\n<a href="{outcome_address(public_url, reply)}">{PAGE[language]}</a>'


def outcome_address(public_url: str, reply: Reply) -> str:
    """The web page with topic and facts behind a `#`, where no server's log sees them, as the chat element reads it."""
    procedure = reply["procedure"]
    facts = {**procedure["facts"], **dict.fromkeys(procedure.get("unknown", ()), "unknown")}
    return f"{public_url}#banshi={procedure['topic']}:{','.join(f'{fact}.{value}' for fact, value in facts.items())}"


def _join(blocks: list[str], choices: list[MenuChoice], language: Language, menu: int | None) -> str:
    """The blocks with every choice on a numbered line; with links when there is a menu number."""
    text = "\n\n".join(blocks)
    if not choices:
        return text
    missing = []
    for number, choice in enumerate(choices, start=1):
        plain = f"{number}. {choice.title}"
        line = plain if menu is None else f"{number}. {_link(choice, menu_number(menu, number))}"
        text, found = re.subn(rf"(?m)^{re.escape(plain)}$", line.replace("\\", r"\\"), text)
        if not found:
            missing.append(line)
    hint = CHOOSE if menu is None else CHOOSE_OR_TAP
    return "\n".join([text, *missing, hint[language]])


def _link(choice: MenuChoice, identity: str) -> str:
    if not choice.title or _UNLINKABLE.search(choice.title):
        return choice.title
    said = quote(choice.title, safe="")
    return f'<a href="weixin://bizmsgmenu?msgmenucontent={said}&msgmenuid={identity}">{choice.title}</a>'
