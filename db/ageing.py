"""Which copies of the record nobody needs any more: those that newer ones make superfluous, and those that are too old.

The clock of an old laptop says what it likes. A battery that is dead sets it back by years at each start, and a hand
sets it ten years ahead; put right again, it must not have cost a copy that is young. So a leap ahead is not believed
before it lasted; copies from ahead of the clock are thinned out by themselves; and one from years before the copies it
goes on from is taken for as old as those.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

RETENTION = timedelta(days=90)
"""After this long, what was erased from the record has gone from its copies too; where it is seldom opened, later."""

_KEPT = ((timedelta(hours=1), 48), (timedelta(days=1), 14), (timedelta(weeks=1), 8), (timedelta(days=30), 6))
"""One copy an hour for two days, one a day for two weeks, one a week for two months, then one a month."""

_LATELY = 3
"""The newest are kept however near to one another they were made."""

_LEAP, _LASTS = timedelta(days=30), timedelta(days=14)
"""Time without any copy that may be a clock set ahead, and how long copies have to be made until it is believed."""
_SLACK = timedelta(days=1)
"""So far ahead of the clock a copy may be for reasons that are none, such as a clock set right by minutes."""


@dataclass(frozen=True)
class Copy:
    """A verified copy: where it is, when it was made, and the last change set it holds."""

    path: Path
    made_at: datetime
    number: int


def superfluous(made: Iterable[Copy], at: datetime) -> list[Copy]:
    """The copies that nobody needs beside the others at this time: by their age, and all but the newest past it."""
    made = list(made)
    now = believed(made, at)
    behind = _dated([copy for copy in made if copy.made_at <= now + _SLACK])
    ahead = _dated([copy for copy in made if copy.made_at > now + _SLACK])
    old = {copy for copy, since in list(behind.items())[1:] if now - since > RETENTION}
    if now == at and old:
        # Made before the clock was put right: they are older than those that went on from them.
        newest = max(copy.number for copy in old)
        old |= {copy for copy in ahead if copy.number < newest}
    kept = _thinned(behind) | _thinned(ahead)
    return [copy for copy in (*ahead, *behind) if copy in old or copy not in kept]


def believed(made: Iterable[Copy], at: datetime) -> datetime:
    """The time that ages count from: where the clock leapt ahead, the last one before, until the new one has lasted."""
    since = at
    for date in sorted((copy.made_at for copy in made if copy.made_at <= at + _SLACK), reverse=True):
        if since - date > _LEAP:
            return at if at - since >= _LASTS else date
        since = date
    return at


def _dated(made: Iterable[Copy]) -> dict[Copy, datetime]:
    """When each was made, the newest first; one that goes on from copies far later was made by a clock set back."""
    found: dict[Copy, datetime] = {}
    first = last = None
    for copy in sorted(made, key=lambda copy: (copy.number, -copy.made_at.timestamp())):
        if first and last and copy.made_at < first - RETENTION:
            found[copy] = last
            continue
        found[copy] = copy.made_at
        first, last = min(first or copy.made_at, copy.made_at), max(last or copy.made_at, copy.made_at)
    return dict(sorted(found.items(), key=lambda one: (one[1], one[0].number), reverse=True))


def _thinned(dated: Mapping[Copy, datetime]) -> set[Copy]:
    """Those that stand for a span of time, and the newest."""
    kept = set(list(dated)[:_LATELY])
    for span, count in _KEPT:
        spans: dict[int, Copy] = {}
        for copy, since in dated.items():
            spans.setdefault(int(since.timestamp() // span.total_seconds()), copy)
        kept.update(list(spans.values())[:count])
    return kept
