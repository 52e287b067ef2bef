"""The pages of written reports and of their templates: what is chosen, and the steps up to the sending."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from db.commands.report_templates import save_template
from db.commands.reports import change_status
from db.deeds import Deed
from db.fields import field_of
from db.models import FrozenReport, ReportTemplate
from db.models.reports import TRANSITIONS
from desktop.ui.desk import Desk
from desktop.ui.dialogs.approving import ask_approval
from desktop.ui.dialogs.filling import fill_form_of
from desktop.ui.dialogs.freezing import freeze
from desktop.ui.dialogs.replacing import replace_it
from desktop.ui.dialogs.sending import send
from desktop.ui.dialogs.template_file import copy, share
from desktop.ui.entries.entry import Act, Entry, Values, taking
from desktop.ui.forms.form import Form
from desktop.ui.forms.inputs import TextEdit
from desktop.ui.forms.written import WrittenForm
from desktop.ui.language import _
from desktop.ui.parts import text
from i18n import N_


class TemplateForm(Form):
    """What a template is called, and what its office says of it; its parts come from the report it was kept from."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, ReportTemplate.name, ReportTemplate.language, ReportTemplate.notes)
        used = _("Choose it when you begin a report: its parts, headings and words are there at once.")
        self.beside(text(used, "muted"))


class FrozenForm(Form):
    """What is known of a frozen version; nothing of it is ever typed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, FrozenReport.report_id, FrozenReport.version, FrozenReport.frozen_on, FrozenReport.program)


class NameForm(Form):
    """What a template that is kept will be called."""

    def __init__(self, _desk: Desk, values: Values) -> None:
        super().__init__()
        self.add("name", replace(field_of(ReportTemplate.name), required=True), TextEdit())
        kept = _("It keeps the order of the parts, their headings and their words, but no figures.")
        self.beside(text(kept, "muted"))
        self.load({"name": values.get("title")})


def _step(after: str) -> Deed[..., Any]:
    """A deed that takes one step of a report's way."""

    def does(session: Any, report_id: UUID, values: Values) -> None:
        change_status.does(session, report_id, {**values, "status": after})

    return replace(change_status, does=does)


def _may(*after: str) -> Callable[[Values], bool]:
    return lambda values: any(one in TRANSITIONS[values["status"]] for one in after)


def _is(*statuses: str) -> Callable[[Values], bool]:
    return lambda values: values["status"] in statuses


ENTRIES: tuple[Entry, ...] = (
    Entry(
        "reports",
        WrittenForm,
        (),
        (
            Act(N_("Have it checked"), _step("checking"), possible=_may("checking")),
            Act(N_("Write on"), _step("drafting"), possible=_may("drafting")),
            Act(N_("Approve…"), possible=_is("drafting", "checking", "approved"), dialog=ask_approval),
            Act(N_("Freeze…"), possible=_may("frozen"), dialog=freeze),
            Act(N_("Mark as sent…"), possible=_is("frozen", "sent"), dialog=send),
            Act(N_("Correct by a new version…"), possible=_is("frozen", "sent"), dialog=replace_it),
            Act(N_("Fill the donor's form…"), dialog=fill_form_of),
            Act(N_("Keep as a template…"), taking(save_template, "name"), NameForm),
        ),
    ),
    Entry(
        "report-templates",
        TemplateForm,
        acts=(Act(N_("Make a copy"), dialog=copy), Act(N_("Share as a file…"), dialog=share)),
        addable=False,
    ),
    Entry("frozen-reports", FrozenForm, editable=False),
)
