"""An agreement in the window: its steps as buttons, its approvals and amendments, its money at a glance."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtWidgets import QLabel
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.commands.agreements import approve, change_status
from db.commands.amending import line_key
from db.commands.entries import add, edit
from db.commands.organisations import add_organisation
from db.deeds import deed
from db.models import Agreement, Allocation, BudgetLine, Contribution, ReportingDuty, Requirements, Tranche
from db.queries.agreed_lines import agreed_lines
from db.queries.agreements import agreement_page
from db.queries.entries import entries_like, entry_page
from db.queries.organisations import organisations_like
from db.queries.overallocated import over_allocated
from db.queries.worklist import due_until
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.main_window import MainWindow

Window = Callable[..., MainWindow]
Settled = Callable[[], None]


@pytest.fixture
def agreement(desk: Desk) -> UUID:
    partner = desk.record.read(organisations_like, "Femmes Debout")[0][0]
    terms = {"title": "Écoute à Kasoro", "partner_id": partner, "currency": "USD", "amount": 9_000_00}
    return desk.record.write(add, Agreement, terms | {"ends_on": date(2026, 12, 31)})


def act(shown: MainWindow, settled: Settled, name: str, **typed: Any) -> FormDialog:
    """Do one of the acts on show, with these values in its form."""
    shown.page.do(
        next(each for each in shown.page.entry.acts if each.name == name and each.possible(shown.page._seen.values))
    )
    (dialog,) = (each for each in shown.findChildren(FormDialog) if each.isVisible())
    for key, value in typed.items():
        next(each for each in dialog._form._bound if each.key == key).editor.show_value(value)
    dialog._save()
    settled()
    return dialog


def said(shown: MainWindow, settled: Settled) -> str:
    """All that stands in the part at a glance."""
    shown.page.tabs.go(1)
    settled()
    return "\n".join(each.text() for each in shown.page.tabs.part(1).findChildren(QLabel))


def test_an_agreement_is_led_from_draft_to_amendment(
    window: Window, settled: Settled, desk: Desk, agreement: UUID
) -> None:
    waited = {"number": 1, "currency": "CDF", "planned_amount": 3_000_00, "planned_on": date(2026, 2, 1)}
    desk.record.write(add, Tranche, waited | {"agreement_id": agreement})
    shown = window("en")
    desk.open("agreements", agreement)
    settled()
    assert "is late" not in said(shown, settled), "nobody waits for the money of a draft"
    for status in ("review", "approved"):
        act(shown, settled, "Change status…", status=status)
    refused = act(shown, settled, "Change status…", status="signed")
    assert "nobody has approved it" in "\n".join(each.text() for each in refused.findChildren(QLabel))
    refused.done(0)  # what was typed is left as it is, and nobody is asked
    act(shown, settled, "Decide…", decision="approved")
    act(shown, settled, "Change status…", status="signed")
    act(shown, settled, "Amend…", reason="Retard", ends_on=date(2027, 3, 31))
    values = desk.record.read(entry_page, Agreement, agreement).values
    assert (values["status"], values["ends_on"], values["amount"]) == ("signed", date(2027, 3, 31), 9_000_00)
    assert desk.record.read(agreement_page, agreement, date(2026, 6, 1)).amendments == 1
    assert "has changed since" in said(shown, settled)
    assert "is late: it was planned for 1 Feb 2026" in said(shown, settled)
    ((amendment, _name),) = desk.record.read(entries_like, "amendment", "")
    desk.open("amendments", amendment)
    settled()
    changes = "\n".join(each.text() for each in shown.page.form.findChildren(QLabel))
    assert "End date: 31 Mar 2027 in place of 31 Dec 2026" in changes.replace("\u2068", "").replace("\u2069", "")


def test_one_amendment_takes_the_lines_of_the_budget_and_the_tranches_along(
    window: Window, settled: Settled, desk: Desk, agreement: UUID
) -> None:
    of = {"agreement_id": agreement, "currency": "CDF"}
    line = desk.record.write(add, BudgetLine, of | {"title": "Salaires", "donor_amount": 8_500_00})
    tranche = desk.record.write(add, Tranche, of | {"number": 1, "planned_amount": 3_000_00})
    desk.record.write(approve, agreement, {})
    for status in ("review", "approved", "signed"):
        desk.record.write(change_status, agreement, {"status": status, "on": date(2026, 1, 2)})
    shown = window("en")
    desk.open("agreements", agreement)
    settled()
    shown.page.do(next(each for each in shown.page.entry.acts if each.name == "Amend…"))
    (dialog,) = (each for each in shown.findChildren(FormDialog) if each.isVisible())
    settled()
    bound = {each.key: each.editor for each in dialog._form._bound}
    assert not dialog._form.dirty, "what stands there was typed by nobody"
    assert bound[line_key(BudgetLine, line, "donor_amount")].text() == "8,500.00"
    bound[line_key(BudgetLine, line, "donor_amount")].setText("8,000")
    bound[line_key(BudgetLine, None, "title")].setText("Transport")
    bound[line_key(BudgetLine, None, "donor_amount")].setText("500")
    bound[line_key(Tranche, tranche, "planned_on")].show_value(date(2026, 7, 1))
    dialog._save()
    settled()
    held = desk.record.read(agreed_lines, agreement)
    assert [(each.name, each.terms.get("donor_amount"), each.terms["currency"]) for each in held] == [
        ("Salaires", 8_000_00, "CDF"),
        ("Transport", 500_00, "USD"),
        (1, None, "CDF"),
    ]
    ((amendment, _name),) = desk.record.read(entries_like, "amendment", "")
    shown.page.do(next(each for each in shown.page.entry.acts if each.name == "Amend…"))
    (dialog,) = (each for each in shown.findChildren(FormDialog) if each.isVisible())
    settled()
    next(each for each in dialog._form._bound if each.key == "reason").editor.show_value("Rien que le papier")
    dialog._save()
    settled()
    assert desk.record.read(agreed_lines, agreement) == held, "lines that nobody touched stay, and none is added"
    desk.open("amendments", amendment)
    settled()
    changes = "\n".join(each.text() for each in shown.page.form.findChildren(QLabel))
    changes = "".join(each for each in changes if each not in "\u2068\u2069").replace("\u00a0", " ")
    for told in (
        "Budget line Salaires\nShare of the donor: CDF 8,000.00 in place of CDF 8,500.00",
        "Share of the donor: USD 500.00 in place of nothing",
        "Tranche 1\nPlanned on: 1 Jul 2026 in place of nothing",
    ):
        assert told in changes


def test_the_reports_on_a_contribution_are_scheduled_from_the_requirements(
    window: Window, settled: Settled, desk: Desk
) -> None:
    donor = desk.record.read(organisations_like, "Femmes Debout")[0][0]
    asked = {"organisation_id": donor, "name": "Convention d’essai", "interim_days": 30, "final_days": 90}
    desk.record.write(add, Requirements, asked)
    given = {"donor_id": donor, "title": "Don d’essai", "starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
    contribution = desk.record.write(add, Contribution, given)
    shown = window("en")
    desk.open("contributions", contribution)
    settled()
    shown.page.do(next(each for each in shown.page.entry.acts if "requirements" in each.name))
    (dialog,) = (each for each in shown.findChildren(FormDialog) if each.isVisible())
    settled()
    bound = {each.key: each.editor for each in dialog._form._bound}
    assert (bound["interim_days"].text(), bound["final_days"].text()) == ("30", "90")
    assert any("Convention d’essai" in each.text() for each in dialog.findChildren(QLabel))
    bound["interim_days"].setText("45")
    dialog._save()
    settled()
    owed = desk.record.read(lambda session: session.scalars(select(ReportingDuty.due_on)).all())
    assert sorted(owed) == [date(2026, 8, 14), date(2027, 3, 31)]


def test_what_does_not_add_up_is_said_at_a_glance(
    window: Window, settled: Settled, desk: Desk, agreement: UUID
) -> None:
    line = {"agreement_id": agreement, "title": "Salaires", "currency": "USD", "donor_amount": 8_500_00}
    desk.record.write(add, BudgetLine, line)
    paid = {"number": 1, "currency": "USD", "paid_on": date(2026, 1, 5), "paid_amount": 3_000_00}
    desk.record.write(add, Tranche, paid | {"agreement_id": agreement})
    desk.record.write(approve, agreement, {"decision": "approved", "on": date(2026, 1, 2)})
    desk.record.write(edit, Agreement, agreement, {"title": "Écoute et orientation à Kasoro"})
    shown = window("en")
    desk.open("agreements", agreement)
    settled()
    found = said(shown, settled).replace("\u00a0", " ").replace("\u202f", " ")
    for line_said in (
        "not certified",
        "differ by USD 500.00",
        "Not yet accounted for: USD 3,000.00",
        "More than 90 days: USD 3,000.00",
        "it has to be approved anew",
    ):
        assert line_said in found


def test_too_much_allocated_is_said_where_it_is_typed_and_in_the_work_list_and_what_was_agreed_is_only_read(
    window: Window, settled: Settled, desk: Desk, agreement: UUID, qtbot: Any
) -> None:
    record = desk.record
    donor = record.write(add_organisation, {"name": "Fonds d'essai"}, ("donor",))
    gift = record.write(add, Contribution, {"donor_id": donor, "currency": "USD", "amount": 20_000_00})
    money = {"contribution_id": gift, "agreement_id": agreement, "stage": "commitment", "currency": "USD"}
    first = record.write(add, Allocation, money | {"on": date(2026, 3, 1), "amount": 9_000_00})
    assert record.read(over_allocated, agreement) is None
    shown = window("en")
    desk.open("allocations", first)
    settled()
    form = shown.page.form
    form.editor(Allocation.amount).setText("9,000.50")
    form.edited.emit()
    beside = next(each.warning for each in form._bound if each.key == "amount")
    qtbot.waitUntil(lambda: "9,000.50" in beside.text() and "9,000.00" in beside.text())
    form.editor(Allocation.amount).setText("9,000")
    form.edited.emit()
    qtbot.waitUntil(lambda: not beside.text())
    form.load_state()
    record.write(add, Allocation, money | {"on": date(2026, 4, 1), "amount": 1})
    (due,) = [one for one in record.read(due_until, date(2026, 5, 1), date(2026, 5, 1)) if one.kind == "agreements"]
    assert (due.id, due.due_on) == (agreement, date(2026, 4, 1))
    tranche = record.write(add, Tranche, {"agreement_id": agreement, "number": 1, "currency": "USD"})
    record.write(sign, agreement)
    for kind, id, held, typed in (
        ("agreements", agreement, Agreement.amount, Agreement.notes),
        ("tranches", tranche, Tranche.planned_amount, Tranche.paid_amount),
    ):
        desk.open(kind, id)
        settled()
        form = shown.page.form
        assert not form.editor(held).isEnabled() and form.editor(typed).isEnabled()
        assert form._settled.isVisibleTo(form) and "Amend" in form._settled.text()


@deed("Sign")
def sign(session: Session, id: UUID) -> None:
    session.scalars(select(Agreement).where(Agreement.id == id)).one().status = "signed"


def test_a_form_is_read_from_its_beginning_wherever_the_last_one_was_left(
    window: Window, settled: Settled, desk: Desk, agreement: UUID
) -> None:
    shown = window("ar")
    desk.open("agreements", agreement)
    settled()
    bar = shown.page._area.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    desk.open("agreements", None)
    settled()
    assert shown.page._area.verticalScrollBar().value() == 0
    assert shown.focusWidget() is shown.page.form._bound[0].editor
