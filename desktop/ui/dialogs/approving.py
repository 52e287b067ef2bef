"""Keeping who approved a report, and the page they signed: the file is chosen here and kept with the report."""

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from db.fields import Field, Kind, field_of
from db.models import ReportApproval
from desktop.approving import approve
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.drafts import Drafts
from desktop.ui.forms.editors import DateEdit
from desktop.ui.forms.files import FileEdit
from desktop.ui.forms.form import Form
from desktop.ui.forms.inputs import TextEdit
from desktop.ui.language import _, words
from desktop.ui.parts import text
from desktop.ui.tables.column import one_line
from i18n import N_


class ApproveForm(Form):
    """Who approves it, in which function, on which day, with which signed page."""

    def __init__(self) -> None:
        super().__init__()
        said = _("What is approved is the report as it stands. Any later change has to be approved again.")
        self.beside(text(said, "muted"))
        self.add("name", replace(field_of(ReportApproval.name), required=True), TextEdit())
        self.add("function", field_of(ReportApproval.function), TextEdit())
        self.add("on", replace(field_of(ReportApproval.on), required=True), DateEdit())
        page = Field(N_("Signed page"), Kind.TEXT, help=N_("Choose the file, or drop it here. It is kept encrypted."))
        self.add("page", page, FileEdit(), wide=True)
        self.load({"on": date.today()})


def ask_approval(desk: Desk, id: UUID, over: QWidget) -> None:
    """Ask who approved it, and keep it."""
    form = ApproveForm()

    def do(values: dict[str, Any], done: Any, refused: Any) -> None:
        page: Path | None = values["page"]
        said = {key: values[key] for key in ("name", "function", "on")}
        who = words().list([one_line(each) for each in (said["name"], said["function"]) if each])

        def approved(answer: Any) -> None:
            done(answer)
            desk.say(_("Approved by {name} on {day}.").format(name=who, day=words().date(said["on"])))

        desk.tasks.with_record(partial(approve, desk.record, id, said, page), approved, refused, over)

    drafts = Drafts(desk, form, "reports/one/approve", id)
    FormDialog(_("Approve the report"), form, do, over, _("Approve"), drafts).open()
