"""``python -m actions``: the action server."""

import sys

from bot.errors import BanshiError

if __name__ == "__main__":
    from actions.server import serve

    try:
        serve()
    except BanshiError as error:
        sys.exit(str(error))
