"""The financial situation, said: what came in, what was budgeted, allocated, paid and accounted for, at which rates."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import cast

from db.models.money import STAGES
from db.queries.called import Called
from db.queries.tranches import OLDEST
from desktop.guard.released import Released, ReleasedLine
from desktop.reports.blocks import chart, table
from desktop.reports.document import (
    Align,
    Block,
    Chart,
    Column,
    Day,
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
from desktop.reports.financial import OUTSTANDING, Situation
from desktop.reports.financial_tables import OWN, PAID, PLANNED, NamedLine
from desktop.reports.financial_time import told_over_time
from desktop.reports.money_notes import money_notes
from desktop.reports.notes import notes_part
from desktop.reports.report import Part
from desktop.reports.saying import in_words, said, title, within
from i18n import N_, Words


def parts(_plain: Mapping[str, object]) -> Sequence[Part]:
    """The whole first, then each account of it."""
    return (
        Part("glance", N_("At a glance"), _glance, N_("What is late or changed, and what is done about it.")),
        Part("budget", N_("Budget"), _budget),
        Part("flows", N_("Allocations"), _flows),
        Part("time", N_("Over time"), _time),
        Part("tranches", N_("Tranches"), _tranches),
        Part("overheads", N_("Overheads"), _overheads),
        Part("receipts", N_("Money received"), _receipts),
        notes_part(_notes),
    )


def _of(released: Released) -> Situation:
    return cast(Situation, released.plain["situation"])


def _glance(released: Released, words: Words) -> Iterator[Block]:
    labels = (("received", N_("Money received")), *STAGES, ("outstanding", OUTSTANDING))
    notes = {"outstanding": words.date(_of(released).day)}
    told = [
        KeyFigure(said(released.figures[name], words), words.gettext(label), notes.get(name, ""))
        for name, label in labels
        if name in released.figures
    ]
    if told:
        yield KeyFigures(tuple(told))
    else:
        yield Paragraph((words.gettext("No money is recorded in the scope of this report."),))


def _budget(released: Released, words: Words) -> Iterator[Block]:
    heads = (N_("Share of the donor"), N_("Share of the partner"), N_("Share in kind"), N_("Total"))
    columns = (
        Column(words.gettext("Budget line"), weight=2.6),
        *(Column(words.gettext(head), Align.END) for head in heads),
    )
    heading = words.gettext("Budget by line, in {currency}")
    for currency in _of(released).currencies:
        name = f"budget_{currency.lower()}"
        if rows := tuple(_budgeted(line, words) for line in released.grids[name]):
            yield Table(heading.format(currency=words.amounts_in(currency)), columns, rows, name=name)


def _budgeted(line: ReleasedLine, words: Words) -> Row:
    head, *amounts = line.cells
    cells = tuple("" if amount is None else said(amount, words) for amount in amounts)
    if not isinstance(head, NamedLine):
        return _summed(head, cells, line, words)
    name = words.isolate(head.title)
    if head.code:
        name = words.gettext("{code}: {name}").format(code=words.isolate(head.code), name=name)
    return Row((name, *cells))


def _summed(head: object, cells: tuple[Value, ...], line: ReleasedLine, words: Words) -> Row:
    """The line of an agreement, or of all."""
    if line.total:
        return Row((words.gettext("Total"), *cells), RowKind.TOTAL)
    return Row((in_words(cast(Called, head), words), *cells), RowKind.SUBTOTAL)


def _flows(released: Released, words: Words) -> Iterator[Block]:
    found = _of(released)
    columns = (
        Column(words.gettext("Recipient"), weight=2.6),
        Column(words.gettext("In its own currency"), Align.END, 1.4),
        Column(words.amounts_in(found.currency), Align.END, 1.4),
    )
    for stage in found.stages:
        rows = tuple(_flow(line, words) for line in released.grids[f"flows_{stage}"])
        note = words.gettext("What a partner passed on counts with whoever had it last.")
        yield Table(title(stage, STAGES, words), columns, rows, note, f"flows_{stage}")
    if not found.stages:
        yield Paragraph((words.gettext("No allocation is recorded for this period."),))


def _time(released: Released, words: Words) -> Iterator[Block]:
    found = _of(released)
    yield from told_over_time(found.over_time, found.currency, released, words)


def _flow(line: ReleasedLine, words: Words) -> Row:
    head, amounts, together = line.cells
    if line.total:
        return Row((words.gettext("Total"), _amounts(amounts, words), said(together, words)), RowKind.TOTAL)
    name = words.gettext("The office itself") if head == OWN else said(head, words)
    return Row((name, _amounts(amounts, words), said(together, words)))


def _amounts(amounts: object, words: Words) -> Value:
    """Amounts of one currency or of several; currencies are never added up."""
    known = cast(tuple[Money, ...], amounts)
    if len(known) == 1:
        return known[0]
    return words.list([words.money(one.amount, one.currency) for one in known]) if known else ""


def _tranches(released: Released, words: Words) -> Iterator[Block]:
    found = _of(released)
    columns = (
        Column(words.gettext("Tranche"), weight=2.2),
        Column(words.gettext("Planned on")),
        Column(words.gettext("Amount planned"), Align.END),
        Column(words.gettext("Paid on")),
        Column(words.gettext("Amount paid"), Align.END),
        Column(words.gettext("Accounted for"), Align.END),
        Column(words.gettext("Outstanding"), Align.END),
    )
    heading = words.gettext("Tranches, in {currency}")
    met = False
    for currency in found.currencies:
        name = f"tranches_{currency.lower()}"
        if lines := released.grids[name]:
            met = True
            yield _chart(lines, currency, words)
            rows = tuple(_tranche(line, words) for line in lines)
            yield Table(heading.format(currency=words.amounts_in(currency)), columns, rows, name=name)
    if not met:
        yield Paragraph((words.gettext("No tranche is recorded for these agreements."),))
        return
    yield Table(
        words.gettext("Paid and not yet accounted for on {day}, by days since the payment").format(
            day=words.date(found.day)
        ),
        (
            Column(words.gettext("Days since the payment"), weight=2),
            Column(words.gettext("In its own currency"), Align.END, 1.4),
            Column(words.amounts_in(found.currency), Align.END, 1.4),
        ),
        tuple(_aged(line, words) for line in released.grids["ageing"]),
        name="ageing",
    )


def _tranche(line: ReleasedLine, words: Words) -> Row:
    head, *cells = line.cells
    values = tuple(Day(cell) if isinstance(cell, date) else _or_nothing(cell, words) for cell in cells)
    if not isinstance(head, int):
        return _summed(head, values, line, words)
    return Row((words.gettext("Tranche {number}").format(number=words.number(head)), *values))


def _or_nothing(cell: object, words: Words) -> Value:
    return "" if cell is None else said(cell, words)


def _chart(lines: Sequence[ReleasedLine], currency: str, words: Words) -> Chart:
    """Each agreement's tranches: planned, paid, accounted for."""
    heading = words.gettext("Planned, paid and accounted for, in {currency}").format(
        currency=words.amounts_in(currency)
    )
    heads = [line for line in lines if isinstance(line.cells[0], Called)]
    names = [within(cast(Called, line.cells[0]), words) for line in heads]
    series = ((N_("Amount planned"), 2), (N_("Amount paid"), 4), (N_("Accounted for"), 5))
    bars = [(words.gettext(label), [line.cells[at] for line in heads]) for label, at in series]
    return chart(heading, names, bars, words)


