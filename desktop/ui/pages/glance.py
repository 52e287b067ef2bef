"""A part of a page that says at a glance what the record holds on the thing on show, on cards."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.money import INDICATIVE
from desktop.ui.desk import Desk
from desktop.ui.language import _
from desktop.ui.parts import empty, scrolled_cards, text


class GlancePart(QWidget):
    """`query` is asked about an id on a day; `cards` puts its answer on cards. Amounts are said to be indicative."""

    def __init__(self, desk: Desk, query: Callable[..., Any], cards: Callable[[Any], Iterable[QWidget]]) -> None:
        super().__init__()
        self._desk, self._query, self._cards = desk, query, cards
        self._id: UUID | None = None
        area, self._lines = scrolled_cards(_("At a glance"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def show_of(self, id: UUID, _title: str) -> None:
        self._id = id
        self._desk.ask(self._query, id, date.today(), then=lambda found: self._show(id, found), owner=self)

    def _show(self, id: UUID, found: Any) -> None:
        if id != self._id:
            return
        empty(self._lines)
        self._lines.addWidget(text(_(INDICATIVE), "muted"))
        for each in self._cards(found):
            self._lines.addWidget(each)
        self._lines.addStretch(1)
