"""``python -m actions``: the action server."""

import os
import sys

from bot.errors import BanshiError

if __name__ == "__main__":
    from bot.settings_check import take_effect

    try:
        take_effect(os.environ)
        from actions.server import serve  # reads settings when imported

        serve()
    except BanshiError as error:
        sys.exit(str(error))
