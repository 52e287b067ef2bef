"""Templates copied, shared as files, and taken in after they were found to be nothing else."""

from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QFileDialog, QWidget

from db.commands.documents import clean_name
from db.commands.entries import add
from db.models import ReportTemplate
from db.queries.entries import EntryPage, entry_page
from desktop.exporting import export_template
from desktop.reports.template_file import read_template
from desktop.ui.desk import Desk
from desktop.ui.dialogs.leaving import with_reason
from desktop.ui.language import _, words

_KINDS = "Jalon (*.json)"


def share(desk: Desk, id: UUID, over: QWidget) -> None:
    """Write a template to a file of the person's choice."""

    def ask(seen: EntryPage) -> None:
        values = dict(seen.values)
        name = clean_name(f"{values['name']}.json")
        path, _filter = QFileDialog.getSaveFileName(over, _("Share the template"), str(Path.home() / name), _KINDS)
        if path:
            said = _("Written: {path}").format(path=words().isolate(path))
            desk.tasks.with_record(
                partial(export_template, desk.record, id, values, Path(path)), lambda _done: desk.say(said), owner=over
            )

    with_reason(desk, over, lambda: desk.ask(entry_page, ReportTemplate, id, then=ask, owner=over))


def copy(desk: Desk, id: UUID, over: QWidget) -> None:
    """Make another template of one, to be changed apart from it."""

    def make(seen: EntryPage) -> None:
        kept = {key: seen.values.get(key) for key in ("report", "language", "notes", "body")}
        named = _("{name} (copy)").format(name=seen.values["name"])
        given = {key: value for key, value in kept.items() if value is not None} | {"name": named}
        desk.do(add, ReportTemplate, given, then=lambda new: desk.open("report-templates", new), owner=over)

    desk.ask(entry_page, ReportTemplate, id, then=make, owner=over)


def take_in(desk: Desk, over: QWidget) -> None:
    """Take in a template that another office shared."""
    path, _filter = QFileDialog.getOpenFileName(over, _("Take in a template"), str(Path.home()), _KINDS)
    if path:
        take_file(desk, Path(path), over)


def take_file(desk: Desk, path: Path, over: QWidget) -> None:
    """Add what this file holds, and open it."""

    def keep(read: dict[str, Any]) -> None:
        given = {key: value for key, value in read.items() if value is not None}
        desk.do(add, ReportTemplate, given, then=lambda id: desk.open("report-templates", id), owner=over)

    desk.tasks.elsewhere(read_template, path, then=keep, owner=over)
