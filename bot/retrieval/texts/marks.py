"""The marks that structure an official text: articles, chapters, numbered headings."""

import re

from bot.retrieval.numerals import NUMERAL, canonical

_NUMBER = rf"(?:{NUMERAL}|\d+)"
_ARTICLE_ZH = re.compile(rf"第\s*(?P<main>{_NUMBER})\s*条(?:\s*之\s*(?P<suffix>{_NUMBER}))?")
_ARTICLE_EN = re.compile(r"(?:Article|ARTICLE|Art\.)\s+(?P<main>\d+)(?P<suffix>-\d+)?\b\.?:?")
_CHAPTER = re.compile(
    rf"第\s*{_NUMBER}\s*(?P<kind>[编篇章节])(?!\w*条)|(?P<en>Part|Chapter|Section)\s+(?:\d+|[IVXL]+)\b"
)
_LEVELS = {"编": 1, "篇": 1, "章": 2, "节": 3, "Part": 1, "Chapter": 2, "Section": 3}
_NUMBERED = re.compile(r"[一二三四五六七八九十]+、\S")
_LONGEST_HEADING = {"zh": 40, "en": 90}


def article_of(text: str) -> str | None:
    """The canonical number of the article that ``text`` begins, or None: "第五条　申领" → "5".

    "第五条规定的材料" begins no article: what follows a number that begins one is a space, a colon or nothing.
    """
    zh = _ARTICLE_ZH.match(text)
    if zh:
        rest = text[zh.end() :]
        if rest and not rest[0].isspace() and rest[0] not in "：:【（(":
            return None
        return canonical(zh["main"] + (f"-{zh['suffix']}" if zh["suffix"] else ""))
    en = _ARTICLE_EN.match(text)
    if en:
        return canonical(en["main"] + (en["suffix"] or ""))
    return None


def chapter_level(text: str) -> int:
    """1 to 4 when the line is a heading by its own words, else 0: "第二章 申领" → 2, "三、办理材料" → 4."""
    limit = _LONGEST_HEADING["en" if text.isascii() else "zh"]
    if len(text) > limit or text.endswith(("。", "；", "，", ".", ";", ",")):
        return 0
    found = _CHAPTER.match(text)
    if found:
        return _LEVELS[found["kind"] or found["en"]]
    return 4 if _NUMBERED.match(text) else 0
