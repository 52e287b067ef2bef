"""Which text is being written, and what is typed of it and not saved: a draft in the record that outlives a kill."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from db import prose
from db.commands.drafts import draft_of, drop_draft, keep_draft
from db.prose import Prose
from db.queries.reports import WrittenText
from desktop.ui.desk import Desk


@dataclass(frozen=True)
class Page:
    """Which text is on the desk: of which report and part, in which language; `source` where it is a translation."""

    report: UUID
    part: str
    title: str
    language: str
    held: WrittenText | None
    source: WrittenText | None
    most: int | None
    editable: bool

    @property
    def prose(self) -> Prose:
        """What the record holds of it."""
        return self.held.prose if self.held else ()

    @property
    def place(self) -> tuple[UUID, str, str]:
        """What tells it from other texts."""
        return self.report, self.part, self.language


class TextDrafts:
    """The drafts of the texts of reports, one for each part and language."""

    def __init__(self, desk: Desk, failed: Callable[[Exception], object]) -> None:
        self._desk, self._failed = desk, failed

    def read(self, page: Page, then: Callable[[Prose | None], object], owner: QWidget) -> None:
        """Ask whether there is one; what no longer reads as prose is none."""

        def found(draft: dict[str, Any] | None) -> None:
            try:
                then(None if draft is None else prose.read(draft))
            except prose.NotProse:
                then(None)

        self._desk.ask(draft_of, *self._of(page), then=found, owner=owner)

    def keep(self, page: Page, said: Prose) -> None:
        """Keep this text, beside the record."""
        record, body = self._desk.record, prose.data_of(said)
        self._desk.tasks.with_record(lambda: record.note(keep_draft, *self._of(page), body), failed=self._failed)

    def drop(self, page: Page) -> None:
        """Forget it: it was saved."""
        record = self._desk.record
        self._desk.tasks.with_record(lambda: record.note(drop_draft, *self._of(page)), failed=self._failed)

    def _of(self, page: Page) -> tuple[UUID, str, UUID]:
        return self._desk.record.person, f"reports/one {page.part} {page.language}", page.report
