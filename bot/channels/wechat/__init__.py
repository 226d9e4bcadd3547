"""The WeChat Official Account channel: the server protocol by hand, and replies as texts of at most 2,000 bytes.

Rasa loads `bot.channels.wechat.channel.WechatChannel`; without a token in the environment it mounts nothing.
"""
