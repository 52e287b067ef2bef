"""What a person settled for a file that is not brought in yet: kept in the record as a draft, by the file's digest.

A kill in the middle of two hundred corrections then costs nobody the first hundred and ninety-nine.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject

from db.commands.drafts import draft_of, drop_draft, keep_draft
from desktop.intake.matching import Told
from desktop.intake.plan import Decisions
from desktop.ui.desk import Desk


class SettledDrafts:
    """The draft of one file; `name` is said once the file was read."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.name = ""

    def keep(self, decisions: Decisions) -> None:
        """Keep these in the place of those before."""
        record, name = self._desk.record, self.name
        self._desk.tasks.with_record(lambda: record.note(keep_draft, record.person, name, None, _body(decisions)))

    def drop(self) -> None:
        """Forget them: the file was brought in."""
        record, name = self._desk.record, self.name
        self._desk.tasks.with_record(lambda: record.note(drop_draft, record.person, name, None))

    def read(self, over: Decisions, then: Callable[[Decisions, bool], object], owner: QObject) -> None:
        """What was settled of this file before, over these; and whether anything was."""
        record, name = self._desk.record, self.name

        def found(body: dict[str, Any] | None) -> None:
            then(over if body is None else _read(body, over), body is not None)

        self._desk.tasks.with_record(lambda: record.read(draft_of, record.person, name, None), found, owner=owner)


def _body(decisions: Decisions) -> dict[str, Any]:
    return {
        "kept": sorted(decisions.keep_doubles),
        "corrections": [[row, column, said] for (row, column), said in decisions.corrections.items()],
        "same": [[name, _written(other)] for name, other in decisions.told.same.items()],
        "apart": [[name, _written(other)] for name, other in decisions.told.apart],
    }


def _read(body: dict[str, Any], over: Decisions) -> Decisions:
    same = {name: _whose(other) for name, other in body["same"]}
    apart = frozenset((name, _whose(other)) for name, other in body["apart"])
    corrections = {(row, column): said for row, column, said in body["corrections"]}
    return replace(over, keep_doubles=frozenset(body["kept"]), corrections=corrections, told=Told(same, apart))


def _written(other: str | UUID) -> list[str]:
    return ["held", other.hex] if isinstance(other, UUID) else ["named", other]


def _whose(written: list[str]) -> str | UUID:
    kind, said = written
    return UUID(said) if kind == "held" else said
