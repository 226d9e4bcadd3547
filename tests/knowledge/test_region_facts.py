"""What is known of each place is told there and, unless it is the general rule, nowhere else.

Each line: the place, the matter, who asks where that counts, and words the answer must hold.
"""

from __future__ import annotations

import pytest

from bot.answers.outcome import outcome
from bot.catalogue import Catalogue
from bot.procedures import decide
from tests.knowledge.combinations import DAY

EMPLOYEE, STUDENT = {"employment": "employee"}, {"employment": "student"}
NOT_EMPLOYED, CHILD = {"employment": "non_employee"}, {"holder": "minor"}
AGENT, FOUND, NO_CARD = {"applicant": "agent"}, {"card_in_hand": "yes"}, {"card_in_hand": "no"}
NO_ID = {"second_generation_id": "no"}
Facts = dict[str, str]

KNOWN: list[tuple[str, str, Facts, str]] = [
    (
        "dalian",
        "first-application",
        EMPLOYEE,
        "首次申领的社保卡免费 大连人社网上申报系统 单位（学校）在申请的次月底领卡",
    ),
    ("dalian", "first-application", NOT_EMPLOYED, "到所属街道（乡镇）核对 到所属街道（乡镇）领卡 卡面所印银行"),
    ("dalian", "first-application", {**NOT_EMPLOYED, **NO_ID}, "护照、军官证或者户口簿 441×358像素"),
    ("dalian", "first-application", CHILD, "没有把学龄前儿童包括在内 法定监护人"),
    ("dalian", "lost-card", NO_CARD, "标准由物价部门核定"),
    ("dalian", "damaged-card", {}, "质量有问题的免费换"),
    ("dalian", "collect-card", {**NOT_EMPLOYED, **AGENT}, "可以委托别人代领"),
    ("dalian", "activation", {}, "88896500 dl12333.gov.cn 旧医保卡作废 次月起发到新账户"),
    ("dalian", "pin-reset", {}, "芯片对应社保密码，磁条对应银行密码"),
    ("dalian", "id-number-wrong", {}, "大连：登记的信息有错的，先到社保经办机构更正"),
    ("dalian", "name-change", {}, "大连：登记的信息有错的，先到社保经办机构更正"),
    ("xinjiang", "about-the-card", {}, "集成电路（IC）卡 参加发卡的商业银行共同发给公众"),
    ("urumqi", "card-expired", {}, "到期前60天起可以申请换卡 当场制卡 306个网点 没到期的第二代卡可以继续用"),
    ("urumqi", "lost-card", NO_CARD, "九家合作银行 当场制卡"),
    ("urumqi", "electronic-card", {}, "自动生成电子社保卡"),
    ("xinjiang-corps", "card-expired", {}, "到期前一个月 有效期10年"),
    ("xinjiang-corps", "first-application", EMPLOYEE, "师市或者团场 358×441像素 单位介绍信"),
    ("xinjiang-corps", "first-application", {**NOT_EMPLOYED, **AGENT}, "还要多带材料"),
    ("xinjiang-corps", "activation", {}, "金融功能由合作银行激活"),
    ("beijing", "lost-card", NO_CARD, "96102 96066 16家合作银行 当场制卡 预挂失有效10天 补换卡20元 免快递费"),
    ("beijing", "damaged-card", {}, "15个工作日 领卡证明"),
    ("beijing", "card-expired", {}, "邮寄不收快递费 rsj.beijing.gov.cn"),
    ("beijing", "first-application", EMPLOYEE, "部分老年人群 工作许可信息载入社保卡"),
    ("beijing", "activation", {}, "旧卡在新卡启用后停用"),
    ("beijing", "progress-check", EMPLOYEE, "短信通知办卡进度"),
    ("beijing", "temporary-card-expired", {}, "可以出示领卡证明，费用之后手工报销"),
    ("beijing", "about-the-card", {}, "北京、天津、河北 京政办发〔2022〕15号 游览公园"),
    ("shanghai", "lost-card", NO_CARD, "021-12343 962222 电话挂失24小时有效，书面挂失满30天"),
    ("shanghai", "collect-card", EMPLOYEE, "由单位统一领取后发给本人"),
    ("shanghai", "about-the-card", {}, "2025年1月修正 医保电子凭证"),
    ("guangzhou", "lost-card", {**NO_CARD, **AGENT}, "工本费20元 7个工作日 穗好办 双方身份证件"),
    ("guangzhou", "damaged-card", {}, "换卡时收回 工本费20元"),
    ("guangzhou", "first-application", STUDENT, "广州户籍 由银行到学校 11家合作银行 年满18周岁的代办人"),
    ("guangzhou", "bank-change", {}, "银行账户会锁定 3个工作日内"),
    ("guangzhou", "card-cancellation", NO_CARD, "不需要交回旧卡 在广东省内换城市参保的"),
    ("guangzhou", "about-the-card", {}, "2022年2月1日起施行"),
    ("shenzhen", "lost-card", NO_CARD, "粤价函〔2003〕167号 12家合作银行"),
    ("shenzhen", "first-application", {**EMPLOYEE, **AGENT}, "首次申领免费 单位选定银行 数码照片回执 委托书"),
    ("shenzhen", "first-application", CHILD, "出生医学证明或者户口簿"),
    ("zhongshan", "progress-check", {}, "微办事 领卡未激活"),
    ("zhongshan", "collect-card", NOT_EMPLOYED, "超过一年没有领取的，会被封存"),
    ("zhongshan", "first-application", EMPLOYEE, "广发银行 不能网上申请"),
    ("dongguan", "first-application", EMPLOYEE, "首次申领和升级换卡免费 外国人也可以"),
    ("dongguan", "lost-card", NO_CARD, "工本费20元"),
    ("dongguan", "name-change", {}, "先改社保参保信息，再改银行信息，最后换卡"),
    ("zhuhai", "card-cancellation", AGENT, "继承公证书 注销不收费 当场办结"),
    ("shaoguan", "lost-card", NO_CARD, "挂失期是15天"),
    ("shaoguan", "card-expired", {}, "有效期为10年"),
    ("shaoguan", "card-cancellation", AGENT, "终止社会保险关系的证明"),
    ("jiangsu", "lost-card", NO_CARD, "江苏省内本人服务银行的任一网点 上门服务"),
    ("jiangsu", "first-application", CHILD, "7周岁以下的孩子可以不提供照片"),
    ("huaian", "lost-card", NO_CARD, "补领社保卡不收费 1个工作日内办结"),
    ("suzhou", "card-expired", {}, "2023年12月1日起停用 任一合作银行"),
    ("suzhou", "bank-change", {}, "不用先注销旧账户 信用记录"),
    ("zhejiang", "about-the-card", {}, "可以用社保卡证明身份"),
    ("yongkang", "lost-card", NO_CARD, "有效10天，银行账户有效5天"),
    ("sichuan", "lost-card", NO_CARD, "有效7天 只要原件 当场制卡 四川政务服务网"),
    ("henan", "lost-card", NO_CARD, "2024年10月起补换卡费用全免 河南其他城市"),
    ("henan", "first-application", EMPLOYEE, "在河南居住的中国公民 一件事"),
    ("jiaozuo", "lost-card", NO_CARD, "从2024年10月起，补卡、换卡费用全部免收"),
    ("jilin", "temporary-card-expired", {}, "60天，最长6个月 没有银行功能 工本费"),
    ("jilin", "collect-card", EMPLOYEE, "两名经办人 邮寄"),
    ("changchun", "first-application", CHILD, "不收费 50KB以下 出生医学证明 在吉林省居住的中国公民"),
    ("shaanxi", "lost-card", NO_CARD, "20元"),
    ("xian", "lost-card", NO_CARD, "有效7天，可以打电话延长 7个工作日 正式挂失不能解除"),
    ("xian", "pin-reset", {}, "666666"),
    ("wuhan", "card-expired", {}, "以A开头 人社窗口30个工作日 邮寄费自付"),
    ("wuhan", "bank-change", {}, "选定的银行不能再改"),
    ("huangshi", "card-expired", {}, "有效期10年 140个网点 22个工作日"),
    ("jiangling", "first-application", EMPLOYEE, "不收费 10个工作日内 外国人永久居留身份证"),
    ("jiangxi", "card-expired", {}, "32元（赣人社办字〔2014〕28号）"),
    ("nanchang", "bank-change", {}, "先到原银行注销旧账户 江西银行"),
    ("taian", "card-expired", {}, "有效期为10年"),
    ("caoxian", "electronic-card", CHILD, "最多可以添加8位家人"),
    ("shanxi", "lost-card", NO_CARD, "30个工作日 领取受理回执"),
    ("guiyang", "first-application", {**NOT_EMPLOYED, **AGENT}, "委托书或者关系证明 当场制卡"),
    ("guiyang", "first-application", CHILD, "6周岁及以下 户口簿看不出监护关系的"),
    ("guilin", "pin-reset", {}, "123456 输错6次"),
    ("guilin", "activation", {}, "24小时"),
    ("haikou", "first-application", CHILD, "7周岁以下的孩子可以不提供照片"),
    ("haikou", "card-expired", {}, "没有到期、丢失或者损坏的不用换"),
    ("xiamen", "first-application", CHILD, "5个工作日 15家合作银行 6周岁及以下"),
    ("xiamen", "bank-change", {}, "一类账户"),
    ("putian", "lost-card", NO_CARD, "有效5个工作日 20元"),
    ("putian", "damaged-card", {}, "一年内免费更换"),
    ("putian", "card-expired", {}, "到期前30天 收不收费看原因"),
    ("anhui", "temporary-card-expired", {}, "有效3个月 丢失补办18元 只在省内使用"),
    ("hefei", "pin-reset", {}, "123456 输错10次，计划改为6次"),
    ("wuhai", "progress-check", {}, "www.12333k.cn"),
    ("wuhai", "first-application", EMPLOYEE, "首次申领免费 中国农业银行"),
    ("ningxia", "electronic-card", {}, "一一对应"),
    ("ningxia", "about-the-card", {}, "宁人社规字〔2022〕7号"),
    ("jiayuguan", "bank-change", {}, "不鼓励换银行"),
    ("jiayuguan", "id-number-wrong", {}, "登记错误的免费"),
    ("baoji", "bank-change", {}, "市民中心停用旧卡 10日之前"),
    ("jianshui", "pin-reset", {}, "输错3次会锁定，一共可以解锁10次"),
]
USUAL = {
    "holder": "adult",
    "applicant": "self",
    "employment": "employee",
    "insurance": "employee",
    "information_issue": "registration_error",
    "second_generation_id": "yes",
    "special_status": "none",
    "card_in_hand": "yes",
}


