"""What those who run it do while people talk: follow a request, read metrics, release, roll back, back up, restore."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from shutil import copytree, rmtree

import httpx
import pytest

from bot.setup import processes, training
from bot.setup.cluster import Cluster
from tests.faults.conftest import Person, until

pytestmark = pytest.mark.faults
SERVERS = ("rasa-1", "rasa-2", "actions-1", "actions-2")
METRICS = {
    "rasa": (
        r'banshi_turns_total\{channel="website",ended="answered"\}',
        r'banshi_replies_total\{channel="website",status="question"\}',
        r'banshi_stage_seconds_bucket\{le="0.1[0-9]*",stage="turn"\}',
        r'banshi_stage_seconds_count\{stage="understanding"\}',
        r'banshi_stage_seconds_count\{stage="actions"\}',
        r'banshi_stage_seconds_count\{stage="storing"\}',
        r"banshi_intent_confidence_count",
        r"banshi_turns_running",
        r"banshi_switched_off",
        r'banshi_served_info\{model="[^"]+"\}',
    ),
    "actions": (
        r'banshi_action_seconds_count\{action="validate_procedure_form"\}',
        r"banshi_outcome_questions_count",
        r'banshi_served_info\{index="[^"]+"\}',
    ),
}


def operate(cluster: Cluster, *words: str) -> subprocess.CompletedProcess[str]:
    """One command of bot.operations, with the settings of the servers."""
    command = [str(cluster.project.python), "-m", "bot.operations", *words]
    return subprocess.run(
        command, cwd=cluster.project.root, env=cluster.environment, capture_output=True, text=True, timeout=300
    )


def test_one_id_from_nginx_through_both_servers(cluster: Cluster, person: Person) -> None:
    given = person.insist("社保卡丢了怎么办").headers["x-request-id"]
    for kind in ("rasa", "actions"):
        lines = [line for name in SERVERS if name.startswith(kind) for line in logged(cluster, name)]
        assert [line["server"] for line in lines if line.get("request") == given], kind
    entries = (cluster.project.var / "cluster/nginx/access.log").read_text("utf-8").splitlines()
    (entry,) = (json.loads(line) for line in entries if given in line)
    assert entry["path"] == "/webhooks/website/messages"


def logged(cluster: Cluster, name: str) -> list[dict[str, str]]:
    lines = (cluster.project.logs / f"{name}.log").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if line.startswith('{"at"')]


def test_metrics_of_both_are_there_and_not_published(cluster: Cluster) -> None:
    for _ in range(8):  # both servers of each kind get some
        with Person(cluster.website) as one:
            one.insist("社保卡丢了怎么办")
    for kind, expected in METRICS.items():
        texts = scraped(cluster, kind)
        missing = [name for name in expected if not any(re.search(f"^{name}", text, re.M) for text in texts)]
        assert missing == [], kind
        assert all("process_resident_memory_bytes" in text for text in texts)
    for path in ("metrics", "health/ready", "health/live", "status", "model", "conversations/web/tracker"):
        assert httpx.get(f"{cluster.website}/{path}", trust_env=False).status_code == 404


def scraped(cluster: Cluster, kind: str) -> list[str]:
    """The metrics of both servers of a kind."""
    addresses = [f"http://127.0.0.1:{cluster.ports[f'{kind}-{number}']}/metrics" for number in (1, 2)]
    return [httpx.get(address, trust_env=False).text for address in addresses]


def test_the_console_is_published_for_the_inside(cluster: Cluster) -> None:
    page = httpx.get(f"{cluster.console}/console/sign-in", trust_env=False)
    assert (page.status_code, "<form" in page.text) == (200, True)
    for address in (f"{cluster.website}/console/sign-in", f"{cluster.console}/webhook", f"{cluster.console}/metrics"):
        assert httpx.get(address, trust_env=False).status_code == 404


def test_release_and_rollback_while_people_talk(cluster: Cluster, person: Person, tmp_path: Path) -> None:
    model = str(training.current_model(cluster.project))
    first = released(cluster, model, knowledge(cluster, tmp_path, "one", "第一版"))
    until(lambda: "第一版" in asked(cluster))
    person.insist("社保卡丢了怎么办")
    second = released(cluster, model, knowledge(cluster, tmp_path, "two", "第二版"))
    until(lambda: "第二版" in asked(cluster))
    assert person.insist("大连").json()["replies"][-1]["status"] in ("question", "procedure")  # it went on
    until(lambda: models_served(cluster) == {second})
    broken = knowledge(cluster, tmp_path, "three", "第三版")
    (broken / "facts.yml").write_text("facts: [\n", encoding="utf-8")
    refused = operate(cluster, "release", model, "--knowledge", str(broken))
    assert (refused.returncode, "facts.yml" in refused.stderr) == (1, True)
    damaged = tmp_path / "damaged.tar.gz"
    damaged.write_bytes(Path(model).read_bytes()[:1000])
    assert operate(cluster, "release", str(damaged)).returncode == 1
    assert "第二版" in asked(cluster)
    back = operate(cluster, "rollback")
    assert (back.returncode, first in back.stdout) == (0, True), back.stderr
    until(lambda: "第一版" in asked(cluster) and models_served(cluster) == {first})
    person.insist("谢谢")
    person.check()


def knowledge(cluster: Cluster, folder: Path, name: str, mark: str) -> Path:
    """The present knowledge with another greeting."""
    made = folder / name
    copytree(cluster.project.root / "knowledge", made)
    wording = made / "wording.yml"
    text = wording.read_text("utf-8")
    changed = text.replace("zh: 您好，", f"zh: 您好，{mark}，")
    assert changed != text
    wording.write_text(changed, encoding="utf-8")
    return made


def released(cluster: Cluster, model: str, folder: Path) -> str:
    """The name of the release."""
    ran = operate(cluster, "release", model, "--knowledge", str(folder))
    assert ran.returncode == 0, ran.stderr
    found = re.search(r"Released as (\S+)\.", ran.stdout)
    assert found
    return found[1]


def asked(cluster: Cluster) -> str:
    """What each action server greets with; empty when they differ."""
    greetings = set()
    for _ in range(4):
        answer = httpx.post(
            f"{cluster.website}/webhooks/website/sessions", json={"language": "zh"}, trust_env=False, timeout=20
        )
        greetings.add(answer.json()["replies"][0]["text"] if answer.status_code == 201 else "")
    return greetings.pop() if len(greetings) == 1 else ""


def models_served(cluster: Cluster) -> set[str]:
    return {
        name for text in scraped(cluster, "rasa") for name in re.findall(r'banshi_served_info\{model="([^"]+)"\}', text)
    }


def test_back_up_and_restore_with_postgresql(cluster: Cluster, person: Person, tmp_path: Path) -> None:
    person.insist("社保卡丢了怎么办")
    before = person.history()
    file = tmp_path / "backup.tar.gz"
    made = operate(cluster, "backup", str(file))
    assert (made.returncode, file.stat().st_mode & 0o077) == (0, 0), made.stderr
    person.insist("社保卡过期了怎么办")
    assert person.http.delete("sessions").status_code == 204
    assert person.http.get("messages").status_code == 401
    stopped = stop(cluster, SERVERS)
    restored = operate(cluster, "restore", str(file))
    assert restored.returncode == 0, restored.stderr
    for name in stopped:
        cluster.start(name)
    cluster.wait(lambda: None)
    assert person.history() == before
    person.insist("大连")
    rmtree(next(cluster.project.var.glob("before-restore-*")))


def stop(cluster: Cluster, names: Sequence[str]) -> Sequence[str]:
    processes.stop([cluster.servers[name] for name in names])
    return names
