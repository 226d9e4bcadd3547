"""Chat with the running server in a terminal, over the website's own HTTP contract: `python -m bot.channels.terminal`.

A number picks a choice of the latest reply, `/quit` or the end of input leaves; the conversation is deleted then.
Standard library only, so it runs on any Python.
"""

from __future__ import annotations

import argparse
import json
import sys
import unicodedata
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterable
from typing import Any, TextIO

WORDS = {
    "zh": {"hint": "直接输入问题；输入数字选择；/quit 退出。", "offline": "连不上服务器 {url}，请先运行 make run。"},
    "en": {
        "hint": "Type a question; a number picks a choice; /quit leaves.",
        "offline": "There is no server at {url}: run `make run` first.",
    },
}


class Refused(Exception):
    """The server refused a request; the message is its sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


class Server:
    """The contract's calls against one server."""

    def __init__(self, url: str, language: str) -> None:
        self._url = f"{url.rstrip('/')}/webhooks/website"
        self._language = language
        self._token = ""
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def open(self) -> list[dict[str, Any]]:
        """Begin a conversation; returns the greeting."""
        self._token = ""
        answer = self._call("POST", "/sessions", {"language": self._language})
        self._token = answer["session"]
        return list(answer["replies"])

    def send(self, key: str, value: str) -> list[dict[str, Any]]:
        """Send a `text` or a `choice`; returns the replies."""
        return list(self._call("POST", "/messages", {key: value, "message_id": str(uuid.uuid4())})["replies"])

    def close(self) -> None:
        """Delete the conversation."""
        self._call("DELETE", "/sessions", None)

    def _call(self, method: str, path: str, body: dict[str, Any] | None) -> dict[str, Any]:
        """The JSON of the answer; raises Refused, or OSError when there is no server."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json", "Accept-Language": self._language}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        request = urllib.request.Request(self._url + path, data, headers, method=method)
        try:
            with self._opener.open(request, timeout=30) as response:
                text = response.read().decode()
        except urllib.error.HTTPError as error:
            raise Refused(error.code, _sentence(error)) from error
        return dict(json.loads(text)) if text else {}


def chat(server: Server, lines: Iterable[str], out: TextIO, words: dict[str, str], echo: bool) -> None:
    """Read lines until `/quit`, answer each; `echo` repeats them, for input that is not typed at a terminal."""
    print(words["hint"], file=out)
    choices = show(server.open(), out)
    for line in lines:
        text = line.strip()
        if echo and text:
            print(f"> {text}", file=out)
        if text == "/quit":
            break
        if not text:
            continue
        try:
            choices = show(server.send(*picked(text, choices)), out)
        except Refused as refusal:
            print(refusal, file=out)
            if refusal.status == 401:
                choices = show(server.open(), out)
    server.close()


def picked(text: str, choices: list[dict[str, Any]]) -> tuple[str, str]:
    """What to send: the choice a number stands for, or the text itself."""
    number = unicodedata.normalize("NFKC", text)
    if number.isascii() and number.isdigit() and 1 <= int(number) <= len(choices):
        return "choice", str(choices[int(number) - 1]["token"])
    return "text", text


def show(replies: list[dict[str, Any]], out: TextIO) -> list[dict[str, Any]]:
    """Print the replies; returns the choices offered, numbered from 1 over all of them."""
    choices: list[dict[str, Any]] = []
    for reply in replies:
        print(reply["text"], file=out)
        said = set(reply["text"].splitlines())
        for choice in reply.get("choices", []) if "procedure" not in reply else []:  # there they change facts
            choices.append(choice)
            if (line := f"{len(choices)}. {choice['title']}") not in said:
                print(f"  {line}", file=out)
    print(file=out, flush=True)
    return choices


def main(arguments: list[str] | None = None) -> int:
    """0 after a conversation, 1 when there is no server or it refused to begin one."""
    parser = argparse.ArgumentParser(prog="python -m bot.channels.terminal", description=__doc__.partition("\n")[0])
    parser.add_argument("--url", default="http://127.0.0.1:5005", help="where the server is (%(default)s)")
    parser.add_argument("--language", choices=["zh", "en"], default="zh", help="language of the greeting (%(default)s)")
    options = parser.parse_args(arguments)
    words = WORDS[options.language]
    typed = sys.stdin.isatty()
    try:
        chat(Server(options.url, options.language), _typed() if typed else sys.stdin, sys.stdout, words, echo=not typed)
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except OSError:
        print(words["offline"].format(url=options.url), file=sys.stderr)
        return 1
    return 0


def _typed() -> Iterable[str]:
    while True:
        try:
            yield input("> ")
        except (EOFError, KeyboardInterrupt):
            return


def _sentence(error: urllib.error.HTTPError) -> str:
    try:
        return str(json.loads(error.read())["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return f"HTTP {error.code}"


if __name__ == "__main__":
    sys.exit(main())
