"""Templates as files: one is shared with another office, one is taken in after it was found to be nothing else."""

from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QFileDialog, QWidget

from db.commands.documents import clean_name
from db.commands.entries import add
from db.models import ReportTemplate
from db.queries.entries import entry_page
from desktop.deliver import write
from desktop.reports.template_file import read_template, template_file
from desktop.ui.desk import Desk
from desktop.ui.language import _, words

_KINDS = "Jalon (*.json)"


def share(desk: Desk, id: UUID, over: QWidget) -> None:
    """Write a template to a file of the person's choice."""

    def ask(seen: object) -> None:
        values = dict(seen.values)  # type: ignore[attr-defined]
        name = clean_name(f"{values['name']}.json")
        path, _filter = QFileDialog.getSaveFileName(over, _("Share the template"), str(Path.home() / name), _KINDS)
        if path:
            said = _("Written: {path}").format(path=words().isolate(path))
            desk.tasks.with_record(
                partial(write, template_file(values), Path(path)), lambda _done: desk.say(said), owner=over
            )

    desk.ask(entry_page, ReportTemplate, id, then=ask, owner=over)


def take_in(desk: Desk, over: QWidget) -> None:
    """Take in a template that another office shared."""
    path, _filter = QFileDialog.getOpenFileName(over, _("Take in a template"), str(Path.home()), _KINDS)
    if path:
        take_file(desk, Path(path), over)


def take_file(desk: Desk, path: Path, over: QWidget) -> None:
    """Add what this file holds, and open it."""
    record = desk.record
    desk.tasks.with_record(
        lambda: record.write(add, ReportTemplate, {k: v for k, v in read_template(path).items() if v is not None}),
        lambda id: desk.open("report-templates", id),
        owner=over,
    )
