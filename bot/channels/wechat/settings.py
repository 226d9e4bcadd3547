"""Settings of the WeChat channel, read from the environment; every mistake is one sentence.

| variable | meaning | default |
|---|---|---|
| `BANSHI_WECHAT_TOKEN` | the Token of the account's server configuration | none: no WeChat channel |
| `BANSHI_WECHAT_AES_KEY` | its EncodingAESKey, 43 characters; switches safe mode on, for good | none: plain mode |
| `BANSHI_WECHAT_APP_ID` | the account's AppID | none; required in safe mode |
| `BANSHI_WECHAT_APP_SECRET` | the AppSecret: late answers go out as customer-service messages | none: off |
| `BANSHI_WECHAT_WINDOW` | seconds a push may be old or ahead; 0 switches the check off | 600 |
| `BANSHI_WECHAT_RATE` | messages per minute and person; 0 switches the limit off | 30 |
| `BANSHI_REDIS_URL` | Redis shared by several Rasa servers | none: this process's memory |
| `BANSHI_PUBLIC_URL` | the web page a procedure is linked to | none: no link |
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.channels.settings import REDIS_URL, SettingsError, read_address, read_number, read_secret

_TOKEN = re.compile(r"[A-Za-z0-9]{3,32}")
_AES_KEY = re.compile(r"[A-Za-z0-9]{43}")
_APP_ID = re.compile(r"[A-Za-z0-9_-]{4,64}")
_PUBLIC_URL = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]+(?:/[A-Za-z0-9._~/\-]*)?")


@dataclass(frozen=True)
class WechatSettings:
    """What the channel needs to know; an empty text means "not configured". Times in seconds."""

    secret: bytes = field(repr=False)
    token: str = field(repr=False)
    aes_key: str = field(default="", repr=False)
    app_id: str = ""
    app_secret: str = field(default="", repr=False)
    window: int = 600
    rate: int = 30
    redis_url: str = field(default="", repr=False)
    public_url: str = ""
    deadline: float = 4.0  # WeChat hangs up after 5
    api: str = "https://api.weixin.qq.com"

    @property
    def safe_mode(self) -> bool:
        """Whether every push has to be encrypted."""
        return bool(self.aes_key)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> WechatSettings | None:
        """Read the variables listed above; None when WeChat is not configured at all.

        Raises SettingsError when it is configured by half.
        """
        token, aes_key, app_id, app_secret = (
            environment.get(f"BANSHI_WECHAT_{name}", "").strip()
            for name in ("TOKEN", "AES_KEY", "APP_ID", "APP_SECRET")
        )
        if not any((token, aes_key, app_id, app_secret)):
            return None
        _check_account(token, aes_key, app_id, app_secret)
        return cls(
            secret=read_secret(environment),
            token=token,
            aes_key=aes_key,
            app_id=app_id,
            app_secret=app_secret,
            window=read_number(environment, "BANSHI_WECHAT_WINDOW", 600, least=0),
            rate=read_number(environment, "BANSHI_WECHAT_RATE", 30, least=0),
            redis_url=read_address(environment, "BANSHI_REDIS_URL", REDIS_URL, "redis://127.0.0.1:6379/0"),
            public_url=read_address(environment, "BANSHI_PUBLIC_URL", _PUBLIC_URL, "https://www.example.gov.cn/card"),
        )


def _check_account(token: str, aes_key: str, app_id: str, app_secret: str) -> None:
    if not token:
        raise SettingsError(
            "WeChat is configured by half: set BANSHI_WECHAT_TOKEN to the Token of the account's server configuration, "
            "or remove the other BANSHI_WECHAT settings."
        )
    if not _TOKEN.fullmatch(token):
        raise SettingsError("BANSHI_WECHAT_TOKEN must be 3 to 32 letters and digits, as in the server configuration.")
    if aes_key and not _AES_KEY.fullmatch(aes_key):
        raise SettingsError(
            f"BANSHI_WECHAT_AES_KEY has {len(aes_key)} characters, but an EncodingAESKey has 43 letters and digits."
        )
    if aes_key and not app_id:
        raise SettingsError("BANSHI_WECHAT_AES_KEY is set, so BANSHI_WECHAT_APP_ID is needed too: safe mode checks it.")
    if app_secret and not app_id:
        raise SettingsError("BANSHI_WECHAT_APP_SECRET is set, so BANSHI_WECHAT_APP_ID is needed too.")
    if app_id and not _APP_ID.fullmatch(app_id):
        raise SettingsError("BANSHI_WECHAT_APP_ID is not an AppID such as wx0123456789abcdef.")
