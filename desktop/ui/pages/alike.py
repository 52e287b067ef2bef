"""The page of a kind that people add twice without knowing: what is held already and looks alike is shown while one
types, and asked about once before it is saved."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from db.queries import Session
from db.queries.duplicate_places import place_lookalikes
from db.queries.duplicates import Lookalike
from desktop.ui.desk import Desk
from desktop.ui.entries.entry import Entry
from desktop.ui.language import _, words
from desktop.ui.pages.entry import EntryPage
from desktop.ui.parts import button, card, empty, plain, row, text
from desktop.ui.tables.column import one_line

_MOST = 3


class AlikePage(EntryPage):
    """The page of one thing that may be held already when it is added."""

    alike: Callable[[Session, Mapping[str, Any]], tuple[Lookalike, ...]]
    """What may be the same, by what stands in the inputs."""

    def __init__(self, desk: Desk, entry: Entry) -> None:
        super().__init__(desk, entry)
        self.form.paused.connect(self._look_for_another)
        self._asked_about = ""
        self._alike = card()
        self._alike_lines: Any = self._alike.layout()
        self._alike.hide()
        self.body.insertWidget(1, self._alike)

    def show_about(self, about: Any) -> None:
        super().show_about(about)
        self._asked_about = ""
        self._show_alike(())

    def write(self, values: dict[str, Any]) -> None:
        if self.about is not None:
            self.keep(values)
            return
        typed = self.form.draft()
        self.desk.ask(self.alike, typed, then=lambda found: self._add(values, found), failed=self.refused, owner=self)

    def keep(self, values: dict[str, Any]) -> None:
        """Write what was typed, once nothing stands in its way."""
        super().write(values)

    def saved(self, id: UUID) -> None:
        self._show_alike(())
        super().saved(id)

    def _add(self, values: dict[str, Any], found: tuple[Lookalike, ...]) -> None:
        """Two people, or one in two windows, may be adding the same: that is asked about once."""
        if found and values["name"] != self._asked_about:
            self._asked_about, self.adding = values["name"], False
            self._show_alike(found)
            self.note.say(_("Look at these first. To add it all the same, save once more."), "warning")
            return
        self.keep(values)

    def _look_for_another(self) -> None:
        typed = self.form.draft()
        if self.about is None and (typed.get("name") or "").strip():
            self.desk.ask(self.alike, typed, then=self._show_alike, owner=self)

    def _show_alike(self, found: tuple[Lookalike, ...]) -> None:
        """What is in the record already and may be the one that is typed in, each one click away."""
        empty(self._alike_lines)
        if found:
            self._alike_lines.addWidget(text(_("This may be in the record already:"), "subtitle"))
        for each in found[:_MOST]:
            why = words().list([_(reason) for reason in each.why])
            opens = button(one_line(each.name), partial(self.desk.open, self.entry.kind, each.id), "link")
            self._alike_lines.addWidget(plain(row(opens, text(why, "muted"))))
        self._alike.setVisible(bool(found))


def _places_like(session: Session, typed: Mapping[str, Any]) -> tuple[Lookalike, ...]:
    kind, country, pcode = (typed[key] or None for key in ("kind", "country", "pcode"))
    parent = UUID(typed["parent_id"][0]) if typed["parent_id"][0] else None
    return place_lookalikes(session, typed["name"], kind, country, parent, pcode)


class PlacePage(AlikePage):
    """The page of one place."""

    alike = staticmethod(_places_like)
