"""The two pages that a donor is briefed with, said."""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from db.queries.called import Called
from db.queries.measured import PlaceNamed
from db.queries.protection import NamedPlace
from desktop.guard.released import Absent, Released, ReleasedLine
from desktop.reports.briefing_matters import briefed, contributions, open_matters
from desktop.reports.changes import CHANGES, changes_table, name_of
from desktop.reports.document import (
    Align,
    Block,
    Column,
    Count,
    KeyFigure,
    KeyFigures,
    Money,
    Paragraph,
    Row,
    Said,
    Table,
    Value,
)
from desktop.reports.donor_briefing import THREE, share_of
from desktop.reports.grant_cover import women_led_partners
from desktop.reports.grant_figures import BY_PLACE, page_of
from desktop.reports.grant_tables import LOCAL
from desktop.reports.indicator_figures import PLACES
from desktop.reports.indicator_notes import described, named
from desktop.reports.indicator_tables import figure
from desktop.reports.notes import notes_part
from desktop.reports.place_map import place_map
from desktop.reports.report import Part
from desktop.reports.saying import said, title, within, women_led
from i18n import N_, Words

MOST_KEYS = 2


def parts(_plain: Mapping[str, object]) -> Sequence[Part]:
    """Where things stand, with whom, with which money, and what is open."""
    return (
        Part("figures", N_("Key figures"), _figures, N_("What the donor should take home, in two sentences.")),
        Part(
            "open",
            N_("What we ask for and what is open"),
            open_matters,
            N_("What is asked of the donor, and what it would change."),
        ),
        Part("money", N_("Money and earmarking"), contributions),
        Part(
            "partners",
            N_("Where and with whom"),
            lambda released, words: (*_where(released, words), *_partners(released, words)),
            N_("What these partners changed, in a sentence each."),
        ),
        notes_part(),
    )


def _figures(released: Released, words: Words) -> Iterator[Block]:
    lines, since = released.grids[CHANGES], briefed(released).since
    known = [(figure(line.cells[1], words), name_of(line, words)) for line in lines]
    keys = [KeyFigure(value, name) for value, name in known if isinstance(value, Count)][:MOST_KEYS]
    if (share := briefed(released).women_led) and share[2].amount:
        told = words.gettext("Money to women-led partners")
        keys.append(KeyFigure(share_of(share[0], share[2]), told))
    else:
        keys.append(women_led_partners(released, words))
    yield KeyFigures(tuple(keys))
    if since is None:
        yield Paragraph((words.gettext("No earlier briefing is recorded: there is nothing to compare with."),))
        return
    yield changes_table(lines, since, words)


def _where(released: Released, words: Words) -> Iterator[Block]:
    """People by place: of the activities, else of the first indicator that was counted by place."""
    natures = page_of(released).natures
    shown: list[tuple[NamedPlace | PlaceNamed, Value]] = []
    if natures:
        heading = words.gettext("People by place")
        for line in released.grids[BY_PLACE]:
            if isinstance(line.cells[0], NamedPlace):
                shown.append((line.cells[0], said(line.cells[-1], words)))
    else:
        first = next((line.cells[0] for line in released.grids[PLACES] if _people(released, line)), None)
        heading = named(described(released)[cast(int, first)], words) if first is not None else ""
        for line in released.grids[PLACES]:
            if line.cells[0] == first:
                shown.append((cast(PlaceNamed, line.cells[1]), figure(line.cells[2], words)))
    if not shown:
        yield Paragraph((words.gettext("No figure is recorded by place."),))
        return
    if drawn := place_map(heading, shown, released, words, _in_words(heading, shown, words)):
        yield from drawn
        return
    yield Table(
        heading,
        (Column(words.gettext("Place"), weight=3), Column(words.gettext("People"), Align.END)),
        tuple(Row((Said(place.name, place.language), value)) for place, value in shown),
        name="places",
    )


def _in_words(heading: str, shown: Sequence[tuple[NamedPlace | PlaceNamed, Value]], words: Words) -> str:
    """The map as a sentence, for those who do not see it."""
    told = words.gettext("{name}: {value}")
    parts = [
        told.format(name=words.isolate(place.name), value=words.number(value.value))
        for place, value in shown
        if isinstance(value, Count)
    ]
    listed = words.list(parts) if parts else words.gettext("Not shown.")
    return words.gettext("{title}. {list}").format(title=heading, list=listed)


def _people(released: Released, line: ReleasedLine) -> bool:
    return described(released)[cast(int, line.cells[0])].people


def _partners(released: Released, words: Words) -> Iterator[Block]:
    rows = []
    for line in released.grids[THREE]:
        partner, local, led, titles, had = line.cells
        work = [within(one, words) for one in cast(tuple[Called, ...], titles)]
        rows.append(
            Row(
                (
                    said(partner, words),
                    title(str(local), LOCAL, words),
                    women_led(str(led), words),
                    words.list(work) if work else "",
                    said(had, words),
                )
            )
        )
    if not rows:
        yield Paragraph((words.gettext("No partner works with this money yet."),))
        return
    by_money = isinstance(released.grids[THREE][0].cells[-1], Money | Absent)
    most = N_("Partners with most of the money") if by_money else N_("Partners with most activities")
    last = N_("Money to date") if by_money else N_("Activities")
    yield Table(
        words.gettext(most),
        (
            Column(words.gettext("Partner"), weight=3.2),
            Column(words.gettext("Local or national"), weight=0.9),
            Column(words.gettext("Women-led status"), weight=1.2),
            Column(words.gettext("Agreement"), weight=2.2),
            Column(words.gettext(last), Align.END, 1.3),
        ),
        tuple(rows),
        _worked(released, words),
        THREE,
    )


def _worked(released: Released, words: Words) -> str:
    """How the share of women-led partners was worked out."""
    share = briefed(released).women_led
    if share is None or not share[2].amount:
        return ""
    part, unknown, whole = (words.money(one.amount, one.currency) for one in share)
    sentence = words.gettext("Money to women-led partners: {part} of {whole}; to partners not assessed: {unknown}.")
    return sentence.format(part=part, whole=whole, unknown=unknown)
