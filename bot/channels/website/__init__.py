"""The website channel: the HTTP contract of the chat element and the demo page, over Rasa's server."""

from bot.channels.website.channel import WebsiteChannel

__all__ = ["WebsiteChannel"]
