"""Keeping how a kind of file is read: in the record under a name, or as a file that another office can use."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from db.commands.arrivals import keep_mapping
from db.fields import field_of
from db.models.sources import SavedMapping
from desktop.deliver import write
from desktop.intake.mapping import Mapping, dumped, load
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.dialogs.saving import proposed
from desktop.ui.drafts import Drafts
from desktop.ui.forms.editors import TextEdit
from desktop.ui.forms.form import Form
from desktop.ui.language import _, words
from desktop.ui.pages.import_columns import ColumnsStep
from desktop.ui.pages.page import Page


class Mappings(QObject):
    """Answers the three buttons of the columns' step."""

    saved = Signal(str)
    refused = Signal(Exception)

    def __init__(self, page: Page, columns: ColumnsStep, use: Callable[[Mapping], object]) -> None:
        super().__init__(page)
        self._page, self._columns, self._use_it = page, columns, use
        columns.keep_asked.connect(self._keep)
        columns.share_asked.connect(self._share)
        columns.use_asked.connect(self._use)

    def _keep(self) -> None:
        mapping, desk = self._columns.mapping(), self._page.desk
        form = Form()
        form.add("name", field_of(SavedMapping.name), TextEdit())
        form.load({"name": mapping.name})

        def do(values: dict[str, Any], done: Any, refused: Any) -> None:
            named = replace(mapping, name=values["name"])
            desk.do(keep_mapping, named.name, dumped(named), then=done, failed=refused, owner=self)

        FormDialog(_("Keep this mapping"), form, do, self._page, drafts=Drafts(desk, form, "mapping")).open()

    def _share(self) -> None:
        content = dumped(self._columns.mapping()).encode()
        chosen, _filter = QFileDialog.getSaveFileName(
            self._page, _("Save the mapping"), proposed(Path.home(), _("Mapping"), "json"), _("Mappings (*.json)")
        )
        if chosen:
            said = _("Saved: {file}").format(file=words().isolate(chosen))
            self._page.desk.tasks.with_record(
                lambda: write(content, Path(chosen)), lambda _done: self.saved.emit(said), self.refused.emit, self
            )

    def _use(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(
            self._page, _("Choose a mapping"), str(Path.home()), _("Mappings (*.json)")
        )
        if chosen:
            self._page.desk.tasks.elsewhere(load, Path(chosen), then=self._use_it, failed=self.refused.emit, owner=self)
