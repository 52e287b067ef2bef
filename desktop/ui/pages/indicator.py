"""The page of an indicator: what it comes to in a period, or why it cannot be said, and what is missing from it."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.errors import InvalidValue
from db.fields import Attribute, field_of
from db.models.indicators import Aim, Indicator
from db.models.results import Breakdown, Result
from db.queries.indicators import Aimed, MissingPart, RolledUp, aims_of, rolled_up
from db.queries.selection import Behind
from db.queries.splits import Split, split_of
from desktop.reports.saying import age_band
from desktop.ui.desk import Desk
from desktop.ui.forms.editors import DateEdit, choice_of
from desktop.ui.language import _, counted, words
from desktop.ui.pages.entry import EntryPage
from desktop.ui.parts import Note, button, plain, row, text
from desktop.ui.tables.column import one_line
from desktop.ui.tables.short import ShortColumn, ShortView
from i18n import N_

MISSING = (
    ShortColumn(N_("Partner"), lambda part: one_line(part.partner or ""), 26),
    ShortColumn(N_("Place"), lambda part: one_line(part.place or ""), 22),
    ShortColumn(N_("Period"), lambda part: words().period(part.starts_on, part.ends_on), 22),
    ShortColumn(field_of(Result.missing).name, lambda part: _(field_of(Result.missing).title_of(part.reason)), 24),
)
SPLIT = (
    ShortColumn(field_of(Breakdown.sex).name, lambda part: _named(Breakdown.sex, part.sex), 16),
    ShortColumn(field_of(Breakdown.age_band).name, lambda part: age_band(part.band, words()) if part.band else "", 18),
    ShortColumn(
        field_of(Breakdown.value).name,
        lambda part: words().number(part.value) if part.value is not None else _named(Breakdown.missing, part.missing),
        14,
        numeric=True,
    ),
    ShortColumn(
        field_of(Breakdown.method).name,
        lambda part: _named(Breakdown.method, "estimated" if part.estimated else "counted"),
        20,
    ),
)


def _named(attribute: Attribute[Any], code: str | None) -> str:
    return _(field_of(attribute).title_of(code)) if code else ""


class IndicatorPage(EntryPage):
    """The page of one indicator."""

    def more_parts(self) -> Sequence[tuple[str, Callable[[], QWidget]]]:
        return ((_("What it comes to"), lambda: SumPart(self.desk)),)


class SumPart(QWidget):
    """What an indicator comes to, beside what it aims at."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._about: UUID | None = None
        self._first, self._last = DateEdit(), DateEdit()
        self._first.setAccessibleName(_("Period from"))
        self._last.setAccessibleName(_("Period to"))
        self._scheme = choice_of(Breakdown.age_scheme, nothing=None)
        self._scheme.setAccessibleName(_(field_of(Breakdown.age_scheme).name))
        self._scheme.edited.connect(self._ask)
        asked = row(
            text(_("Period from"), wrap=False),
            self._first,
            text(_("Period to"), wrap=False),
            self._last,
            text(_(field_of(Breakdown.age_scheme).name), wrap=False),
            self._scheme,
            button(_("Show"), self._ask),
        )
        self.figure, self.why, self._note = text("", "figure"), Note("warning"), Note()
        self._aims, self._left = text("", "muted"), text("", "muted")
        self._beside, self._edges = text("", "muted"), Note("warning")
        self.split = ShortView(_("By sex and age"), SPLIT)
        self.missing = ShortView(_("What is missing"), MISSING)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 4, 0, 0)
        self._behind: Behind | None = None
        self.opens = button(_("Show the results behind it"), self._open_behind, "link", "arrow-right")
        shown = row(self.figure, self.opens)
        for each in (plain(asked), self._note, plain(shown), self.why, self._aims, self._left):
            lines.addWidget(each)
        for title, *parts in (
            (_("By sex and age"), self._edges, self._beside, self.split),
            (_("What is missing"), self.missing),
        ):
            lines.addWidget(text(title, "subtitle"))
            for part in parts:
                lines.addWidget(part, 1 if isinstance(part, ShortView) else 0)

    def show_of(self, id: UUID, _title: str) -> None:
        self._about = id
        self._ask()
        self._desk.ask(aims_of, id, then=self._show_aims, owner=self)

    def _ask(self) -> None:
        try:
            period = self._first.value(_("Period from")), self._last.value(_("Period to"))
        except InvalidValue as unread:
            self._note.say(_(unread.message).format(**unread.values(words())))
            return
        self._note.say("")
        if self._about is not None:
            self._desk.ask(rolled_up, self._about, *period, then=lambda told: self._show(told, period), owner=self)

    def _show(self, told: RolledUp, period: tuple[date | None, date | None]) -> None:
        self.figure.setText("" if told.value is None else _figure(told))
        self._behind = told.behind
        for each in (self.figure, self.opens):
            each.setVisible(told.value is not None)
        self.why.say(told.why.said(words()) if told.why else "")
        left = counted("{count} figure is left out.", "{count} figures are left out.", len(told.left_out))
        reasons = dict.fromkeys(reason.said(words()) for _id, reason in told.left_out)
        self._left.setText(" ".join([left, *reasons]) if told.left_out else "")
        missing: tuple[MissingPart, ...] = told.missing
        self.missing.show_rows(missing)
        self._desk.ask(split_of, told.counted, self._scheme.currentData(), then=self._show_split, owner=self)

    def _open_behind(self) -> None:
        """The list of just those results that were put together."""
        if self._behind is not None:
            self._desk.go(self._behind.kind, dict(self._behind.filters))

    def _show_split(self, split: Split) -> None:
        self._edges.say(split.why.said(words()) if split.why else "")
        self.split.show_rows(split.parts)
        said = []
        if split.with_disability is not None:
            count = words().number(split.with_disability)
            said.append(_("Of them with a disability: {count}, counted across sex and age").format(count=count))
        if split.not_split:
            said.append(_("Counted without sex or age: {count}").format(count=words().number(split.not_split)))
        self._beside.setText("\n".join(said))

    def _show_aims(self, aims: tuple[Aimed, ...]) -> None:
        self._aims.setText("\n".join(_aimed(aim) for aim in aims if aim.value is not None))


def _figure(told: RolledUp) -> str:
    """The value with its unit and how exact it is."""
    unit = _(field_of(Indicator.unit).title_of(told.unit))
    value = words().number(told.value or 0)
    if told.qualifier == "exactly":
        return _("{unit}: {value}").format(unit=unit, value=value)
    qualifier = _(field_of(Result.qualifier).title_of(told.qualifier))
    return _("{unit}: {value} ({qualifier})").format(unit=unit, value=value, qualifier=qualifier)


def _aimed(aim: Aimed) -> str:
    kind = _(field_of(Aim.kind).title_of(aim.kind))
    value = words().number(aim.value or 0)
    if aim.starts_on is None and aim.ends_on is None:
        return _("{unit}: {value}").format(unit=kind, value=value)
    period = words().period(aim.starts_on, aim.ends_on)
    return _("{kind} for {period}: {value}").format(kind=kind, period=period, value=value)
