"""What the channels themselves say to people, in both languages: refusals, trouble, and the notice about masked data.

Everything else a person reads comes from the answer side. A sentence says what happened and what to do next.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from bot.channels.id_check import Verdict

Language = Literal["zh", "en"]

ERRORS: dict[str, dict[Language, str]] = {
    "malformed": {
        "zh": "这条消息的格式有误，请刷新页面后再发一次。",
        "en": "This message was not in the expected form. Please reload the page and send it again.",
    },
    "empty": {
        "zh": "您还没有输入内容，请用一句话说说您遇到的情况。",
        "en": "There is nothing in your message yet. Please tell us in a sentence what happened.",
    },
    "stale_choice": {
        "zh": "这个选项已经失效，请从最新的回复里重新选择，或者直接输入您的问题。",
        "en": "This choice is no longer valid. Please choose from the latest reply, or type your question.",
    },
    "unknown_outcome": {
        "zh": "这个链接已经失效，请直接说说您遇到的情况。",
        "en": "This link is no longer valid. Please tell us in a sentence what happened.",
    },
    "no_session": {
        "zh": "会话不存在或已过期，请开始新的会话。",
        "en": "This conversation does not exist or has expired. Please start a new one.",
    },
    "foreign_origin": {
        "zh": "这个网站没有获准使用本服务。",
        "en": "This website is not allowed to use this service.",
    },
    "not_found": {"zh": "没有这个地址。", "en": "There is nothing at this address."},
    "method_not_allowed": {"zh": "这个地址不支持此操作。", "en": "This address does not offer that operation."},
    "message_id_reused": {
        "zh": "这个消息编号已经用于另一条消息，请刷新页面后再发一次。",
        "en": "This message id was already used for another message. Please reload the page and send it again.",
    },
    "too_long": {
        "zh": "消息太长了，请控制在 2000 字以内，只说与办事有关的情况就可以。",
        "en": "The message is too long. Please keep it under 2,000 characters; what matters for your case is enough.",
    },
    "too_fast": {
        "zh": "发送得太快了，请稍等片刻再试。",
        "en": "That was a little too fast. Please wait a moment and try again.",
    },
    "unavailable": {
        "zh": "抱歉，系统暂时无法回答，请稍后再试，或拨打 12333 咨询。",
        "en": "Sorry, the service cannot answer right now. Please try again later or call 12333.",
    },
}

TROUBLE: dict[Language, str] = {
    "zh": "抱歉，系统暂时无法回答这个问题。您的对话已经保留，请稍后再试，或拨打 12333 咨询。",
    "en": "Sorry, I cannot answer this right now. Your conversation is kept: please try again later or call 12333.",
}

MASKED: dict[Language, str] = {
    "zh": "为保护您的隐私，您消息中的{kinds}已隐去，没有保存。咨询时不需要提供这类信息。",
    "en": "To protect your privacy we removed the {kinds} from your message and did not keep it. "
    "You do not need to give this to get an answer.",
}

# What stands in the message in place of a personal detail, and how the notice calls it.
KINDS: dict[str, dict[Language, str]] = {
    "id_number": {"zh": "身份证号码", "en": "ID number"},
    "permit_number": {"zh": "证件号码", "en": "permit number"},
    "card_number": {"zh": "卡号", "en": "card number"},
    "bank_card": {"zh": "银行卡号", "en": "bank card number"},
    "mobile": {"zh": "手机号码", "en": "mobile number"},
    "landline": {"zh": "电话号码", "en": "phone number"},
    "email": {"zh": "电子邮箱", "en": "e-mail address"},
    "name": {"zh": "姓名", "en": "name"},
}

# Whether an identity number could be one (`id_check.Verdict`): the one thing that helps and does not keep the number.
VERDICTS: dict[Verdict, dict[Language, str]] = {
    "plausible": {
        "zh": "位数、出生日期和校验码都符合编码规则；是不是您本人的号码，这里无法核对。",
        "en": "its length, birth date and check digit are as they should be; whether it is yours cannot be told here.",
    },
    "old_form": {
        "zh": "这是15位的老号码，没有校验码；现在使用18位号码。",
        "en": "this is an old number of 15 digits without a check digit; numbers in use now have 18.",
    },
    "length": {
        "zh": "位数不对，居民身份证号码是18位，请逐位核对。",
        "en": "its length is wrong; ID numbers have 18 characters. Please compare it digit by digit.",
    },
    "place": {
        "zh": "前两位不是任何省份的代码，请逐位核对。",
        "en": "its first two digits are no province's. Please compare it digit by digit.",
    },
    "birth_date": {
        "zh": "其中的出生日期不存在，请逐位核对。",
        "en": "the birth date in it does not exist. Please compare it digit by digit.",
    },
    "check_digit": {
        "zh": "最后一位校验码与前面的数字对不上，可能有一位写错了，请逐位核对。",
        "en": "its last character, the check digit, does not fit the others, so one may be wrong. "
        "Please compare it digit by digit.",
    },
}
_VERDICT: dict[Language, str] = {"zh": "身份证号码{number}：{verdict}", "en": "ID number{number}: {verdict}"}
_MOST_VERDICTS = 3


def masked_notice(kinds: list[str], language: Language, verdicts: Sequence[Verdict] = ()) -> str:
    """The sentence that tells a person which kinds of personal data were hidden; kinds are keys of KINDS.

    Each of the first identity numbers is followed by whether it could be one.
    """
    names = [KINDS[kind][language] for kind in kinds]
    joined = "、".join(names) if language == "zh" else " and ".join(names)
    several = len(verdicts) > 1
    judged = [
        _VERDICT[language].format(number=f" {place}" if several else "", verdict=VERDICTS[verdict][language])
        for place, verdict in enumerate(verdicts[:_MOST_VERDICTS], 1)
    ]
    return "\n".join([MASKED[language].format(kinds=joined), *judged])


def placeholder(kind: str, language: Language) -> str:
    """What replaces a personal detail in the stored text; keeps the sentence readable."""
    return f"[{KINDS[kind][language]}]"
