"""A wire between two programs that can be cut, and mended."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from types import TracebackType

LOOPBACK = "127.0.0.1"


class Wire:
    """Passes connections on to where ``leads_to`` says.

    ``cut`` breaks every connection and refuses new ones; ``swallow`` takes everything and passes nothing on, as a
    network does that loses every packet; ``mend`` ends both.
    """

    def __init__(self) -> None:
        self._far: tuple[str, int] = (LOOPBACK, 0)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._open: set[asyncio.StreamWriter] = set()
        self._passing = asyncio.Event()
        self._whole = True
        self.port = 0

    def __enter__(self) -> Wire:
        self._thread.start()
        self._do(self._listen())
        self.mend()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.cut()
        self._do(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def leads_to(self, port: int) -> None:
        """The far end is this port on loopback."""
        self._far = (LOOPBACK, port)

    def cut(self) -> None:
        """Break what is open, refuse what comes."""
        self._whole = False
        self._do(self._break())

    def swallow(self) -> None:
        """Pass nothing on; nobody is told."""
        self._loop.call_soon_threadsafe(self._passing.clear)

    def mend(self) -> None:
        """Pass everything on again, and what was swallowed as well: TCP sends it again."""
        self._whole = True
        self._loop.call_soon_threadsafe(self._passing.set)

    def _do(self, work: object) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(5)  # type: ignore[arg-type]

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._connected, LOOPBACK, 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _connected(self, near: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        self._open.add(answer)
        try:
            if not self._whole:
                return
            far, sent = await asyncio.open_connection(*self._far)
            self._open.add(sent)
            await asyncio.gather(self._pass(near, sent), self._pass(far, answer))
        except OSError:
            pass
        finally:
            for one in (answer, *([sent] if "sent" in locals() else [])):
                self._open.discard(one)
                one.close()

    async def _pass(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await source.read(65_536):
                await self._passing.wait()
                target.write(data)
                await target.drain()
        with suppress(OSError, RuntimeError):
            target.write_eof()

    async def _break(self) -> None:
        for one in list(self._open):
            one.transport.abort()

    async def _close(self) -> None:
        self._server.close()
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
