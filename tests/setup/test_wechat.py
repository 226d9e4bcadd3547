"""The account the simulator and the measurement use."""

from __future__ import annotations

from bot.setup.wechat import MADE_UP, account


def test_a_made_up_account_in_safe_mode_when_there_is_none() -> None:
    assert account({}) == MADE_UP
    assert len(MADE_UP["BANSHI_WECHAT_AES_KEY"]) == 43


def test_the_operators_own_account() -> None:
    own = {"BANSHI_WECHAT_TOKEN": "token", "BANSHI_WECHAT_APP_SECRET": "not for the simulator"}
    assert account(own) == {
        "BANSHI_WECHAT_TOKEN": "token",
        "BANSHI_WECHAT_AES_KEY": "",
        "BANSHI_WECHAT_APP_ID": "",
    }
