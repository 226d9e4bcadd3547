"""Article numbers: Chinese numerals up to thousands, and the canonical form "58" or "280-1"."""

import re

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERAL = "[" + "".join(DIGITS) + "".join(UNITS) + "]+"

_LABEL = re.compile(rf"第?\s*({NUMERAL}|\d+)\s*条?\s*(?:(?:之|-)\s*({NUMERAL}|\d+))?\s*条?")


def to_int(numeral: str) -> int:
    """ "五十八" → 58, "一千零五" → 1005, "二八〇" → 280, "58" → 58. Raises ValueError for anything else."""
    if numeral.isdecimal():
        return int(numeral)
    if not numeral or any(char not in DIGITS and char not in UNITS for char in numeral):
        raise ValueError(f"not a numeral: {numeral!r}")
    if not any(char in UNITS for char in numeral):
        return int("".join(str(DIGITS[char]) for char in numeral))
    total = digit = 0
    for char in numeral:
        if char in UNITS:
            total += (digit or 1) * UNITS[char]
            digit = 0
        else:
            digit = DIGITS[char]
    return total + digit


def to_chinese(number: int) -> str:
    """58 → "五十八", 110 → "一百一十", 1005 → "一千零五". Raises ValueError outside 1 to 9999."""
    if not 1 <= number <= 9999:
        raise ValueError(f"outside 1 to 9999: {number}")
    text = ""
    for unit, value in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = number // value % 10
        if digit:
            text += "零一二三四五六七八九"[digit] + unit
        elif text and not text.endswith("零"):
            text += "零"
    text = text.rstrip("零")
    return text[1:] if text.startswith("一十") else text


def canonical(label: str) -> str:
    """ "第二百八十条之一" → "280-1", "58条" → "58", "280-1" → "280-1". Raises ValueError for anything else."""
    match = _LABEL.fullmatch(label.strip())
    if not match:
        raise ValueError(f"not an article number: {label!r}")
    main, suffix = match.groups()
    return f"{to_int(main)}-{to_int(suffix)}" if suffix else str(to_int(main))


def label_zh(article: str) -> str:
    """ "280-1" → "第二百八十条之一"."""
    main, _, suffix = article.partition("-")
    return f"第{to_chinese(int(main))}条" + (f"之{to_chinese(int(suffix))}" if suffix else "")
