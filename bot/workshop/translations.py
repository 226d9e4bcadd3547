"""Texts that were not translated, and fixed sentences with the wrong words to fill in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from bot.catalogue import Problem
from bot.catalogue.problems import nearest
from bot.catalogue.yaml_file import Where, YamlFile
from bot.workshop.files import named, texts

_HAN = re.compile(r"[㐀-鿿]")
_LATIN = re.compile(r"[A-Za-z]")
_TO_FILL = re.compile(r"\{(\w*)\}")


def translation_problems(files: Iterable[YamlFile]) -> Iterator[Problem]:
    """A Chinese text without Chinese characters, an English one that is mostly Chinese."""
    for file in files:
        for where, zh, en in texts(file):
            if not _TO_FILL.sub("", zh).strip() and not _TO_FILL.sub("", en).strip():
                continue  # nothing but words to fill in
            if not _HAN.search(zh):
                yield file.problem(
                    (*where, "zh"),
                    f"“zh”里没有中文：“{zh}”；请译成中文。",
                    f'The "zh" text has no Chinese in it: "{zh}"; translate it.',
                )
            if len(_HAN.findall(en)) > len(_LATIN.findall(en)) or not _LATIN.search(en):
                yield file.problem(
                    (*where, "en"),
                    f"“en”里不是英文：“{en}”；请译成英文。",
                    f'The "en" text is not English: "{en}"; translate it.',
                )


def unfinished(files: Iterable[YamlFile]) -> Iterator[Problem]:
    """Texts in which a 【…】 of a template still stands."""
    for file in files:
        for where, zh, en in texts(file):
            for language, text in (("zh", zh), ("en", en)):
                if "【" in text:
                    yield file.problem(
                        (*where, language),
                        f"“{text}”还没写完，请把【…】改成内容。",
                        f'"{text}" is not written yet; put words in place of 【…】.',
                    )


def sentence_problems(files: Iterable[YamlFile], needed: Mapping[str, frozenset[str]]) -> Iterator[Problem]:
    """Fixed sentences that the replies need and that are missing, or whose words to fill in differ."""
    file = named(files, "wording.yml")
    if file is None:
        return
    sentences = file.data["sentences"]
    for key, words in needed.items():
        if key not in sentences:
            yield _missing(file, key, words)
            continue
        for language in ("zh", "en"):
            yield from _words_to_fill(file, ("sentences", key, language), sentences[key][language], words)


def unused_sentences(files: Iterable[YamlFile], needed: Mapping[str, frozenset[str]]) -> Iterator[Problem]:
    """Sentences that nothing says: probably a slip in the name."""
    file = named(files, "wording.yml")
    for key in file.data["sentences"] if file else ():
        if key not in needed:
            hint_zh, hint_en = nearest(key, needed)
            where = ("sentences", key)
            yield file.problem(  # type: ignore[union-attr]
                where, f"没有回复用到句子“{key}”。{hint_zh}", f'No reply uses the sentence "{key}".{hint_en}'
            )


def _missing(file: YamlFile, key: str, words: frozenset[str]) -> Problem:
    fill = "、".join(f"{{{word}}}" for word in sorted(words))
    fill_en = ", ".join(f"{{{word}}}" for word in sorted(words))
    return file.problem(
        ("sentences",),
        f"缺少句子“{key}”" + (f"（要有{fill}）" if fill else "") + "，请补上中文和英文。",
        f'The sentence "{key}" is missing'
        + (f" (with {fill_en})" if fill else "")
        + "; add it in Chinese and English.",
    )


def _words_to_fill(file: YamlFile, where: Where, sentence: str, expected: frozenset[str]) -> Iterator[Problem]:
    found = set(_TO_FILL.findall(sentence))
    for word in sorted(expected - found):
        yield file.problem(
            where, f"“{where[1]}”里缺少{{{word}}}，请补上。", f'"{where[1]}" lacks {{{word}}}; put it in.'
        )
    for word in sorted(found - expected):
        hint_zh, hint_en = nearest(word, expected)
        yield file.problem(
            where,
            f"“{where[1]}”里的{{{word}}}没有内容可填，请删去。{hint_zh}",
            f'In "{where[1]}" nothing can be filled into {{{word}}}; remove it.{hint_en}',
        )
