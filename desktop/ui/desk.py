"""What every page is given: the record through its one thread, the other process, and the way to other pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from desktop.ui.errors import sentence
from desktop.ui.refresh import Refresh
from desktop.ui.tasks import Tasks

if TYPE_CHECKING:
    from uuid import UUID

    from db.deeds import Deed
    from db.record import Record
    from desktop.ui.parts import Note


@dataclass(frozen=True)
class At:
    """One thing of the record, to be shown with the cursor in one of its fields."""

    id: "UUID"
    field: str


ONE = "/one"
"""Ends the key of a page on one thing of a kind; the key of the kind alone is its list."""


def _stay(_page: str, _about: object = None) -> None:
    """Where there is no window there is nowhere to go."""


@dataclass
class Desk:
    """One open record and what works on it."""

    record: "Record"
    tasks: Tasks
    refresh: Refresh
    practice: bool = False
    go: Callable[..., object] = field(default=_stay)
    back: Callable[[], object] = field(default=lambda: None)
    """Show the page on which one was before."""
    step: Callable[..., object] = field(default=_stay)
    """Take the newest deed back ("undo") or do it again ("redo"); where an id follows, that deed or none."""
    say: Callable[[str], object] = field(default=_stay)
    """Say in the status line what was done."""
    help: Callable[[], object] = field(default=lambda: None)
    """Show the help, which names every page."""

    backing: Any = None
    """Who looks after the record's copies, in a program with a record of its own."""

    def open(self, kind: str, about: "UUID | At | Mapping[str, Any] | None" = None) -> object:
        """Show the page of one thing of a kind, by its id; of a new one, with the values it begins with."""
        return self.go(kind + ONE, about)

    def open_row(self, table: str, id: "UUID") -> None:
        """Show the page of whatever is kept in a table under this id."""
        from db.queries.entries import kind_of_row

        self.ask(kind_of_row, table, id, then=lambda kind: self.open(kind, id), owner=self.refresh)

    def ask(
        self,
        query: Callable[..., Any],
        *args: Any,
        then: Callable[[Any], object],
        failed: Callable[[Exception], object] | None = None,
        owner: QObject,
    ) -> None:
        """Read the record; the answer comes to `then` while the owner lives, a refusal to `failed`."""
        self.tasks.with_record(lambda: self.record.read(query, *args), then, failed, owner)

    def refused(self, error: Exception, note: "Note") -> None:
        """Say on a note why something was refused; what has no sentence is a fault of ours and goes where those go."""
        if said := sentence(error):
            note.say(said, "error")
        else:
            self.tasks.failed.emit(error)

    def do(
        self,
        deed: "Deed[..., Any]",
        *args: Any,
        then: Callable[[Any], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Do a deed; its refusal comes to `failed`."""
        self.tasks.with_record(lambda: self.record.write(deed, *args), then, failed, owner)
