"""rasa_sdk's executor for actions that need no domain."""

from __future__ import annotations

from typing import Any

from rasa_sdk.executor import ActionExecutor


class DomainlessExecutor(ActionExecutor):
    """Never asks Rasa for its domain.

    With ``enable_selective_domain`` Rasa 3.6 leaves the domain out of every call (it is the larger part of it), and
    a newer rasa_sdk would ask for it again at each.
    """

    def update_and_return_domain(self, payload: dict[str, Any], action_name: str) -> dict[str, Any]:
        """An empty domain, whatever was sent."""
        return {}
