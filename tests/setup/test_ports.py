from __future__ import annotations

import socket

import pytest

from bot.setup import ports
from bot.setup.problem import Problem


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0"])
def test_a_taken_port_names_itself_and_the_setting(address: str) -> None:
    with socket.socket() as other:
        other.bind((address, 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Problem) as caught:
            ports.require_free(port, "BANSHI_PORT")
    assert str(caught.value) == (
        f"Port {port} is taken by another program: stop that, or choose another port with BANSHI_PORT=<number>."
    )


def test_a_free_port_is_free_and_no_outgoing_connection_s() -> None:
    found = [ports.free_port() for _ in range(50)]
    assert len(set(found)) == 50
    for port in found:
        ports.require_free(port, "BANSHI_PORT")
        assert 1024 < port < 32_768


def test_the_setting_overrides_the_default() -> None:
    assert ports.configured("BANSHI_PORT", 5005, {}) == 5005
    assert ports.configured("BANSHI_PORT", 5005, {"BANSHI_PORT": ""}) == 5005
    assert ports.configured("BANSHI_PORT", 5005, {"BANSHI_PORT": "8080"}) == 8080


@pytest.mark.parametrize("text", ["0", "65536", "-1", "http", "80.5", "８０８０x"])
def test_no_port_number_is_one_sentence(text: str) -> None:
    with pytest.raises(Problem, match="write a port number from 1 to 65535, or unset it for 5005"):
        ports.configured("BANSHI_PORT", 5005, {"BANSHI_PORT": text})
