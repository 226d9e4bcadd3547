"""WeChat's access token by `stable_token`: one fetch at a time, and another when the platform refuses the token.

`cgi-bin/token` makes every earlier token invalid, so two servers would fight; `stable_token` gives both the same.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any, Protocol

_EARLY = 300.0  # seconds before its end a token is replaced


class ApiError(Exception):
    """The platform refused a call: `code` is its errcode; -2 when it did not answer, -3 when not in JSON."""

    def __init__(self, code: int) -> None:
        super().__init__(f"errcode {code}")
        self.code = code


class Post(Protocol):
    """Posts JSON to a path of the platform; the answer as a dict. Raises ApiError -2 or -3, never errcodes."""

    async def __call__(self, path: str, body: dict[str, Any]) -> dict[str, Any]: ...


class AccessToken:
    """The current token of one account."""

    def __init__(self, app_id: str, app_secret: str, post: Post, clock: Callable[[], float] = time.monotonic) -> None:
        self._account = {"grant_type": "client_credential", "appid": app_id, "secret": app_secret}
        self._post = post
        self._clock = clock
        self._token = ""
        self._until = 0.0
        self._lock = asyncio.Lock()

    async def get(self, refused: str = "") -> str:
        """The token; another one when the platform `refused` that one. Raises ApiError."""
        async with self._lock:
            if self._token and self._token != refused and self._clock() < self._until:
                return self._token
            body = {**self._account, "force_refresh": bool(refused)}
            answer = await self._post("/cgi-bin/stable_token", body)
            if not answer.get("access_token"):
                raise ApiError(int(answer.get("errcode", -3)))
            self._token = str(answer["access_token"])
            self._until = self._clock() + max(0.0, float(answer.get("expires_in", 0)) - _EARLY)
            return self._token
