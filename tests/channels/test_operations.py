"""Health and metrics of the Rasa server."""

from __future__ import annotations

import requests
import sqlalchemy as sa

from bot.channels.operations import OperationsChannel
from tests.channels.conftest import ScriptedBot, serving_channels


def test_health_follows_the_model_and_the_database(bot: ScriptedBot) -> None:
    with serving_channels(bot, [OperationsChannel()]) as root:
        bot.model_filename = "banshi-1.tar.gz"  # type: ignore[attr-defined]
        ready = requests.get(f"{root}/health/ready", timeout=5)
        assert (ready.status_code, ready.json()) == (200, {"status": "ok", "model": True, "database": True})
        assert 'banshi_served_info{model="banshi-1.tar.gz"} 1.0' in requests.get(f"{root}/metrics", timeout=5).text
        bot.ready = False
        without = requests.get(f"{root}/health/ready", timeout=5)
        assert (without.status_code, without.json()["model"]) == (503, False)
        assert requests.get(f"{root}/health/live", timeout=5).status_code == 200


def test_a_database_that_does_not_answer(bot: ScriptedBot) -> None:
    bot.model_filename = "banshi-1.tar.gz"  # type: ignore[attr-defined]
    with serving_channels(bot, [OperationsChannel()]) as root:
        bot.store.engine = sa.create_engine("sqlite:////no/such/folder/tracker.db")
        ready = requests.get(f"{root}/health/ready", timeout=5)
        assert (ready.status_code, ready.json()["database"]) == (503, False)


def test_every_response_names_its_request(bot: ScriptedBot) -> None:
    with serving_channels(bot, [OperationsChannel()]) as root:
        given = requests.get(f"{root}/health/live", headers={"x-request-id": "from-nginx-01"}, timeout=5)
        assert given.headers["x-request-id"] == "from-nginx-01"
        made = requests.get(f"{root}/health/live", timeout=5)
        assert len(made.headers["x-request-id"]) == 32
