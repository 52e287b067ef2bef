"""Marking a frozen report as sent: to whom, when, how; a corrected one to the same addressees as the one before."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from db.commands.frozen_reports import mark_sent
from db.fields import Field, Kind
from db.models import Dispatch, WrittenReport
from db.queries.entries import entry_page
from db.queries.reports import Sent, Written, written
from desktop.reports.standing import addressee
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.drafts import Drafts
from desktop.ui.forms.choices import ChoicesEdit
from desktop.ui.forms.form import Form
from desktop.ui.language import _, words
from desktop.ui.parts import text
from i18n import N_

_AGAIN = Field(N_("To those who have the version before"), Kind.DATA)


class SendForm(Form):
    """To whom, when, how."""

    def __init__(self, desk: Desk, before: Sequence[Sent]) -> None:
        super().__init__()
        if before:
            named = [(str(one.id), addressee(one, words())) for one in before]
            self.add("again", _AGAIN, ChoicesEdit(named), wide=True)
            self.section(N_("To somebody else besides"))
        self.fields(desk, Dispatch.organisation_id, Dispatch.contact_id, Dispatch.addressee)
        self.section(N_("How"))
        self.fields(desk, Dispatch.on, Dispatch.channel, Dispatch.notes)
        self.beside(text(_("Jalon sends nothing by itself: save the files, send them, and note it here."), "muted"))


def send(desk: Desk, id: UUID, over: QWidget) -> None:
    """Ask to whom a report went, and keep it."""
    desk.ask(written, id, then=lambda found: _ask(desk, found, over), owner=over)


def _ask(desk: Desk, report: Written, over: QWidget) -> None:
    newest = report.frozen[0]
    before = report.waiting
    form = SendForm(desk, before)
    begins = {"on": date.today(), "channel": "email", "again": [str(one.id) for one in before]}
    form.load(begins)
    if not before and report.values["donor_id"] and not newest.sent:
        _name_donor(desk, report, form, begins)

    def do(values: dict[str, Any], done: Any, refused: Any) -> None:
        again = [UUID(one) for one in values.get("again") or ()]
        given = {key: value for key, value in values.items() if key != "again"}
        desk.do(mark_sent, newest.id, given, again, then=done, failed=refused, owner=over)

    drafts = Drafts(desk, form, "reports/one/send", report.id)
    FormDialog(_("Mark as sent"), form, do, over, _("Mark as sent"), drafts).open()


def _name_donor(desk: Desk, report: Written, form: SendForm, begins: Mapping[str, Any]) -> None:
    def take(seen: Any) -> None:
        if not form.dirty:
            form.load({**begins, "organisation_id": seen.values["donor_id"]})

    desk.ask(entry_page, WrittenReport, report.id, then=take, owner=form)
