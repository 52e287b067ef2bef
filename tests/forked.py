"""Another process that does something until it is done or killed; one that hangs ends by itself, and that is told.

It is a copy of this one. Threads are not copied with it: a lock that one of them held just then would be held for ever.
"""

import os
import signal
from collections.abc import Callable

LONGEST = 180
"""Seconds that one may take."""


def forked(does: Callable[[], object]) -> int:
    """Do this in another process; its number."""
    child = os.fork()
    if child == 0:
        try:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.alarm(LONGEST)
            does()
        finally:
            os._exit(0)
    return child


def wait_for(child: int) -> None:
    """Wait for its end; TimeoutError where it had hung."""
    _child, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM:
        raise TimeoutError(f"the other process did not end within {LONGEST} s")
