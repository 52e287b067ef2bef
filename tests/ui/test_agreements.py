"""An agreement in the window: its steps as buttons, its approvals and amendments, its money at a glance."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtWidgets import QLabel

from db.commands.agreements import approve
from db.commands.entries import add, edit
from db.models import Agreement, BudgetLine, Tranche
from db.queries.agreements import agreement_page
from db.queries.entries import entries_like, entry_page
from db.queries.organisations import organisations_like
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
    shown = window("en")
    desk.open("agreements", agreement)
    settled()
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
    ((amendment, _name),) = desk.record.read(entries_like, "amendment", "")
    desk.open("amendments", amendment)
    settled()
    changes = "\n".join(each.text() for each in shown.page.form.findChildren(QLabel))
    assert "End date: 31 Mar 2027 in place of 31 Dec 2026" in changes.replace("\u2068", "").replace("\u2069", "")


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
