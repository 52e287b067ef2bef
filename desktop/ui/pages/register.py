"""The register of what left the record: which file, when, by whom, to whom, why, and which rows are in it."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.queries.issued import Filters, IssuedFile, IssuedInFull, issued_file, issued_files
from db.queries.kinds import KINDS
from desktop.reports.building import AUDIENCES
from desktop.reports.offer import REPORTS
from desktop.ui.desk import Desk
from desktop.ui.language import _, counted, words
from desktop.ui.pages.finder import Choice, Finder
from desktop.ui.pages.page import Page
from desktop.ui.parts import button, empty, plain, row, text
from desktop.ui.tables.column import one_line
from desktop.ui.tables.short import ShortColumn, ShortView
from i18n import N_
from i18n.folding import sort_key

_OTHERS: Mapping[str, str] = {
    "fivew": N_("5W"),
    "raw": N_("Workbook of the record"),
    "partner-sheet": N_("Sheet of a partner"),
    "calendar": N_("Calendar"),
    "report-template": N_("Template of a report"),
}
"""What leaves besides reports; a document leaves under its own title."""


def what(one: IssuedFile) -> str:
    """What left, in words."""
    titles = {report.name: report.title for report in REPORTS} | dict(_OTHERS)
    return _(titles[one.name]) if one.name in titles else one_line(one.name)


def _when(one: IssuedFile) -> str:
    local = one.at.astimezone()
    return _("{day} at {time}").format(day=words().date(local.date()), time=f"{local:%H:%M}")


def _readers(one: IssuedFile) -> str:
    named = {audience.value: title for audience, title in AUDIENCES.items()}
    return _(named[one.audience]) if one.audience in named else one_line(one.audience)


def _whom(one: IssuedFile) -> str:
    return words().list([one_line(each) for each in one.recipients])


def _language(one: IssuedFile) -> str:
    return words().language_name(one.language) if one.language else ""


COLUMNS = (
    ShortColumn(N_("When"), _when, 30),
    ShortColumn(N_("What left"), what, 30),
    ShortColumn(N_("Who reads it"), _readers, 16),
    ShortColumn(N_("To whom"), _whom, 20),
    ShortColumn(N_("Why"), lambda one: _(one.purpose) if one.purpose else "", 20),
    ShortColumn(N_("Format"), lambda one: one.format.upper(), 8),
    ShortColumn(N_("Language"), _language, 10),
    ShortColumn(N_("By"), lambda one: one_line(one.person or ""), 16),
)


class RegisterPage(Page):
    """The files that left, the newest first; what is in the chosen one stands under the list."""

    key = "register"
    title = N_("What left the record")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        readers = [(audience.value, title) for audience, title in AUDIENCES.items()]
        choices = [Choice("audience", _("Who reads it"), _("Who reads it: all"), readers)]
        self.finder = Finder(_("Find in this list"), choices, self._ask, _found)
        self.list = ShortView(_(self.title), COLUMNS)
        self.list.chosen.connect(self._look)
        self.list.opened.connect(self._open)
        self._sought = ""
        self._lines = QVBoxLayout()
        said = text(_("Nothing here is ever taken back: what has left has left."), "muted")
        for part in (said, self.finder):
            self.body.addWidget(part)
        self.body.addWidget(self.list, 1)
        self.body.addLayout(self._lines)

    def reload(self) -> None:
        self.finder.ask()

    def begin(self) -> None:
        self.list.setFocus()

    def look_for(self) -> None:
        self.finder.search.setFocus()

    def _ask(self, sought: str, chosen: Mapping[str, str | None]) -> None:
        self._sought = sort_key(sought)
        self.desk.ask(issued_files, Filters(audience=chosen["audience"]), then=self._show, owner=self)

    def _show(self, found: Sequence[IssuedFile]) -> None:
        rows = [one for one in found if self._sought in sort_key(" ".join(column.text(one) for column in COLUMNS))]
        self.list.show_rows(rows)
        self.finder.show_count(len(rows))
        self._look(self.list.current())

    def _look(self, one: IssuedFile | None) -> None:
        if one is None:
            empty(self._lines)
        else:
            self.desk.ask(issued_file, one.id, then=self._tell, owner=self)

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

    def _open(self, one: IssuedFile) -> None:
        if one.report is not None:
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
    made = _("Made by Jalon {version}. SHA-256 of the file: {digest}")
    yield made.format(version=found.file.program, digest=words().isolate(found.file.digest))


def _found(count: int) -> str:
    return counted("{count} file", "{count} files", count)