def answer(catalogue: Catalogue, topic: str, facts: Facts, region: str) -> str:
    decision = decide(catalogue, topic, {**USUAL, **facts, "region": region}, DAY)
    assert decision.missing == ()
    text: str = outcome(catalogue, decision, "zh", lambda law, article: None)["text"]
    return text


@pytest.mark.parametrize(("region", "topic", "facts", "words"), KNOWN)
def test_what_is_known_of_a_place_is_told_there(
    real: Catalogue, region: str, topic: str, facts: Facts, words: str
) -> None:
    there, elsewhere = (answer(real, topic, facts, place) for place in (region, "elsewhere"))
    assert [word for word in words.split(" ") if word not in there] == []
    assert [word for word in words.split(" ") if word not in elsewhere] != []


def test_every_place_with_a_file_is_in_the_list(real: Catalogue) -> None:
    own = {one.region for topic in real.topics.values() for one in topic.statements if one.region}
    assert {region for region, *_ in KNOWN} | {"guangdong"} == own
    assert len(own) >= 45


def test_a_place_nothing_is_known_of_is_named_as_such(real: Catalogue) -> None:
    own = {one.region for topic in real.topics.values() for one in topic.statements if one.region}
    without = set(real.regions) - own
    assert {"tianjin", "chongqing", "hebei", "hunan", "tibet"} <= without
    for region in without:
        name = real.regions[region].name
        text = answer(real, "lost-card", NO_CARD, region)
        assert f"没有查到“{name.zh}”关于这件事的当地规定，以上是一般规定；当地细节请拨打当地的 12333。" in text


