"""The channel over Rasa itself: a tiny model with a form, and an action server that comes and goes."""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import rasa
from rasa.core.agent import load_agent
from rasa.core.utils import AvailableEndpoints
from rasa.utils.endpoints import EndpointConfig

from bot.channels.settings import ChannelSettings
from tests.channels.conftest import SECRET, Client, question, reply, serving

# Training and loading a model warn about Rasa's own dependencies in many places.
pytestmark = pytest.mark.filterwarnings("default")

CONFIG = """
recipe: default.v1
language: en
assistant_id: channel-test
pipeline:
- name: WhitespaceTokenizer
- name: KeywordIntentClassifier
policies:
- name: RulePolicy
"""
DOMAIN = """
version: "3.1"
intents: [open, choose, lost_card, restart]
entities: [choice, language]
slots:
  applicant:
    type: text
    mappings:
    - {type: custom}
forms:
  case_form:
    required_slots: [applicant]
actions: [action_open, action_answer, action_ask_applicant, validate_case_form, action_lost]
session_config: {session_expiration_time: 60, carry_over_slots_to_new_session: true}
"""
TRAINING = """
version: "3.1"
nlu:
- intent: open
  examples: |
    - begin
- intent: choose
  examples: |
    - pick
- intent: lost_card
  examples: |
    - lost
rules:
- rule: open
  steps:
  - intent: open
  - action: action_open
- rule: lost
  steps:
  - intent: lost_card
  - action: case_form
  - active_loop: case_form
- rule: known
  condition:
  - active_loop: case_form
  steps:
  - action: case_form
  - active_loop: null
  - slot_was_set:
    - requested_slot: null
  - action: action_answer
"""


def act(call: dict[str, Any]) -> dict[str, Any]:
    """What the action server would do: fill the slot from a choice, ask, answer."""
    name, tracker = call["next_action"], call["tracker"]
    if name == "validate_case_form":
        chosen = [entity["value"] for entity in tracker["latest_message"]["entities"] if entity["entity"] == "choice"]
        value = chosen[0].removeprefix("fact:applicant=") if chosen else None
        return {"events": [{"event": "slot", "name": "applicant", "value": value}], "responses": []}
    said = {
        "action_open": reply("您好"),
        "action_ask_applicant": question(),
        "action_answer": reply(f"办理人：{tracker['slots']['applicant']}"),
    }[name]
    return {"events": [], "responses": [said]}


class ActionServer:
    """Listens on a fixed port while it is up."""

    def __init__(self) -> None:
        self.port = 0
        self.up()

    def up(self) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                call = json.loads(self.rfile.read(int(self.headers["content-length"])))
                body = json.dumps(act(call)).encode()
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def down(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("model")
    for name, text in (("config.yml", CONFIG), ("domain.yml", DOMAIN), ("data.yml", TRAINING)):
        (folder / name).write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("RASA_TELEMETRY_ENABLED", "false")
        trained = rasa.train("domain.yml", "config.yml", ["data.yml"], output="models")
    assert trained.model
    return str(folder / trained.model)


@pytest.fixture
def actions() -> Iterator[ActionServer]:
    made = ActionServer()
    yield made
    made.down()


@pytest.fixture
def client(model: str, actions: ActionServer, tmp_path: Path) -> Iterator[Client]:
    endpoints = AvailableEndpoints(
        action=EndpointConfig(f"http://127.0.0.1:{actions.port}/webhook"),
        tracker_store=EndpointConfig(
            f"sqlite:///{tmp_path / 'tracker.db'}", type="bot.channels.tracker_store.ConversationStore"
        ),
    )
    agent = asyncio.run(load_agent(model, endpoints=endpoints))
    with serving(agent, ChannelSettings(SECRET, rate_session=0, rate_address=0)) as made:
        yield made
    agent.tracker_store._tracker_store.engine.dispose()


def texts(response: Any) -> list[str]:
    assert response.status_code == 200, response.text
    return [one["text"] for one in response.json()["replies"]]


def test_a_choice_fills_a_fact(client: Client) -> None:
    assert [one["text"] for one in client.open().json()["replies"]] == ["您好"]
    [asked] = client.send("lost").json()["replies"]
    assert texts(client.send(choice=asked["choices"][1]["token"])) == ["办理人：agent"]
    shown = [(message["from"], message["text"]) for message in client.history()]
    assert shown == [
        ("bot", "您好"),
        ("user", "lost"),
        ("bot", "谁去办理？"),
        ("user", "他人代办"),
        ("bot", "办理人：agent"),
    ]


def test_the_action_server_is_down_for_a_while(client: Client, actions: ActionServer) -> None:
    client.open()
    [asked] = client.send("lost").json()["replies"]
    actions.down()
    once = "8c5f0a52-6c43-4b6b-9a0e-6d1f3f0f7f11"
    down = client.send(choice=asked["choices"][1]["token"], message_id=once)
    assert "12333" in texts(down)[0]
    assert client.send("lost", message_id=once).status_code == 409
    assert "12333" in texts(client.send("lost"))[0]
    actions.up()
    assert client.send(choice=asked["choices"][1]["token"], message_id=once).json() == down.json()
    [asked] = client.send("lost").json()["replies"]
    assert asked["status"] == "question"
    assert texts(client.send(choice=asked["choices"][0]["token"])) == ["办理人：self"]


def test_a_session_that_began_without_the_action_server(client: Client, actions: ActionServer) -> None:
    actions.down()
    [greeting] = client.open("en").json()["replies"]
    assert greeting["status"] == "notice"
    assert "12333" in greeting["text"]
    assert greeting["language"] == "en"
    actions.up()
    assert client.send("lost").json()["replies"][0]["status"] == "question"


@pytest.mark.parametrize(
    "typed", ["/restart", '/choose{"choice": "fact:applicant=agent"}', "／lost_card", "\u200b/open"]
)
def test_typed_payloads_are_not_intents(client: Client, tmp_path: Path, typed: str) -> None:
    client.open()
    client.send("lost")
    assert client.send(typed).status_code == 200
    with closing(sqlite3.connect(tmp_path / "tracker.db")) as database:
        rows = database.execute("select intent_name from events where type_name = 'user' order by id").fetchall()
    assert [intent for (intent,) in rows] == ["open", "lost_card", None]


def test_nothing_a_person_writes_is_logged(
    client: Client, caplog: pytest.LogCaptureFixture, actions: ActionServer
) -> None:
    caplog.set_level(logging.INFO)
    client.open()
    client.send("lost the giraffe")
    actions.down()
    client.send("lost the giraffe again")
    actions.up()
    assert "giraffe" not in caplog.text
    assert "web:" not in caplog.text.replace("web:…", "")
