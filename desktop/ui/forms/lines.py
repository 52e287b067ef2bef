"""The table of a report's lines: an indicator a line, with this period, its parts, and the figure since the beginning.

It begins with the lines that a report of this partner has to have; others are added by the name of an indicator. An
empty cell is not said, which is no zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from db.commands.received import ReportedLine
from db.errors import InvalidValue
from db.fields import field_of
from db.models.results import Result
from db.queries.results import PrefilledLine, line_of
from desktop.ui.desk import Desk
from desktop.ui.forms.choices import choice_of
from desktop.ui.forms.inputs import FigureEdit
from desktop.ui.forms.links import entry_link
from desktop.ui.language import _, words
from desktop.ui.parts import Note, bring_into_view, button, empty, plain, row, text
from desktop.ui.tables.column import one_line
from i18n import N_

_COUNTS = (
    ("this_period", N_("This period")),
    ("women", N_("Women")),
    ("men", N_("Men")),
    ("girls", N_("Girls")),
    ("boys", N_("Boys")),
    ("with_disability", N_("With a disability")),
    ("cumulative", N_("Since the beginning")),
)
_NOBODY_CHOSEN = N_("Choose the partner and the agreement: what they report on comes up here.")
_NOTHING_KNOWN = N_("It is not known yet what this partner reports on: add a line for each indicator below.")
_PEOPLE = ("women", "men", "girls", "boys", "with_disability")
_MISSING = "missing"


class UnreadCell(InvalidValue):
    message = N_("“{indicator}”, {column}: this is not a number. Write it with digits only.")

    def values(self, words: Any) -> dict[str, str]:
        return super().values(words) | {"column": words.gettext(str(self.gaps["column"]))}


@dataclass
class _Row:
    """A line on show: what it is about, and its inputs by what they hold."""

    about: PrefilledLine
    inputs: dict[str, Any]
    note: Note


class LinesEdit(QWidget):
    """The lines of a report."""

    edited = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._rows: list[_Row] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(4)
        self._nothing = text(_(_NOBODY_CHOSEN), "muted")
        self._more = entry_link(desk, "indicator")
        self._more.setAccessibleName(_("Another indicator"))
        self._more.setPlaceholderText(_("Another indicator: type a part of its name"))
        adding = button(_("Add the line"), self.add_line, "", "plus")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self._nothing)
        lines.addWidget(plain(self._grid))
        lines.addWidget(plain(row(self._more, adding)))

    def show_lines(self, prefilled: Sequence[PrefilledLine]) -> None:
        """Begin with these lines; those in which something was typed stay."""
        kept = [each for each in self._rows if self._typed(each)]
        there = {_key(each.about) for each in kept}
        state = [
            *(self._state_of(each) for each in kept),
            *(_blank(one) for one in prefilled if _key(one) not in there),
        ]
        self.show_state(state)
        self._nothing.setText(_(_NOTHING_KNOWN))

    def add_line(self) -> None:
        """One more line, for the indicator that was looked up."""
        try:
            indicator = self._more.value(_("Another indicator"))
        except InvalidValue:
            indicator = None
        if indicator is not None and all(each.about.indicator_id != indicator for each in self._rows):
            self._desk.ask(line_of, indicator, then=self._added, owner=self)
        self._more.show_value(None)

    def value(self, field: str) -> list[ReportedLine]:
        """What was typed, a line an indicator."""
        for each in self._rows:
            each.note.say("")
        return [self._line(each, field) for each in self._rows]

    def show_value(self, value: Any) -> None:
        """A report that is kept has its figures as results; here new ones are typed in."""
        self._nothing.setText(_(_NOBODY_CHOSEN))
        self.show_state([])

    def refuse(self, key: tuple[UUID, UUID | None], said: str) -> bool:
        """Say beside a line what was refused of it; whether the line is here."""
        each = next((each for each in self._rows if _key(each.about) == key), None)
        if each is None:
            return False
        first: QWidget = each.inputs["this_period"]
        each.note.say(said)
        first.setFocus()
        QTimer.singleShot(0, self, lambda: bring_into_view(each.note, first))
        return True

    def state(self) -> list[Any]:
        return [self._state_of(each) for each in self._rows]

    def show_state(self, state: Any) -> None:
        empty(self._grid)
        self._rows = []
        for about, typed in state or ():
            self._add(_from_state(about), typed)
        self._nothing.setVisible(not self._rows)

    def _added(self, about: PrefilledLine) -> None:
        self.show_state([*self.state(), _blank(about)])
        self._rows[-1].inputs["this_period"].setFocus()
        self.edited.emit()

    def _add(self, about: PrefilledLine, typed: dict[str, Any]) -> None:
        if not self._rows:
            for column, (_unused, title) in enumerate(_COUNTS):
                self._grid.addWidget(text(_(title), "muted"), 0, column, Qt.AlignmentFlag.AlignBottom)
            self._grid.addWidget(text(_(field_of(Result.missing).name), "muted"), 0, len(_COUNTS))
        line = 3 * len(self._rows) + 1
        name = _called(about)
        heading = text(name)
        self._grid.addWidget(heading, line, 0, 1, len(_COUNTS) + 1)
        inputs: dict[str, Any] = {}
        for column, (key, title) in enumerate(_COUNTS):
            inputs[key] = each = FigureEdit()
            each.setMinimumWidth(each.fontMetrics().averageCharWidth() * 9)
            each.setAccessibleName(_("{indicator}: {column}").format(indicator=one_line(about.name), column=_(title)))
            each.setEnabled(about.unit in ("persons", "contacts", "cases") or key not in _PEOPLE)
            self._grid.addWidget(each, line + 1, column)
        inputs[_MISSING] = choice_of(Result.missing, nothing=_("Not missing"))
        missing = _(field_of(Result.missing).name)
        inputs[_MISSING].setAccessibleName(
            _("{indicator}: {column}").format(indicator=one_line(about.name), column=missing)
        )
        self._grid.addWidget(inputs[_MISSING], line + 1, len(_COUNTS))
        for key, each in inputs.items():
            each.show_state(typed.get(key))
            each.edited.connect(self.edited)
        note = Note()
        self._grid.addWidget(note, line + 2, 0, 1, len(_COUNTS) + 1)
        self._rows.append(_Row(about, inputs, note))

    def _line(self, each: _Row, field: str) -> ReportedLine:
        counts = {key: _read(each, key, title, field) for key, title in _COUNTS}
        missing = each.inputs[_MISSING].value("")
        return ReportedLine(each.about.indicator_id, each.about.place_id, missing=missing, **counts)

    def _typed(self, each: _Row) -> bool:
        return any(one.state() for one in each.inputs.values())

    def _state_of(self, each: _Row) -> list[Any]:
        return [_to_state(each.about), {key: one.state() for key, one in each.inputs.items() if one.state()}]


def _read(each: _Row, key: str, title: str, field: str) -> int | None:
    """A cell as a whole number of the smallest part that its indicator counts in."""
    typed = each.inputs[key].text().strip()
    if not typed:
        return None
    reading = words().parse_number(typed)
    for number in (reading.value, *reading.alternatives):
        scaled = None if number is None else Decimal(number).scaleb(each.about.decimals)
        if scaled is not None and scaled == int(scaled) and scaled >= 0:
            return int(scaled)
    raise UnreadCell(field, indicator=each.about.name, column=title)


def _called(about: PrefilledLine) -> str:
    """What a line is about: the indicator and, where there are several, the place; and what was said last."""
    name = " · ".join(one_line(part) for part in (about.code, about.name, about.place) if part)
    if about.cumulative is None or about.until is None:
        return name
    last = words().number(Decimal(about.cumulative).scaleb(-about.decimals), about.decimals)
    return _("{line} (until {day}: {figure})").format(line=name, day=words().date(about.until), figure=last)


def _key(about: PrefilledLine) -> tuple[UUID, UUID | None]:
    return about.indicator_id, about.place_id


def _blank(about: PrefilledLine) -> list[Any]:
    return [_to_state(about), {}]


def _to_state(about: PrefilledLine) -> dict[str, Any]:
    """As a draft keeps it."""
    return {
        "indicator_id": str(about.indicator_id),
        "place_id": str(about.place_id) if about.place_id else None,
        "until": about.until.isoformat() if about.until else None,
        **{key: getattr(about, key) for key in ("code", "name", "unit", "decimals", "place", "cumulative")},
    }


def _from_state(state: dict[str, Any]) -> PrefilledLine:
    links = {
        "indicator_id": UUID(state["indicator_id"]),
        "place_id": UUID(state["place_id"]) if state["place_id"] else None,
        "until": date.fromisoformat(state["until"]) if state["until"] else None,
    }
    return PrefilledLine(**{**state, **links})
