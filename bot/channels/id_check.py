"""Whether an identity number could be one: its length, place, birth date and check digit (GB 11643-1999).

Says nothing about whose number it is, or whether it was ever given to anybody; keeps nothing.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

Verdict = Literal["plausible", "old_form", "length", "place", "birth_date", "check_digit"]

_PROVINCE_DIGITS = {1: "12345", 2: "123", 3: "1234567", 4: "123456", 5: "01234", 6: "12345", 7: "1", 8: "123", 9: "1"}
PROVINCES = frozenset(f"{first}{second}" for first, seconds in _PROVINCE_DIGITS.items() for second in seconds)
"""First two digits: the province (GB/T 2260); 81 to 83 residence permits of Hong Kong, Macao and Taiwan; 91 foreigners'
permanent residence. Foreigners' permits of today begin with 9 and a digit for the kind."""

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"  # by the weighted sum modulo 11 (ISO 7064, MOD 11-2)


def judge(number: str) -> Verdict:
    """The first thing wrong with a number of digits and perhaps a final X, or that it is plausible."""
    if len(number) not in (15, 18):
        return "length"
    if number[:2] not in PROVINCES and number[0] != "9":
        return "place"
    if not _is_date(number[6:14] if len(number) == 18 else "19" + number[6:12]):
        return "birth_date"
    if len(number) == 15:
        return "old_form"
    return "plausible" if number[17].upper() == check_digit(number) else "check_digit"


def check_digit(number: str) -> str:
    """The 18th character that belongs to the first 17 digits."""
    return _CHECK_DIGITS[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number)) % 11]


def _is_date(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True
