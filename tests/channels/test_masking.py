"""What is hidden and what is kept. Every number here is made up; none belongs to a person."""

from __future__ import annotations

import random
import time

import pytest

from bot.channels.masking import mask
from bot.channels.text import language_of, normalise

HIDDEN = [
    ("我的身份证号是110105199001011234", "我的身份证号是[身份证号码]"),
    ("卡号错了 11010519900101123X 怎么改", "卡号错了 [身份证号码] 怎么改"),
    ("写成11010519900101123x了", "写成[身份证号码]了"),
    ("１１０１０５１９９００１０１１２３Ｘ", "[身份证号码]"),
    ("110105 19900101 1234", "[身份证号码]"),
    ("110105-1990-01-01-123X", "[身份证号码]"),
    ("1101 0519 9001 0112 34", "[身份证号码]"),
    ("1 1 0 1 0 5 1 9 9 0 0 1 0 1 1 2 3 4", "[身份证号码]"),
    ("日期不对的110105199002301234也要遮住", "日期不对的[身份证号码]也要遮住"),
    ("999999999999999999", "[身份证号码]"),
    ("110105900101123", "[身份证号码]"),
    ("少一位11010519900101123", "少一位[身份证号码]"),
    ("多一位1101051990010112345", "多一位[身份证号码]"),
    ("110105********1234", "[身份证号码]"),
    ("身份证后四位是1234", "身份证后四位是[身份证号码]"),
    ("身份证号后四位2025", "身份证号后四位[身份证号码]"),
    ("身份证号前六位110105", "身份证号前六位[身份证号码]"),
    ("身份证110105199001", "身份证[身份证号码]"),
    ("社会保障号码：110105199001", "社会保障号码:[身份证号码]"),
    ("6222021234567890123", "[银行卡号]"),
    ("6222 0212 3456 7890", "[银行卡号]"),
    ("6217-0000-1000-1234-567", "[银行卡号]"),
    ("卡号12345678", "卡号[卡号]"),
    ("银行卡尾号6789", "银行卡尾号[卡号]"),
    ("13800138000", "[手机号码]"),
    ("手机138-0013-8000", "手机[手机号码]"),
    ("+86 138 0013 8000", "[手机号码]"),
    ("8613800138000", "[手机号码]"),
    ("138****8000", "[手机号码]"),
    ("我手机号是1380013800", "我手机号是[手机号码]"),
    ("010-12345678", "[电话号码]"),
    ("0411-83647333转8001", "[电话号码]"),
    ("(0411)83647333", "[电话号码]"),
    ("+852 9123 4567", "[电话号码]"),
    ("家里电话83647333", "家里电话[手机号码]"),
    ("zhang.san@example.com", "[e-mail address]"),
    ("护照E12345678", "护照[证件号码]"),
    ("回乡证H1234567890", "回乡证[证件号码]"),
    ("台胞证12345678", "台胞证[证件号码]"),
    ("永居证ABC123456789012", "永居证[证件号码]"),
    ("香港身份证A123456(7)", "香港身份证[证件号码]"),
    ("my ID number is 110105199001011234", "my ID number is [ID number]"),
    ("last four digits of my ID 123X", "last four digits of my ID [ID number]"),
    ("my ID card ends in 1234", "my ID card ends in [ID number]"),
    ("mobile 13800138000 thanks", "mobile [mobile number] thanks"),
    (
        "我叫王五，110105199001011234，手机13800138000，邮箱a@b.cn",
        "我叫王五,[身份证号码],手机[手机号码],邮箱[电子邮箱]",
    ),
]

KEPT = [
    "身份证号错了怎么办",
    "身份证号码不对，18位少了一位",
    "我的ID number is wrong",
    "打12333还是12345",
    "电话12333打不通",
    "全国热线4008123456",
    "人社部发〔2011〕47号第五条",
    "社会保险法第58条，主席令第35号",
    "国务院令第765号 第29-31条",
    "工本费20元，2023年12月31日前",
    "补卡要25.50元吗",
    "2023-01-01到2024-02-02",
    "2003.01.01-2023.01.01",
    "20030101-20230101",
    "有效期20200101",
    "身份证2025年到期",
    "身份证2025-03-01过期了",
    "身份证工本费1000元",
    "办理时间9:00-17:00",
    "15到30个工作日",
    "12333 12345 12366",
    "2019 2020 2021 2022",
    "1000 2000 3000 4000",
    "邮编116000",
    "10人去办，20张照片，358x441像素",
    "GB/T 37668-2019",
    "20240101120000",
    "社保缴费基数12345.67元",
    "我今年60岁，缴了15年180个月",
    "card expired 2023, fee 20 yuan, call 12333",
    "ID card expired on 2025-03-01",
]


