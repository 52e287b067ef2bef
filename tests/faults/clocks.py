"""The laptop's clock set back and forward by hours and years: no deed out of its order, no copy lost that was made.

A dead battery sets it to the same old day at every start. Weaker: the log is ordered by the clock on the wall.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import backup, base, sealing
from db.ageing import Copy
from db.keys import keys_path
from db.models import ChangeSet
from db.queries.check import check
from tests.builders import add_partner, names
from tests.faults.figure import Count, fresh, opened, scratch

NUMBER = 25
TODAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
CLOCKS = [TODAY + timedelta(hours=hours) for hours in (-1, 5, -30, -11 * 365 * 24, -11 * 365 * 24 + 1, 2, 400 * 24, 3)]
EARLIER = 60
"""Copies of the hours before, so that there is something to thin out."""


def count(quick: bool, weaker: bool) -> Count:
    """Work and copy by each clock, then look at the order of things."""
    lost = unsound = 0
    order = _on_the_wall if weaker else sealing.next_clock
    with scratch() as folder, opened(fresh(folder / "record")) as record, patch.object(sealing, "next_clock", order):
        with clock_at(TODAY):
            _lay_earlier(record.back_up())
        for number, clock in enumerate(CLOCKS):
            with clock_at(clock):
                record.write(add_partner, f"{number}")
                copy = record.back_up().path
                lost += not (copy.exists() and keys_path(copy).exists())
                record.write(add_partner, "En trop")
                record.undo()
                unsound += check(record) != ()
        ordered = record.read(_in_order)
        held = record.read(names) == sorted(f"{number}" for number in range(len(CLOCKS)))
    told = f"{len(CLOCKS)} clocks: {lost} copies lost as they were made, {unsound} records not sound, deeds "
    told += f"{'in' if ordered else 'OUT OF'} their order, {'all' if held else 'NOT all'} there"
    return Count(told, not (lost or unsound) and ordered and held)


@contextmanager
def clock_at(at: datetime) -> Iterator[None]:
    """The clock set to this time, for whoever asks."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return at

    with (
        patch.object(base, "datetime", Clock),
        patch.object(sealing.time, "time_ns", lambda: int(at.timestamp() * 1e9)),
    ):
        yield


def _lay_earlier(copy: Copy) -> None:
    for hours in range(1, EARLIER + 1):
        at = copy.made_at - timedelta(hours=hours)
        stamps = (f"{each:{backup._STAMP}}" for each in (copy.made_at, at))
        earlier = copy.path.with_name(copy.path.name.replace(*stamps))
        earlier.write_bytes(copy.path.read_bytes())
        keys_path(earlier).write_bytes(keys_path(copy.path).read_bytes())


def _on_the_wall(_latest: str | None) -> str:
    return f"{sealing.time.time_ns() // 1_000_000:012x}{0:06x}"


def _in_order(session: Session) -> bool:
    """Whether the clock values of the log never went back."""
    clocks = list(session.scalars(select(ChangeSet.clock).order_by(ChangeSet.row)))
    return clocks == sorted(set(clocks))
