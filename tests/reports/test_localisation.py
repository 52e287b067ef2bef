"""Partnership and localisation on the practice record: each share equals the hand calculation and opens its rows."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from db.commands.entries import edit
from db.models import Organisation
from db.queries.entries import entries_like
from db.queries.kinds import KINDS
from db.queries.listing import RowsAsked, rows_in_order
from db.queries.scope import Scope
from db.record import Record
from desktop.deliver import Order, clear, document, gather
from desktop.guard.audiences import Audience
from desktop.opening import PRACTICE_PASSPHRASE
from desktop.reports.document import Count, Document, KeyFigures, Money, Share, Table
from desktop.reports.offer import report_called
from desktop.reports.report import Asked, NeedsChosen
from tests.builders import copied

YEAR = Scope(date(2026, 1, 1), date(2026, 12, 31))
RATE = Decimal("0.95")
"""Euros for a dollar, of the receipt."""


@pytest.fixture(scope="module")
def practice(practice_file: Path) -> Iterator[Record]:
    with Record.open(practice_file, PRACTICE_PASSPHRASE, write=False) as record:
        yield record


def made(record: Record, audience: Audience = Audience.INTERNAL, language: str = "en") -> Document:
    order = Order("localisation", Asked(YEAR, audience, stage="commitment"), language, "pdf")
    return document(clear(gather(record, order), order.asked), order)


def table(found: Document, name: str) -> Table:
    return next(block for block in found.blocks if isinstance(block, Table) and block.name == name)


def key_figures(found: Document) -> dict[str, object]:
    (block,) = (block for block in found.blocks if isinstance(block, KeyFigures))
    return {figure.label: figure.value for figure in block.figures}


def test_the_shares_equal_the_hand_calculation(practice: Record) -> None:
    """340,000 € to women who pass on 40,000 €; 180,000 € to others; 410,000 € kept; 95,000 $ to women besides."""
    cents = Decimal("0.01")
    kept = (Decimal(300_000) / RATE).quantize(cents)
    passed = (Decimal(40_000) / RATE).quantize(cents) + Decimal(95_000)
    others = (Decimal(180_000) / RATE).quantize(cents) + (Decimal(410_000) / RATE).quantize(cents)
    total = kept + passed + others
    found = made(practice)
    figures = key_figures(found)
    assert figures["Counts toward the 25 %"] == Share(kept / total, 1)
    assert figures["To local partners that women lead"] == Share((kept + passed) / total, 1)
    assert figures["All money of the period"] == Money(total, "USD")
    row = next(row for row in table(found, "layers").rows if row.cells[0] == "Through one intermediary")
    assert row.cells[3] == Money(kept, "USD")
    worked = table(found, "worked").rows[0].cells
    assert worked[1:] == (Money(kept, "USD"), Money(total, "USD"), Share(kept / total, 1))


def test_every_figure_opens_as_many_rows_as_it_counts(practice: Record) -> None:
    found = made(practice)
    opened = 0
    for name in ("agreements", "together", "seats_co_chair"):
        for row in table(found, name).rows:
            for cell in row.cells[1:]:
                assert isinstance(cell, Count) and cell.behind is not None
                behind = cell.behind
                listed = KINDS[behind.kind]  # type: ignore[attr-defined]
                asked = RowsAsked(listed.order, filters=dict(behind.filters))  # type: ignore[attr-defined]
                assert len(practice.read(rows_in_order, listed.listing, asked)) == cell.value
                opened += cell.value
    assert opened


def test_a_partner_that_may_not_be_named_is_not_named_to_the_public(practice_file: Path, tmp_path: Path) -> None:
    with Record.open(copied(practice_file, tmp_path / "copie.jalon"), PRACTICE_PASSPHRASE) as record:
        ((id, _name), *_others) = record.read(entries_like, "organisation", "Femmes debout")
        record.write(edit, Organisation, id, {"may_be_named": False})
        names = [str(row.cells[0]) for row in table(made(record, Audience.PUBLIC), "recipients").rows]
    assert len(names) == 3 and "not named" in names[-1] and not any("Femmes debout" in name for name in names)


def test_the_report_asks_for_its_period_and_says_what_is_not_known(practice: Record) -> None:
    with pytest.raises(NeedsChosen):
        gather(practice, Order("localisation", Asked(), "fr", "pdf"))
    lacking = report_called("localisation").lacking(practice, Asked(YEAR, stage="commitment"))
    assert [one.key for one in lacking] == ["affiliated"]
