"""``python -m bot.workshop <command>``."""

from __future__ import annotations

import sys

from bot.workshop.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
