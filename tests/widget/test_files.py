"""The files themselves: small, plain, and nothing from elsewhere."""

from __future__ import annotations

import gzip
import re

import pytest

from bot.widget.files import FOLDER, read_files

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
