"""What every page is given: the record through its one thread, the other process, and the way to other pages."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from desktop.ui.refresh import Refresh
from desktop.ui.tasks import Tasks

if TYPE_CHECKING:
    from db.deeds import Deed
    from db.record import Record


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
    step: Callable[[str], object] = field(default=_stay)
    """Take the newest deed back ("undo") or do it again ("redo")."""
    say: Callable[[str], object] = field(default=_stay)
    """Say in the status line what was done."""

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
