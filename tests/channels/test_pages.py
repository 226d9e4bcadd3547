"""The demo page as it is served: its files, nothing else, and nothing from elsewhere."""

from __future__ import annotations

import re

import pytest

from bot.widget.files import FOLDER, TYPES, read_files
from tests.channels.conftest import Client, error_of

SERVED = sorted(path.name for path in FOLDER.iterdir() if path.suffix in TYPES)
FILES = {name for name in SERVED if not name.endswith(".html")}


def test_the_page_is_served_with_a_strict_policy(client: Client) -> None:
    page = client.call("GET", "/demo")
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert policy.endswith("require-trusted-types-for 'script'; trusted-types 'none'")
    assert page.headers["vary"] == "Accept-Encoding, Origin"
    again = client.call("GET", "/demo", headers={"if-none-match": page.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.call("HEAD", "/demo").content == b""


def test_every_file_the_page_names_is_there(client: Client) -> None:
    sources = {name: (FOLDER / name).read_text(encoding="utf-8") for name in SERVED}
    named = set()
    for page, other in (("demo.html", "demo-en"), ("demo-en.html", "demo")):
        named |= set(re.findall(r'(?:href|src)="([^"#:]+)"', sources[page])) - {other}
    for source in sources.values():
        named |= set(re.findall(r'from "\./([^"]+)"', source))
    assert named == FILES
    for name in named:
        response = client.call("GET", f"/{name}")
        assert response.status_code == 200
        assert response.content == read_files()[name].body
        assert response.headers["x-content-type-options"] == "nosniff"
    assert client.call("GET", "/widget.js").headers["content-type"] == "text/javascript; charset=utf-8"


@pytest.mark.parametrize("file", SERVED)
def test_nothing_from_elsewhere_and_no_markup_from_text(file: str) -> None:
    source = (FOLDER / file).read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", source)
    addresses = set(re.findall(r"https?://[a-z][^\s\"'<>]*", source))
    assert addresses <= {"http://www.w3.org/2000/svg"}
    assert not re.search(r"<(?:script|style)>| style=| on[a-z]+=\"", source)


def test_the_source_of_the_server_is_not_served(client: Client) -> None:
    for path in ("/words", "/../website/pages.py", "/reply.schema.json", "/.git"):
        assert client.call("GET", path).status_code == 404
    assert error_of(client.call("POST", "/demo")) == (405, "method_not_allowed")
