"""Shares by layer: to whom the money of a stage went, through how many hands, and the rows behind each figure.

What an office's record cannot hold is said to be not collected, and what is not known has a column of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout

from db.definitions import name_of
from db.errors import InvalidValue
from db.fields import field_of
from db.layers import layers
from db.models.donors import Contribution
from db.models.money import LAYERS, Allocation
from db.queries import Session
from db.queries.layers import At, FundingShare, FundingShares, definitions_used, shares
from db.queries.money import office_currency
from desktop.reports.money_notes import money_notes
from desktop.ui.desk import Desk
from desktop.ui.errors import sentence
from desktop.ui.forms.editors import ChoiceEdit, CurrencyEdit, DateEdit, choice_of
from desktop.ui.language import _, words
from desktop.ui.pages.page import Page
from desktop.ui.parts import Note, button, empty, plain, row, scrolled, text
from desktop.ui.tables.figures import FigureView, broken
from desktop.ui.tables.short import ShortColumn
from i18n import N_
from i18n.currencies import decimals_of

Definitions = tuple[tuple[str, str], ...]

_LOCAL = {"actors": ("local",)}
WHOM: tuple[tuple[str, Mapping[str, Any]], ...] = (
    (N_("Total"), {}),
    (N_("Local, not of the state"), _LOCAL),
    (N_("Led by women: yes"), {**_LOCAL, "women_led": "met"}),
    (N_("Led by women: no"), {**_LOCAL, "women_led": "not_met"}),
    (N_("Led by women: not known"), {**_LOCAL, "women_led": "unknown"}),
    (N_("Authorities"), {"actors": ("state",)}),
    (N_("Neither local nor national"), {"actors": ("other",)}),
    (N_("Not known"), {"actors": ("unknown",)}),
)
"""The columns, and what of the shares each is; who leads them is asked of local partners that are not of the state."""

_CURRENCY_LETTERS = 24
"""So many letters of a currency's code and name are seen."""

_NARROW = 8
"""Letters of words in place of a figure on one line."""

_WIDE = 22
"""Letters of a layer's name on one line; each row has two."""


@dataclass(frozen=True)
class Line:
    """A row of the table: a figure for each of `WHOM`, none where none is possible, or none at all."""

    title: str
    figures: tuple[FundingShare | None, ...] = ()


def lines_of(found: FundingShares) -> list[Line]:
    """A row for each layer, one for what the office did itself, and the whole."""
    lines = [
        Line(
            _(dict(LAYERS)[layer.code]),
            tuple(found.of([layer.code], **whom) for _title, whom in WHOM) if layer.recorded else (),
        )
        for layer in layers()
    ]
    itself = (found.of(actors=["own"]), *(None for _each in WHOM[1:]))
    return [
        *lines,
        Line(_("The office itself"), itself),
        Line(_("Total"), tuple(found.of(**whom) for _t, whom in WHOM)),
    ]


def _cell(place: int, line: Line) -> str:
    if not line.figures:
        return broken(_("Not collected"), _NARROW)
    figure = line.figures[place]
    if figure is None:
        return ""
    if not figure.passed_on.amount:
        return words().number(0)
    amount = words().number(figure.passed_on.amount, decimals_of(figure.passed_on.currency))
    return amount if figure.share is None else f"{amount}\n{words().percent(figure.share, 1)}"


COLUMNS = (
    ShortColumn(N_("Layer"), lambda line: broken(line.title, _WIDE)),
    *(ShortColumn(title, partial(_cell, place), numeric=True) for place, (title, _whom) in enumerate(WHOM)),
)


