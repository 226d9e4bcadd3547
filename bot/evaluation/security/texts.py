"""Sentences with personal numbers, and sentences with other numbers: what masking is measured on."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from bot.evaluation.security.numbers import LONG, SHORT, grouped

_SENTENCES = (
    "{}",
    "我的号码是{}，社保卡上印错了",
    "卡上写的是{} 应该怎么改",
    "身份证号{}不对",
    "麻烦帮我查一下{}，谢谢",
    "社保卡丢了,{}",
    "我妈的{}，能代办吗？2023年办的，花了20元",
    "打12333说要报{}",
    "it says {} on my card",
    "Please check {} for me",
    "{}\n谢谢",
    "「{}」",
    "身份證號碼係{}，點樣改？",
)


def personal(chance: Random, count: int) -> Iterator[tuple[str, str]]:
    """Texts, each with the personal number in it as it was written."""
    for _ in range(count):
        number = grouped(chance.choice(LONG)(chance), chance) if chance.random() < 0.6 else chance.choice(SHORT)(chance)
        yield chance.choice(_SENTENCES).format(number), number


def harmless(chance: Random, count: int) -> Iterator[str]:
    """Texts with two numbers that are nobody's."""
    for _ in range(count):
        yield f"{_harmless(chance)}，{_harmless(chance)}"


def _harmless(chance: Random) -> str:
    year, month, day = chance.randint(1990, 2035), chance.randint(1, 12), chance.randint(1, 28)
    date = chance.choice((f"{year}年{month}月{day}日", f"{year}-{month:02}-{day:02}", f"{year}.{month:02}.{day:02}"))
    compact = f"{year}{month:02}{day:02}"
    kinds = (
        f"{date}到期",
        f"有效期{compact}-{year + 20}{month:02}{day:02}",
        f"{year}.{month:02}.{day:02}-{year + 20}.{month:02}.{day:02}",
        f"{date} {chance.randint(8, 17)}:{chance.randint(0, 59):02}:{chance.randint(0, 59):02}",
        f"{compact}{chance.randint(0, 23):02}{chance.randint(0, 59):02}{chance.randint(0, 59):02}",
        f"工本费{chance.randint(1, 500)}元",
        f"补缴{chance.randint(1000, 999999)}.{chance.randint(10, 99)}元",
        f"基数{chance.randint(1, 99)},{chance.randint(100, 999)}.{chance.randint(10, 99)}元",
        f"人社部发〔{year}〕{chance.randint(1, 300)}号第{chance.randint(1, 99)}条",
        f"国务院令第{chance.randint(1, 800)}号",
        f"社会保险法第{chance.randint(1, 98)}条第{chance.randint(1, 4)}款",
        f"GB/T {chance.randint(10000, 49999)}-{year}",
        f"拨打{chance.choice((12333, 12345, 12366, 95588, 96102))}转{chance.randint(1, 9)}",
        f"电话{chance.choice((12333, 12345, 110, 120, 4008123456))}打不通",
        f"{chance.randint(1, 60)}个工作日",
        f"身份证{date}到期",
        f"身份证{chance.choice((15, 18))}位",
        f"身份证号错了{chance.randint(1, 3)}位",
        f"卡里余额{chance.randint(1, 99999)}元",
        f"缴了{chance.randint(1, 480)}个月",
        f"邮编{chance.randint(100000, 859999)}",
        f"我{chance.randint(16, 99)}岁",
        f"{chance.randint(3, 500)}x{chance.randint(300, 500)}像素",
        f"{chance.choice((2, 3, 10))}人去，{chance.randint(1, 20)}张照片",
        f"{year} {year + 1} {year + 2} {year + 3}年都没缴",
        f"每月{chance.randint(10, 99)}00 {chance.randint(10, 99)}00 {chance.randint(10, 99)}00元",
        f"call {chance.choice((12333, 12345))} before {compact}",
        f"fee {chance.randint(1, 99)} yuan, {chance.randint(1, 30)} days, article {chance.randint(1, 98)}",
        f"ID card expired on {year}-{month:02}-{day:02}",
        f"医保{chance.randint(60, 95)}%报销，{chance.randint(1, 12)}月{day}号",
        f"窗口{chance.randint(1, 60)}号，{chance.randint(1, 12)}楼{chance.randint(100, 1299)}室",
    )
    return chance.choice(kinds)
