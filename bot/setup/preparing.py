"""Bringing a working copy up to date, which every command does first."""

from __future__ import annotations

from bot.setup import environments, exclusive, index, training
from bot.setup.progress import run_steps
from bot.setup.project import Project


def prepare(project: Project, dev: bool = False) -> None:
    """Build what is missing or stale: environments, index, model. Raises Problem."""
    with exclusive.building(project):
        run_steps([*environments.steps(project, dev), *index.steps(project), *training.steps(project)])


def build_environments(project: Project, dev: bool = False) -> None:
    """Both environments as locked. Raises Problem."""
    with exclusive.building(project):
        run_steps(environments.steps(project, dev))
