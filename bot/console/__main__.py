"""``python -m bot.console``: the console without Rasa. ``… user NAME ROLE``: an account, or a new password for it."""

from __future__ import annotations

import getpass
import logging
import sys
from collections.abc import Sequence

from bot.console.accounts import SHORTEST_PASSWORD, Accounts
from bot.console.audit import Audit
from bot.console.database import connect
from bot.errors import BanshiError

USAGE = "Write: make console-user NAME=<name> ROLE=operator, editor or admin (for single sign-on: SSO=yes)."


def main(arguments: Sequence[str]) -> int:
    """Run the command; the exit code."""
    if not arguments:
        return serve()
    if len(arguments) not in (3, 4) or arguments[0] != "user" or arguments[3:] not in ([], ["sso"]):
        print(USAGE, file=sys.stderr)
        return 2
    try:
        print(make(arguments[1], arguments[2], single_sign_on=len(arguments) == 4))
    except BanshiError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def serve() -> int:
    """Serve until stopped."""
    from bot.console.alone import console  # torch and the index are loaded only here

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        console().run()
    except BanshiError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def make(name: str, role: str, *, single_sign_on: bool = False) -> str:
    """Make the account, or change its password where there is one already; what was done, as a sentence."""
    engine = connect()
    accounts = Accounts(engine)
    password = None if single_sign_on else asked()
    if any(account.name == name for account in accounts.all()):
        accounts.change(name, password=password)
        Audit(engine).note("make", "account", f"{name}:password")
        return f"The account {name} has a new password; its sessions have ended."
    accounts.create(name, role, password)
    Audit(engine).note("make", "account", f"{name}:{role}")
    return f"The account {name} may sign in as {role}."


def asked() -> str:
    """The password: typed twice at a terminal, else the first line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass(f"Password (at least {SHORTEST_PASSWORD} characters): ")
    if getpass.getpass("Once more: ") != password:
        raise BanshiError("The two passwords differ; nothing was changed.")
    return password


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
