"""The last part of every report: how to read its figures, how its shares were worked out, where they come from."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from desktop.guard.released import Released, ReleasedLine
from desktop.reports.arithmetic import NOTES, WORKED, worked_table
from desktop.reports.document import Align, Block, Bullets, Column, Row, Run, Said, Table
from desktop.reports.report import Part
from desktop.reports.saying import said
from i18n import N_, Words

SOURCES = "sources"
"""The grid of its files and publications: name, first day, last day, doubles left out, rows left out."""


def notes_part(own: Callable[[Released, Words], Iterable[Run]] = lambda _released, _words: ()) -> Part:
    """The part that closes a report, with the report's own notes first."""

    def blocks(released: Released, words: Words) -> Iterator[Block]:
        if notes := (*own(released, words), *_guard(released, words)):
            yield Bullets(tuple((note,) for note in notes))
        if worked := released.grids.get(WORKED):
            yield worked_table([_worked(line, words) for line in worked], words)
        if sources := released.grids.get(SOURCES):
            yield Table(
                words.gettext("Sources"),
                (
                    Column(words.gettext("File or publication"), weight=3),
                    Column(words.gettext("Period"), weight=1.8),
                    Column(words.gettext("Doubles left out"), Align.END),
                    Column(words.gettext("Rows to be put right, left out"), Align.END),
                ),
                tuple(_source(line, words) for line in sources),
                name=SOURCES,
            )

    return Part(NOTES, N_("Reading notes and sources"), blocks)


def _worked(line: ReleasedLine, words: Words) -> Row:
    head, *figures = line.cells
    return Row(
        (head if isinstance(head, Said) else words.gettext(str(head)), *(said(figure, words) for figure in figures))
    )


def _guard(released: Released, words: Words) -> list[Run]:
    """What is hidden, left out or not named; never which of the hidden figures is small."""
    hidden, found = released.notes, list[Run]()
    if hidden.rounded_to:
        said = words.gettext(
            "Counts of people are rounded to the nearest {number}: parts need not add up to their total."
        )
        found.append(said.format(number=words.number(hidden.rounded_to)))
    if hidden.hidden:
        found.append(
            words.ngettext(
                "{count} figure is hidden, because it is small or would give a small one away. One mark stands for "
                "every hidden figure.",
                "{count} figures are hidden, because they are small or would give a small one away. One mark stands "
                "for every hidden figure.",
                hidden.hidden,
            ).format(count=words.number(hidden.hidden))
        )
    if hidden.left_out:
        found.append(words.gettext("Counts of sensitive kinds are left out: they do not leave to these readers."))
    if hidden.unnamed:
        found.append(
            words.ngettext(
                "{count} partner is not named, because nobody has said that it may be.",
                "{count} partners are not named, because nobody has said that they may be.",
                hidden.unnamed,
            ).format(count=words.number(hidden.unnamed))
        )
    return found


def _source(line: ReleasedLine, words: Words) -> Row:
    name, first, last, *left_out = line.cells
    period = words.gettext("Not stated")
    if isinstance(first, date) and isinstance(last, date):
        period = words.period(first, last)
    return Row((said(name, words), period, *(said(count, words) for count in left_out)))
