"""The second step of an import: which column holds what, with examples from the file."""

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from desktop.intake.mapping import Holds, Mapping, columns_of
from desktop.intake.vocabulary import fields, label
from desktop.ui.forms.editors import ChoiceEdit
from desktop.ui.language import _, counted, words
from desktop.ui.parts import button, row, text
from desktop.ui.reading import Look
from desktop.ui.tables.column import one_line
from desktop.ui.tables.short import ShortColumn, ShortView
from i18n import N_
from i18n.folding import sort_key

HOLDS = {
    Holds.ACTIVITIES: N_("Activities: who does what, where and when"),
    Holds.MONTHLY: N_("A partner's monthly figures"),
    Holds.BACKGROUND: N_("Background figures, never added to others"),
    Holds.PLACES: N_("A list of places with their codes"),
}


@dataclass(frozen=True)
class FileColumn:
    """A column of the file with the field it is read as."""

    index: int
    heading: str
    samples: tuple[str, ...]
    field: str | None


def _field(column: FileColumn) -> str:
    return label(column.field, words().language) if column.field else _("Not brought in")


TABLE = (
    ShortColumn(N_("Heading in the file"), lambda column: one_line(column.heading), 34),
    ShortColumn(N_("Examples"), lambda column: words().list([one_line(each) for each in column.samples]), 40),
    ShortColumn(N_("Read as"), _field, 30),
)


class ColumnsStep(QWidget):
    """The columns of the file; the one chosen can be read as something else."""

    asked = Signal()
    """Another sheet was asked for."""
    keep_asked = Signal()
    use_asked = Signal()
    share_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("is", "plain")
        self._look: Look | None = None
        self._rows: list[FileColumn] = []
        self._said, self._mapping = text("", "muted"), text("", "muted")
        self._sheet = ChoiceEdit([], None)
        self._holds = ChoiceEdit([(holds.value, _(name)) for holds, name in HOLDS.items()], None)
        self._table = ShortView(_("Columns of the file"), TABLE)
        self._table.setMinimumHeight(self.fontMetrics().height() * 10)
        self._table.chosen.connect(self._show_column)
        choices = sorted(((each, label(each, words().language)) for each in fields()), key=lambda one: sort_key(one[1]))
        self._field = ChoiceEdit(choices, _("Not brought in"))
        self._field.edited.connect(self._take_field)
        self._sheet.edited.connect(self.asked)
        top = QFormLayout()
        top.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for name, editor in ((_("Sheet"), self._sheet), (_("What the rows are"), self._holds)):
            top.addRow(name, editor)
            editor.setAccessibleName(name)
        self._label = text(_("The chosen column is read as"))
        self._label.setBuddy(self._field)
        self._field.setAccessibleName(self._label.text())
        mappings = row(
            self._mapping,
            button(_("Keep this mapping…"), self.keep_asked.emit, "", "save"),
            button(_("Save it as a file…"), self.share_asked.emit, "", "upload"),
            button(_("Use a mapping file…"), self.use_asked.emit, "", "folder-open"),
        )
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self._said)
        lines.addLayout(top)
        lines.addLayout(mappings)
        lines.addWidget(self._table, 1)
        lines.addWidget(self._label)
        lines.addWidget(self._field)

    def show_look(self, look: Look) -> None:
        """Show a file at first sight."""
        self._look = look
        self._said.setText(
            counted(
                "{count} row under these headings. Look whether each column is read as what it is.",
                "{count} rows under these headings. Look whether each column is read as what it is.",
                look.rows,
            )
        )
        self._mapping.setText(_("Read by the mapping {name}").format(name=one_line(look.mapping.name)))
        self._sheet.clear()
        for name in look.sheets:
            self._sheet.addItem(one_line(name), name)
        self._sheet.show_value(look.sheet)
        self._holds.show_value(look.mapping.holds.value)
        read = {index: field for field, index in columns_of(look.mapping, look.headings).items()}
        self._rows = [
            FileColumn(index, heading, look.samples[index], read.get(index))
            for index, heading in enumerate(look.headings)
            if heading.strip() or look.samples[index]
        ]
        self._table.show_rows(self._rows)
        self._show_column(self._table.current())

    @property
    def sheet(self) -> str | None:
        """The sheet asked for."""
        return self._sheet.currentData()

    def mapping(self) -> Mapping:
        """The mapping as it stands after what was changed here."""
        assert self._look is not None
        columns = tuple((column.heading, column.field) for column in self._rows if column.field)
        before = self._look.mapping
        holds = Holds(self._holds.currentData())
        if (set(columns), holds, self.sheet) == (set(before.columns), before.holds, before.sheet or self.sheet):
            return before
        return replace(before, columns=columns, holds=holds, sheet=self.sheet)

    def _show_column(self, column: Any) -> None:
        self._field.setEnabled(column is not None)
        if column is not None:
            self._field.show_value(column.field)

    def _take_field(self) -> None:
        chosen, field = self._table.current(), self._field.currentData()
        # A field has one column: giving it to this one takes it from the other.
        self._rows = [
            replace(each, field=field)
            if each is chosen
            else replace(each, field=None)
            if field and each.field == field
            else each
            for each in self._rows
        ]
        self._table.show_rows(self._rows)
