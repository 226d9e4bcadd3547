"""The nginx configuration: nginx itself reads it, and publishes only the channels."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from bot.setup import nginx
from bot.setup.problem import Problem
from bot.setup.project import Project

FRONT = nginx.Front(
    "127.0.0.1:8080",
    "127.0.0.1:8081",
    "127.0.0.1:8082",
    ["127.0.0.1:5005", "127.0.0.1:5006"],
    ["127.0.0.1:5055"],
    ["127.0.0.1:5056"],
)


def test_nginx_accepts_it(tmp_path: Path) -> None:
    path = nginx.write(Project.here(), FRONT, tmp_path / "nginx")
    nginx.check(path)
    text = path.read_text("utf-8")
    assert text.count("server 127.0.0.1:500") == 2
    published = re.findall(r"location (?:= )?(\S+) \{[^}]*proxy_pass http://(?:rasa|console)", text)
    assert published == ["/webhooks/website/", "/webhooks/wechat", "/webhooks/wechat/", "/console"]
    assert text.count("location / { return 404; }") == 2
    assert re.search(r"listen 127.0.0.1:8082;[^}]*allow 127.0.0.1;\s+deny all;", text)
    assert "$request_id" in text
    assert "${" not in text


def test_with_certificates_it_speaks_tls(tmp_path: Path) -> None:
    subject = ["-subj", "/CN=localhost", "-days", "1", "-nodes", "-newkey", "rsa:2048", "-x509"]
    files = ["-keyout", str(tmp_path / "server.key"), "-out", str(tmp_path / "server.crt")]
    subprocess.run(["openssl", "req", *subject, *files], check=True, capture_output=True)
    path = nginx.write(Project.here(), replace(FRONT, certificates=tmp_path), tmp_path / "nginx")
    nginx.check(path)
    assert "listen 127.0.0.1:8080 ssl;" in path.read_text("utf-8")


def test_a_mistake_is_nginx_own_sentence(tmp_path: Path) -> None:
    path = nginx.write(Project.here(), FRONT, tmp_path / "nginx")
    path.write_text(path.read_text("utf-8").replace("keepalive 32;", "keepalive many;"), encoding="utf-8")
    with pytest.raises(Problem, match="keepalive"):
        nginx.check(path)
