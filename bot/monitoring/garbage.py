"""What a server has loaded stays: Python's collector need not walk all of it again and again."""

from __future__ import annotations

import gc

_NEW_OBJECTS = 10_000
"""So many more objects than were freed before the youngest are looked through; Python's own 700 suit small ones."""


def settle() -> None:
    """Leave out of collections what is loaded now; to be called once a server is ready, and when it has loaded anew.

    A collection of everything that Rasa or torch loads stops a server for a third of a second, in the middle of turns.
    """
    gc.unfreeze()  # or what was replaced since the last time would never be collected
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, 20, 20)
