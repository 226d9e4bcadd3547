"""No spelling of an intent payload reaches Rasa as one."""

from __future__ import annotations

import sys
import unicodedata
from random import Random

from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from rasa.shared.constants import INTENT_MESSAGE_PREFIX

from bot.channels.text import TextError, normalise, prepare
from bot.evaluation.security.attacks import disguises
from tests.channels.conftest import Client, ScriptedBot
from tests.channels.wechat.conftest import SlowBot, Wechat

NOBODYS = {"Co", "Cn"}  # for private use, not assigned
SIGNS = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code))[0] not in "LN"]
SIGNS = [sign for sign in SIGNS if unicodedata.category(sign) not in NOBODYS]


def test_rasas_prefix_is_what_we_take_off() -> None:
    assert INTENT_MESSAGE_PREFIX == "/"


def test_every_sign_of_unicode_before_and_instead_of_the_slash() -> None:
    made = 0
    for sign in (*SIGNS, "\ue000", "\uf8ff", "\U000f0000", "\U0010fffd"):
        if not normalise(sign) or "/" in normalise(sign):
            made += 1
            for typed in (f"{sign}/restart", f"{sign}restart", f"/{sign}/restart", f"{sign}{sign}/restart"):
                assert not prepare(typed, "zh").text.startswith("/"), hex(ord(sign))
    assert made > 2_000  # tags, surrogates, format and control characters, spaces


@examples(max_examples=400, deadline=None)
@given(st.text(max_size=12), st.sampled_from(["/restart", "／restart", '/choose{"choice":"x"}', "/ /open"]))
def test_anything_before_a_payload(before: str, payload: str) -> None:
    try:
        text = prepare(before + payload, "zh").text
    except TextError:
        return
    assert not text.startswith("/")
    assert text == text.strip()


def test_over_http(client: Client, bot: ScriptedBot) -> None:
    client.open()
    for typed in disguises(Random(3), 300):
        assert client.send(typed).status_code in (200, 400), ascii(typed)
    assert len(bot.seen) > 250
    assert not any(message.text.startswith("/") for message in bot.seen[1:])


def test_in_wechat(wechat: Wechat, slow_bot: SlowBot) -> None:
    sent = 0
    for number, typed in enumerate(disguises(Random(4), 150)):
        allowed = "".join(
            sign for sign in typed if sign in "\t\n\r" or (sign >= " " and not 0xD800 <= ord(sign) < 0xE000)
        )
        wechat.say(allowed, f"oPerson{number}")
        sent += 1
    assert sent == 150
    assert len(slow_bot.texts) > 100
    assert not any(text.startswith("/") for text in slow_bot.texts)
