"""Figures now and then: what changed since the last report, for any report that is asked for it.

A change is a count of its own wherever the earlier people are among the later ones, so that it goes through the guard
like both. Where they are not, it is said only if both may be seen.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import cast

from db.queries.called import Called
from desktop.guard.released import ReleasedLine
from desktop.guard.tables import Counted, Entry, Line
from desktop.reports.building import label
from desktop.reports.document import Align, Column, Count, Hidden, Missing, Money, Row, Table, Value
from desktop.reports.indicator_tables import figure
from desktop.reports.report import Label
from desktop.reports.saying import within
from i18n import N_, Words

CHANGES = "changes"
"""The grid of what changed."""


def changed(name: Label | Called, now: Entry, then: Entry | None) -> Line:
    """A figure now and then."""
    change: Entry | None = None
    if isinstance(now, Counted) and isinstance(then, Counted) and then.atoms <= now.atoms:
        change = Counted(now.atoms - then.atoms, now.behind)
    return Line((name, now, then, change))


def changes_table(lines: Sequence[ReleasedLine], since: date, words: Words) -> Table:
    """Then, now and the change of each figure, with what may not be shown of it."""
    then = words.gettext("Then: up to that day, as the record knows it now.")
    notes = (then, *(remark for line in lines for remark in _hidden(line, words)))
    return Table(
        words.gettext("Change since {day}").format(day=words.date(since)),
        (
            Column(words.gettext("Figure"), weight=3),
            Column(words.gettext("Then"), Align.END),
            Column(words.gettext("Now"), Align.END),
            Column(words.gettext("Change"), Align.END),
        ),
        tuple(Row((name_of(line, words), *_then_and_now(line, words))) for line in lines),
        " ".join(notes),
        CHANGES,
    )


def name_of(line: ReleasedLine, words: Words) -> str:
    """What a line of changes is about."""
    head = line.cells[0]
    if not isinstance(head, Called):
        return label(cast(Label, head), words)
    return within(head, words)


def _then_and_now(line: ReleasedLine, words: Words) -> tuple[Value, Value, Value]:
    """Both figures and the change; worked out here only from two that may both be seen."""
    now, then = figure(line.cells[1], words), figure(line.cells[2], words) if line.cells[2] is not None else None
    if then is None:
        then = Missing(words.gettext("not collected"))
    if isinstance(now, Hidden) or isinstance(then, Hidden):
        # That nothing was added to a hidden figure tells something of it too.
        return then, now, Hidden()
    if line.cells[3] is not None:
        return then, now, figure(line.cells[3], words)
    if isinstance(now, Count) and isinstance(then, Count):
        return then, now, Count(now.value - then.value, now.behind)
    if isinstance(now, Money) and isinstance(then, Money) and now.currency == then.currency:
        return then, now, Money(now.amount - then.amount, now.currency, now.behind)
    return then, now, ""


def _hidden(line: ReleasedLine, words: Words) -> Iterator[str]:
    """A figure that may not be shown now, or could not be shown of then, is said to be so."""
    then, now, change = (isinstance(one, Hidden) for one in _then_and_now(line, words))
    message = (
        N_("{figure}: hidden then and now.")
        if then and now
        else N_("{figure}: hidden now.")
        if now
        else N_("{figure}: hidden then.")
        if then
        else N_("{figure}: its change is hidden.")
        if change
        else ""
    )
    if message:
        yield words.gettext(message).format(figure=name_of(line, words))
