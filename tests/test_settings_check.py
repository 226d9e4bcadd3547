"""Every mistake in the settings is one sentence that names the setting."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.errors import SettingError
from bot.settings_check import SETTINGS, faults, in_force, take_effect, with_file

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("BANSHI_TURN_SECONDS", "ten", "whole number from 1 to 60"),
        ("BANSHI_PORT", "70000", "from 1 to 65535"),
        ("BANSHI_MODE", "prod", "development or production"),
        ("BANSHI_KNOWLEDGE", "/no/such/folder", "no folder"),
        ("BANSHI_SECRET_FILE", "/no/such/file", "no file"),
        ("BANSHI_REDIS_URL", "localhost:6379", "redis://host:port"),
        ("BANSHI_TURN_SECOND", "5", "did you mean BANSHI_TURN_SECONDS?"),
    ],
)
def test_one_sentence_for_a_mistake(name: str, value: str, said: str) -> None:
    found = list(faults({name: value}))
    assert len(found) == 1
    assert found[0].startswith(f"{name} ")
    assert said in found[0]


def test_nothing_wrong_with_nothing_or_with_defaults() -> None:
    assert list(faults({})) == []
    numbers = {f"BANSHI_{name}": setting.default for name, setting in SETTINGS.items() if setting.kind == "number"}
    assert list(faults(numbers)) == []


def test_production_refuses_what_development_may_leave_out() -> None:
    found = list(faults({"BANSHI_MODE": "production", "BANSHI_LOG": "text"}))
    assert [re.findall(r"BANSHI_[A-Z_]+", fault)[0] for fault in found] == [
        "BANSHI_SECRET_FILE",
        "BANSHI_VAR",
        "BANSHI_LOG",
    ]


def test_the_environment_overrides_the_file(tmp_path: Path) -> None:
    file = tmp_path / "settings.yml"
    file.write_text("turn_seconds: 20\nrate_session: 5\norigins:\n")
    environment = {"BANSHI_SETTINGS": str(file), "BANSHI_RATE_SESSION": "7"}
    read = with_file(environment)
    assert (read["BANSHI_TURN_SECONDS"], read["BANSHI_RATE_SESSION"], read["BANSHI_ORIGINS"]) == ("20", "7", "")


@pytest.mark.parametrize("text", ["- a\n- b\n", "turn_seconds: [1, 2]\n", "a: b: c\n"])
def test_a_settings_file_that_is_none(tmp_path: Path, text: str) -> None:
    file = tmp_path / "settings.yml"
    file.write_text(text)
    with pytest.raises(SettingError, match=r"settings\.yml"):
        with_file({"BANSHI_SETTINGS": str(file)})


def test_all_faults_at_once_and_unknown_names_only_in_production() -> None:
    wrong = {"BANSHI_PORT": "x", "BANSHI_PROXIES": "y", "BANSHI_NEW": "1"}
    with pytest.raises(SettingError) as error:
        take_effect(dict(wrong))
    assert len(str(error.value).splitlines()) == 2
    with pytest.raises(SettingError, match="BANSHI_NEW is no setting"):
        take_effect({**wrong, "BANSHI_MODE": "production"})


def test_secrets_are_not_shown() -> None:
    given = {"BANSHI_SECRET": "s" * 40, "BANSHI_DB": "postgresql://bot:open-sesame@db/banshi"}
    shown = {name: value for name, value, _ in in_force(given)}
    assert (shown["BANSHI_SECRET"], shown["BANSHI_DB"]) == ("set", "postgresql://…@db/banshi")


def test_every_setting_read_in_the_code_is_in_the_table() -> None:
    modules = [*(ROOT / "bot" / "channels").rglob("*.py"), *(ROOT / "actions").rglob("*.py"), ROOT / "bot/settings.py"]
    read = {name for path in modules for name in re.findall(r'"BANSHI_([A-Z_]+[A-Z])"', path.read_text("utf-8"))}
    assert len(read) > 15
    assert read - {"URL"} <= set(SETTINGS)
