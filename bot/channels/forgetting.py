"""A person asks, in their own words, that everything about them is deleted: carried out by the channel, at once."""

from __future__ import annotations

import re

from bot.channels.sentences import Language

FORGOTTEN: dict[Language, str] = {
    "zh": "好的，这次对话已经全部删除，没有留下记录。需要时随时可以重新提问。",
    "en": "Done: this conversation has been deleted and nothing of it is kept. You can ask again at any time.",
}
_WHAT = (
    "(?:关于)?(?:我的?|这次的?|所有的?|全部的?)*"
    "(?:(?:对话|聊天|会话|咨询)的?(?:记录|内容|数据|信息)?|(?<=我的)(?:记录|数据|信息))"
)
_ASKED = re.compile(
    r"(?:请|麻烦|帮我|给我|你)*(?:"
    r"(?:忘记|忘掉|忘了)我(?:吧|说的话|说过的话)?"
    rf"|(?:把)?{_WHAT}(?:都|全部)?(?:删除|删掉|清除|清空)(?:掉|了|吧)*"
    rf"|(?:删除|删掉|清除|清空)(?:掉)?{_WHAT}(?:吧)?"
    r"|(?:please )?(?:forget me|forget (?:all )?about me|delete (?:all )?(?:my (?:data|conversation|messages|records)"
    r"|this conversation|everything about me))(?: please)?"
    r")[。.!! ]*",
    re.IGNORECASE,
)


def asks_to_forget(text: str) -> bool:
    """Whether the whole of a normalised message asks for that, and for nothing else."""
    return _ASKED.fullmatch(text) is not None
