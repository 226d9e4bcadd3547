"""The files of deploy/ against the schemas of the programs that read them, and against the code."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from prometheus_client import REGISTRY

from bot.console import settings as console_settings
from bot.monitoring import metrics
from bot.settings_check import SETTINGS

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
MANIFESTS = sorted((DEPLOY / "kubernetes").glob("*.yml"))


def test_compose_file() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    ran = subprocess.run([*command, str(DEPLOY / "compose.yml")], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout
    services = yaml.safe_load((DEPLOY / "compose.yml").read_text("utf-8"))["services"]
    assert {name: services[name].get("deploy", {}).get("replicas") for name in ("rasa", "actions")} == {
        "rasa": 2,
        "actions": 2,
    }


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.name)
def test_kubernetes_manifests(path: Path) -> None:
    command = [str(Path(sys.executable).with_name("kubernetes-validate")), "--strict", str(path)]
    ran = subprocess.run(command, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert (ran.stdout + ran.stderr).count("passed") == len(list(yaml.safe_load_all(path.read_text("utf-8"))))


@pytest.mark.parametrize("name", ["rasa", "actions"])
def test_servers_have_probes_limits_and_a_disruption_budget(name: str) -> None:
    kinds = {one["kind"]: one for one in yaml.safe_load_all((DEPLOY / f"kubernetes/{name}.yml").read_text("utf-8"))}
    assert set(kinds) == {"Deployment", "Service", "PodDisruptionBudget"}
    deployment = kinds["Deployment"]["spec"]
    container = deployment["template"]["spec"]["containers"][0]
    assert container["readinessProbe"]["httpGet"]["path"] == "/health/ready"
    assert container["livenessProbe"]["httpGet"]["path"] == "/health/live"
    assert set(container["resources"]["limits"]) == {"cpu", "memory"}
    assert deployment["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
    assert deployment["template"]["spec"]["securityContext"]["runAsNonRoot"] is True


@pytest.mark.parametrize("name", ["rasa", "actions"])
def test_images_are_built_in_stages_from_pinned_bases_and_run_as_nobody(name: str) -> None:
    text = (DEPLOY / f"Dockerfile.{name}").read_text("utf-8")
    bases = re.findall(r"^FROM (\S+)", text, re.M)
    assert len(bases) == 2
    assert all(re.fullmatch(r"python:3\.1[01]\.\d+-slim-bookworm", base) for base in bases)
    assert re.search(r"^USER 10001$", text, re.M)
    assert "HEALTHCHECK" in text
    assert "--no-deps --requirement requirements/" in text


@pytest.mark.parametrize("name", ["rasa", "actions"])
def test_images_are_made_of_what_there_is(name: str) -> None:
    """No container engine here builds them: what they copy and run is looked for instead."""
    lines = (DEPLOY / f"Dockerfile.{name}").read_text("utf-8").replace("\\\n", " ").splitlines()
    words = [line.split() for line in lines if line and not line.startswith("#")]
    copied = [source for word in words if word[0] == "COPY" and "--from=build" not in word for source in word[1:-1]]
    assert len(copied) == 2
    assert all((ROOT / source).exists() for source in copied)
    locked = [word for line in words for word in line if word.startswith("requirements/") and word.endswith(".txt")]
    assert all((ROOT / file).is_file() for file in locked)
    (run,) = (json.loads(line.partition(" ")[2]) for line in lines if line.startswith("CMD"))
    program = ROOT / run[0] if not run[0].startswith("/") else ROOT / (run[2].replace(".", "/") + ".py")
    assert program.is_file()
    assert program.suffix == ".py" or program.stat().st_mode & 0o111 == 0o111
    assert [word[0] for word in words if word[0] in ("USER", "CMD")] == ["USER", "CMD"]


def test_no_secret_gets_into_an_image() -> None:
    left_out = (ROOT / ".dockerignore").read_text("utf-8").split()
    compose = (DEPLOY / "compose.yml").read_text("utf-8")
    for path in ("secrets", "tls", ".env"):
        assert path in compose
        assert f"deploy/{path}" in left_out
    assert {".git", "var", "models"} <= set(left_out)


def test_torch_of_the_image_is_the_one_that_is_locked() -> None:
    text = (DEPLOY / "Dockerfile.actions").read_text("utf-8")
    (wanted,) = re.findall(r"torch==(\S+)", text)
    assert re.search(rf"(?m)^torch=={re.escape(wanted)}\s", (ROOT / "requirements/actions.in").read_text("utf-8"))


def test_programs_of_nginx_container_can_be_run() -> None:
    filled = DEPLOY / "nginx" / "filled.sh"
    assert filled.stat().st_mode & 0o111 == 0o111
    needed = set(re.findall(r"\$\{([A-Z_]+)\}", (DEPLOY / "nginx/banshi.conf.template").read_text("utf-8")))
    text = filled.read_text("utf-8")
    handed_on = re.search(r"envsubst '([^']+)'", text)
    assert handed_on
    assert needed == set(re.findall(r"\$\{([A-Z_]+)\}", handed_on[1]))
    environment = yaml.safe_load((DEPLOY / "compose.yml").read_text("utf-8"))["services"]["nginx"]["environment"]
    assert needed - set(environment) <= set(re.findall(r"([A-Z_]+)=", text))


def test_every_setting_named_is_one() -> None:
    files = [path for path in DEPLOY.rglob("*") if path.is_file()]
    named = {name for path in files for name in re.findall(r"BANSHI_([A-Z_]+[A-Z])", path.read_text("utf-8"))}
    consoles = set(re.findall(r"BANSHI_(CONSOLE_[A-Z_]+[A-Z])", console_settings.__doc__ or ""))
    assert len(named) > 8
    assert named <= set(SETTINGS) | consoles


def test_the_dashboard_and_the_alerts_ask_for_metrics_there_are() -> None:
    dashboard = json.loads((DEPLOY / "grafana/banshi.json").read_text("utf-8"))
    alerts = yaml.safe_load((DEPLOY / "grafana/alerts.yml").read_text("utf-8"))["groups"][0]["rules"]
    asked = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    asked += [rule["expr"] for rule in alerts]
    names = {re.sub(r"_(total|bucket|info)$", "", name) for one in asked for name in re.findall(r"banshi_[a-z_]+", one)}
    assert metrics.TURNS
    counted = {family.name for family in REGISTRY.collect() if family.name.startswith("banshi_")}
    assert len(names) > 5
    assert names <= counted
    told = (DEPLOY.parent / "docs" / "operations.md").read_text("utf-8")
    assert [rule["alert"] for rule in alerts if f"| {rule['alert']} |" not in told] == []
