"""Made-up personal numbers of every kind, valid and wrong, and the ways people write them. None belongs to anybody."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from bot.channels.id_check import check_digit

Make = Callable[[Random], str]
_PLACES = ("110105", "210202", "310115", "330106", "440305", "500103", "650102", "810000", "820000", "830000", "911100")
_MOBILE = ("130", "133", "138", "139", "147", "150", "158", "166", "177", "186", "188", "191", "199")
_AREAS = ("010", "021", "022", "0411", "0755", "0571", "0991")
_FULL_WIDTH = {ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789Xx@.-"}
_HAN = str.maketrans("0123456789", "零一二三四五六七八九")
_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def digits(chance: Random, count: int) -> str:
    """So many random digits."""
    return "".join(chance.choice("0123456789") for _ in range(count))


def identity(chance: Random) -> str:
    """18 characters; two in three are wrong: check digit, birth date, place, one character too few or too many."""
    date = f"{chance.randint(1930, 2024)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    number = chance.choice(_PLACES) + date + digits(chance, 3)
    fault = chance.randrange(9)
    if fault == 0:
        number = number[:10] + f"{chance.randint(13, 99)}{chance.randint(32, 99)}" + number[14:]
    elif fault == 1:
        number = chance.choice(("00", "09", "77", "99")) + number[2:]
    last = check_digit(number) if fault > 5 else chance.choice("0123456789Xx")
    if fault == 2:
        return number  # 17
    return number + last + (chance.choice("0123456789") if fault == 3 else "")


def old_identity(chance: Random) -> str:
    """15 digits."""
    date = f"{chance.randint(30, 99)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    return chance.choice(_PLACES[:7]) + date + digits(chance, 3)


def bank_card(chance: Random) -> str:
    """16 to 19 digits, as the card of a bank; most with a wrong check digit."""
    return chance.choice(("6222", "6217", "6228", "6230", "4367")) + digits(chance, chance.randint(12, 15))


def mobile(chance: Random) -> str:
    """11 digits."""
    number = chance.choice(_MOBILE) + digits(chance, 8)
    ways = (number, number, f"+86 {number}", f"86-{number}", f"(+86){number}", f"0086{number}")
    return chance.choice(
        (*ways, f"{number[:3]} {number[3:7]} {number[7:]}", f"{number[:3]}-{number[3:7]}-{number[7:]}")
    )


def landline(chance: Random) -> str:
    """Area code and 7 or 8 digits, perhaps with an extension."""
    number = chance.choice("23456789") + digits(chance, chance.choice((6, 7)))
    area = chance.choice(_AREAS)
    written = chance.choice((f"{area}-{number}", f"{area}{number}", f"({area}){number}", f"{area} {number}"))
    return written + (f"转{chance.randint(1, 8999)}" if chance.random() < 0.2 else "")


def permit(chance: Random) -> str:
    """Passports, travel permits of Hong Kong, Macao and Taiwan residents, permanent residence cards old and new,
    identity cards of Hong Kong and Macao; together and in groups."""
    kinds = (
        chance.choice(("E", "G", "EA", "EJ")) + digits(chance, 8),
        chance.choice("HM") + digits(chance, chance.choice((8, 10))),
        "".join(chance.choice("ABCKUS") for _ in range(3)) + digits(chance, 12),
        f"{chance.choice('ABCKZ')}{digits(chance, 6)}({chance.choice('0123456789A')})",
        f"JPN {digits(chance, 4)} {digits(chance, 4)} {digits(chance, 4)}",
        f"9{identity(chance)[1:]}",
        f"{chance.choice('157')}{digits(chance, 6)}({chance.randrange(10)})",
        f"澳门身份证{chance.choice('157')}/{digits(chance, 6)}/{chance.randrange(10)}",
        f"回乡证 {chance.choice('HM')} 1{digits(chance, 3)} {digits(chance, 4)}",
        f"台胞证：3{digits(chance, 3)} {digits(chance, 4)}",
        f"台胞证{digits(chance, 8)}",
        f"护照号：{chance.choice('EG')} {digits(chance, 8)}",
        f"通行证号码是{digits(chance, 8)}",
    )
    return chance.choice(kinds)


def email(chance: Random) -> str:
    """An address at a domain kept for examples."""
    name = "".join(chance.choice("abcdefgh") for _ in range(6))
    return f"{name}{chance.choice(('', '.li', '_1', '+x'))}@{chance.choice(('example.com', 'mail.example.org'))}"


def part(chance: Random) -> str:
    """A part of a number after words that say so."""
    four = f"{chance.randint(2100, 9999)}"
    kinds = (
        f"身份证后四位是{four}",
        f"身份证号前六位{chance.choice(_PLACES)}",
        f"身份证尾号{digits(chance, 3)}X",
        f"身份证号码最后4位：{four}",
        f"卡号后四位{four}",
        f"银行卡尾号{four}",
        f"社保卡卡号{chance.choice('ABD')}{digits(chance, 8)}",
        f"社会保障号码 {identity(chance)[:12]}",
        f"手机尾号{four}",
        f"last four digits of my ID are {four}",
        f"my card number is {digits(chance, 9)}",
    )
    return chance.choice(kinds)


def starred(chance: Random) -> str:
    """Numbers somebody hid in part."""
    return chance.choice(
        (f"110105********{digits(chance, 4)}", f"138****{digits(chance, 4)}", f"1101**********{digits(chance, 3)}X")
    )


def grouped(number: str, chance: Random) -> str:
    """A long number the way people type it: in groups, full width, with signs nobody sees."""
    gap = chance.choice((" ", "-", " ", "　", "·", ".", "—", "\u00a0", " - "))
    fours = gap.join(number[start : start + 4] for start in range(0, len(number), 4))
    way = chance.randrange(11)
    if way < 3:
        return number
    if way == 3 and len(number) >= 17:
        return gap.join((number[:6], number[6:14], number[14:]))
    if way == 4 and len(number) >= 17:
        return gap.join((number[:6], number[6:10], number[10:12], number[12:14], number[14:]))
    if way == 5:
        return number.translate(_FULL_WIDTH)
    if way == 6:
        return chance.choice(("\u200b", "\u2060", "\u00ad", "\ufeff")).join(number)
    if way == 7:
        return " ".join(number)
    if way == 8 and number.isdigit():
        return number.translate(chance.choice((_HAN, _ARABIC)))
    return fours if way == 9 else number


LONG: tuple[Make, ...] = (identity, old_identity, bank_card)
SHORT: tuple[Make, ...] = (mobile, landline, permit, email, part, starred)
