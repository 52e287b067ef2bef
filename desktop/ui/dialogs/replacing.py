"""Correcting a report that was frozen or sent: by a new version, which says what it replaces and why."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from db.commands.reports import replace_report
from db.fields import field_of
from db.models import WrittenReport
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.drafts import Drafts
from desktop.ui.forms.form import Form
from desktop.ui.forms.inputs import LongTextEdit
from desktop.ui.language import _
from desktop.ui.parts import text


class ReasonForm(Form):
    """Why it is corrected."""

    def __init__(self) -> None:
        super().__init__()
        said = _("The new version begins with all that this one says, and prints on its first page what it replaces.")
        self.beside(text(said, "muted"))
        self.add("reason", replace(field_of(WrittenReport.reason), required=True), LongTextEdit())


def replace_it(desk: Desk, id: UUID, over: QWidget) -> None:
    """Ask why, begin the new version and open it."""
    form = ReasonForm()

    def do(values: dict[str, Any], done: Any, refused: Any) -> None:
        def begun(new: UUID) -> None:
            done(new)
            desk.open("reports", new)

        desk.do(replace_report, id, values["reason"], then=begun, failed=refused, owner=over)

    drafts = Drafts(desk, form, "reports/one/replace", id)
    FormDialog(_("Correct by a new version"), form, do, over, _("Begin the new version"), drafts).open()
