"""Partnership and localisation, said: the shares first, then everything behind them, the unknowns among it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from db.definitions import name_of
from db.layers import layers
from db.models.engagements import SEATS
from db.models.money import LAYERS
from db.models.women_led import STATUSES as WOMEN_LED
from desktop.guard.released import Released, ReleasedLine
from desktop.reports.blocks import chart, table
from desktop.reports.document import (
    Align,
    Block,
    ChartKind,
    Column,
    Count,
    KeyFigure,
    KeyFigures,
    Missing,
    Money,
    Paragraph,
    Row,
    RowKind,
    Run,
    Table,
    Value,
)
from desktop.reports.localisation import COUNTED, OVERHEADS, STAGE_TITLES, STATUSES, TO_WOMEN_LED, WHOM, Localised
from desktop.reports.money_notes import money_notes
from desktop.reports.notes import notes_part
from desktop.reports.report import Part
from desktop.reports.saying import said, title
from i18n import N_, Words


def parts(_plain: Mapping[str, object]) -> Sequence[Part]:
    """The parts, the figures that people ask for first."""
    return (
        Part("shares", N_("What went to local and women-led partners"), _key_figures, N_("What changed, and why.")),
        Part("layers", N_("Money by layer"), _layers),
        Part("agreements", N_("Agreements"), _agreements),
        Part("decisions", N_("Seats and decisions"), _decisions, N_("Where partners decided with us.")),
        Part("recipients", N_("Partners that received money"), _recipients),
        notes_part(_notes),
    )


def cover(released: Released, words: Words) -> Iterator[tuple[str, Value]]:
    """Which account of the money it is."""
    yield words.gettext("Stage of the money"), words.gettext(STAGE_TITLES[_of(released).stage])


def _of(released: Released) -> Localised:
    return cast(Localised, released.plain["localised"])


def _key_figures(released: Released, words: Words) -> Iterator[Block]:
    figures = released.figures

    def key(name: str, label: str, note: str = "") -> KeyFigure:
        return KeyFigure(said(figures[name], words), words.gettext(label), words.gettext(note) if note else "")

    yield KeyFigures(
        (
            key("counted_share", COUNTED, N_("Local and national partners, authorities included")),
            key("women_led_share", TO_WOMEN_LED, N_("Of all money of the stage and period")),
            key("overheads_share", OVERHEADS, N_("To local and national partners")),
            key("total_money", N_("All money of the period"), STAGE_TITLES[_of(released).stage]),
            key("agreements", N_("Agreements in force"), ""),
            key("agreements_women_led", N_("Agreements with local partners that women lead"), ""),
        )
    )
    yield from _chart(released, words)


def _chart(released: Released, words: Words) -> Iterator[Block]:
    """All money as one bar, by to whom it went."""
    if not _of(released).money:
        yield Paragraph((words.gettext("No money is recorded at this stage in this period."),))
        return
    whole = released.grids["layers"][-1].cells[1:]
    own = released.grids["layers"][-2].cells[1]
    pieces = [(name, whole[place]) for place, (name, _whom) in enumerate(WHOM) if place >= 2]
    pieces.append((N_("The office itself"), own))
    pieces[:3] = [
        (N_("Local, led by women"), pieces[0][1]),
        (N_("Local, not led by women"), pieces[1][1]),
        (N_("Local, lead not known"), pieces[2][1]),
    ]
    shown = [(words.gettext(name), (value,)) for name, value in pieces if cast(Money, value).amount]
    heading = words.gettext("To whom the money went")
    yield chart(heading, [words.gettext(STAGE_TITLES[_of(released).stage])], shown, words, ChartKind.SHARES)


def _layers(released: Released, words: Words) -> Iterator[Block]:
    amounts = words.gettext("Amounts by layer and recipient, in {currency}")
    yield _by_whom(amounts.format(currency=words.amounts_in(_of(released).currency)), "layers", released, words)
    yield _by_whom(words.gettext("Shares of all money, by layer and recipient"), "layer_shares", released, words)


def _by_whom(heading: str, name: str, released: Released, words: Words) -> Table:
    columns = (
        Column(words.gettext("Layer"), weight=2.2),
        *(Column(words.gettext(whom), Align.END) for whom, _chosen in WHOM),
    )
    rows = tuple(_row(line, words) for line in released.grids[name])
    return Table(heading, columns, rows, name=name)


def _agreements(released: Released, words: Words) -> Iterator[Block]:
    yield _who(words.gettext("Agreements in force, by partner and by who leads it"), "agreements", released, words)
    if released.grids["together"][-1].cells[-1] != Count(0):
        yield _who(words.gettext("Of these, designed together with the partner"), "together", released, words)


def _decisions(released: Released, words: Words) -> Iterator[Block]:
    seats = _of(released).seats
    for code in seats:
        yield _who(title(code, SEATS, words), f"seats_{code}", released, words)
    if not seats:
        yield Paragraph((words.gettext("No seat, chair or joint proposal of a partner is recorded for this period."),))


def _who(heading: str, name: str, released: Released, words: Words) -> Table:
    columns = (
        Column(words.gettext("Partners"), weight=3),
        *(Column(title(code, WOMEN_LED, words), Align.END) for code in STATUSES),
        Column(words.gettext("Total"), Align.END),
    )
    return Table(heading, columns, tuple(_row(line, words) for line in released.grids[name]), name=name)


def _recipients(released: Released, words: Words) -> Iterator[Block]:
    rows = []
    for line in released.grids["recipients"]:
        name, actor, women_led, definition, sums = line.cells
        amounts = [words.money(each.amount, each.currency) for each in cast(tuple[Money, ...], sums)]
        rows.append(
            Row(
                (
                    said(name, words),
                    words.gettext(str(actor)),
                    title(str(women_led), WOMEN_LED, words),
                    _defined(str(definition), words),
                    words.list(amounts),
                )
            )
        )
    columns = (
        Column(words.gettext("Partner"), weight=3),
        Column(words.gettext("What it is"), weight=2),
        Column(words.gettext("Women-led status"), weight=1.4),
        Column(words.gettext("Definition"), weight=2),
        Column(words.gettext("Money received"), Align.END, 1.8),
    )
    yield from table(words.gettext("Partners that received money"), columns, rows, "recipients")


def _notes(released: Released, words: Words) -> Iterator[Run]:
    found = _of(released)
    yield words.gettext(
        "The 25 % belongs to all signatories of the Grand Bargain together, not to one office or project."
    )
    counting = [words.quoted(words.gettext(dict(LAYERS)[each.code])) for each in layers() if each.counts]
    yield words.gettext(
        "Counted are local and national partners, authorities included, by these layers: {layers}."
    ).format(layers=words.list(counting))
    yield words.gettext(
        "What donors gave local partners directly never passes through an office: it is not collected, not zero."
    )
    if found.definitions:
        names = [words.quoted(name_of(code, version, words.language)) for code, version in found.definitions]
        yield words.gettext("Whether women lead a partner is as assessed by: {definitions}").format(
            definitions=words.list(names)
        )
    else:
        yield words.gettext("Nobody has assessed yet whether women lead these partners.")
    if found.unknown:
        yield words.ngettext(
            "Of {count} partner it is not known whether it is local; it does not count toward the 25 %.",
            "Of {count} partners it is not known whether they are local; they do not count toward the 25 %.",
            found.unknown,
        ).format(count=words.number(found.unknown))
    if found.not_assessed:
        yield words.ngettext(
            "Of {count} local partner it is not known whether women lead it. Unknown does not mean no.",
            "Of {count} local partners it is not known whether women lead them. Unknown does not mean no.",
            found.not_assessed,
        ).format(count=words.number(found.not_assessed))
    yield from money_notes(found.rates, found.rounding.amount, found.currency, words)


def _row(line: ReleasedLine, words: Words) -> Row:
    head, *cells = line.cells
    kind = RowKind.TOTAL if line.total else RowKind.BODY
    return Row((words.gettext(str(head)), *(said(cell, words) for cell in cells)), kind)


def _defined(definition: str, words: Words) -> Value:
    code, _space, version = definition.partition(" ")
    return name_of(code, version, words.language) if definition else Missing(words.gettext("Not assessed"))