def test_every_province_is_a_region_or_around_one(real: Catalogue) -> None:
    provinces = {region.id for region in real.regions.values() if region.part_of is None}
    assert {"liaoning", "shandong", "hubei", "fujian", "guizhou", "yunnan", "gansu", "hainan"} <= provinces
    assert real.lineage("dalian") == ("dalian", "liaoning")
    assert real.lineage("urumqi") == ("urumqi", "xinjiang")
    assert real.lineage("xinjiang-corps") == ("xinjiang-corps",)


@pytest.mark.parametrize(
    ("topic", "facts", "both"),
    [
        ("lost-card", NO_CARD, "有的地方免费，有的地方收工本费"),
        ("lost-card", NO_CARD, "各地规定不同，有的几天就失效"),
        ("lost-card", NO_CARD, "旧卡不能再解除挂失；有的地方正式挂失后就不能解除"),
        ("lost-card", AGENT, "有的地方可以，有的地方要本人到场"),
        ("card-expired", {}, "从到期前60天起就可以申请换卡；有的地方是到期前一个月或者30天起"),
        ("card-expired", {}, "看病等社保功能会不会受影响，各处说法不一"),
        ("first-application", CHILD, "有的地方是7周岁以下，有的是6周岁及以下"),
        ("pin-reset", {}, "多数报道为6次，有的地方不同"),
    ],
)
def test_where_sources_disagree_both_sides_are_named(real: Catalogue, topic: str, facts: Facts, both: str) -> None:
    assert both in answer(real, topic, facts, "elsewhere")
