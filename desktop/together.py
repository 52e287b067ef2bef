"""Several files of one release: a report in many languages or formats, made together and leaving together.

It is weighed once, so that no two of its files can tell different things.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from db.commands.issuing import Destination
from db.record import Record
from desktop.deliver import Cleared, Made, Order, Progress, leave, made


def made_each(
    cleared: Cleared, orders: Sequence[Order], progress: Progress = lambda _part: None
) -> tuple[tuple[Order, Made], ...]:
    """Its files in several languages or formats, all of one release."""
    files = []
    for number, order in enumerate(orders):
        whole = partial(_within, progress, number, len(orders))
        files.append((order, made(cleared, order, whole)))
        progress((number + 1) / len(orders))
    return tuple(files)


def _within(progress: Progress, number: int, of: int, part: float) -> None:
    progress((number + part) / of)


def leave_each(record: Record, files: Sequence[tuple[Order, Made, Path]], sent: Destination | None = None) -> None:
    """Write the files of one release, and keep that each of them left."""
    known_to = files[0][1].known_to if files else None
    for order, each, path in files:
        # They were weighed together, so only the first asks whether anything left meanwhile.
        leave(record, order, replace(each, known_to=known_to), path, sent)
        known_to = None
