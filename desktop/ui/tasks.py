"""Work that leaves the window and comes back: one thread owns the record, one other process does the heavy work.

The window never waits and never touches the record itself. Answers come back by a queued signal, in the window's own
thread, and only while whoever asked is still there. What was asked may hold the last hold on an object of Qt, which has
to die in the window's thread: it is kept here until the thread that did it says, by its number, that it let go.
"""

import itertools
import queue
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid


class Tasks(QObject):
    """Hands out work and brings back the answers."""

    failed = Signal(Exception)
    """An error that whoever asked had no words for."""
    refused = Signal(Exception)
    """Any error of the record's thread, beside what whoever asked makes of it."""
    busy = Signal(bool)
    _back = Signal(object)
    _let_go = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asked: queue.SimpleQueue[int | None] = queue.SimpleQueue()
        self._held: dict[int, Any] = {}
        self._numbers = itertools.count()
        self._waiting = 0
        self._back.connect(lambda settle: settle())
        self._let_go.connect(lambda number: self._held.pop(number, None))
        self._thread = threading.Thread(target=self._work, name="record", daemon=True)
        self._thread.start()
        self._jobs = _Elsewhere(self._held, self._back.emit, self._let_go.emit)

    def with_record(
        self,
        work: Callable[[], Any],
        then: Callable[[Any], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Run `work` in the thread that owns the record; then `then` with its answer here, while `owner` lives."""
        self._asked.put(self._hold(self._run_of(work, then, failed, owner)))

    def beside(
        self,
        work: Callable[[], Any],
        then: Callable[[Any], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Run `work` in a thread of its own: a copy of a large record takes a minute, and the pages go on reading."""
        number = self._hold(self._run_of(work, then, failed, owner))
        threading.Thread(target=self._do, args=(number,), name="beside", daemon=True).start()

    def _hold(self, asked: Any) -> int:
        number = next(self._numbers)
        self._held[number] = asked
        return number

    def _run_of(
        self,
        work: Callable[[], Any],
        then: Callable[[Any], object] | None,
        failed: Callable[[Exception], object] | None,
        owner: QObject | None,
    ) -> Callable[[], None]:
        self._started()

        def run() -> None:
            try:
                answer = work()
            except Exception as error:  # noqa: BLE001 # whatever it is, the window says it
                self.refused.emit(error)
                outcome = _bound(failed or self.failed.emit, error)
            else:
                outcome = _bound(then, answer) if then else _nothing
            self._back.emit(lambda: self._settled(outcome, owner))

        return run

    def elsewhere(
        self,
        function: Callable[..., Any],
        *args: Any,
        then: Callable[[Any], object],
        failed: Callable[[Exception], object] | None = None,
        progress: Callable[[float], object] | None = None,
        owner: QObject | None = None,
        seconds: float | None = None,
    ) -> "Job":
        """Run a function of pickled values in the other process. It gets `progress=` where somebody wants to see it.

        Work of which nothing is heard for so long, a few minutes where nobody says otherwise, is ended.
        """
        self._started()
        job = Job(function, args, seconds)
        job.on_progress = (lambda part: _while(owner, _bound(progress, part))) if progress else None
        job.on_done = lambda answer: self._settled(_bound(then, answer), owner)
        job.on_failed = lambda error: self._settled(_bound(failed or self.failed.emit, error), owner)
        job.on_cancelled = lambda: self._settled(_nothing, None)
        self._jobs.put(self._hold(job))
        return job

    @property
    def idle(self) -> bool:
        """Whether nothing is under way."""
        return not self._waiting

    def close(self) -> None:
        """Finish what the record was asked for and end both."""
        self._asked.put(None)
        self._thread.join(30)
        self._jobs.close()

    def _work(self) -> None:
        while (number := self._asked.get()) is not None:
            self._do(number)

    def _do(self, number: int) -> None:
        self._held[number]()
        self._let_go.emit(number)

    def _started(self) -> None:
        self._waiting += 1
        if self._waiting == 1:
            self.busy.emit(True)

    def _settled(self, outcome: Callable[[], object], owner: QObject | None) -> None:
        self._waiting -= 1
        if not self._waiting:
            self.busy.emit(False)
        _while(owner, outcome)


class Job:
    """One piece of work in the other process; it can be cancelled, in silence."""

    def __init__(self, function: Callable[..., Any], args: tuple[Any, ...], seconds: float | None) -> None:
        self.function, self.args, self.seconds = function, args, seconds
        self.cancelled = threading.Event()
        self.on_progress: Callable[[float], object] | None = None
        self.on_done: Callable[[Any], object] = _ignore
        self.on_failed: Callable[[Exception], object] = _ignore
        self.on_cancelled: Callable[[], object] = _nothing

    def cancel(self) -> None:
        """Stop: the process is ended and another one stands ready in its place."""
        self.cancelled.set()


class _Elsewhere:
    """Feeds the other process, one job after the other, from a thread of its own."""

    def __init__(
        self,
        held: dict[int, Any],
        back: Callable[[Callable[[], object]], object],
        let_go: Callable[[int], object],
    ) -> None:
        self._held, self._back, self._let_go = held, back, let_go
        self._jobs: queue.SimpleQueue[int | None] = queue.SimpleQueue()
        self._running: threading.Event | None = None
        self._thread = threading.Thread(target=self._work, name="elsewhere", daemon=True)
        self._thread.start()

    def put(self, number: int) -> None:
        self._jobs.put(number)

    def close(self) -> None:
        if running := self._running:
            running.set()
        self._jobs.put(None)
        self._thread.join(5)

    def _work(self) -> None:
        # Not before the first job: a window that only shows lists needs no second process, nor what starts one.
        process = line = None
        while (number := self._jobs.get()) is not None:
            from desktop.apart import spawn

            self._running = self._held[number].cancelled
            if process is None or line is None or not process.is_alive():
                process, line = spawn()
            if not self._run(self._held[number], line):
                process.kill()
                process = None
            self._let_go(number)
        if process is not None:
            process.terminate()

    def _run(self, job: Job, line: Any) -> bool:
        """Whether the process can be asked again."""
        from desktop.apart import SECONDS, answer

        if job.cancelled.is_set():
            self._back(job.on_cancelled)
            return True
        on_progress = job.on_progress
        outcome, said = answer(
            line,
            job.function,
            job.args,
            seconds=job.seconds or SECONDS,
            progress=(lambda part: self._back(_bound(on_progress, part))) if on_progress else None,
            cancelled=job.cancelled.is_set,
        )
        if outcome == "cancelled":
            self._back(job.on_cancelled)
        else:
            self._back(_bound(job.on_done if outcome == "done" else job.on_failed, said))
        return outcome in ("done", "failed")


def _bound(function: Callable[[Any], object], value: Any) -> Callable[[], object]:
    return lambda: function(value)


def _while(owner: QObject | None, outcome: Callable[[], object]) -> None:
    if owner is None or isValid(owner):
        outcome()


def _nothing() -> None:
    """What happens after work nobody waits for."""


def _ignore(_answer: object) -> None:
    """What happens to an answer nobody waits for."""
