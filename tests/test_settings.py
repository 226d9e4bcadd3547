from pathlib import Path

import pytest

from bot import errors
from bot.errors import BanshiError, SettingError, UnknownId
from bot.settings import ROOT, announce_days, knowledge_folder, nlu_folder, var_folder


def test_the_knowledge_is_the_projects_own(monkeypatch: pytest.MonkeyPatch) -> None:
    for value in (None, ""):
        monkeypatch.delenv("BANSHI_KNOWLEDGE", raising=False)
        if value is not None:
            monkeypatch.setenv("BANSHI_KNOWLEDGE", value)
        assert knowledge_folder() == ROOT / "knowledge"


def test_or_the_folder_that_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BANSHI_KNOWLEDGE", str(tmp_path))
    assert knowledge_folder() == tmp_path


def test_a_folder_that_is_not_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BANSHI_KNOWLEDGE", str(tmp_path / "gone"))
    with pytest.raises(SettingError, match=r"^BANSHI_KNOWLEDGE leads to .*gone, which is not a folder"):
        knowledge_folder()


def test_another_bureaus_content_by_one_setting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BANSHI_CONTENT", str(tmp_path))
    with pytest.raises(SettingError, match=r"^BANSHI_CONTENT leads to .*knowledge, which is not a folder"):
        knowledge_folder()
    for folder in ("knowledge", "data/nlu"):
        (tmp_path / folder).mkdir(parents=True)
    assert (knowledge_folder(), nlu_folder()) == (tmp_path / "knowledge", tmp_path / "data/nlu")


def test_how_far_ahead_changes_are_announced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BANSHI_ANNOUNCE_DAYS", raising=False)
    assert announce_days() == 90
    monkeypatch.setenv("BANSHI_ANNOUNCE_DAYS", "0")
    assert announce_days() == 0
    monkeypatch.setenv("BANSHI_ANNOUNCE_DAYS", "soon")
    with pytest.raises(SettingError, match="BANSHI_ANNOUNCE_DAYS is 'soon'; write a number of days"):
        announce_days()


def test_what_is_written_goes_to_var(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BANSHI_VAR", str(tmp_path / "a" / "b"))
    assert var_folder() == tmp_path / "a" / "b"
    assert (tmp_path / "a" / "b").is_dir()


def test_every_error_is_one_of_ours() -> None:
    classes = [one for one in vars(errors).values() if isinstance(one, type)]
    assert len(classes) > 4
    assert all(issubclass(one, BanshiError) for one in classes)
    assert str(UnknownId("there is no topic x")) == "there is no topic x"
    assert str(UnknownId()) == ""
