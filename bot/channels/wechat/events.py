"""What a push means: one of a few things a person may have done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.channels.wechat.envelope import Fields

Unreadable = Literal["voice", "image", "video", "location", "link", "unknown"]

_UNREADABLE: dict[str, Unreadable] = {
    "voice": "voice",
    "image": "image",
    "video": "video",
    "shortvideo": "video",
    "location": "location",
    "link": "link",
}
_QR = "qrscene_"
_UNSUPPORTED = "【收到不支持的消息类型"  # WeChat's own words in place of a message it cannot pass on


@dataclass(frozen=True)
class Said:
    """A person wrote or spoke; `menu` is the number of the menu link clicked, else empty."""

    text: str
    menu: str = ""


@dataclass(frozen=True)
class Followed:
    """A person began to follow the account; `key` is the scene of the QR code, if it was by one."""

    key: str = ""


@dataclass(frozen=True)
class Scanned:
    """A follower scanned a QR code; `key` is its scene."""

    key: str


@dataclass(frozen=True)
class Clicked:
    """A follower clicked the account's own menu."""

    key: str


@dataclass(frozen=True)
class CannotRead:
    """A person sent something that is no text."""

    kind: Unreadable


@dataclass(frozen=True)
class Left:
    """A person stopped following: WeChat demands that everything about them is deleted."""


Meaning = Said | Followed | Scanned | Clicked | CannotRead | Left


@dataclass(frozen=True)
class Push:
    """One push. `key` is the same for every delivery of it, and differs from every other push of any person."""

    open_id: str
    account: str
    key: str
    meaning: Meaning


def read(fields: Fields) -> Push | None:
    """The push, or None when there is nothing to answer: locations, page views, kinds nobody knows."""
    open_id, account = fields.get("FromUserName", "").strip(), fields.get("ToUserName", "").strip()
    if not open_id or not account:
        return None
    meaning = _meaning(fields)
    return Push(open_id, account, delivery_key(fields), meaning) if meaning else None


def delivery_key(fields: Fields) -> str:
    """What all deliveries of one push share. A MsgId alone is not enough: different people have had the same one."""
    names = ["FromUserName", "MsgId", "CreateTime"]
    if not fields.get("MsgId", "").strip():
        names = ["FromUserName", "CreateTime", "MsgType", "Event", "EventKey", "Content"]
    return "\0".join(fields.get(name, "").strip() for name in names)


def _meaning(fields: Fields) -> Meaning | None:
    kind = fields.get("MsgType", "").strip().lower()
    if kind == "event":
        return _event(fields)
    if kind == "text":
        text = fields.get("Content", "")
        if text.startswith(_UNSUPPORTED):
            return CannotRead("unknown")
        return Said(text, fields.get("bizmsgmenuid", "").strip())
    if kind == "voice" and fields.get("Recognition", "").strip():
        return Said(fields["Recognition"])
    return CannotRead(_UNREADABLE[kind]) if kind in _UNREADABLE else None


def _event(fields: Fields) -> Meaning | None:
    event, key = fields.get("Event", "").strip().lower(), fields.get("EventKey", "").strip()
    if event == "subscribe":
        return Followed(key.removeprefix(_QR) if key.startswith(_QR) else "")
    if event == "unsubscribe":
        return Left()
    if event == "scan":
        return Scanned(key)
    return Clicked(key) if event == "click" and key else None
