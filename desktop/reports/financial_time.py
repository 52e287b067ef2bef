"""The money of the financial situation as it came and went: what had come to it by the end of each quarter or month."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from db.calendar import quarter_of
from db.models.money import STAGES
from db.queries.financial import behind_money
from db.queries.scope import Scope
from desktop.guard.released import Absent, Released, ReleasedLine
from desktop.guard.tables import Entry, Grid, Line
from desktop.reports.blocks import chart
from desktop.reports.document import Align, Block, ChartKind, Column, Money, Row, Table
from desktop.reports.financial_tables import NO_RATE, RECEIVED_MONEY, Gathered
from desktop.reports.saying import said
from i18n import N_, Words

OVER_TIME = "over_time"
RECEIVED = (RECEIVED_MONEY, N_("Money received"))
_FEWEST, _MOST = 3, 12
"""From so many periods on there is something to follow; of more than so many the last ones are told."""


def over_time(found: Gathered, scope: Scope, change: int) -> tuple[tuple[str, ...], Grid]:
    """Which kinds of money there are, and a line for each period, with what had come to it by its end."""
    events = {name: found.moved[name] for name, _title in (RECEIVED, *STAGES) if name in found.moved}
    days = [on for its in events.values() for on, _pair in its]
    periods = _periods(min(days), max(days)) if days else []
    if len(periods) < _FEWEST:
        return (), Grid(())

    def come(name: str, last: date) -> Entry:
        until = replace(scope, ends_on=last)
        narrowed = {} if name == RECEIVED[0] else {"stage": name}
        behind = behind_money("allocations" if narrowed else "receipts", until, change, **narrowed)
        added = found.together.sum(pair for on, pair in events[name] if on <= last)
        one = added.together
        return Absent(NO_RATE, behind) if one is None else Money(one.amount, one.currency, behind)

    lines = (Line((first, last, *(come(name, last) for name in events))) for first, last in periods[-_MOST:])
    return tuple(events), Grid(tuple(lines))


def told_over_time(kinds: Sequence[str], currency: str, released: Released, words: Words) -> Iterator[Block]:
    """The lines, and the table of them."""
    if not kinds:
        return
    titles = dict((RECEIVED, *STAGES))
    lines = released.grids[OVER_TIME]
    names = [words.period(*_days(line)) for line in lines]
    series = [(words.gettext(titles[kind]), [line.cells[at] for line in lines]) for at, kind in enumerate(kinds, 2)]
    heading = words.gettext("Money by the end of each period, in {currency}")
    called = heading.format(currency=words.amounts_in(currency))
    yield chart(called, names, series, words, ChartKind.LINES, tabled=True)
    columns = (Column(words.gettext("Period"), weight=2), *(Column(label, Align.END) for label, _values in series))
    rows = tuple(
        Row((name, *(said(cell, words) for cell in line.cells[2:]))) for name, line in zip(names, lines, strict=True)
    )
    note = words.gettext("Each line is what had come together by the last day of its period.")
    yield Table(called, columns, rows, note, OVER_TIME)


def _periods(first: date, last: date) -> list[tuple[date, date]]:
    """The quarters of these days, or their months where they are in few quarters."""
    quarters = _following(first, last, quarter_of)
    return quarters if len(quarters) >= _FEWEST else _following(first, last, _month_of)


def _following(first: date, last: date, of: Callable[[date, date], tuple[date, date]]) -> list[tuple[date, date]]:
    periods = [of(first, first)]
    while periods[-1][1] < last:
        after = periods[-1][1] + timedelta(days=1)
        periods.append(of(after, after))
    return periods


def _month_of(first: date, _last: date) -> tuple[date, date]:
    begins = first.replace(day=1)
    return begins, (begins + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _days(line: ReleasedLine) -> tuple[date, date]:
    first, last, *_amounts = line.cells
    assert isinstance(first, date) and isinstance(last, date)
    return first, last
