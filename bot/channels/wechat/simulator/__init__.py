"""A program that plays the WeChat server, so that anybody can try the channel without an account.

Only the standard library and `cryptography`; needs the same settings as the channel, and the bot's address.
"""
