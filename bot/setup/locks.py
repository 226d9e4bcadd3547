"""``make lock``: requirements/*.in resolved into the lists of exact versions the environments are installed from."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from typing import NamedTuple

from bot.setup.problem import Problem
from bot.setup.project import Project


class Lock(NamedTuple):
    """``without`` lists what is left out, ``beside`` the lock whose versions must be kept."""

    name: str
    python: str
    without: str | None = None
    beside: str | None = None


LOCKS = (
    Lock("rasa", "3.10", without="rasa-without.txt"),
    Lock("rasa-dev", "3.10", beside="rasa.txt"),
    Lock("actions", "3.11", without="actions-without.txt"),
    Lock("dev", "3.11", beside="actions.txt"),
)
# No address of an index may come into the lists: every operator has their own.
_OPTIONS = ["--no-header", "--no-emit-index-url", "--no-emit-find-links", "--annotation-style", "line", "--quiet"]
_PLATFORM = ["--no-python-downloads", "--python-platform", "linux", "--no-emit-package", "torch"]

# Rasa's TensorFlow has another name on some machines.
_TENSORFLOW = "tensorflow=="
_VARIANTS = (
    "tensorflow=={0} ; sys_platform != 'darwin' or platform_machine != 'arm64'",
    "tensorflow-macos=={0} ; sys_platform == 'darwin' and platform_machine == 'arm64'",
    "tensorflow-cpu-aws=={0} ; sys_platform == 'linux' and platform_machine == 'aarch64'",
)


def run(project: Project, upgrade: Sequence[str]) -> int:
    """Resolve every lock, keeping present versions except those of the packages in ``upgrade``. Raises Problem."""
    uv = project.python.with_name("uv")
    folder = project.root / "requirements"
    for lock in LOCKS:
        if subprocess.run([str(uv), *arguments(lock, upgrade)], cwd=folder).returncode:
            raise Problem(f"requirements/{lock.name}.in could not be resolved; the reason stands above.")
        target = folder / f"{lock.name}.txt"
        target.write_text(finished(target.read_text(encoding="utf-8")), encoding="utf-8")
        print(f"requirements/{lock.name}.txt", flush=True)
    return 0


def arguments(lock: Lock, upgrade: Sequence[str]) -> list[str]:
    """uv's command line for one lock, run in requirements/."""
    chosen = ["--override", lock.without] if lock.without else []
    chosen += ["--constraint", lock.beside] if lock.beside else []
    for name in upgrade:
        chosen += ["--upgrade-package", name]
    target = ["-o", f"{lock.name}.txt", "--python-version", lock.python]
    return ["pip", "compile", f"{lock.name}.in", *target, *chosen, *_OPTIONS, *_PLATFORM]


def finished(text: str) -> str:
    """The resolved list with the other names of TensorFlow, and without uv's remarks."""
    lines: list[str] = []
    for line in text.splitlines():
        if line.startswith(_TENSORFLOW) and ";" not in line:
            version = line[len(_TENSORFLOW) :].split()[0]
            lines += [variant.format(version) for variant in _VARIANTS]
        elif line and not line.startswith("#"):
            lines.append(line.rstrip())
    return "\n".join(dict.fromkeys(lines)) + "\n"
