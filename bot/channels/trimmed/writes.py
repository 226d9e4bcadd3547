"""aiohttp sends the head and the body of a request one after the other; together they cost half of it."""

from __future__ import annotations

from aiohttp import client_reqrep
from aiohttp.http_writer import StreamWriter


def install() -> None:
    """Let requests be written by `Together`; a second call changes nothing."""
    client_reqrep.StreamWriter = Together


class Together(StreamWriter):
    """Keeps the head until the first piece of the body comes, or the request ends or waits without one."""

    _kept: bytes | None = b""  # the head; None once it was sent

    def _write(self, chunk: bytes) -> None:
        if self._kept is None:
            super()._write(chunk)
        elif self._kept:
            self._send(self._kept + chunk)
        else:
            self._kept = chunk

    async def drain(self) -> None:
        """Send what was kept, and wait until the other side can take more."""
        if self._kept:
            self._send(self._kept)
        await super().drain()

    def _send(self, all_of_it: bytes) -> None:
        self._kept = None
        super()._write(all_of_it)
