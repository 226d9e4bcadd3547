"""How many cores of this machine nobody else wants at this moment."""

import os
from pathlib import Path

_RUNNING = Path("/proc/loadavg")


def free_cores() -> int:
    """Cores without another thread that runs or waits for one, this thread's own included; at least 1.

    The fourth figure of Linux' ``/proc/loadavg`` counts the threads of all processes (``man 5 proc``); where there is
    none, all cores count as free.
    """
    try:
        running = int(_RUNNING.read_text().split()[3].partition("/")[0])
    except (OSError, ValueError, IndexError):
        running = 1
    return max(1, (os.cpu_count() or 1) - max(0, running - 1))
