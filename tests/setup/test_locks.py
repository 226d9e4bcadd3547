from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.setup import locks
from bot.setup.locks import LOCKS, Lock

REQUIREMENTS = Path(__file__).resolve().parents[2] / "requirements"


def names(path: Path) -> set[str]:
    """The normalised names a list asks for."""
    lines = (line.split("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return {re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", line)[0]).lower() for line in lines if line}  # type: ignore[index]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_wanted_library_is_locked_to_one_version(lock: Lock) -> None:
    locked = REQUIREMENTS / f"{lock.name}.txt"
    assert names(REQUIREMENTS / f"{lock.name}.in") - {"torch"} <= names(locked)
    for line in locked.read_text().splitlines():
        assert re.match(r"[\w.-]+==[\w.!+]+( |$)", line), line


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_wanted_library_has_its_reason(lock: Lock) -> None:
    for line in (REQUIREMENTS / f"{lock.name}.in").read_text().splitlines():
        assert line.startswith("#") or re.match(r"\S+ +# \S", line), line


@pytest.mark.parametrize("lock", [lock for lock in LOCKS if lock.without], ids=lambda lock: lock.name)
def test_what_is_left_out_is_out(lock: Lock) -> None:
    assert lock.without is not None
    assert not names(REQUIREMENTS / lock.without) & names(REQUIREMENTS / f"{lock.name}.txt")


def test_the_test_tools_keep_the_versions_of_the_product() -> None:
    for lock in LOCKS:
        if lock.beside:
            product = dict(pin(line) for line in (REQUIREMENTS / lock.beside).read_text().splitlines())
            tools = dict(pin(line) for line in (REQUIREMENTS / f"{lock.name}.txt").read_text().splitlines())
            assert {name: tools[name] for name in tools.keys() & product.keys()} == {
                name: product[name] for name in tools.keys() & product.keys()
            }


def pin(line: str) -> tuple[str, str]:
    name, version = line.split()[0].split("==")
    return name, version


def test_no_list_names_an_address() -> None:
    for path in REQUIREMENTS.iterdir():
        assert "://" not in path.read_text(encoding="utf-8"), path


def test_tensorflow_has_a_name_for_each_machine() -> None:
    assert locks.finished("# remark\nsix==1.17.0   # via x\ntensorflow==2.12.0  # via rasa\n") == (
        "six==1.17.0   # via x\n"
        "tensorflow==2.12.0 ; sys_platform != 'darwin' or platform_machine != 'arm64'\n"
        "tensorflow-macos==2.12.0 ; sys_platform == 'darwin' and platform_machine == 'arm64'\n"
        "tensorflow-cpu-aws==2.12.0 ; sys_platform == 'linux' and platform_machine == 'aarch64'\n"
    )
    once = locks.finished("tensorflow==2.12.0\n")
    assert locks.finished(once) == once


def test_newer_versions_only_where_asked() -> None:
    command = locks.arguments(Lock("dev", "3.11", beside="actions.txt"), ["ruff"])
    assert command[:3] == ["pip", "compile", "dev.in"]
    assert command[command.index("--upgrade-package") + 1] == "ruff"
    assert "--no-emit-index-url" in command
