"""What forms about agreements say by themselves: what a signature settled, and when too much is allocated."""

from collections.abc import Collection
from typing import Any

from PySide6.QtWidgets import QLabel

from db.fields import field_of
from db.models import Allocation
from db.money import Money
from db.queries.agreed_lines import is_signed
from db.queries.overallocated import Over
from desktop.ui.desk import Desk
from desktop.ui.forms.form import Form
from desktop.ui.language import _, words
from desktop.ui.parts import text
from i18n.currencies import decimals_of


def settled_note() -> QLabel:
    """The line that says why some fields of a form can only be read."""
    note = text("", "muted")
    note.hide()
    return note


def settle(form: Form, note: QLabel, signed: bool, keys: Collection[str]) -> None:
    """Let these fields only be read, with a word why, where the agreement is signed."""
    form.hold(keys if signed else ())
    note.setText(
        _("The agreement is signed. What is grey here was agreed: “{act}” on the agreement's page changes it.").format(
            act=_("Amend…")
        )
    )
    note.setVisible(signed)


def settle_line(desk: Desk, form: Form, note: QLabel, agreement: Any, keys: Collection[str]) -> None:
    """The same for a line of an agreement, which is given as a link."""
    settle(form, note, False, ())
    if agreement:
        desk.ask(is_signed, agreement[0], then=lambda signed: settle(form, note, signed, keys), owner=form)


def too_much(over: Over | None) -> str:
    """That more is allocated than was agreed, with both amounts; nothing where it is not."""
    if over is None:
        return ""
    said = _("Allocated to the agreement ({stage}): {allocated}. That is more than was agreed: {agreed}.")
    stage = _(field_of(Allocation.stage).title_of(over.stage))
    return said.format(stage=stage, allocated=_money(over.allocated), agreed=_money(over.agreed))


def _money(money: Money) -> str:
    return words().money(money.amount, money.currency, decimals_of(money.currency))
