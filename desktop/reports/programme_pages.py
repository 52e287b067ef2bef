"""A programme's year in figures, said: what was published for each time, in which unit, with which caveat."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import cast

from db.models.results import UNITS
from desktop.guard.released import Released
from desktop.reports.blocks import chart
from desktop.reports.caveats import caveat, time_of
from desktop.reports.document import (
    Align,
    Block,
    Bullets,
    Chart,
    Column,
    Count,
    KeyFigure,
    KeyFigures,
    Missing,
    Paragraph,
    Row,
    RowKind,
    Run,
    Said,
    Share,
    Table,
    Value,
)
from desktop.reports.indicator_tables import figure
from desktop.reports.notes import notes_part
from desktop.reports.programme import FIGURES, Programme
from desktop.reports.report import Part
from desktop.reports.saying import title, within
from i18n import N_, Words

MOST = 8
FEWEST_BARS = 3


def parts(_plain: Mapping[str, object]) -> Sequence[Part]:
    """The first time at a glance, then every figure by its time."""
    return (
        Part("glance", N_("At a glance"), _glance, N_("What the year brought, in words.")),
        Part("figures", N_("Figures as published"), _figures),
        Part("sums", N_("Wholes and their parts"), _sums),
        Part("publications", N_("Publications"), _publications),
        notes_part(_notes),
    )


def _of(released: Released) -> Programme:
    return cast(Programme, released.plain[FIGURES])


_LIMITS = {"more_than": N_("more than {number}"), "up_to": N_("up to {number}")}


def _value(released: Released, at: int, words: Words) -> Value:
    """A figure; “more than” and “up to” are part of it."""
    found = figure(released.grids[FIGURES][at].cells[1], words)
    limit = _LIMITS.get(_of(released).figures[at].qualifier)
    match found:
        case Count(value):
            number = words.number(value)
        case Share(ratio, decimals):
            number = words.percent(ratio, decimals)
        case str():
            number = found
        case _:
            return found
    if limit is None:
        return found
    behind = getattr(found, "behind", None)
    return Said(words.gettext(limit).format(number=number), words.language, behind)


def _glance(released: Released, words: Words) -> Iterator[Block]:
    found = _of(released).figures
    lines = {one.item for one in found}
    whole = [at for at, one in enumerate(found) if one.parent not in lines and one.when == found[0].when][:MOST]
    if not whole:
        yield Paragraph((words.gettext("This framework has no figures."),))
        return
    yield KeyFigures(
        tuple(
            KeyFigure(_value(released, at, words), _name(released, at, words), _note(released, at, words))
            for at in whole
        )
    )


def _note(released: Released, at: int, words: Words) -> str:
    said = caveat(_of(released).figures[at].caveat, words)
    return words.isolate(said.text) if isinstance(said, Said) and said.text else said if isinstance(said, str) else ""


def _name(released: Released, at: int, words: Words) -> str:
    return within(_of(released).figures[at].name, words)


def _figures(released: Released, words: Words) -> Iterator[Block]:
    found = _of(released).figures
    columns = (
        Column(words.gettext("What was published"), weight=2.8),
        Column(words.gettext("Figure"), Align.END, 1.2),
        Column(words.gettext("Unit"), weight=1.1),
        Column(words.gettext("Caveat"), weight=2.8),
    )
    rows: list[Row] = []
    for when, its in groupby(enumerate(found), key=lambda each: each[1].when):
        rows.append(Row((time_of(when, words), "", "", ""), RowKind.SUBTOTAL))
        rows += (
            Row(
                (
                    _name(released, at, words),
                    _value(released, at, words),
                    title(one.unit, UNITS, words),
                    caveat(one.caveat, words),
                )
            )
            for at, one in its
        )
    if rows:
        yield Table(words.gettext("Each figure with its unit and caveat"), columns, tuple(rows), name=FIGURES)


def _sums(released: Released, words: Words) -> Iterator[Block]:
    """Where parts make up a whole, the sum; where they do not, that too."""
    for whole, parts in _of(released).parts.items():
        values = [figure(released.grids[FIGURES][at].cells[1], words) for at in (whole, *parts)]
        counts = [value.value for value in values if isinstance(value, Count)]
        if len(counts) == len(values):
            yield Bullets(((_sum(_name(released, whole, words), counts[0], counts[1:], words),),))
        if len(parts) >= FEWEST_BARS:
            yield _chart(released, whole, parts, values[1:], words)
    if not _of(released).parts:
        yield Paragraph((words.gettext("No figure is published together with all of its parts."),))


def _sum(name: str, whole: int, parts: Sequence[int], words: Words) -> str:
    told = words.number(parts[0])
    for part in parts[1:]:
        told = words.gettext("{sum} + {number}").format(sum=told, number=words.number(part))
    come = sum(parts)
    if come == whole:
        said = words.gettext("{name}: {whole} = {parts}. The parts make up the whole.")
    elif come < whole:
        said = words.gettext("{name}: {parts} = {sum}, of {whole}. What else is in it is not said.")
    else:
        said = words.gettext(
            "{name}: {parts} = {sum}, more than {whole}. The parts overlap or were counted in another way."
        )
    return said.format(name=name, whole=words.number(whole), parts=told, sum=words.number(come))


def _chart(released: Released, whole: int, parts: Sequence[int], values: Sequence[Value], words: Words) -> Chart:
    names = [_name(released, at, words) for at in parts]
    unit = title(_of(released).figures[whole].unit, UNITS, words)
    return chart(_name(released, whole, words), names, [(unit, values)], words)


def _publications(released: Released, words: Words) -> Iterator[Block]:
    found = _of(released).figures
    sources = dict.fromkeys(one.source for one in found)
    rows = tuple(
        Row(
            (
                Said(source) if source else Missing(words.gettext("not stated")),
                words.list([words.isolate(one.code) for one in found if one.source == source]),
            )
        )
        for source in sources
    )
    if rows:
        columns = (Column(words.gettext("Publication"), weight=3), Column(words.gettext("Lines"), weight=2))
        yield Table(words.gettext("Where the figures are from"), columns, rows, name="publications")


def _notes(released: Released, words: Words) -> Iterator[Run]:
    yield words.gettext(
        "These figures were published by others. They are printed as they stand there, each with its caveat."
    )
    yield words.gettext(
        "They are never added up, but where parts were published with their whole. A headline is no part of anything."
    )
    if any(one.qualifier != "exactly" for one in _of(released).figures):
        yield words.gettext("“More than” and “up to” belong to a figure: without them it says something else.")
    if any(one.unit == "percent" for one in _of(released).figures):
        yield words.gettext("Shares are as they were published: what they were worked out from is not in this record.")