@pytest.mark.parametrize(("typed", "stored"), HIDDEN)
def test_hidden(typed: str, stored: str) -> None:
    text = normalise(typed)
    masked, kinds = mask(text, language_of(text) or "zh")
    assert masked == stored
    assert kinds


@pytest.mark.parametrize("typed", KEPT)
def test_kept(typed: str) -> None:
    text = normalise(typed)
    assert mask(text, "zh") == (text, [])


def test_kinds_are_named_once_in_order() -> None:
    text = "110105199001011234 和 110105199001011235，手机13800138000"
    assert mask(text, "zh")[1] == ["id_number", "mobile"]


def test_masked_text_is_left_alone() -> None:
    for typed, _ in HIDDEN:
        text = normalise(typed)
        masked, _kinds = mask(text, "zh")
        assert mask(masked, "zh") == (masked, [])


SENTENCES = [
    "{}",
    "我的身份证号是{}，社保卡上印错了",
    "卡上写的是{} 应该怎么改",
    "号码{}不对",
    "ID {} is wrong",
    "{}\n谢谢",
]
GROUPINGS = [
    lambda number: number,
    lambda number: f"{number[:6]} {number[6:14]} {number[14:]}",
    lambda number: f"{number[:6]}-{number[6:14]}-{number[14:]}",
    lambda number: " ".join(number[i : i + 4] for i in range(0, len(number), 4)),
    lambda number: "".join(chr(ord(sign) + 0xFEE0) for sign in number),
    lambda number: number.lower(),
    lambda number: "\u200b".join(number),
    lambda number: f"{number[:6]}　{number[6:10]}　{number[10:14]}　{number[14:]}",
]


def numbers(chance: random.Random, count: int) -> list[str]:
    """Identity numbers of both lengths, most of them with a wrong check digit, some with an impossible date."""
    made = []
    for _ in range(count):
        place = chance.choice(["110105", "210202", "650102", "310115", "440305", "830000", "810000"])
        date = f"{chance.randint(1940, 2024)}{chance.randint(1, 13):02}{chance.randint(1, 32):02}"
        number = f"{place}{date}{chance.randint(0, 999):03}{chance.choice('0123456789X')}"
        made.append(number if chance.random() < 0.85 else place + date[2:] + f"{chance.randint(0, 999):03}")
    return made


def test_recall_on_made_up_numbers() -> None:
    chance = random.Random(7)
    made = numbers(chance, 2000)
    missed = []
    for number in made:
        typed = chance.choice(SENTENCES).format(chance.choice(GROUPINGS)(number))
        masked, kinds = mask(normalise(typed), "zh")
        if not kinds or sum(sign.isdigit() for sign in masked) > 0:
            missed.append((typed, masked))
    assert len(missed) <= 10, missed[:10]  # 99.5 %


def harmless(chance: random.Random) -> str:
    year, month, day = chance.randint(1990, 2030), chance.randint(1, 12), chance.randint(1, 28)
    return chance.choice(
        [
            f"{year}年{month}月{day}日到期",
            f"有效期{year}.{month:02}.{day:02}-{year + 20}.{month:02}.{day:02}",
            f"{year}-{month:02}-{day:02} {chance.randint(8, 17)}:{chance.randint(0, 59):02}",
            f"工本费{chance.randint(1, 500)}元",
            f"人社部发〔{year}〕{chance.randint(1, 200)}号第{chance.randint(1, 99)}条",
            f"第{chance.randint(1, 99)}条第{chance.randint(1, 9)}款",
            f"拨打12333转{chance.randint(1, 9)}",
            f"{chance.randint(1, 60)}个工作日内",
            f"缴费{chance.randint(1, 400)}个月共{chance.randint(1000, 999999)}.{chance.randint(10, 99)}元",
            f"身份证{year}年到期换证",
            f"身份证{year}-{month:02}-{day:02}过期",
            f"call {chance.choice([12333, 12345])} before {year}",
            f"邮编{chance.randint(100000, 859999)}",
            f"{year}{month:02}{day:02}",
        ]
    )


def test_false_masks_on_other_numbers() -> None:
    chance = random.Random(8)
    texts = [normalise(f"{harmless(chance)}，{harmless(chance)}") for _ in range(2000)]
    wrong = [(text, masked) for text in texts if (masked := mask(text, "zh")[0]) != text]
    assert len(wrong) <= 10, wrong[:10]  # 0.5 %


@pytest.mark.parametrize(
    "text", ["1 " * 1000, "1-" * 1000, "1" * 2000, "身份证" * 600, "a@" * 900, "1*" * 900, "号码" * 900]
)
def test_no_text_takes_long(text: str) -> None:
    start = time.perf_counter()
    mask(text, "zh")
    assert time.perf_counter() - start < 0.1
