"""``make wechat-simulator``: the program that plays the WeChat server, against a running bot or one started for it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping

from bot.setup import variables
from bot.setup.preparing import prepare
from bot.setup.progress import shown
from bot.setup.project import Project
from bot.setup.servers import running

MADE_UP = {
    "BANSHI_WECHAT_TOKEN": "simulator",
    "BANSHI_WECHAT_AES_KEY": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
    "BANSHI_WECHAT_APP_ID": "wx0123456789abcdef",
}


def account(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The operator's WeChat settings, or those of a made-up account in safe mode when there are none."""
    if environ.get("BANSHI_WECHAT_TOKEN"):
        return {name: environ.get(name, "") for name in MADE_UP}
    return dict(MADE_UP)


def simulate(project: Project, rest: list[str]) -> int:
    """Talk to the bot at BANSHI_URL as WeChat would; without it, to servers started for the purpose."""
    if address := os.environ.get("BANSHI_URL"):
        return _simulator(project, address)
    prepare(project)
    with running(project, settings=account(), starting=shown("Starting both servers")) as servers:
        return _simulator(project, servers.website)


def _simulator(project: Project, address: str) -> int:
    environment = {**variables.for_children(project), **account(), "BANSHI_URL": address}
    command = [str(project.rasa_python), "-m", "bot.channels.wechat.simulator"]
    return subprocess.run(command, cwd=project.root, env=environment).returncode
