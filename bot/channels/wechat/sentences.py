"""What only the WeChat channel says, in both languages. `{key}` is the digit that brings the rest."""

from __future__ import annotations

from bot.channels.sentences import Language
from bot.channels.wechat.events import Unreadable

Sentence = dict[Language, str]

SLOW: Sentence = {
    "zh": "您的问题正在办理，结果会为您留着：请稍后回复 {key} 看结果。",
    "en": "Your question is being worked on and the result will be kept for you: reply {key} in a moment to see it.",
}
STILL_SLOW: Sentence = {
    "zh": "结果还没有出来，请稍等片刻再回复 {key}，或拨打 12333 咨询。",
    "en": "The result is not ready yet. Please reply {key} again in a moment, or call 12333.",
}
MORE: Sentence = {"zh": "（还有{pages}页，回复{key}看下一页）", "en": "({pages} more: reply {key} for the next)"}
NOTHING_MORE: Sentence = {
    "zh": "没有更多内容了。请用自己的话说说遇到了什么事。",
    "en": "There is nothing more to show. Please tell me in your own words what happened.",
}
CHOOSE: Sentence = {"zh": "（请回复编号）", "en": "(please reply with a number)"}
CHOOSE_OR_TAP: Sentence = {"zh": "（回复编号，或点选项）", "en": "(reply with a number, or tap an option)"}
PAGE: Sentence = {
    "zh": "在网页上查看",
    "en": "See it on the web page",
}
UNREADABLE: dict[Unreadable, Sentence] = {
    "voice": {
        "zh": "抱歉，我听不了语音，请用文字说说遇到了什么事。",
        "en": "Sorry, I cannot listen to voice messages. Please type what happened.",
    },
    "image": {
        "zh": "抱歉，我看不了图片；请不要发送证件照片。请用文字说说遇到了什么事。",
        "en": "Sorry, I cannot look at pictures; please do not send photos of documents. Type what happened instead.",
    },
    "video": {
        "zh": "抱歉，我看不了视频，请用文字说说遇到了什么事。",
        "en": "Sorry, I cannot watch videos. Please type what happened.",
    },
    "location": {
        "zh": "抱歉，我不读取位置。需要当地办法时，请用文字告诉我城市，例如“大连”。",
        "en": 'Sorry, I do not read locations. If local rules matter, please type the city, for example "Dalian".',
    },
    "link": {
        "zh": "抱歉，我不打开链接。短信让您点链接办社保卡时请不要点，可拨打 12333 核实。请用文字说说遇到了什么事。",
        "en": "Sorry, I do not open links. If a message asks you to tap a link about your card, do not; call 12333 to "
        "check. Please type what happened.",
    },
    "unknown": {
        "zh": "抱歉，我看不了这种消息，请用文字说说遇到了什么事。",
        "en": "Sorry, I cannot read this kind of message. Please type what happened.",
    },
}
