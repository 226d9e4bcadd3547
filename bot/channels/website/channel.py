"""The InputChannel Rasa loads by the module path in `credentials.yml`."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.shared.exceptions import RasaException
from sanic import Blueprint

from bot.channels import framing
from bot.channels.logs import keep_people_out_of_logs
from bot.channels.production import require_fit
from bot.channels.settings import ChannelSettings, SettingsError
from bot.channels.website.routes import website_blueprint


class WebsiteChannel(InputChannel):
    """Mounted at `/webhooks/website`; every route is in `bot.channels.website.routes`."""

    def __init__(self, settings: ChannelSettings) -> None:
        self.settings = settings

    @classmethod
    def name(cls) -> str:
        return "website"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WebsiteChannel:
        """Settings come from the environment alone; raises RasaException, which Rasa prints as one line."""
        try:
            require_fit(os.environ)
            return cls(ChannelSettings.from_environment(os.environ))
        except SettingsError as error:
            raise RasaException(str(error)) from error

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes. `on_new_message` is not used: it hides whether Rasa could answer (`bot.channels.turns`)."""
        keep_people_out_of_logs()
        framing.install()
        return website_blueprint(self.settings, self.name())
