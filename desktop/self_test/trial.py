"""What one self-test works with: a folder of its own, a record of its own, the other process; and how a check ends.

Nothing that belongs to a person is opened here: the record is made for this and thrown away.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Literal, Self

from db.errors import RecordError, Value, shown
from db.record import Record
from desktop.apart import answer, spawn
from desktop.passing import passing
from desktop.self_test.window import Drawn, draw
from i18n import N_, Words

Outcome = Literal["ok", "not", "no_matter"]


@dataclass(frozen=True)
class Found:
    """How a check ended, in a sentence with its gaps."""

    outcome: Outcome
    message: str
    gaps: Mapping[str, Value] = field(default_factory=dict)

    def said(self, words: Words) -> str:
        """The sentence."""
        return words.gettext(self.message).format(**{gap: shown(value, words) for gap, value in self.gaps.items()})


def ok(message: str, **gaps: Value) -> Found:
    """What was to be shown was shown."""
    return Found("ok", message, gaps)


def no_matter(message: str, **gaps: Value) -> Found:
    """It is not there, and Jalon does its work without."""
    return Found("no_matter", message, gaps)


class NotShown(RecordError):
    """A check that failed: why, in a sentence."""

    def __init__(self, message: str, **gaps: Value) -> None:
        super().__init__(**gaps)
        self.message = message


class Stopped(Exception):
    """Somebody asked for the self-test to be stopped."""


class Trial(AbstractContextManager["Trial"]):
    """One self-test, from its folder to the folder's end."""

    def __init__(
        self,
        *,
        quick: bool = False,
        progress: Callable[[float], object] = lambda _part: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        self.quick, self.cancelled = quick, cancelled
        self.progress: Callable[[float], object] = progress
        """How much of the present check is done."""
        self.record: Record | None = None
        self._held = ExitStack()
        self.folder = self._held.enter_context(passing("self-test-"))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._held.close()

    def keep_open(self, record: Record) -> Record:
        """The record of this trial, closed at its end."""
        self.record = self._held.enter_context(record)
        return record

    def needs_record(self) -> Record:
        """The record, for checks that come after its own."""
        if self.record is None:
            raise NotShown(N_("There was no record to try this on."))
        return self.record

    def elsewhere(self, function: Callable[..., Any], *args: Any, told: bool = False) -> Any:
        """The answer of the other process, which is kept for the next question."""
        outcome, said = answer(
            self._line, function, args, progress=self.progress if told else None, cancelled=self.cancelled
        )
        if outcome == "cancelled":
            raise Stopped
        if outcome != "done":
            raise said
        return said

    @cached_property
    def drawn(self) -> Drawn:
        """What a window of another process drew, and which printers it knows."""
        return draw(self.folder, self.cancelled)

    @cached_property
    def _line(self) -> Connection:
        process, line = spawn()

        def end() -> None:
            process.kill()
            process.join()
            line.close()

        self._held.callback(end)
        return line

    def __enter__(self) -> Self:
        return self
