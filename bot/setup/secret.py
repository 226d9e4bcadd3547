"""The secret website sessions are signed with, for running on one's own machine."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping

from bot.setup.project import Project


def variables(project: Project, environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Empty when the operator set a secret, else the file of one made here once, readable by its owner only."""
    if environ.get("BANSHI_SECRET") or environ.get("BANSHI_SECRET_FILE"):
        return {}
    path = project.var / "secret"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return {"BANSHI_SECRET_FILE": str(path)}
    with os.fdopen(descriptor, "w") as stream:
        stream.write(secrets.token_hex(32))
    return {"BANSHI_SECRET_FILE": str(path)}
