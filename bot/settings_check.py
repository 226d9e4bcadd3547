"""Every setting of the service in one table, and what is wrong with those given, one sentence each.

A settings file (BANSHI_SETTINGS, YAML, names without the prefix in lower case: ``turn_seconds: 10``) holds the settings
of an installation; environment variables override it. ``python -m bot.operations settings`` prints what is in force.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.errors import SettingError

PREFIX = "BANSHI_"
_UNKNOWN = "is no setting of this service"
_ADDRESS = re.compile(r"[a-z][a-z0-9+]*://\S+")


@dataclass(frozen=True)
class Setting:
    """``kind``: text, number (``least`` to ``most``), folder, file, address, choice (one of ``choices``)."""

    kind: str
    default: str
    meaning: str
    least: int = 0
    most: int = 10**9
    choices: tuple[str, ...] = ()
    secret: bool = False


SETTINGS: dict[str, Setting] = {
    "MODE": Setting("choice", "development", "production refuses what is only good for trying out",
                    choices=("development", "production")),
    "SETTINGS": Setting("file", "", "the settings file"),
    "VAR": Setting("text", "var", "folder of everything written at run time"),
    "CONTENT": Setting("folder", "", "folder with knowledge/ and data/nlu/; the project itself"),
    "KNOWLEDGE": Setting("folder", "", "folder of the knowledge, instead of the one in CONTENT"),
    "NLU": Setting("folder", "", "folder of the training phrases, instead of the one in CONTENT"),
    "DB": Setting("address", "", "conversations: sqlite:///… or postgresql://…; SQLite in VAR"),
    "REDIS_URL": Setting("address", "", "Redis shared by several servers", secret=True),
    "SECRET": Setting("text", "", "what every key is derived from, 32 characters or more", secret=True),
    "SECRET_FILE": Setting("file", "", "the file that holds it"),
    "OFF_FILE": Setting("text", "", "while this file exists the bot is switched off"),
    "LOG": Setting("choice", "", "form of the logs; json in production", choices=("json", "text")),
    "PORT": Setting("number", "5005", "port of the Rasa server", 1, 65535),
    "ACTIONS_PORT": Setting("number", "5055", "port of the action server", 1, 65535),
    "ACTIONS_URL": Setting("address", "", "where Rasa finds the action server's webhook"),
    "ORIGINS": Setting("text", "", "web origins allowed besides the server's own, separated by commas"),
    "PROXIES": Setting("number", "0", "reverse proxies in front whose X-Forwarded-For is believed", 0, 9),
    "SESSION_SECONDS": Setting("number", "86400", "how long a session lasts after it was last used", 60),
    "SESSION_LONGEST": Setting("number", "604800", "how long a session lasts at most", 60),
    "TURN_SECONDS": Setting("number", "10", "how long a person waits before 503", 1, 60),
    "RATE_SESSION": Setting("number", "30", "requests per minute and session; 0: no limit"),
    "RATE_ADDRESS": Setting("number", "600", "requests per minute and address; 0: no limit"),
    "RETENTION_DAYS": Setting("number", "30", "conversations are deleted so many days after their last message"),
    "PUBLIC_URL": Setting("address", "", "the web page a procedure is linked to"),
    "WECHAT_TOKEN": Setting("text", "", "the Token of the account's server configuration", secret=True),
    "WECHAT_AES_KEY": Setting("text", "", "its EncodingAESKey", secret=True),
    "WECHAT_APP_ID": Setting("text", "", "the account's AppID"),
    "WECHAT_APP_SECRET": Setting("text", "", "the AppSecret", secret=True),
    "WECHAT_WINDOW": Setting("number", "600", "seconds a push may be old or ahead"),
    "WECHAT_RATE": Setting("number", "30", "messages per minute and person; 0: no limit"),
    "ANNOUNCE_DAYS": Setting("number", "90", "changes this many days ahead are announced"),
    "ENCODER": Setting("text", "", "name or folder of the sentence model"),
    "ENCODER_THREADS": Setting("number", "", "threads of the sentence model", 1, 512),
    "EXACT_UP_TO": Setting("number", "", "rows up to which the search is exact"),
    "RELEASES": Setting("text", "", "folder of released models and knowledge; releases in VAR"),
}  # fmt: skip
ELSEWHERE = ("BANSHI_CONSOLE_", "BANSHI_URL", "BANSHI_RASA_PID", "BANSHI_TORCH_INDEX", "BANSHI_WHEELS", "BANSHI_PYTHON",
             "BANSHI_CHROMIUM", "BANSHI_EDITOR", "BANSHI_ADMIN")  # fmt: skip
"""Settings of the console (which checks its own), of the set-up and of evaluations."""


def with_file(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment completed by the settings file; what the environment says counts.

    Raises:
        SettingError: the file cannot be read, or is no list of names and values.
    """
    file = environment.get(PREFIX + "SETTINGS", "")
    if not file:
        return dict(environment)
    try:
        written = yaml.safe_load(Path(file).read_text(encoding="utf-8")) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SettingError(f"BANSHI_SETTINGS names {file}, which cannot be read: {type(error).__name__}.") from error
    if not isinstance(written, dict) or any(isinstance(value, dict | list) for value in written.values()):
        raise SettingError(f"{file} must be lines of a name and a value, such as `turn_seconds: 10`.")
    given = {PREFIX + str(name).upper(): "" if value is None else str(value) for name, value in written.items()}
    return {**given, **environment}


