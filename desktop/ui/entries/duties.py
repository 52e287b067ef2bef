"""The pages of reporting schedules and of the reports owed, with the steps that lead a report to its acceptance."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from db.commands import duties as deeds
from db.commands.schedules import generate
from db.fields import field_of
from db.models import ReportingDuty, Schedule
from db.models.duties import TRANSITIONS
from db.queries.duties import standing
from db.queries.report_beginnings import report_of_duty
from desktop.ui.desk import Desk
from desktop.ui.entries.entry import Act, Entry, Related, Values, taking
from desktop.ui.forms.editors import DateEdit, LongTextEdit, editor_of
from desktop.ui.forms.form import Form
from desktop.ui.language import _, words
from desktop.ui.parts import text
from desktop.ui.tables.column import one_line
from i18n import N_


class ScheduleForm(Form):
    """How often a report is owed, and how long after each period."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, Schedule.direction, Schedule.agreement_id, Schedule.contribution_id)
        self.section(N_("How often"))
        self.fields(desk, Schedule.kind, Schedule.frequency, Schedule.starts_on, Schedule.ends_on)
        counted = _("Months are those of the calendar. Quarters, half years and years are counted from the first day.")
        self.beside(text(counted, "muted"))
        again = _("After changing this, generate the duties again: those already begun stay as they are.")
        self.beside(text(again, "muted"))
        self.section(N_("Due after each period"))
        self.fields(desk, Schedule.days, Schedule.working_days)
        holidays = _("Public holidays are not known here: look at them where a day counts.")
        self.beside(text(holidays, "muted"))


class DutyForm(Form):
    """One report that is owed; its status changes by the buttons above, and stands here in words."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._status, self._period, self._reason = text(""), text(""), text("", "warning")
        for each in (self._status, self._period, self._reason):
            self.beside(each)
        self.fields(desk, ReportingDuty.title, ReportingDuty.direction, ReportingDuty.kind, ReportingDuty.due_on)
        self.section(N_("Under what"))
        self.fields(desk, ReportingDuty.organisation_id, ReportingDuty.person_id)
        self.fields(desk, ReportingDuty.agreement_id, ReportingDuty.contribution_id)
        self.section(N_("Period"))
        self.fields(desk, ReportingDuty.starts_on, ReportingDuty.ends_on)
        self.section(N_("The report"))
        self.fields(desk, ReportingDuty.document_id, ReportingDuty.feeds_id, ReportingDuty.notes)

    def load(self, values: dict[str, Any]) -> None:
        super().load(values)
        self._status.setText(_said(values))
        period = (values.get("starts_on"), values.get("ends_on"))
        self._period.setText(_("Period: {period}").format(period=words().period(*period)) if any(period) else "")
        self._period.setVisible(any(period))
        reason = values.get("reason") if values.get("status") in ("sent_back", "waived") else None
        self._reason.setText(_("Why: {reason}").format(reason=one_line(reason)) if reason else "")
        self._reason.setVisible(bool(reason))


def _said(values: Values) -> str:
    """The status of a report, with its day."""
    status = values.get("status")
    if status == "submitted" and values.get("submitted_on"):
        return _("Status: submitted on {day}").format(day=words().date(values["submitted_on"]))
    if status == "accepted" and values.get("accepted_on"):
        return _("Status: accepted on {day}").format(day=words().date(values["accepted_on"]))
    title = _(field_of(ReportingDuty.status).title_of(status or "planned"))
    if values.get("due_on") and standing(status or "planned", values["due_on"], date.today()) == "overdue":
        return _("Status: {status}, overdue").format(status=title)
    return _("Status: {status}").format(status=title)


class SubmitForm(Form):
    """On which day a report was sent or came, and the file."""

    def __init__(self, desk: Desk, values: Values) -> None:
        super().__init__()
        self.add("on", replace(field_of(ReportingDuty.submitted_on), required=True), DateEdit())
        self.bind(ReportingDuty.document_id, editor_of(desk, ReportingDuty.document_id))
        self.load({"on": date.today(), "document_id": values.get("document_id")})


class AcceptForm(Form):
    """On which day a report was accepted."""

    def __init__(self, _desk: Desk, _values: Values) -> None:
        super().__init__()
        self.add("on", replace(field_of(ReportingDuty.accepted_on), required=True), DateEdit())
        self.load({"on": date.today()})


class ReasonForm(Form):
    """Why a report was sent back or is not owed after all."""

    def __init__(self, _desk: Desk, _values: Values) -> None:
        super().__init__()
        self.add("reason", replace(field_of(ReportingDuty.reason), required=True), LongTextEdit())


def _write(desk: Desk, id: UUID, over: QWidget) -> None:
    """The report that answers this duty: the one that was begun, or a new one with what the duty says."""

    def go(found: tuple[UUID | None, Values]) -> None:
        report, given = found
        desk.open("reports", report if report is not None else given)

    desk.ask(report_of_duty, id, then=go, owner=over)


def _may(after: str) -> Callable[[Values], bool]:
    return lambda values: after in TRANSITIONS[values["status"]]


ENTRIES: tuple[Entry, ...] = (
    Entry(
        "schedules",
        ScheduleForm,
        (Related("duties", "schedule_id"),),
        (Act(N_("Generate duties"), taking(generate)),),
    ),
    Entry(
        "duties",
        DutyForm,
        (Related("received-reports", "duty_id"), Related("duties", "feeds_id")),
        (
            Act(N_("Write the report…"), dialog=_write, possible=lambda values: values["direction"] == "out"),
            Act(N_("Begin writing"), taking(deeds.start_drafting), possible=_may("drafting")),
            Act(N_("Have it checked"), taking(deeds.start_checking), possible=_may("checking")),
            Act(N_("Submit…"), taking(deeds.submit, "on", "document_id"), SubmitForm, _may("submitted")),
            Act(N_("Send back…"), taking(deeds.send_back, "reason"), ReasonForm, _may("sent_back")),
            Act(N_("Accept…"), taking(deeds.accept, "on"), AcceptForm, _may("accepted")),
            Act(N_("Waive…"), taking(deeds.waive, "reason"), ReasonForm, _may("waived")),
            Act(N_("Ask for it again"), taking(deeds.owe_again), possible=_may("planned")),
            Act(
                N_("Tie the partners' reports"),
                taking(deeds.take_up),
                possible=lambda values: values["direction"] == "out" and values["status"] not in ("accepted", "waived"),
            ),
        ),
    ),
)
