from __future__ import annotations

from pathlib import Path

import pytest

from bot.setup import pythons
from bot.setup.problem import Problem
from tests.setup.fakes import executable, fake_python


def surroundings(tmp_path: Path, *path: Path, **more: str) -> dict[str, str]:
    return {"PATH": ":".join(map(str, path)), "HOME": str(tmp_path / "home"), **more}


def test_the_python_on_the_path_is_taken(tmp_path: Path) -> None:
    python = fake_python(tmp_path / "bin" / "python3.10", "3.10")
    assert pythons.find(["3.10"], "BANSHI_PYTHON310", surroundings(tmp_path, tmp_path / "bin")) == python


def test_a_shim_that_fails_does_not_hide_a_python_further_down_the_path(tmp_path: Path) -> None:
    executable(tmp_path / "shims" / "python3.10", "#!/bin/sh\necho 'command not found' >&2\nexit 127\n")
    python = fake_python(tmp_path / "bin" / "python3.10", "3.10")
    environ = surroundings(tmp_path, tmp_path / "shims", tmp_path / "bin")
    assert pythons.find(["3.10"], "BANSHI_PYTHON310", environ) == python


def test_what_a_python_says_of_itself_counts_not_its_name(tmp_path: Path) -> None:
    fake_python(tmp_path / "bin" / "python3.10", "3.9")
    with pytest.raises(Problem):
        pythons.find(["3.10"], "BANSHI_PYTHON310", surroundings(tmp_path, tmp_path / "bin"))


def test_the_newest_python_of_pyenv_is_taken(tmp_path: Path) -> None:
    versions = tmp_path / "pyenv" / "versions"
    fake_python(versions / "3.10.9" / "bin" / "python3.10", "3.10")
    newest = fake_python(versions / "3.10.13" / "bin" / "python3.10", "3.10")
    environ = surroundings(tmp_path, PYENV_ROOT=str(tmp_path / "pyenv"))
    assert pythons.find(["3.10"], "BANSHI_PYTHON310", environ) == newest


def test_pyenv_in_the_home_folder_needs_no_setting(tmp_path: Path) -> None:
    path = tmp_path / "home" / ".pyenv" / "versions" / "3.10.1" / "bin" / "python3.10"
    python = fake_python(path, "3.10")
    assert pythons.find(["3.10"], "BANSHI_PYTHON310", surroundings(tmp_path)) == python


def test_a_python_kept_by_uv_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "home/.local/share/uv/python/cpython-3.10.14-linux-x86_64-gnu/bin/python3.10"
    python = fake_python(path, "3.10")
    assert pythons.find(["3.10"], "BANSHI_PYTHON310", surroundings(tmp_path)) == python


def test_the_first_wanted_version_is_preferred(tmp_path: Path) -> None:
    fake_python(tmp_path / "bin" / "python3.12", "3.12")
    python = fake_python(tmp_path / "bin" / "python3.11", "3.11")
    assert pythons.find(["3.11", "3.12"], "BANSHI_PYTHON311", surroundings(tmp_path, tmp_path / "bin")) == python


def test_the_setting_comes_before_everything(tmp_path: Path) -> None:
    fake_python(tmp_path / "bin" / "python3.11", "3.11")
    chosen = fake_python(tmp_path / "own" / "python", "3.12")
    environ = surroundings(tmp_path, tmp_path / "bin", BANSHI_PYTHON311=str(chosen))
    assert pythons.find(["3.11", "3.12"], "BANSHI_PYTHON311", environ) == chosen


def test_a_wrong_setting_is_one_sentence(tmp_path: Path) -> None:
    chosen = fake_python(tmp_path / "python", "3.9")
    with pytest.raises(Problem) as caught:
        pythons.find(["3.10"], "BANSHI_PYTHON310", surroundings(tmp_path, BANSHI_PYTHON310=str(chosen)))
    assert str(caught.value) == (
        f"BANSHI_PYTHON310 is {chosen}, which is not a working Python 3.10 with venv: correct or unset it."
    )


def test_a_missing_python_is_one_sentence_with_the_fix(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        pythons.find(["3.10"], "BANSHI_PYTHON310", surroundings(tmp_path))
    assert str(caught.value) == (
        "Python 3.10 is not on this machine (or lacks its venv module): install it, for example with "
        "`pyenv install 3.10` or `uv python install 3.10`, or set BANSHI_PYTHON310 to its path."
    )


def test_uv_is_asked_for_what_is_missing(tmp_path: Path) -> None:
    target = tmp_path / "home/.local/share/uv/python/cpython-3.10.14-linux/bin"
    ready = fake_python(tmp_path / "download", "3.10")
    executable(tmp_path / "bin" / "uv", f'#!/bin/sh\nmkdir -p "{target}" && cp "{ready}" "{target}/python3.10"\n')
    environ = surroundings(tmp_path, tmp_path / "bin", Path("/usr/bin"), Path("/bin"))
    assert pythons.find(["3.10"], "BANSHI_PYTHON310", environ) == target / "python3.10"
