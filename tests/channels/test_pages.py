"""The demo page as it is served: its files, nothing else, and nothing from elsewhere."""

from __future__ import annotations

import re

import pytest

from bot.channels.website.pages import FOLDER
from tests.channels.conftest import Client, error_of

FILES = {path.name for path in FOLDER.iterdir() if path.suffix != ".html"}


def test_the_page_is_served_with_a_strict_policy(client: Client) -> None:
    page = client.call("GET", "/demo")
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    again = client.call("GET", "/demo", headers={"if-none-match": page.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.call("HEAD", "/demo").content == b""


def test_every_file_the_page_names_is_there(client: Client) -> None:
    sources = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    named = set(re.findall(r'(?:href|src)="([^"#]+)"', sources["demo.html"]))
    for source in sources.values():
        named |= set(re.findall(r'from "\./([^"]+)"', source))
    assert named == FILES
    for name in named:
        response = client.call("GET", f"/{name}")
        assert response.status_code == 200
        assert response.content == (FOLDER / name).read_bytes()
        assert response.headers["x-content-type-options"] == "nosniff"
    assert client.call("GET", "/demo.js").headers["content-type"] == "text/javascript; charset=utf-8"


@pytest.mark.parametrize("file", sorted(path.name for path in FOLDER.iterdir()))
def test_nothing_from_elsewhere_and_no_markup_from_text(file: str) -> None:
    source = (FOLDER / file).read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", source)
    addresses = set(re.findall(r"https?://[a-z][^\s\"'<>]*", source))
    assert addresses <= {"http://www.w3.org/2000/svg"}
    assert not re.search(r"<(?:script|style)>| style=| on[a-z]+=\"", source)


def test_both_languages_have_the_same_words() -> None:
    source = (FOLDER / "words.js").read_text(encoding="utf-8")
    chinese, english = source.split("  en: {")
    words = [re.findall(r"^    (\w+):", half, re.MULTILINE) for half in (chinese, english)]
    assert words[0] == words[1]
    assert len(words[0]) > 30


def test_the_source_of_the_server_is_not_served(client: Client) -> None:
    for path in ("/words", "/../website/pages.py", "/reply.schema.json", "/.git"):
        assert client.call("GET", path).status_code == 404
    assert error_of(client.call("POST", "/demo")) == (405, "method_not_allowed")
