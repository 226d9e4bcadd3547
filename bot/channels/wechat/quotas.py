"""How many customer-service messages a person may still get: WeChat grants them for what the person did."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

_MOST = 50_000  # people remembered
FOR_A_MESSAGE = (5, 48 * 3600.0)  # messages, seconds
FOR_AN_EVENT = (3, 60.0)  # following, scanning, a click in the account's menu


class Quotas:
    """Counts per sender in this process; the platform counts too, and refuses with 45015 or 45047."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._left: OrderedDict[str, list[tuple[int, float]]] = OrderedDict()  # (messages, until)

    def grant(self, sender_id: str, quota: tuple[int, float]) -> None:
        """The person did something that allows `quota`: so many messages for so many seconds from now."""
        messages, seconds = quota
        kept = [grant for grant in self._left.pop(sender_id, []) if not self._replaced(grant, seconds)]
        self._left[sender_id] = [*kept, (messages, self._clock() + seconds)]
        if len(self._left) > _MOST:
            self._left.popitem(last=False)

    def left(self, sender_id: str) -> int:
        """Messages that may be sent now."""
        return sum(messages for messages, until in self._left.get(sender_id, []) if until > self._clock())

    def take(self, sender_id: str) -> bool:
        """Use up one message, of the grant that ends first; whether there was one."""
        grants = sorted(self._left.get(sender_id, []), key=lambda grant: grant[1])
        for index, (messages, until) in enumerate(grants):
            if messages and until > self._clock():
                grants[index] = (messages - 1, until)
                self._left[sender_id] = grants
                return True
        return False

    def forget(self, sender_id: str) -> None:
        """Drop the person's counts."""
        self._left.pop(sender_id, None)

    def _replaced(self, grant: tuple[int, float], seconds: float) -> bool:
        """Whether a new grant of `seconds` takes the place of this one: it has ended, or is of the same kind."""
        remaining = grant[1] - self._clock()
        return remaining <= 0 or (remaining <= FOR_AN_EVENT[1]) == (seconds <= FOR_AN_EVENT[1])
