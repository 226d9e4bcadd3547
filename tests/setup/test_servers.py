from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from bot.setup import health, servers, training
from bot.setup.problem import Problem
from bot.setup.project import Project
from tests.setup.fakes import environment_of, fake_project

# Answers every GET with its environment variables as JSON.
STUB = """
import http.server, json, os, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
        self.wfile.write(json.dumps(dict(os.environ)).encode())
http.server.HTTPServer(("127.0.0.1", int(PORT)), Handler).serve_forever()
"""
ACTIONS = STUB.replace("PORT", "os.environ['BANSHI_ACTIONS_PORT']")
RASA = STUB.replace("PORT", "sys.argv[sys.argv.index('--port') + 1]")
BROKEN = "import sys; sys.exit('there is no such setting')"


def stub_project(root: Path, rasa: str = RASA) -> Project:
    project = fake_project(root)
    here = Path(sys.executable)
    environment_of(here, root, ".venv", {"actions/__init__.py": "", "actions/__main__.py": ACTIONS})
    packages = {"bot/__init__.py": "", "bot/channels/__init__.py": ""}
    environment_of(here, root, ".venv-rasa", {**packages, "bot/channels/rasa_server.py": rasa})
    model = training.model_path(project)
    model.parent.mkdir()
    model.touch()
    return project


def variables(address: str) -> dict[str, str]:
    with urllib.request.urlopen(address) as response:
        answer: dict[str, str] = json.load(response)
        return answer


def test_both_answer_inside_the_block_and_none_after_it(tmp_path: Path) -> None:
    with servers.running(stub_project(tmp_path)) as both:
        assert health.answers(f"{both.website}/")
        assert health.answers(f"{both.actions}/health")
        assert both.website != both.actions
    assert not health.answers(f"{both.website}/")
    assert not health.answers(f"{both.actions}/health")


def test_both_know_where_the_other_is_and_report_nothing(tmp_path: Path) -> None:
    project = stub_project(tmp_path)
    with servers.running(project, settings={"BANSHI_RATE_SESSION": "0"}) as both:
        rasa, actions = variables(both.website), variables(both.actions)
    assert rasa["BANSHI_ACTIONS_URL"] == f"{both.actions}/webhook"
    assert f"http://127.0.0.1:{actions['BANSHI_PORT']}" == both.website
    for seen in (rasa, actions):
        assert seen["BANSHI_VAR"] == str(project.var)
        assert seen["BANSHI_RATE_SESSION"] == "0"
        assert seen["RASA_TELEMETRY_ENABLED"] == "false"
        assert seen["HF_HUB_OFFLINE"] == "1"
        assert "PYTHONPATH" not in seen


def test_sessions_are_signed_with_one_secret_of_this_machine(tmp_path: Path) -> None:
    project = stub_project(tmp_path)
    secrets = []
    for _ in range(2):
        with servers.running(project) as both:
            secrets.append(Path(variables(both.website)["BANSHI_SECRET_FILE"]).read_text())
    assert secrets[0] == secrets[1]
    assert len(secrets[0]) == 64
    assert (project.var / "secret").stat().st_mode & 0o777 == 0o600


def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    project = stub_project(tmp_path, rasa=BROKEN)
    with pytest.raises(Problem) as caught, servers.running(project):
        pass
    assert str(caught.value) == (
        f"Rasa ended by itself with exit code 1. The end of {project.logs / 'rasa.log'}:\n  there is no such setting"
    )


def test_when_one_dies_the_wait_ends(tmp_path: Path) -> None:
    with servers.running(stub_project(tmp_path)) as both:
        os.kill(both.action_server.popen.pid, signal.SIGKILL)
        with pytest.raises(Problem, match=r"^The action server was killed by signal 9\. "):
            both.wait()
    assert not both.rasa.is_alive


def test_without_a_model_nothing_is_started(tmp_path: Path) -> None:
    project = stub_project(tmp_path)
    training.model_path(project).unlink()
    with pytest.raises(Problem, match="run `make train` first"), servers.running(project):
        pass


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_both(tmp_path: Path, number: signal.Signals) -> None:
    project = stub_project(tmp_path)
    code = (
        "import signal, sys; from pathlib import Path\n"
        "from bot.setup import servers; from bot.setup.project import Project\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # ignored in what a shell starts in the background
        "root = Path(sys.argv[1])\n"
        "try:\n"
        "    with servers.running(Project(root, root / 'var')) as both:\n"
        "        print(both.rasa.popen.pid, both.action_server.popen.pid, flush=True)\n"
        "        both.wait()\n"
        "except KeyboardInterrupt:\n"
        "    print('stopped')\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True) as starter:
        assert starter.stdout is not None
        pids = [int(word) for word in starter.stdout.readline().split()]
        time.sleep(0.3)
        starter.send_signal(number)
        assert starter.stdout.read() == "stopped\n"
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
    assert project.logs.is_dir()
