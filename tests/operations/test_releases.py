"""Released, refused, rolled back."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from bot.errors import BanshiError
from bot.operations.releases import CURRENT, KEPT, ReleaseError, release, roll_back
from tests.small_folder import small_folder


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    return small_folder(tmp_path).path


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "model.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        entry = tarfile.TarInfo("./metadata.json")
        entry.size = 2
        archive.addfile(entry, io.BytesIO(b"{}"))
    return path


class Clock:
    """Names of releases, one a call."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ticks = 0
        monkeypatch.setattr("bot.operations.releases.time.strftime", self)

    def __call__(self, _: str) -> str:
        self.ticks += 1
        return f"release-{self.ticks:02d}"


def test_release_and_roll_back(tmp_path: Path, model: Path, knowledge: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Clock(monkeypatch)
    folder, indexed = tmp_path / "releases", list[Path]()
    for _ in range(2):
        release(folder, model, knowledge, indexed.append)
    assert (folder / CURRENT).resolve().name == "release-02"
    assert (folder / CURRENT / "model.tar.gz").read_bytes() == model.read_bytes()
    assert roll_back(folder, indexed.append) == "release-01"
    assert (folder / CURRENT).resolve().name == "release-01"
    assert roll_back(folder, indexed.append) == "release-02"
    names = ["release-01", "release-02", "release-01", "release-02"]
    assert indexed == [folder / name / "knowledge" for name in names]


def test_what_is_bad_changes_nothing(tmp_path: Path, model: Path, knowledge: Path) -> None:
    folder = tmp_path / "releases"
    first = release(folder, model, knowledge, lambda path: None)
    broken = tmp_path / "broken.tar.gz"
    broken.write_bytes(model.read_bytes()[:20])
    with pytest.raises(ReleaseError, match=r"broken\.tar\.gz is no whole model"):
        release(folder, broken, knowledge, lambda path: None)
    (knowledge / "facts.yml").write_text("facts: [\n", encoding="utf-8")
    with pytest.raises(BanshiError):
        release(folder, model, knowledge, lambda path: None)
    assert (folder / CURRENT).resolve().name == first
    with pytest.raises(ReleaseError, match="no release to go back to"):
        roll_back(folder, lambda path: None)


def test_only_the_latest_are_kept(
    tmp_path: Path, model: Path, knowledge: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Clock(monkeypatch)
    folder = tmp_path / "releases"
    for _ in range(KEPT + 5):
        release(folder, model, knowledge, lambda path: None)
    kept = sorted(path.name for path in folder.iterdir() if path.is_dir() and not path.is_symlink())
    assert kept == [f"release-{number:02d}" for number in range(4, KEPT + 6)]
