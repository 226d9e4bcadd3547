"""The action server: rasa_sdk's webhook on loopback, ready only once everything is loaded."""

from __future__ import annotations

import logging
import os
import warnings

from rasa_sdk import utils
from rasa_sdk.endpoint import create_app
from sanic import Sanic

from actions.executor import DomainlessExecutor
from actions.lean import import_sentence_transformers
from actions.operations import add_operations
from actions.services import start_console, warm_up
from bot.channels.settings import SettingsError
from bot.channels.webhook_key import webhook_key
from bot.errors import SettingError
from bot.retrieval.settings import DEFAULT_ENCODER, Settings

DEFAULT_PORT = 5055


def application() -> Sanic:
    """The server with every action of this package registered and the assistant loaded."""
    # rasa_sdk compares its own version with Rasa's at every call; the webhook has been the same since Rasa 3.0.
    utils.check_version_compatibility = lambda version: None
    executor = DomainlessExecutor()
    executor.register_package("actions")
    if Settings.from_environment().encoder == DEFAULT_ENCODER:  # another model may need what is left out
        import_sentence_transformers()
    warm_up()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        app = create_app(executor, cors_origins=[])
    add_operations(app, key())
    return app


def host() -> str:
    """The address listened on: loopback, unless a container sets ``SANIC_HOST``."""
    return os.environ.get("SANIC_HOST") or "127.0.0.1"


def key() -> str:
    """What Rasa must show with every call. Raises SettingError where it is missing and must not be, or weak."""
    try:
        return webhook_key(os.environ, host())
    except SettingsError as error:
        raise SettingError(str(error)) from error


def port() -> int:
    """``BANSHI_ACTIONS_PORT``.

    Raises:
        SettingError: it is not a port number.
    """
    written = os.environ.get("BANSHI_ACTIONS_PORT") or str(DEFAULT_PORT)
    if not written.isdecimal() or not 0 < int(written) < 65536:
        raise SettingError(f"BANSHI_ACTIONS_PORT is {written}; write a port number between 1 and 65535.")
    return int(written)


def serve() -> None:
    """Serve until stopped."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    app = application()
    start_console()
    app.run(host=host(), port=port(), single_process=True, access_log=False, motd=False)
