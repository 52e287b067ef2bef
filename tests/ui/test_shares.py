"""Shares by layer and a donor at a glance: what is asked, what is said beside the figures, and the rows behind each."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from db.commands.entries import add, edit
from db.models import Allocation, Commitment, Contribution, ExchangeRate, Office, Organisation
from db.queries.organisations import organisations_like
from desktop.ui.desk import Desk
from desktop.ui.main_window import MainWindow
from desktop.ui.pages.shares import COLUMNS, WHOM

Window = Callable[..., MainWindow]
Settled = Callable[[], None]


@pytest.fixture
def donor(desk: Desk) -> UUID:
    """A donor whose money went to a partner that women lead, to one nobody assessed, and to the office's own work."""
    donor: UUID = desk.record.read(organisations_like, "Fonds inventé")[0][0]
    held = {"donor_id": donor, "title": "Appui", "amount": 1_000_00, "currency": "USD", "earmarking": "F"}
    contribution = desk.record.write(add, Contribution, held)
    for name, amount in (("رائدات", 300), ("Élan des mères", 200), (None, 500)):
        to = desk.record.read(organisations_like, name)[0][0] if name else None
        if to:
            desk.record.write(edit, Organisation, to, {"affiliated": False, "reach": "national"})
        step = {"stage": "commitment", "on": date(2026, 4, 1), "amount": amount * 100, "currency": "USD"}
        desk.record.write(add, Allocation, step | {"contribution_id": contribution, "recipient_id": to})
    return donor


def said(part: QWidget) -> str:
    """All that stands in a part of the window, as it is read."""
    texts = [each.text() for kind in (QLabel, QPushButton) for each in part.findChildren(kind)]
    return "\n".join(texts).replace("\u2068", "").replace("\u2069", "")


def column(title: str) -> int:
    return [each.title for each in COLUMNS].index(title)


@pytest.mark.usefixtures("donor")
def test_each_share_opens_the_allocations_it_is_made_of(window: Window, settled: Settled) -> None:
    shown = window("en")
    shown.go("shares")
    page = shown.page
    page.first.show_value(date(2026, 1, 1))
    page.last.show_value(date(2026, 12, 31))
    page.reload()
    settled()
    rows = {line.title: number for number, line in enumerate(page.table.list.rows)}
    assert list(rows)[-2:] == ["The office itself", "Total"] and len(rows) == 7

    def cell(row: str, title: str, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> str:
        return str(page.table.list.index(rows[row], column(title)).data(role))

    assert {cell("Direct", title) for title, _whom in WHOM} == {"Not\ncollected"}, "no record holds it: it is not zero"
    assert cell("Through one intermediary", "Led by women: yes") == "300.00\n30.0%"
    assert cell("Through one intermediary", "Led by women: not known") == "200.00\n20.0%"
    assert cell("The office itself", "Total") == "500.00\n50.0%"
    assert cell("Total", "Local, not of the state") == "500.00\n50.0%"
    read_out = cell("Total", "Led by women: yes", Qt.ItemDataRole.AccessibleTextRole)
    assert read_out.startswith("Total, Led by women: yes: 300.00")
    beside = said(page)
    assert "Counts toward the 25 %: USD 500.00, 50.0% of all" in beside.replace("\u00a0", " ")
    for told in (
        "No allocation to local and national partners is marked",
        "all signatories",
        "Women direct it",
        "not certified",
    ):
        assert told in beside

    page.table.setFocus()
    page.table.setCurrentIndex(page.table.list.index(rows["Total"], column("Led by women: yes")))
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    settled()
    assert (shown.page.key, shown.page.list.list.rowCount()) == ("allocations", 1)
    shown.back()
    assert shown.page is page
    page.stage.show_value("spending")
    page.reload()
    settled()
    assert "No money is recorded" in said(page)


@pytest.mark.usefixtures("donor")
def test_what_a_press_chooses_stays_under_the_mouse(window: Window, settled: Settled) -> None:
    shown = window("en")
    shown.resize(1000, 500)
    shown.go("shares")
    settled()
    table, bar = shown.page.table, shown.page._area.verticalScrollBar()
    shown.resize(1180, 500)
    settled()
    assert table.horizontalScrollBar().maximum() == 0, "all columns are seen"
    shown.resize(1000, 500)
    last = table.list.index(table.list.rowCount() - 1, 1)
    shown.page.stage.setFocus()
    bar.setValue(bar.maximum())
    before = bar.value()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(last).center())
    assert bar.value() == before > 0, "a second press would fall on another figure"
    assert table.currentIndex() == last


@pytest.mark.usefixtures("donor")
def test_shares_in_a_currency_without_a_rate_say_which_rate_is_missing(window: Window, settled: Settled) -> None:
    shown = window("en")
    shown.go("shares")
    settled()
    page = shown.page
    page.first.show_value(date(2026, 1, 1))
    page.last.show_value(date(2026, 12, 31))
    page.currency.show_value("EUR")
    page.rule.show_value("of_month")
    page.reload()
    settled()
    assert "There is no exchange rate for" in page.note.text()
    assert not page.table.isVisible(), "figures of before would look like an answer"


def test_a_donor_at_a_glance(window: Window, settled: Settled, desk: Desk, donor: UUID) -> None:
    talks = {"donor_id": donor, "stage": "submitted", "amount": 400_00, "currency": "USD", "probability": 50}
    desk.record.write(add, Contribution, talks)
    promise = {"title": "Envoyer la note", "side": "us", "organisation_id": donor, "due_on": date(2020, 1, 1)}
    desk.record.write(add, Commitment, promise)
    shown = window("en")
    desk.open("donors", donor)
    settled()
    shown.page.tabs.go(1)
    settled()
    glance = said(shown.page.tabs.part(1))
    for told in (
        "Committed or more: USD 1,000.00",
        "flexible: USD 1,000.00",
        "May still come: USD 400.00",
        "each part is: USD 200.00",
        "1 commitment is open.",
        "1 of them is overdue.",
        "not certified",
    ):
        assert told in glance.replace("\u00a0", " ")
    assert "In one currency" not in glance, "all of it is in the currency of the office, or that is not known"
    (to_shares,) = (each for each in shown.page.tabs.part(1).findChildren(QPushButton))
    to_shares.click()
    assert shown.page.key == "shares"
    settled()


def test_what_a_donor_gave_is_added_up_at_a_rate_that_is_told(
    window: Window, settled: Settled, desk: Desk, donor: UUID
) -> None:
    office = desk.record.read(lambda session: session.query(Office.id).scalar())
    desk.record.write(edit, Office, office, {"currency": "EUR"})
    shown = window("en")
    desk.open("donors", donor)
    settled()
    shown.page.tabs.go(1)
    settled()
    assert "There is no exchange rate" not in said(shown.page.tabs.part(1)), "one currency needs no other"
    francs = {"donor_id": donor, "title": "Complément", "amount": 100_00, "currency": "EUR"}
    desk.record.write(add, Contribution, francs)
    settled()
    shown.page.reload()
    settled()
    assert "There is no exchange rate for" in said(shown.page.tabs.part(1))
    month = date.today().replace(day=1)
    known = {"source": "un", "base": "USD", "currency": "EUR", "valid_from": month, "rate": Decimal("0.9")}
    desk.record.write(add, ExchangeRate, known)
    settled()
    shown.page.reload()
    settled()
    glance = said(shown.page.tabs.part(1)).replace("\u00a0", " ")
    assert "In one currency, indicative: EUR 1,000.00" in glance
    assert "Rate used: 1 USD is 0.9 EUR" in glance
