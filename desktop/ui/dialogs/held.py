"""Files in the window's language: what the record holds about a partner or somebody at it; what a stolen one held."""

from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QFileDialog, QWidget

from db.base import Entity
from db.models import Contact, Office, Organisation
from db.queries.entries import entry_page
from db.queries.loss import SHEET
from db.queries.names import office_id
from db.queries.scope import Scope
from desktop.deliver import Made, Order, gather, leave, make
from desktop.guard.audiences import Audience
from desktop.render import Form
from desktop.reports.report import Asked
from desktop.ui.desk import Desk
from desktop.ui.dialogs.leaving import with_reason
from desktop.ui.dialogs.saving import WrittenDialog, proposed
from desktop.ui.language import _, words

About = tuple[type[Entity], UUID]

_FORMS: dict[str, Form] = {".pdf": "pdf", ".docx": "docx", ".xlsx": "xlsx"}


def tell_organisation(desk: Desk, id: UUID, parent: QWidget) -> None:
    """Write what is held about an organisation."""
    _ask(desk, Scope(partner=id), parent)


def tell_contact(desk: Desk, id: UUID, parent: QWidget) -> None:
    """Write what is held about a contact."""
    employer = Contact.organisation_id.key
    desk.ask(
        entry_page,
        Contact,
        id,
        then=lambda seen: _ask(desk, Scope(partner=seen.values[employer][0], contact=id), parent),
        owner=parent,
    )


def tell(desk: Desk, scope: Scope, path: Path, parent: QWidget) -> None:
    """Make the file, put it there, and keep that it left and what was withheld."""
    order = Order("held", Asked(scope, Audience.PARTNER), words().language, _FORMS.get(path.suffix.lower(), "pdf"))
    about: About | None = (Organisation, scope.partner) if scope.partner else None
    _write(desk, order, path, parent, _("Written: {path}"), (Contact, scope.contact) if scope.contact else about)


def write_sheet(desk: Desk, parent: QWidget) -> None:
    """Write the sheet for a stolen computer, to be printed and kept apart from it."""
    with_reason(desk, parent, lambda: _write_sheet(desk, parent))


def _write_sheet(desk: Desk, parent: QWidget) -> None:
    title = _("Sheet for a stolen computer")
    start = proposed(Path.home(), title, "pdf")
    name, _filter = QFileDialog.getSaveFileName(parent, title, start, _("PDF (*.pdf)"))
    if name:
        order = Order(SHEET, Asked(audience=Audience.INTERNAL), words().language, "pdf")
        said = _("Written: {path}. Print it, keep it apart from the computer, and remove the file.")
        _write(desk, order, Path(name), parent, said)


def _write(desk: Desk, order: Order, path: Path, parent: QWidget, said: str, about: About | None = None) -> None:
    """Make the file and put it there; it can then be kept with what it is about, the office where nothing is named."""

    def made(made: Made) -> None:
        def written() -> About:
            leave(desk.record, order, made, path)
            return about or (Office, desk.record.read(office_id))

        told = said.format(path=words().isolate(str(path)))
        desk.tasks.with_record(written, lambda of: WrittenDialog(desk, path, told, of, parent).open(), owner=parent)

    desk.tasks.with_record(
        partial(gather, desk.record, order),
        lambda tables: desk.tasks.elsewhere(make, tables, order, then=made, owner=parent),
        owner=parent,
    )


def _ask(desk: Desk, scope: Scope, parent: QWidget) -> None:
    with_reason(desk, parent, lambda: _ask_place(desk, scope, parent))


def _ask_place(desk: Desk, scope: Scope, parent: QWidget) -> None:
    name, _filter = QFileDialog.getSaveFileName(
        parent,
        _("What we hold about them"),
        proposed(Path.home(), _("What we hold about them"), "pdf"),
        _("PDF (*.pdf);;Word (*.docx);;Excel (*.xlsx)"),
    )
    if name:
        tell(desk, scope, Path(name), parent)
