"""The environment variables every process of the product is started with."""

from __future__ import annotations

import os
from collections.abc import Mapping

from bot.setup.project import Project

# Rasa and the libraries report usage, errors or look for newer models unless told not to.
SILENCE = {
    "RASA_TELEMETRY_ENABLED": "false",
    "OTEL_SDK_DISABLED": "true",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
}
DEFAULTS = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "TF_CPP_MIN_LOG_LEVEL": "2",
    "SANIC_HOST": "127.0.0.1",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
}
# Two servers share the cores: more threads for each would only get in one another's way. Memory that threads gave back
# lies idle in an arena of each; two arenas are enough for servers that work on one thread.
SERVERS = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
PYTHON = {"PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1", "PYTHONNOUSERSITE": "1"}
_FOREIGN = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")


def for_children(project: Project, environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """``environ`` without what would mix up the environments, with reports off and offline."""
    kept = {name: value for name, value in environ.items() if name not in _FOREIGN}
    return {**DEFAULTS, **kept, **SILENCE, **PYTHON, "BANSHI_VAR": str(project.var)}
