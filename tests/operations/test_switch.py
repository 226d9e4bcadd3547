"""Off and on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.operations.__main__ import main


def test_off_and_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "off.json"
    monkeypatch.setenv("BANSHI_OFF_FILE", str(path))
    assert main(["off", "--zh", "今天停机", "--en", "Closed today"]) == 0
    assert json.loads(path.read_text("utf-8")) == {"zh": "今天停机", "en": "Closed today"}
    assert main(["off"]) == 0
    assert "12333" in json.loads(path.read_text("utf-8"))["zh"]
    assert main(["on"]) == 0
    assert not path.exists()
    assert main(["on"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "The bot was not switched off."


def test_a_mistake_is_a_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("BANSHI_TURN_SECONDS", "ten")
    assert main(["settings"]) == 1
    captured = capsys.readouterr()
    assert captured.err.strip() == "BANSHI_TURN_SECONDS is 'ten'; write a whole number from 1 to 60."
    assert "BANSHI_SECRET " in captured.out
