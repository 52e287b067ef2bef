"""The last page of the protection overview: how to read the figures, and where they come from."""

from datetime import date

from db.models.results import COUNTINGS, NATURES
from desktop.guard.released import Released, ReleasedLine
from desktop.reports.document import Align, Block, Bullets, Column, Heading, Row, Run, Table
from desktop.reports.protection_overview import Overview
from desktop.reports.saying import said, title
from i18n import Words


def counted(nature: str, overview: Overview, words: Words) -> str:
    """How the people of a nature were counted; for declared figures, what they do not say."""
    if nature == "declared":
        return words.gettext("Planned or reached: not stated")
    return words.list([title(rule, COUNTINGS, words) for rule in overview.countings[nature]])


def notes(released: Released, overview: Overview, words: Words) -> list[Block]:
    """The reading notes, then the sources with what was left out of each."""
    return [
        Heading(words.gettext("Reading notes and sources")),
        Bullets(
            tuple((note,) for note in (*_figures(overview, words), *_scope(overview, words), *_guard(released, words)))
        ),
        Table(
            words.gettext("Sources"),
            (
                Column(words.gettext("File or publication"), weight=3),
                Column(words.gettext("Period"), weight=1.8),
                Column(words.gettext("Doubles left out"), Align.END),
                Column(words.gettext("Rows to be put right, left out"), Align.END),
            ),
            tuple(_source(line, words) for line in released.grids["sources"]),
            name="sources",
        ),
    ]


def _figures(overview: Overview, words: Words) -> list[Run]:
    """What each kind of figure is."""
    found: list[Run] = []
    for nature in overview.natures:
        name = title(nature, NATURES, words)
        if nature == "declared":
            found.append(
                words.gettext(
                    "{figures}: figures declared by those who report them; whether the people were planned for or "
                    "reached is not stated."
                ).format(figures=name)
            )
        elif overview.countings[nature] == ("not_stated",):
            found.append(words.gettext("{figures}: the counting rule is not stated.").format(figures=name))
        else:
            found.append(
                words.gettext("{figures}, by this counting rule: {rules}.").format(
                    figures=name, rules=counted(nature, overview, words)
                )
            )
        if missing := overview.without_figure[nature]:
            found.append(
                words.ngettext(
                    "{figures}: {count} activity has no such figure and adds nothing to the sums.",
                    "{figures}: {count} activities have no such figure and add nothing to the sums.",
                    missing,
                ).format(figures=name, count=words.number(missing))
            )
    found.append(
        words.gettext("One person may be counted by several activities: sums are sums of figures, not of persons.")
    )
    return found


def _scope(overview: Overview, words: Words) -> list[Run]:
    """What the period takes in, and what counts more than once."""
    found: list[Run] = []
    scope = overview.asked.scope
    if scope.starts_on or scope.ends_on:
        found.append(
            words.gettext("Activities are in the period when they overlap it; figures are never shared out over time.")
        )
    if overview.starts_unknown:
        found.append(
            words.ngettext(
                "{count} activity has no known start date; it is in when its end is not before the period.",
                "{count} activities have no known start date; they are in when their end is not before the period.",
                overview.starts_unknown,
            ).format(count=words.number(overview.starts_unknown))
        )
    if overview.several_donors:
        found.append(
            words.ngettext(
                "{count} activity has several donors and counts whole under each.",
                "{count} activities have several donors and count whole under each.",
                overview.several_donors,
            ).format(count=words.number(overview.several_donors))
        )
    return found


def _guard(released: Released, words: Words) -> list[Run]:
    """What is hidden, left out or not named; never which of the hidden figures is small."""
    hidden, found = released.notes, list[Run]()
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
