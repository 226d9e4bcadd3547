"""The files themselves: small, plain, and nothing from elsewhere."""

from __future__ import annotations

import gzip
import re

import pytest

from bot.widget.files import FOLDER, read_files
from bot.widget.plain import plain

MODULES = sorted(path.name for path in FOLDER.glob("*.js"))
LARGEST = 20_000  # bytes, each file packed as it is sent


def test_the_whole_widget_is_small() -> None:
    files = read_files()
    packed = {name: len(files[name].packed) for name in MODULES}
    assert len(packed) > 5
    assert sum(packed.values()) <= LARGEST, packed
    assert all(gzip.decompress(files[name].packed) == files[name].body for name in MODULES)


@pytest.mark.parametrize("name", MODULES)
def test_a_module_builds_no_markup_from_text_and_fetches_nothing_from_elsewhere(name: str) -> None:
    source = (FOLDER / name).read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", source)
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)[a-z]", source.replace("https?:\\/\\/", ""))
    assert len(source.splitlines()) <= 300


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ('const a = "two  spaces // no remark";', 'const a="two  spaces // no remark";'),
        ('const a = 1; // a remark, with a "', "const a=1;"),
        ("/** What it does:\n    more. */\nexport const b = 2;", "export const b=2;"),
        ("call(one,\n  two);\nnext()", "call(one,two);next()"),
        ("let a = b\nlet c", "let a=b\nlet c"),
        ("if (x) {\n  y()\n}\nz()", "if(x){y()}\nz()"),
        ("`line  one\n  line two`", "`line  one\n  line two`"),
        ('text.replace(/[ "/]  /g, "x")', 'text.replace(/[ "/]  /g,"x")'),
        ("const half = (a) / 2;", "const half=(a)/2;"),
        ("return value in  list", "return value in list"),
    ],
)
def test_what_nobody_reads_is_not_sent(written: str, sent: str) -> None:
    assert plain(written.encode()).decode() == sent


@pytest.mark.parametrize("name", MODULES)
def test_the_sources_are_written_so_that_they_can_be_shortened(name: str) -> None:
    source = (FOLDER / name).read_text(encoding="utf-8")
    assert not re.search(r"(?<![\w\s])'(?:[^'\n]*)'", re.sub(r"//.*|`[^`]*`|\"[^\"\n]*\"|/.+/g?", "", source))
    assert plain(plain(source.encode())) == plain(source.encode())


def test_every_module_is_reached_from_the_one_script() -> None:
    reached, waiting = set(), ["widget.js"]
    while waiting:
        name = waiting.pop()
        reached.add(name)
        found = re.findall(r'"\./([\w.-]+\.js)"', (FOLDER / name).read_text(encoding="utf-8"))
        waiting += [other for other in found if other not in reached]
    assert sorted(reached) == MODULES


def test_both_languages_have_the_same_words() -> None:
    source = (FOLDER / "words.js").read_text(encoding="utf-8")
    chinese, english = source.split("  en: {")
    words = [re.findall(r"^    (\w+):", half, re.MULTILINE) for half in (chinese, english)]
    assert words[0] == words[1]
    assert len(words[0]) > 40