def _aged(line: ReleasedLine, words: Words) -> Row:
    age, amounts, together = line.cells
    cells = (_amounts(amounts, words), said(together, words))
    if line.total:
        return Row((words.gettext("Total"), *cells), RowKind.TOTAL)
    if age == OLDEST:
        days = words.gettext("More than {days} days").format(days=words.number(90))
    else:
        first, last = map(int, str(age).split("-"))
        days = words.gettext("{first} to {last} days").format(first=words.number(first), last=words.number(last))
    return Row((days, *cells))


def _overheads(released: Released, words: Words) -> Iterator[Block]:
    rows = []
    for line in released.grids["overheads"]:
        head, *cells = line.cells
        rows.append(Row((in_words(cast(Called, head), words), *(said(cell, words) for cell in cells))))
    columns = (
        Column(words.gettext("Agreement"), weight=2.6),
        Column(words.gettext("Agreed"), Align.END),
        Column(words.gettext("In the budget"), Align.END),
        Column(words.gettext(PLANNED), Align.END),
        Column(words.gettext("Amount paid"), Align.END),
        Column(words.gettext(PAID), Align.END),
    )
    empty = words.gettext("No budget or payment is recorded for these agreements.")
    yield from table(words.gettext("Overheads agreed and paid"), columns, rows, "overheads", empty=empty)


def _receipts(released: Released, words: Words) -> Iterator[Block]:
    rows = []
    for line in released.grids["receipts"]:
        head, on, rate, amounts, together = line.cells
        cells = (_amounts(amounts, words), said(together, words))
        if line.total:
            rows.append(Row((words.gettext("Total"), "", "", *cells), RowKind.TOTAL))
        else:
            noted: Value = words.number(cast(Decimal, rate)) if rate else Missing(words.gettext("not noted"))
            rows.append(Row((said(head, words), Day(cast(date, on)), noted, *cells)))
    columns = (
        Column(words.gettext("Contribution"), weight=2.6),
        Column(words.gettext("Received on"), weight=1.1),
        Column(words.gettext("Rate of receipt"), Align.END),
        Column(words.gettext("In its own currency"), Align.END, 1.3),
        Column(words.amounts_in(_of(released).currency), Align.END, 1.3),
    )
    empty = words.gettext("No receipt is recorded for this period.")
    yield from table(words.gettext("Money received"), columns, rows, "receipts", empty=empty)


def _notes(released: Released, words: Words) -> Iterator[Run]:
    found = _of(released)
    yield words.gettext(
        "Commitments, disbursements and spending are three accounts of the same money: they are never added up."
    )
    yield words.gettext("Tranches count as paid and accounted for as they stood on {day}.").format(
        day=words.date(found.day)
    )
    for why in found.lacking:
        yield words.gettext("Left without a figure: {why}").format(why=why.said(words))
    yield from money_notes(found.rates, found.rounding.amount, found.currency, words)