def faults(environment: Mapping[str, str]) -> Iterator[str]:
    """One sentence for each thing wrong; none when the service may start."""
    for name, value in sorted(environment.items()):
        if name.startswith(PREFIX) and not name.startswith(ELSEWHERE):
            yield from _faults_of(name, value)
    if environment.get(PREFIX + "MODE") == "production":
        yield from _production_faults(environment)


def take_effect(environment: MutableMapping[str, str]) -> None:
    """Complete the environment of a server that starts by its settings file.

    Raises:
        SettingError: all faults, a sentence a line. In development unknown names are let pass.
    """
    environment.update(with_file(environment))
    strict = environment.get(PREFIX + "MODE") == "production"
    if found := [fault for fault in faults(environment) if strict or _UNKNOWN not in fault]:
        raise SettingError("\n".join(found))


def in_force(environment: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """(name, value, meaning) of every setting; secrets are only said to be set."""
    for short, setting in SETTINGS.items():
        given = environment.get(PREFIX + short, "")
        shown = ("set" if given else "not set") if setting.secret else given or setting.default
        if short == "DB" and "@" in shown:
            shown = re.sub(r"//[^@]*@", "//…@", shown)
        yield PREFIX + short, shown, setting.meaning


def _faults_of(name: str, value: str) -> Iterator[str]:
    setting = SETTINGS.get(name.removeprefix(PREFIX))
    if setting is None:
        near = difflib.get_close_matches(name, [PREFIX + short for short in SETTINGS], 1)
        yield f"{name} {_UNKNOWN}" + (f"; did you mean {near[0]}?" if near else ".")
        return
    if not value.strip():
        return
    if setting.kind == "number" and not _is_number(value, setting):
        yield f"{name} is {value!r}; write a whole number from {setting.least} to {setting.most}."
    if setting.kind == "choice" and value.strip().lower() not in setting.choices:
        yield f"{name} is {value!r}; write {' or '.join(setting.choices)}."
    if setting.kind == "folder" and not Path(value).is_dir():
        yield f"{name} names {value}, which is no folder."
    if setting.kind == "file" and not Path(value).is_file():
        yield f"{name} names {value}, which is no file."
    if setting.kind == "address" and not _ADDRESS.fullmatch(value.strip()):
        yield f"{name} is no address such as {'redis' if 'REDIS' in name else 'http'}://host:port."


def _is_number(value: str, setting: Setting) -> bool:
    text = value.strip()
    return text.isascii() and text.isdigit() and setting.least <= int(text) <= setting.most


def _production_faults(environment: Mapping[str, str]) -> Iterator[str]:
    """What development may leave out; secrets, limits and passwords are checked by `bot.channels.production`."""
    given = {name.removeprefix(PREFIX) for name, value in environment.items() if name.startswith(PREFIX) and value}
    if not given & {"SECRET", "SECRET_FILE"}:
        yield "Production needs a secret of its own: set BANSHI_SECRET_FILE to a file with `openssl rand -hex 32`."
    if "VAR" not in given:
        yield "Production needs a folder of its own for what is written: set BANSHI_VAR."
    if environment.get(PREFIX + "LOG") == "text":
        yield "Production writes JSON logs: leave BANSHI_LOG out, or set json."
