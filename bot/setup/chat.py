"""``make chat``: a conversation in the terminal, through the website channel like everybody else's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.setup.problem import Problem
from bot.setup.website import Session

_HELP = "输入问题；输入编号选择；Ctrl-D 结束。 Type a question, or the number of a choice; Ctrl-D ends."


def converse(address: str, read: Callable[[str], str] = input, write: Callable[[str], None] = print) -> None:
    """Talk until the input ends. Raises Problem when the session cannot be opened."""
    session = Session(address)
    write(_HELP)
    choices = _show(session.greeting, write)
    while True:
        try:
            text = read("> ").strip()
        except EOFError:
            return
        if text:
            choices = _turn(session, text, choices, write)


def _turn(session: Session, text: str, choices: list[str], write: Callable[[str], None]) -> list[str]:
    """One line of the person; the tokens of the choices offered afterwards."""
    chosen = int(text) if text.isascii() and text.isdigit() else 0
    try:
        replies = session.choose(choices[chosen - 1]) if 1 <= chosen <= len(choices) else session.say(text)
    except Problem as problem:
        write(str(problem))
        return choices
    return _show(replies, write)


def _show(replies: list[dict[str, Any]], write: Callable[[str], None]) -> list[str]:
    choices: list[str] = []
    for reply in replies:
        write(f"\n{reply['text']}")
        for choice in reply.get("choices", ()):
            choices.append(choice["token"])
            write(f"  {len(choices)}. {choice['title']}")
    write("")
    return choices
