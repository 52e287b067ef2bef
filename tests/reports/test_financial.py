"""The financial situation on the practice record: equal to the hand calculation, and every amount opens its rows."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from db.models import Agreement
from db.queries.names import id_called, id_of
from db.record import Record
from desktop.deliver import Order, gather
from desktop.guard.audiences import Audience
from desktop.opening import PRACTICE_PASSPHRASE
from desktop.reports.building import lacked
from desktop.reports.document import Bullets, Chart, ChartKind, Missing, Money, Paragraph, Share, Strong
from desktop.reports.offer import report_called
from desktop.reports.report import Asked, NeedsChosen
from i18n import Words
from tests.reports.practised import YEAR, internal, key_figures, made, opened, table, tables

CENTS = Decimal("0.01")
RATE = Decimal("0.95")
"""Euros for a dollar, of the receipt."""


@pytest.fixture(scope="module")
def practice(practice_file: Path) -> Iterator[Record]:
    with Record.open(practice_file, PRACTICE_PASSPHRASE, write=False) as record:
        yield record


def usd(euros: int) -> Decimal:
    return (Decimal(euros) / RATE).quantize(CENTS)


def test_each_account_of_the_money_equals_the_hand_calculation(practice: Record) -> None:
    told = key_figures(made(practice, "financial", internal()))
    committed = usd(340_000) + usd(180_000) + usd(410_000) + Decimal(95_000)
    assert told["Money received"] == Money(usd(800_000), "USD")
    assert told["Commitment of funds"] == Money(committed, "USD")
    assert told["Spending"] == Money(usd(112_500), "USD")
    assert told["Paid and not yet accounted for"] == Money(usd(37_500), "USD")


def test_what_was_passed_on_counts_with_whoever_had_it_last(practice: Record) -> None:
    rows = table(made(practice, "financial", internal()), "flows_commitment").rows
    sums = {str(row.cells[0]): row.cells[1] for row in rows if "Femmes debout" in str(row.cells[0])}
    assert list(sums.values()) == [Money(Decimal(300_000), "EUR")]


def test_rates_of_the_month_stand_in_the_notes_with_whose_they_are(practice: Record) -> None:
    found = made(practice, "financial", internal())
    notes = [str(run) for block in found.blocks if isinstance(block, Bullets) for item in block.items for run in item]
    assert len([note for note in notes if note.startswith("Rate used") and "United Nations" in note]) == 2
    assert any(note.startswith("Rounding") for note in notes)
    opening = next(block for block in found.blocks if isinstance(block, Paragraph))
    assert isinstance(opening.runs[0], Strong) and "not certified" in opening.runs[0].text


def test_budget_tranches_and_overheads_of_an_agreement(practice: Record) -> None:
    found = made(practice, "financial", internal())
    total = table(found, "budget_eur").rows[-1].cells[1:]
    assert [money.amount for money in total if isinstance(money, Money)] == [340_000, 12_000, 8_000, 360_000]
    assert [cell.amount for cell in table(found, "tranches_eur").rows[-1].cells if isinstance(cell, Money)] == [
        340_000,
        150_000,
        112_500,
        37_500,
    ]
    agreed, _planned, budgeted, _paid, paid = table(found, "overheads").rows[0].cells[1:]
    assert agreed == Share(Decimal("0.07"), 1)
    assert isinstance(budgeted, Share) and round(budgeted.ratio, 4) == Decimal("0.0659")
    assert paid == Share(Decimal(9_800) / Decimal(140_200), 1)
    aged = {str(row.cells[0]): row.cells[2] for row in table(found, "ageing").rows}
    assert aged["More than 90 days"] == Money(usd(37_500), "USD")


def test_nothing_is_paid_before_its_day(practice: Record) -> None:
    early = internal(replace(YEAR, ends_on=date(2026, 1, 31)))
    found = made(practice, "financial", early)
    assert [cell.amount for cell in table(found, "tranches_eur").rows[-1].cells if isinstance(cell, Money)] == [
        340_000,
        0,
        0,
        0,
    ]


def test_every_amount_opens_its_rows(practice: Record) -> None:
    found = made(practice, "financial", internal())
    amounts = [
        (one.name, cell)
        for one in tables(found).values()
        for row in one.rows
        for cell in row.cells
        if isinstance(cell, Money) and cell.behind is not None
    ]
    assert len(amounts) > 40
    assert all(opened(practice, cell.behind) for _name, cell in amounts if cell.amount)
    kept = next(cell for name, cell in amounts if name == "flows_commitment" and cell.amount == 300_000)
    assert opened(practice, kept.behind) == 2


def test_an_amount_without_a_rate_is_missing_and_the_rate_is_asked_for(practice: Record) -> None:
    asked = replace(internal(), currency="CHF")
    told = key_figures(made(practice, "financial", asked))
    assert isinstance(told["Disbursement"], Missing)
    lacking = report_called("financial").lacking(practice, asked)
    said = [lacked(one, Words.of("en")) for one in lacking if one.kind == "exchange-rates"]
    assert any("CHF" in one and "in March 2026" in one for one in said)


def test_an_agreement_by_itself_has_no_receipts_and_only_its_own_allocations(practice: Record) -> None:
    id = practice.read(id_called, Agreement, "AEM-2026-01")
    found = made(practice, "financial", Asked(replace(YEAR, agreement=id), Audience.DONOR))
    told = key_figures(found)
    assert "Money received" not in told
    assert told["Commitment of funds"] == Money(usd(340_000), "USD")
    assert gather(practice, Order("financial", internal(), "fr", "pdf")).atoms == ()


def test_a_donor_is_told_of_its_own_money_alone(practice: Record) -> None:
    with pytest.raises(NeedsChosen):
        made(practice, "financial", Asked(YEAR, Audience.DONOR))
    donor = practice.read(id_of, "donor", "CoopAr")
    told = key_figures(made(practice, "financial", Asked(replace(YEAR, donor=donor), Audience.DONOR)))
    assert told["Commitment of funds"] == Money(usd(340_000) + usd(180_000) + usd(410_000), "USD")


def test_money_over_time_ends_with_the_same_sums_and_opens_its_rows(practice: Record) -> None:
    found = made(practice, "financial", internal())
    keys, told = key_figures(found), table(found, "over_time")
    titles = [column.heading for column in told.columns[1:]]
    assert len(titles) >= 3
    for at, title in enumerate(titles, 1):
        assert told.rows[-1].cells[at] == keys[title]
        amounts = [row.cells[at].amount for row in told.rows if isinstance(row.cells[at], Money)]
        assert amounts == sorted(amounts), "what has come stays"
    lines = next(one for one in found.blocks if isinstance(one, Chart) and one.kind is ChartKind.LINES)
    assert [one.label for one in lines.series] == titles
    assert all(one.label in lines.description for one in lines.series)
