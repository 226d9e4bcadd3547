"""Rasa's messages → Replies of the contract (`bot/answers/reply.schema.json`), the same live, repeated and restored.

A Reply is a dict. The action server sends it whole in the `custom` payload; whatever else Rasa may say (a `response`
of the domain, buttons, a picture) is turned into one, so that a client never sees a payload or raw JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from bot.channels.output import Message
from bot.channels.sentences import TROUBLE, Language, masked_notice
from bot.channels.text import language_of

Reply = dict[str, Any]
Choice = dict[str, Any]  # title, token and perhaps topic, value
Seal = Callable[[Choice, Language], str]  # an internal choice and its language → the opaque token a client gets


def replies_of_turn(messages: Iterable[Message], metadata: dict[str, Any], seal: Seal) -> list[Reply]:
    """All that one turn shows: the notice about masked data first, then the replies, or an apology for none.

    `metadata` is the user event's: `language` of the turn, `masked` kinds of personal data and `verdicts`
    on identity numbers (all set by the channel).
    """
    language: Language = "en" if metadata.get("language") == "en" else "zh"
    replies = [reply for message in messages if (reply := reply_of(message, language)) is not None]
    if not replies:
        replies = [notice(TROUBLE[language], language)]
    if metadata.get("masked"):
        hidden = masked_notice(metadata["masked"], language, metadata.get("verdicts", ()))
        replies.insert(0, notice(hidden, language))
    return [_sealed(reply, seal) for reply in replies]


def reply_of(message: Message, language: Language) -> Reply | None:
    """One message as a Reply; None when it says nothing."""
    custom = message.get("custom")
    if isinstance(custom, dict) and custom.get("status") and custom.get("text"):
        return custom
    text = _plain_text(message)
    if not text:
        return None
    reply = {"version": 1, "status": "smalltalk", "language": language_of(text) or language, "text": text}
    buttons = message.get("buttons") or message.get("quick_replies") or []
    if choices := [_choice(button) for button in buttons if button.get("title")]:
        reply["choices"] = choices
    return reply


def notice(text: str, language: Language) -> Reply:
    """A Reply in which the channel itself speaks."""
    return {"version": 1, "status": "notice", "language": language, "text": text}


def message_of_event(event: dict[str, Any]) -> Message:
    """The message a stored bot event was made from."""
    return {**(event.get("data") or {}), "text": event.get("text")}


def _plain_text(message: Message) -> str:
    parts = [message.get("text"), message.get("image"), message.get("attachment")]
    parts += [f"{element.get('title', '')} {element.get('subtitle', '')}" for element in message.get("elements") or []]
    return "\n".join(part.strip() for part in parts if isinstance(part, str) and part.strip())


def _choice(button: dict[str, Any]) -> Choice:
    return {"title": str(button["title"]), "token": str(button.get("payload") or button["title"])}


def _sealed(reply: Reply, seal: Seal) -> Reply:
    if "choices" not in reply:
        return reply
    language: Language = "en" if reply.get("language") == "en" else "zh"
    return {**reply, "choices": [{**choice, "token": seal(choice, language)} for choice in reply["choices"]]}
