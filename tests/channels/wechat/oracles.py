"""wechatpy and WeRoBot as second and third opinions; both warn about themselves when imported."""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from wechatpy import parse_message
    from wechatpy.crypto import WeChatCrypto
    from wechatpy.utils import check_signature
    from werobot.crypto import MessageCrypt
    from werobot.parser import parse_user_msg

__all__ = ["MessageCrypt", "WeChatCrypto", "check_signature", "parse_message", "parse_user_msg"]
