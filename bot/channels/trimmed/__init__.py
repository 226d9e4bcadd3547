"""Rasa without work whose result is known or that nobody needs (docs/adr/0011-a-trimmed-rasa.md).

Each module replaces one or two methods of Rasa's classes by ones that give the same; its test compares both.
"""

from __future__ import annotations

from bot.channels.trimmed import copies, defaults, domains, extraction, graph, rules, unlogged, writes


def install() -> None:
    """Put every replacement in place; a second call changes nothing."""
    for module in (copies, defaults, domains, extraction, graph, rules, unlogged, writes):
        module.install()
