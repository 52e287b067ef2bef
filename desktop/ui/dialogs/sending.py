"""Marking a frozen report as sent: to whom, when, how; a corrected one to the same addressees as the one before."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from db.commands.frozen_reports import mark_sent
from db.fields import Field, Kind
from db.models import Dispatch
from db.queries.entries import entry_page
from db.queries.reports import Sent, Written, written
from db.record import Record
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.drafts import Drafts
from desktop.ui.forms.choices import ChoicesEdit
from desktop.ui.forms.form import Form
from desktop.ui.language import _, words
from desktop.ui.parts import text
from desktop.ui.tables.column import one_line
from i18n import N_

_AGAIN = Field(N_("To those who have the version before"), Kind.DATA)


def addressee(sent: Sent) -> str:
    """To whom it went, in words."""
    named = [one_line(one) for one in (sent.contact, sent.organisation, sent.addressee) if one]
    return words().list(named)


class SendForm(Form):
    """To whom, when, how."""

    def __init__(self, desk: Desk, before: Sequence[Sent]) -> None:
        super().__init__()
        if before:
            self.add("again", _AGAIN, ChoicesEdit([(str(one.id), addressee(one)) for one in before]), wide=True)
            self.section(N_("To somebody else besides"))
        self.fields(desk, Dispatch.organisation_id, Dispatch.contact_id, Dispatch.addressee)
        self.section(N_("How"))
        self.fields(desk, Dispatch.on, Dispatch.channel, Dispatch.notes)
        self.beside(text(_("Jalon sends nothing by itself: save the files, send them, and note it here."), "muted"))


def send(desk: Desk, id: UUID, over: QWidget) -> None:
    """Ask to whom a report went, and keep it."""
    desk.ask(written, id, then=lambda found: _ask(desk, found, over), owner=over)


def _ask(desk: Desk, report: Written, over: QWidget) -> None:
    from datetime import date

    newest = report.frozen[0]
    served = {(one.organisation_id, one.contact_id, one.addressee) for one in newest.sent}
    had = report.replaces.sent if report.replaces else ()
    before = [one for one in had if (one.organisation_id, one.contact_id, one.addressee) not in served]
    form = SendForm(desk, before)
    begins = {"on": date.today(), "channel": "email", "again": [str(one.id) for one in before]}
    form.load(begins)
    if not before and report.values["donor_id"] and not newest.sent:
        _name_donor(desk, report, form, begins)

    def do(values: dict[str, Any], done: Any, refused: Any) -> None:
        desk.tasks.with_record(partial(send_all, desk.record, newest.id, values, before), done, refused, over)

    drafts = Drafts(desk, form, "reports/one/send", report.id)
    FormDialog(_("Mark as sent"), form, do, over, _("Mark as sent"), drafts).open()


def _name_donor(desk: Desk, report: Written, form: SendForm, begins: Mapping[str, Any]) -> None:
    from db.models import WrittenReport

    def take(seen: Any) -> None:
        if not form.dirty:
            form.load({**begins, "organisation_id": seen.values["donor_id"]})

    desk.ask(entry_page, WrittenReport, report.id, then=take, owner=form)


def send_all(record: Record, frozen_id: UUID, values: Mapping[str, Any], before: Sequence[Sent]) -> None:
    """A dispatch for each of those who have the version before, and one for whoever is named besides."""
    how = {key: values[key] for key in ("on", "channel", "notes")}
    chosen = [one for one in before if str(one.id) in (values.get("again") or ())]
    for one in chosen:
        whom = {"organisation_id": one.organisation_id, "contact_id": one.contact_id, "addressee": one.addressee}
        record.write(mark_sent, frozen_id, how | whom)
    named = {key: values[key] for key in ("organisation_id", "contact_id", "addressee")}
    if any(named.values()) or not chosen:
        record.write(mark_sent, frozen_id, how | named)
