"""The console's server on loopback: in a thread beside the action server, or by itself."""

from __future__ import annotations

import os
import socket
from threading import Thread
from typing import Any

import uvicorn

from bot.answers.assistant import Assistant
from bot.console.app import application
from bot.console.desk import desk, instant
from bot.console.search.instant import Finder
from bot.console.settings import ConsoleSettings
from bot.errors import SettingError

HOST = os.environ.get("SANIC_HOST") or "127.0.0.1"  # as the action server beside it; a container sets it


def server(assistant: Assistant, finder: Finder, engine: Any, settings: ConsoleSettings) -> uvicorn.Server:
    """The server over an assistant, its search and a database; it does not listen yet."""
    app = application(desk(assistant, instant(assistant, finder), engine, settings))
    # No access log: addresses would hold facts. Proxies are believed by bot.console.peers alone.
    config = uvicorn.Config(
        app,
        host=HOST,
        port=settings.port,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        log_config=None,
        lifespan="off",
    )
    return uvicorn.Server(config)


def beside(assistant: Assistant, finder: Finder, engine: Any, settings: ConsoleSettings) -> Thread:
    """Serve in a thread that ends with the process.

    Raises SettingError when the port is taken: in the thread nobody would hear of it.
    """
    listening = listen(settings.port)
    console = server(assistant, finder, engine, settings)
    thread = Thread(target=console.run, kwargs={"sockets": [listening]}, name="console", daemon=True)
    thread.start()
    return thread


def listen(port: int) -> socket.socket:
    """A socket on loopback. Raises SettingError when the port is taken."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except OSError as error:
        listening.close()
        raise SettingError(f"BANSHI_CONSOLE_PORT is {port}, which is taken ({error.strerror}).") from error
    return listening
