"""A donor's money, said: the budget by line, what went to whom at one stage, the rates and what rounding took."""

from collections.abc import Iterator
from itertools import groupby
from typing import cast

from db.models.money import STAGES
from db.money import INDICATIVE
from db.money import Money as Amount
from db.queries.financial import behind_money
from db.queries.selection import Behind
from desktop.guard.released import Released
from desktop.reports.document import (
    Align,
    Block,
    Bullets,
    Column,
    Missing,
    Money,
    Paragraph,
    Row,
    RowKind,
    Table,
    Value,
)
from desktop.reports.grant_figures import FLOWS, OWN, moved, page_of
from desktop.reports.money_notes import money_notes
from desktop.reports.report import FRAME, Frame
from desktop.reports.saying import in_words, said, title
from i18n import Words


def money_blocks(released: Released, words: Words) -> Iterator[Block]:
    """The budget, then the money that moved."""
    yield from budget_table(released, words)
    yield from flows_table(released, words)


def budget_table(released: Released, words: Words) -> Iterator[Block]:
    """The budget that this money pays, line by line; one table a currency."""
    page, frame = page_of(released), cast(Frame, released.plain[FRAME])
    titles = {one.id: one for one in page.agreements}
    for currency in sorted({line.currency for line in page.budget}):
        rows: list[Row] = []
        lines = [line for line in page.budget if line.currency == currency]
        for agreement, its in groupby(lines, key=lambda line: line.agreement):
            if agreement in titles:
                rows.append(Row((in_words(titles[agreement].title, words), "", "", ""), RowKind.SUBTOTAL))
            for line in its:
                name = words.isolate(line.title)
                if line.code:
                    name = words.gettext("{code}: {name}").format(code=words.isolate(line.code), name=name)
                behind = behind_money("budget-lines", frame.asked.scope, frame.change, id=line.id)
                rows.append(Row((name, *(_part(part, behind) for part in line.parts))))
        columns = ([part for part in column if part] for column in zip(*(one.parts for one in lines), strict=True))
        sums = (Amount.of(sum(part.minor for part in its), currency) if its else None for its in columns)
        behind = behind_money("budget-lines", frame.asked.scope, frame.change, currency=currency)
        rows.append(Row((words.gettext("Total"), *(_part(one, behind) for one in sums)), RowKind.TOTAL))
        yield Table(
            words.gettext("Budget by line, in {currency}").format(currency=words.amounts_in(currency)),
            (
                Column(words.gettext("Budget line"), weight=2.6),
                Column(words.gettext("Share of the donor"), Align.END),
                Column(words.gettext("Share of the partner"), Align.END),
                Column(words.gettext("Share in kind"), Align.END),
            ),
            tuple(rows),
            words.gettext(INDICATIVE),
            f"budget_{currency.lower()}",
        )


def flows_table(released: Released, words: Words) -> Iterator[Block]:
    """What left the contribution at one stage, by who had it last; what was passed on counts with the last."""
    page = page_of(released)
    found = page.money
    if found is None or not found.flows:
        yield Paragraph((words.gettext("No money is recorded at this stage."),))
        return
    frame = cast(Frame, released.plain[FRAME])
    rows = []
    for line in released.grids[FLOWS]:
        head, *its = line.cells
        name = words.gettext("The office itself") if head == OWN else said(head, words)
        rows.append(Row((name, *(said(one, words) for one in its))))
    whole = (said(one, words) for one in moved(found, found, frame.asked.scope, frame.change))
    rows.append(Row((words.gettext("Total"), *whole), RowKind.TOTAL))
    yield Table(
        words.gettext("{stage}, in {currency}").format(
            stage=title(found.stage, STAGES, words), currency=words.amounts_in(found.currency)
        ),
        (
            Column(words.gettext("Recipient"), weight=2.6),
            Column(words.gettext("In the period"), Align.END),
            Column(words.gettext("To date"), Align.END),
        ),
        tuple(rows),
        name=FLOWS,
    )
    yield Bullets(tuple((note,) for note in money_notes(found.legs, found.rounding, found.currency, words)))


def amount(found: Amount | None, missing: str) -> Value:
    """Money of the record as a value, or why there is none."""
    return Money(found.amount, found.currency) if found else Missing(missing)


def _part(found: Amount | None, behind: Behind) -> Value:
    return Money(found.amount, found.currency, behind) if found else ""
