"""Bringing exchange rates in from a file: whose rates and of which month, what is new, what changes, and then the deed.

The file is read in the other process, as every foreign file is.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from db.commands.arrivals import bring_in
from db.errors import InvalidValue
from db.fields import field_of
from db.models import ExchangeRate
from db.models.money import RATE_SOURCES
from db.queries.exchange_rates import HeldRates, held_rates
from desktop.intake.rates import BASES, RatesPlan, plan_rates
from desktop.intake.workbook import read_workbook
from desktop.ui.desk import Desk
from desktop.ui.forms.editors import ChoiceEdit, DateEdit
from desktop.ui.language import _, counted, words
from desktop.ui.parts import Note, button, column, plain, row, row_at_end, text
from desktop.ui.tables.short import ShortColumn, ShortView
from i18n import N_

_MONTH = N_("A day of the month")


@dataclass(frozen=True)
class Line:
    """A rate that comes in, with the one it takes the place of."""

    currency: str
    on: date
    rate: Decimal
    before: Decimal | None = None


COLUMNS = (
    ShortColumn(field_of(ExchangeRate.currency).name, lambda line: line.currency, 10),
    ShortColumn(field_of(ExchangeRate.valid_from).name, lambda line: words().date(line.on), 16),
    ShortColumn(field_of(ExchangeRate.rate).name, lambda line: words().number(line.rate), 16, numeric=True),
    ShortColumn(
        N_("It was"), lambda line: "" if line.before is None else words().number(line.before), 16, numeric=True
    ),
)


def planned(path: Path, held: HeldRates, today: date, source: str | None, month: date | None) -> RatesPlan:
    """What a file would bring in; run in the other process."""
    return plan_rates(read_workbook(path), held, today, source, month)


def bring_in_rates(desk: Desk, over: QWidget) -> None:
    """Ask for a file and show what it would bring in."""
    chosen, _filter = QFileDialog.getOpenFileName(
        over, _("Choose a file"), str(Path.home()), _("Workbooks and tables (*.xlsx *.xls *.ods *.csv);;All files (*)")
    )
    if chosen:
        RatesDialog(desk, Path(chosen), over).open()


class RatesDialog(QDialog):
    """What would be brought in; nothing is done before somebody says so."""

    def __init__(self, desk: Desk, path: Path, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setWindowTitle(_("Exchange rates from a file"))
        self._desk, self._path = desk, path
        self._plan: RatesPlan | None = None
        self._said, self._left_out, self._note = text(_("Reading the file…")), text("", "warning"), Note()
        self._left_out.hide()
        sources = [(code, _(title)) for code, title in RATE_SOURCES if code in BASES]
        self.source, self.month = ChoiceEdit(sources, nothing=_("As the file says")), DateEdit()
        self.source.setAccessibleName(_(field_of(ExchangeRate.source).name))
        self.month.setAccessibleName(_(_MONTH))
        self.list = ShortView(_("Exchange rates"), COLUMNS)
        self._doing = button(_("Bring in"), self._bring_in, "primary", "check")
        asked = row(
            text(_(field_of(ExchangeRate.source).name)),
            self.source,
            text(_(_MONTH)),
            self.month,
            button(_("Read again"), self.read),
        )
        answers = plain(row_at_end(button(_("Cancel"), self.reject), self._doing))
        self.setLayout(column(plain(asked), self._said, self._left_out, self._note, self.list, answers))
        self.resize(self.fontMetrics().averageCharWidth() * 100, self.fontMetrics().height() * 30)
        self.read()

    def read(self) -> None:
        """Read the file with what is said of it here."""
        self._doing.setEnabled(False)
        self._note.say("")
        self._desk.ask(held_rates, then=self._compare, owner=self)

    def _compare(self, held: HeldRates) -> None:
        try:
            month = self.month.value(_MONTH)
        except InvalidValue as unread:
            self._refused(unread)
            return
        asked: tuple[Any, ...] = (self._path, held, date.today(), self.source.value(""), month)
        self._desk.tasks.elsewhere(planned, *asked, then=self._show, failed=self._refused, owner=self)

    def _show(self, plan: RatesPlan) -> None:
        self._plan = plan
        whose = _("{source}, for one {base}").format(source=_(dict(RATE_SOURCES)[plan.source]), base=plan.base)
        new = counted("{count} rate is new.", "{count} rates are new.", len(plan.new))
        changed = counted("{count} rate changes.", "{count} rates change.", len(plan.changed))
        same = counted("{count} rate is held already.", "{count} rates are held already.", plan.unchanged)
        self._said.setText(f"{whose}\n{new}\n{changed}\n{same}")
        why = [found.text(words()) for _number, found in plan.problems[:5]]
        left_out = counted("{count} row is left out:", "{count} rows are left out:", len(plan.problems))
        self._left_out.setText("\n".join([left_out, *why]) if why else "")
        self._left_out.setVisible(bool(why))
        changes = [Line(each.currency, each.on, each.after, each.before) for each in plan.changed]
        self.list.show_rows([*changes, *(Line(each.currency, each.on, each.rate) for each in plan.new)])
        self._doing.setEnabled(not plan.arrival.empty)

    def _bring_in(self) -> None:
        assert self._plan is not None
        self._doing.setEnabled(False)
        arrival = self._plan.arrival
        self._desk.do(bring_in, arrival, then=lambda _done: self.accept(), failed=self._refused, owner=self)

    def _refused(self, error: Exception) -> None:
        self._said.setText("")
        self._desk.refused(error, self._note)
