"""The register of what left the record, and of the confidential texts that were opened in it: who, when, why, what."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from db.queries.issued import Filters, IssuedFile, IssuedInFull, issued_file, issued_files
from db.queries.kinds import KINDS
from db.queries.registered import Entry, register
from db.trail import astray
from desktop import outside
from desktop.exporting import export_register
from desktop.reports import registered
from desktop.reports.building import AUDIENCES
from desktop.ui.desk import Desk
from desktop.ui.dialogs.leaving import with_reason
from desktop.ui.dialogs.outside import offer_to_remove
from desktop.ui.dialogs.saving import proposed
from desktop.ui.language import _, counted, words
from desktop.ui.pages.finder import Choice, Finder
from desktop.ui.pages.page import Page
from desktop.ui.parts import Note, button, empty, plain, row, text
from desktop.ui.tables.column import one_line
from desktop.ui.tables.short import ShortColumn, ShortView
from i18n import N_
from i18n.folding import sort_key

_FIELDS_SHOWN = 20
SORTS = (("left", N_("Files that left")), ("opened", N_("Confidential texts that were opened")))


def _column(one: registered.Column) -> ShortColumn:
    return ShortColumn(one.heading, lambda entry: one.text(entry, words()), one.width)


COLUMNS = tuple(map(_column, registered.COLUMNS))


class RegisterPage(Page):
    """What left and what was opened, the newest first; what is in the chosen one stands under the list."""

    key = "register"
    title = N_("What left the record")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        readers = [(audience.value, title) for audience, title in AUDIENCES.items()]
        choices = [
            Choice("sort", _("What is noted"), _("What is noted: all"), SORTS),
            Choice("audience", _("Who reads it"), _("Who reads it: all"), readers),
        ]
        self.finder = Finder(_("Find in this list"), choices, self._ask, _found)
        self.list = ShortView(_(self.title), COLUMNS)
        self.list.chosen.connect(self._look)
        self.list.opened.connect(self._open)
        self._sought, self._looked_through = "", False
        self._lines = QVBoxLayout()
        self._note = Note()
        said = text(
            _("Nothing here is ever taken back, and nobody can switch it off: what has left has left."), "muted"
        )
        ways = row(
            button(_("Save the register…"), self.save, "", "download"),
            button(_("Copies outside the record…"), self.look_outside, "", "trash-2"),
        )
        for part in (said, self.finder, plain(ways), self._note):
            self.body.addWidget(part)
        self.body.addWidget(self.list, 1)
        self.body.addLayout(self._lines)

    def reload(self) -> None:
        self.finder.ask()
        if not self._looked_through:
            self._looked_through = True
            self.desk.ask(lambda session: tuple(astray(session)), then=self._show_astray, owner=self)

    def begin(self) -> None:
        self.list.setFocus()

    def look_for(self) -> None:
        self.finder.search.setFocus()

    def save(self) -> None:
        """Write the whole register to a file, which is noted in turn."""
        with_reason(self.desk, self, self._save)

    def _save(self) -> None:
        kinds = _("Workbooks (*.xlsx);;Tables (*.csv)")
        start = proposed(Path.home(), _(self.title), "xlsx")
        chosen, _filter = QFileDialog.getSaveFileName(self, _("Save the register"), start, kinds)
        if chosen:
            path, language = Path(chosen), words().language
            said = _("Written: {path}. It is not encrypted: whoever has the file can read it.")
            self.desk.tasks.with_record(
                lambda: export_register(self.desk.record, language, path),
                lambda _rows: self._say(said.format(path=words().isolate(str(path)))),
                lambda refused: self.desk.refused(refused, self._note),
                self,
            )

    def look_outside(self) -> None:
        """Look for the copies that Jalon wrote on this computer and that still lie there, and offer to remove them."""
        record = self.desk.record

        def find() -> tuple[tuple[Path, str], ...]:
            files = record.read(issued_files, None, sys.maxsize)
            return outside.still_there((Path(one.place), one.digest) for one in files if one.place)

        def found(files: tuple[tuple[Path, str], ...]) -> None:
            if files:
                offer_to_remove(self.desk, files, self)
            else:
                self._note.say(_("No file that Jalon wrote lies on this computer any more, as it was written."), "good")

        self.desk.tasks.with_record(find, found, lambda refused: self.desk.refused(refused, self._note), self)

    def _say(self, said: str) -> None:
        self._note.say(said, "warning")
        self.reload()

    def _show_astray(self, found: Sequence[object]) -> None:
        if found:
            said = _("Something here was altered, taken away or slipped in past Jalon. Check the record to see what.")
            self._note.say(said, "error")

    def _ask(self, sought: str, chosen: Mapping[str, str | None]) -> None:
        self._sought = sort_key(sought)
        filters = Filters(audience=chosen["audience"])
        self.desk.ask(register, chosen["sort"], filters, then=self._show, owner=self)

    def _show(self, found: Sequence[Entry]) -> None:
        rows = [one for one in found if self._sought in sort_key(" ".join(column.text(one) for column in COLUMNS))]
        self.list.show_rows(rows)
        self.finder.show_count(len(rows))
        self._look(self.list.current())

    def _look(self, one: Entry | None) -> None:
        empty(self._lines)
        if isinstance(one, IssuedFile):
            self.desk.ask(issued_file, one.id, then=self._tell, owner=self)
        elif one is not None:
            said = _("{what}. Why: {reason}")
            what, why = registered.what(one, words()), registered.why(one, words())
            self._lines.addWidget(text(said.format(what=what, reason=why)))

    def _tell(self, found: IssuedInFull) -> None:
        if (current := self.list.current()) is None or current.id != found.file.id:
            return
        empty(self._lines)
        self._lines.addWidget(text("\n".join(told_of(found))))
        rows = [
            button(_(KINDS[kind].name), partial(self.desk.go, kind, dict(filters)), "link")
            for kind, filters in found.behind.items()
            if kind in KINDS
        ]
        ways: list[QWidget] = [text(_("Rows in it:"), wrap=False), *rows] if rows else []
        for letter in found.permitted:
            said = _("Authorisation: {title}").format(title=one_line(letter.title))
            ways.append(button(said, partial(self.desk.open, "release-authorisations", letter.id), "link"))
        if found.file.report is not None:
            ways.append(button(_("The report it is of"), partial(self._open_report, found.file.report), "link"))
        if ways:
            self._lines.addWidget(plain(row(*ways)))

    def _open(self, one: Entry) -> None:
        if isinstance(one, IssuedFile) and one.report is not None:
            self._open_report(one.report)

    def _open_report(self, id: UUID) -> None:
        self.desk.open("reports", id)


def told_of(found: IssuedInFull) -> Iterator[str]:
    """What is known of a file, a sentence each."""
    if found.cells is not None:
        said = _("Counts of people: {count}; hidden: {hidden}; shown below the threshold by exception: {excepted}.")
        yield said.format(
            count=words().number(found.cells),
            hidden=words().number(found.hidden),
            excepted=words().number(found.excepted),
        )
    if fields := registered.fields_said(found.file, words()):
        more = len(fields) - _FIELDS_SHOWN
        others = [counted("{count} other", "{count} others", more)] if more > 0 else []
        said = _("Columns or fields in it: {fields}.")
        yield said.format(fields=words().list([*fields[:_FIELDS_SHOWN], *others]))
    if found.file.place:
        yield _("Written to {place}, in the clear.").format(place=words().isolate(found.file.place))
    made = _("Made by Jalon {version}. SHA-256 of the file: {digest}")
    yield made.format(version=found.file.program, digest=words().isolate(found.file.digest))


def _found(count: int) -> str:
    return counted("{count} entry", "{count} entries", count)
