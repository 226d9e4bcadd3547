"""``python -m bot.retrieval.texts FILE=… [ID= TITLE= ISSUER= NUMBER= URL= REGION= FROM= TO= CONFIDENCE=] [--yes]``."""

import sys

from bot.retrieval.texts.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
