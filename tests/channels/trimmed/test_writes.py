"""A request leaves in one piece, and arrives as before."""

from __future__ import annotations

import asyncio
from unittest.mock import MagicMock

import aiohttp
import pytest
from aiohttp import client_reqrep
from multidict import CIMultiDict

from bot.channels.trimmed import writes


def test_head_and_body_are_written_at_once_and_the_rest_as_it_comes() -> None:
    written: list[bytes] = []
    protocol = MagicMock()
    protocol._drain_helper = asyncio.sleep
    protocol.transport.is_closing.return_value = False
    protocol.transport.write.side_effect = written.append

    async def write() -> None:
        writer = writes.Together(protocol, asyncio.get_running_loop())
        await writer.write_headers("POST / HTTP/1.1", CIMultiDict({"Host": "here"}))
        assert written == []
        await writer.write(b"one")
        await writer.write(b"two")

    asyncio.run(write())
    assert written == [b"POST / HTTP/1.1\r\nHost: here\r\n\r\none", b"two"]


@pytest.mark.parametrize("body", [None, b"", b"x" * 200_000])
def test_every_request_arrives(monkeypatch: pytest.MonkeyPatch, body: bytes | None) -> None:
    monkeypatch.setattr(client_reqrep, "StreamWriter", client_reqrep.StreamWriter)
    writes.install()
    arrived: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        lines = dict(line.split(b": ", 1) for line in head.strip().split(b"\r\n")[1:])
        arrived.append(await reader.readexactly(int(lines.get(b"Content-Length", b"0"))))
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}")

    async def ask() -> str:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as http:
            answer = http.get(address) if body is None else http.post(address, data=body)
            async with answer as response:
                text = await response.text()
        server.close()
        return text

    assert asyncio.run(ask()) == "{}"
    assert arrived == [body or b""]


def test_a_lost_connection_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_reqrep, "StreamWriter", client_reqrep.StreamWriter)
    writes.install()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.close()

    async def ask() -> None:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as http:
            with pytest.raises(aiohttp.ClientError):
                await http.post(address, data=b"x")
        server.close()

    asyncio.run(ask())
