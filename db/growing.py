"""While something large grows, Python looks for no rings of garbage.

An answer of a large record, or a report, is made of millions of small things that all stay until it is done. Python
looks through them again and again for those that hold only each other, and finds none: it costs up to half the time.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def only_growing() -> Iterator[None]:
    """Rings of garbage made meanwhile are found afterwards."""
    was_looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_looking:
            gc.enable()
