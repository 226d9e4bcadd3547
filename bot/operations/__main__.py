"""``python -m bot.operations``: settings, off, on, backup FILE, restore FILE, release MODEL, rollback."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.errors import BanshiError
from bot.operations import backup, releases, switch
from bot.settings import knowledge_folder, off_file, releases_folder, var_folder
from bot.settings_check import faults, in_force, with_file


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code. Every error is its sentence."""
    chosen = _parser().parse_args(arguments)
    try:
        os.environ.update(with_file(os.environ))
        code: int = chosen.run(chosen)
    except BanshiError as error:
        print(error, file=sys.stderr)
        return 1
    return code


def _settings(_: argparse.Namespace) -> int:
    for name, value, meaning in in_force(os.environ):
        print(f"{name:<26} {value or '-':<28} {meaning}")
    found = list(faults(os.environ))
    for sentence in found:
        print(sentence, file=sys.stderr)
    return 1 if found else 0


def _off(chosen: argparse.Namespace) -> int:
    switch.switch_off(off_file(), chosen.zh, chosen.en)
    print("The bot is switched off; every message is answered by the notice.")
    return 0


def _on(_: argparse.Namespace) -> int:
    print("The bot is switched on again." if switch.switch_on(off_file()) else "The bot was not switched off.")
    return 0


def _backup(chosen: argparse.Namespace) -> int:
    database = os.environ.get("BANSHI_DB", "")
    names = backup.back_up(var_folder(), knowledge_folder(), database, chosen.file.resolve())
    print(f"{chosen.file}: {len(names)} files, of them {', '.join(name for name in names if name.endswith('.db'))}.")
    return 0


def _restore(chosen: argparse.Namespace) -> int:
    knowledge = knowledge_folder() if chosen.knowledge else None
    before = backup.restore(chosen.file.resolve(), var_folder(), os.environ.get("BANSHI_DB", ""), knowledge)
    print(f"Restored. What was there before lies in {before}.")
    return 0


def _release(chosen: argparse.Namespace) -> int:
    knowledge = chosen.knowledge or knowledge_folder()
    print(f"Released as {releases.release(releases_folder(), chosen.model, knowledge.resolve(), _index)}.")
    return 0


def _roll_back(_: argparse.Namespace) -> int:
    print(f"{releases.roll_back(releases_folder(), _index)} serves again.")
    return 0


def _index(knowledge: Path) -> None:
    """Build the search index in a process of its own; servers take it up by themselves. Raises ReleaseError."""
    environment = {**os.environ, "BANSHI_KNOWLEDGE": str(knowledge)}
    ran = subprocess.run([sys.executable, "-m", "bot.retrieval", "build"], env=environment)
    if ran.returncode:
        raise releases.ReleaseError("The search index could not be built; what serves stays.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot.operations", description=__doc__)
    commands = parser.add_subparsers(required=True)
    commands.add_parser("settings", help="what is in force, and what is wrong").set_defaults(run=_settings)
    off = commands.add_parser("off", help="answer every message by a notice")
    off.add_argument("--zh", default="", help="the notice in Chinese")
    off.add_argument("--en", default="", help="the notice in English")
    off.set_defaults(run=_off)
    commands.add_parser("on", help="answer again").set_defaults(run=_on)
    for name, run in (("backup", _backup), ("restore", _restore)):
        command = commands.add_parser(name)
        command.add_argument("file", type=Path)
        command.set_defaults(run=run)
    commands.choices["restore"].add_argument("--knowledge", action="store_true", help="the knowledge as well")
    release = commands.add_parser("release", help="swap in a model and knowledge while the servers run")
    release.add_argument("model", type=Path)
    release.add_argument("--knowledge", type=Path, help="its knowledge; the folder that serves now, when left out")
    release.set_defaults(run=_release)
    commands.add_parser("rollback", help="the release before again").set_defaults(run=_roll_back)
    return parser


if __name__ == "__main__":
    sys.exit(main())
