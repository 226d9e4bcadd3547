"""``python3 -m bot.setup <command>``; the Makefile's targets are these commands."""

import sys

if sys.version_info < (3, 8):
    sys.exit("This needs Python 3.8 or later to start: install a newer python3, or run `make PYTHON=<path of one>`.")
if sys.platform == "win32":
    sys.exit("The set-up runs on Linux and macOS: on Windows, run it inside the Windows Subsystem for Linux.")

from bot.setup.commands import main

sys.exit(main(sys.argv[1:]))
