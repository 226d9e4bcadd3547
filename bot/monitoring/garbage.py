"""What a server has loaded stays: Python's collector need not walk all of it again and again."""

from __future__ import annotations

import ctypes
import gc

_NEW_OBJECTS = 10_000
"""So many more objects than were freed before the youngest are looked through; Python's own 700 suit small ones."""


def settle() -> None:
    """Leave out of collections what is loaded now; to be called once a server is ready, and when it has loaded anew.

    A collection of everything that Rasa or torch loads stops a server for a third of a second, in the middle of turns.
    What was needed for loading goes back to the system.
    """
    gc.unfreeze()  # or what was replaced since the last time would never be collected
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, 20, 20)
    _give_back()


def _give_back() -> None:
    """Return what was needed only to load to the system; the C library would keep it. Where it can, which is glibc."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