class SharesPage(Page):
    """What is asked on top, the table and all that has to be said beside it underneath."""

    key = "shares"
    title = N_("Shares by layer")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        today = date.today()
        self.stage = choice_of(Allocation.stage, nothing=None)
        self.first, self.last, self.currency = DateEdit(), DateEdit(), CurrencyEdit(None)
        self.first.show_value(date(today.year, 1, 1))
        self.last.show_value(date(today.year, 12, 31))
        self.rule = choice_of(Contribution.rate_rule, nothing=_("As each contribution says"))
        by_day = (
            ("report", _("As assessed by the last day of the period")),
            ("allocation", _("As assessed by the day of each allocation")),
        )
        self.at = ChoiceEdit(by_day, nothing=None)
        asked = row()
        for name, edit in (
            (_(field_of(Allocation.stage).name), self.stage),
            (_("Period from"), self.first),
            (_("Period to"), self.last),
            (_("Currency"), self.currency),
            (_(field_of(Contribution.rate_rule).name), self.rule),
            (_("Led by women"), self.at),
        ):
            edit.setAccessibleName(name)
            if edit is self.currency:
                edit.setMinimumContentsLength(_CURRENCY_LETTERS)
            if edit in (self.stage, self.rule, self.at):
                edit.setSizeAdjustPolicy(ChoiceEdit.SizeAdjustPolicy.AdjustToContents)
            asked.addWidget(plain(row(text(name, wrap=False), edit)))
            if isinstance(edit, DateEdit):
                edit.returnPressed.connect(self.reload)
            elif edit is self.currency:
                edit.settled.connect(self.reload)
            else:
                edit.edited.connect(self.reload)
        asked.addWidget(button(_("Show"), self.reload))
        self.note = Note()
        self.table = FigureView(_(self.title), COLUMNS)
        self.table.opened.connect(self._open)
        self.table.selectionModel().currentChanged.connect(self._follow)
        self._above, self._beside = QVBoxLayout(), QVBoxLayout()
        lines = QVBoxLayout()
        for part in (self._above, self._beside):
            part.setSpacing(6)
            lines.addLayout(part)
        lines.insertWidget(1, self.table)
        lines.addStretch(1)
        self._inside = plain(lines)
        self._area = scrolled(self._inside, _(self.title))
        self._area.verticalScrollBar().valueChanged.connect(self._scrolled)
        for over in (plain(asked), self.note):
            self.body.addWidget(over)
        self._area.hide()
        self.body.addWidget(self._area, 1)
        self.body.addStretch()
        self._currency_known = False

    def reload(self) -> None:
        if not self._currency_known:
            self.desk.ask(office_currency, then=self._begin_with, owner=self)
            return
        try:
            first, last = self.first.value(_("Period from")), self.last.value(_("Period to"))
            currency = self.currency.value(_("Currency"))
        except InvalidValue as unread:
            self.note.say(_(unread.message).format(**unread.values(words())))
            return
        if first is None or last is None:
            self.note.say(_("Say from which day to which day."))
            return
        asked = self.stage.currentData(), first, last, currency
        more = self.rule.currentData(), self.at.currentData()
        self.desk.ask(_look, *asked, *more, then=lambda seen: self._show(*seen), failed=self._refused, owner=self)

    def begin(self) -> None:
        self.stage.setFocus()

    def _begin_with(self, currency: str | None) -> None:
        self._currency_known = True
        self.currency.show_value(currency or "USD")
        self.reload()

    def _show(self, found: FundingShares, definitions: Definitions) -> None:
        self.note.say("")
        self.table.show_rows(lines_of(found))
        self._area.show()
        empty(self._above)
        empty(self._beside)
        if not found.slices:
            self._above.addWidget(text(_("No money is recorded at this stage in this period."), "subtitle"))
        unknown, overheads = found.of(actors=["unknown"]), found.overheads
        for said, figure in (
            (_("Counts toward the 25 %: {amount}, {share} of all"), found.counted),
            (
                _("Overheads passed on to local and national partners: {amount}, {share} of their direct costs"),
                overheads,
            ),
            (
                _("Not known to be local, so not counted: {amount}, {share} of all"),
                unknown,
            ),
        ):
            if figure is overheads and figure.share is not None and not figure.passed_on.amount:
                # Nobody has to say of an allocation that it is overheads: none marked is not none passed on.
                self._above.addWidget(text(_("No allocation to local and national partners is marked as overheads.")))
            elif figure.share is not None and (figure.share or figure is not unknown):
                amount = words().money(figure.passed_on.amount, figure.passed_on.currency)
                shown = said.format(amount=amount, share=words().percent(figure.share, 1))
                self._above.addWidget(plain(row(button(shown, partial(self._go, figure), "link", "arrow-right"))))
        counting = [_(dict(LAYERS)[each.code]) for each in layers() if each.counts]
        self._say(_("The 25 % belongs to all signatories of the Grand Bargain together, not to one office or project."))
        counted = _("Counted are local and national partners, authorities included, by these layers: {layers}.")
        self._say(counted.format(layers=words().list([words().quoted(each) for each in counting])))
        self._say(
            _("What donors gave local partners directly never passes through an office: it is not collected, not zero.")
        )
        self._say(_defined(definitions))
        for said in money_notes(found.rates, found.rounding, found.currency, words()):
            self._say(said)

    def _say(self, said: str) -> None:
        self._beside.addWidget(text(said, "muted"))

    def _open(self, line: Line, column: int) -> None:
        if column and line.figures and (figure := line.figures[column - 1]) is not None:
            self._go(figure)

    def _go(self, figure: FundingShare) -> None:
        self.desk.go(figure.behind.kind, dict(figure.behind.filters))

    def _follow(self, now: QModelIndex) -> None:
        """Keep the chosen cell in sight; one that is pressed is, and what lies under the mouse is to stay there."""
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            return
        cell = self.table.visualRect(now)
        middle = self.table.viewport().mapTo(self._inside, cell.center())
        self._area.ensureVisible(0, middle.y(), 0, cell.height() + self.table.horizontalHeader().height())

    def _scrolled(self, to: int) -> None:
        """The titles of the columns stay in sight."""
        self.table.keep_heading(to - self.table.mapTo(self._inside, QPoint(0, 0)).y())

    def _refused(self, error: Exception) -> None:
        if said := sentence(error):
            self._area.hide()  # figures of before would look like an answer to what is asked now
            self.note.say(said)
        else:
            self.desk.tasks.failed.emit(error)


def _look(
    session: Session, stage: str, first: date, last: date, currency: str, rule: str | None, at: At
) -> tuple[FundingShares, Definitions]:
    found = shares(session, stage, first, last, currency, rule, at)
    return found, definitions_used(session, stage, first, last, at)


def _defined(definitions: Definitions) -> str:
    if not definitions:
        return _("Nobody has assessed yet whether women lead these partners.")
    names = [words().quoted(name_of(code, version, words().language)) for code, version in definitions]
    return _("Whether women lead a partner is as assessed by: {definitions}").format(definitions=words().list(names))
