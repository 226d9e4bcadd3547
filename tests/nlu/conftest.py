"""Rasa 3.6 and the libraries it pins warn about themselves; warnings from our own code still fail a test."""

from __future__ import annotations

import pytest


def pytest_configure(config: pytest.Config) -> None:
    for line in (
        "ignore::DeprecationWarning:rasa",
        "ignore::DeprecationWarning:sanic",
        "ignore::DeprecationWarning:sanic_cors",
        "ignore::DeprecationWarning:pkg_resources",
        "ignore::UserWarning:pkg_resources",
        "ignore::sqlalchemy.exc.MovedIn20Warning",
        "ignore:.*pkg_resources.*",
    ):
        config.addinivalue_line("filterwarnings", line)
