from datetime import timedelta

import pytest

from bot.console.settings import ConsoleSettings, SingleSignOn
from bot.console.words import words
from bot.errors import SettingError
from bot.setup.console import words as user_words
from bot.setup.problem import Problem

SSO = {
    "BANSHI_CONSOLE_SSO_HEADER": "X-User",
    "BANSHI_CONSOLE_SSO_SECRET": "s" * 32,
    "BANSHI_CONSOLE_PROXIES": "127.0.0.1",
}


def test_the_defaults_need_nothing_and_serve_nothing() -> None:
    settings = ConsoleSettings.from_environment({})
    assert (settings.port, settings.single_sign_on, settings.proxies) == (0, None, frozenset())
    assert (settings.lasts, settings.idle) == (timedelta(hours=10), timedelta(minutes=60))


def test_single_sign_on_is_read_whole() -> None:
    assert ConsoleSettings.from_environment(SSO).single_sign_on == SingleSignOn("X-User", "s" * 32)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"BANSHI_CONSOLE_SSO_SECRET": "short"}, "at least 32"),
        ({"BANSHI_CONSOLE_PROXIES": ""}, "needs BANSHI_CONSOLE_PROXIES"),
        ({"BANSHI_CONSOLE_PROXIES": "proxy.local"}, "write addresses"),
        ({"BANSHI_CONSOLE_SSO_HEADER": "X User"}, "name of a header"),
        ({"BANSHI_CONSOLE_PORT": "http"}, "whole number"),
        ({"BANSHI_CONSOLE_PORT": "70000"}, "whole number up to 65535"),
    ],
)
def test_mistakes_are_said(change: dict[str, str], why: str) -> None:
    with pytest.raises(SettingError, match=why):
        ConsoleSettings.from_environment({**SSO, **change})


def test_every_word_is_there_in_both_languages() -> None:
    chinese, english = words("zh"), words("en")
    assert set(chinese) == set(english)
    assert not [key for key in chinese if not chinese[key].strip() or not english[key].strip()]


def test_an_account_needs_a_name_and_a_role() -> None:
    assert user_words(["NAME=li", "ROLE=editor", "SSO="]) == ["li", "editor"]
    assert user_words(["NAME=li", "ROLE=editor", "SSO=yes"]) == ["li", "editor", "sso"]
    with pytest.raises(Problem, match="make console-user"):
        user_words(["NAME=", "ROLE=editor"])
