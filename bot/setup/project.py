"""Where things lie in one working copy."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Project:
    """``root`` is the working copy; ``var`` everything written at run time (setting BANSHI_VAR)."""

    root: Path
    var: Path

    @classmethod
    def here(cls, environ: Mapping[str, str] = os.environ) -> Project:
        """The working copy this module lies in."""
        root = Path(__file__).resolve().parents[2]
        return cls(root, Path(environ.get("BANSHI_VAR") or root / "var").resolve())

    @property
    def rasa_python(self) -> Path:
        """Python of the Rasa environment."""
        return self.root / ".venv-rasa" / "bin" / "python"

    @property
    def python(self) -> Path:
        """Python of the action server's environment, where the tools and most tests run too."""
        return self.root / ".venv" / "bin" / "python"

    @property
    def models(self) -> Path:
        """Trained models."""
        return self.root / "models"

    @property
    def logs(self) -> Path:
        """Logs of the set-up and of both servers."""
        return self.var / "log"

    @property
    def setup_log(self) -> Path:
        """What pip and the training print."""
        return self.logs / "setup.log"

    def shown(self, path: Path) -> str:
        """``path`` as a person in the working copy would type it."""
        try:
            return str(path.relative_to(self.root))
        except ValueError:
            return str(path)
