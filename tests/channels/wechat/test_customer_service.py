"""T26: customer-service messages against a platform on the loopback."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from bot.channels.wechat.access_token import AccessToken, ApiError
from bot.channels.wechat.customer_service import REASONS, CustomerService, HttpPost
from bot.channels.wechat.quotas import FOR_A_MESSAGE, FOR_AN_EVENT, Quotas
from bot.channels.wechat.simulator.account import PERSON
from tests.channels.conftest import eventually, reply
from tests.channels.wechat.conftest import APP_ID, PLAIN, SlowBot, wechat_for


class Platform:
    """Answers sends with what `codes` says, in turn; then with 0."""

    def __init__(self) -> None:
        self.fetched: list[dict[str, Any]] = []
        self.sent: list[dict[str, Any]] = []
        self.tokens: list[str] = []
        self.bodies: list[bytes] = []
        self.codes: list[int] = []
        self.always: int | None = None
        self.seconds = 0.0
        self.raw: tuple[int, bytes] | None = None

    def answer(self, path: str, body: bytes) -> tuple[int, bytes]:
        time.sleep(self.seconds)
        if self.raw:
            return self.raw
        asked = json.loads(body)
        if path == "/cgi-bin/stable_token":
            self.fetched.append(asked)
            return 200, json.dumps({"access_token": f"token{len(self.fetched)}", "expires_in": 7200}).encode()
        self.tokens.append(path.partition("access_token=")[2])
        self.bodies.append(body)
        code = self.always if self.always is not None else (self.codes.pop(0) if self.codes else 0)
        if code == 0:
            self.sent.append(asked)
        return 200, json.dumps({"errcode": code, "errmsg": "..."}).encode()


@pytest.fixture
def platform() -> Platform:
    return Platform()


@pytest.fixture
def api(platform: Platform) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status, body = platform.answer(self.path, self.rfile.read(int(self.headers["content-length"])))
            self.send_response(status)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        request_queue_size = 100

        def handle_error(self, *_: Any) -> None:
            """A client that gave up is part of a test."""

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def service(api: str, seconds: float = 2.0) -> CustomerService:
    post = HttpPost(api, seconds)
    return CustomerService(AccessToken(APP_ID, "secret", post), post)


def code_of(made: CustomerService) -> int:
    """The errcode sending ends with, 0 when it succeeds."""
    try:
        asyncio.run(made.send(PERSON, "你好"))
    except ApiError as error:
        return error.code
    return 0


def test_t26_one_token_for_fifty_sends(platform: Platform, api: str) -> None:
    platform.seconds = 0.05

    async def scenario() -> None:
        made = service(api, 10.0)
        await asyncio.gather(*(made.send(PERSON, f"第{number}条") for number in range(50)))

    asyncio.run(scenario())
    assert platform.fetched == [
        {"grant_type": "client_credential", "appid": APP_ID, "secret": "secret", "force_refresh": False}
    ]
    assert len(platform.sent) == 50
    assert set(platform.tokens) == {"token1"}
    assert platform.sent[0]["touser"] == PERSON
    assert "第".encode() in platform.bodies[0]  # not as \u escapes


@pytest.mark.parametrize("code", [40001, 40014, 42001])
def test_t26_a_refused_token_is_renewed_once(platform: Platform, api: str, code: int) -> None:
    platform.codes = [code]
    assert code_of(service(api)) == 0
    assert [asked["force_refresh"] for asked in platform.fetched] == [False, True]
    assert platform.tokens == ["token1", "token2"]


@pytest.mark.parametrize("code", [40001, 40014, 42001])
def test_t26_a_token_refused_again_is_given_up(platform: Platform, api: str, code: int) -> None:
    platform.always = code
    assert code_of(service(api)) == code
    assert len(platform.fetched) == 2
    assert len(platform.tokens) == 2


@pytest.mark.parametrize("code", [45009, 45015, 45047, 45002, 40164, 40003, 89503, 40243, 48001, 61004, 40200, 99999])
def test_t26_refusals_are_final(platform: Platform, api: str, code: int) -> None:
    platform.always = code
    assert code_of(service(api)) == code
    assert len(platform.tokens) == 1
    assert code in REASONS or code == 99999


def test_t26_a_busy_platform_is_asked_three_times(platform: Platform, api: str) -> None:
    platform.codes = [-1, -1]
    assert code_of(service(api)) == 0
    assert len(platform.tokens) == 3
    platform.always = -1
    assert code_of(service(api)) == -1
    assert len(platform.tokens) == 6


@pytest.mark.parametrize(
    ("raw", "code"),
    [((500, b"<html>"), -3), ((200, b"<html>"), -3), ((200, b"[]"), -3), ((200, b'{"errcode": 40013}'), 40013)],
)
def test_t26_answers_that_are_none(platform: Platform, api: str, raw: tuple[int, bytes], code: int) -> None:
    platform.raw = raw
    assert code_of(service(api)) == code


def test_t26_a_platform_that_does_not_answer(platform: Platform, api: str) -> None:
    platform.seconds = 0.8
    started = time.monotonic()
    assert code_of(service(api, 0.3)) == -2
    assert time.monotonic() - started < 0.8
    assert code_of(service("http://127.0.0.1:9")) == -2


def test_t26_quotas() -> None:
    now = [0.0]
    quotas = Quotas(clock=lambda: now[0])
    assert not quotas.take("a")
    quotas.grant("a", FOR_AN_EVENT)
    assert [quotas.take("a") for _ in range(4)] == [True, True, True, False]
    quotas.grant("a", FOR_AN_EVENT)
    now[0] = 61.0
    assert quotas.left("a") == 0
    quotas.grant("a", FOR_A_MESSAGE)
    now[0] = 48 * 3600.0
    assert [quotas.take("a") for _ in range(6)] == [True] * 5 + [False]
    quotas.grant("a", FOR_A_MESSAGE)
    quotas.grant("a", FOR_A_MESSAGE)
    assert quotas.left("a") == 5
    now[0] += 48 * 3600.0 + 1
    assert quotas.left("a") == 0
    quotas.grant("a", FOR_A_MESSAGE)
    quotas.forget("a")
    assert (quotas.left("a"), quotas.left("b")) == (0, 0)


def test_a_late_answer_is_sent(platform: Platform, api: str, bot: SlowBot) -> None:
    bot.delays["慢"] = 1.2
    settings = replace(PLAIN, app_id=APP_ID, app_secret="secret", api=api, deadline=0.5)
    with wechat_for(bot, settings) as wechat:
        assert "正在办理" in str(wechat.say("慢"))
        eventually(lambda: len(platform.sent) == 1)
        assert platform.sent[0] == {"touser": PERSON, "msgtype": "text", "text": {"content": "收到：慢"}}
        assert "没有更多内容" in str(wechat.say("9"))


def test_a_late_answer_that_cannot_be_sent_is_kept(
    platform: Platform, api: str, bot: SlowBot, caplog: pytest.LogCaptureFixture
) -> None:
    platform.always = 48001
    bot.delays["慢"] = 1.2
    bot.answer = lambda text: [reply("答案")]
    settings = replace(PLAIN, app_id=APP_ID, app_secret="secret", api=api, deadline=0.5)
    with wechat_for(bot, settings) as wechat:
        wechat.say("慢")
        eventually(lambda: "no permission to send (48001)" in caplog.text)
        assert wechat.say("9") == "答案"
    assert PERSON not in caplog.text
