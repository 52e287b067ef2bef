"""Work that leaves the window: it comes back here, can be stopped, and takes nothing down with it."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import QObject

from db.errors import NotThere
from desktop import apart
from desktop.apart import Ended, TookTooLong
from desktop.intake.errors import EmptyFile
from desktop.ui.tasks import Tasks


def doubled(number: int, progress: Callable[[float], None]) -> int:
    progress(0.5)
    return number * 2


def asleep(seconds: float) -> None:
    time.sleep(seconds)


def refused() -> None:
    raise EmptyFile(name="vide.xlsx")


class Unsendable(Exception):
    def __init__(self, one: str, *, two: str) -> None:
        super().__init__(one)


def unsendable() -> None:
    raise Unsendable("a name", two="b")


def gone() -> None:
    os._exit(3)


@pytest.fixture
def tasks(qapp, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tasks]:
    """With another process that is not warm: none of what it would have at hand is asked for here."""
    monkeypatch.setattr(apart, "spawn", partial(apart.spawn, warm=()))
    made = Tasks()
    yield made
    made.close()


def test_the_answer_comes_back_in_the_windows_thread(tasks: Tasks, qtbot) -> None:
    seen: list[object] = []
    tasks.with_record(threading.get_ident, lambda worker: seen.extend([worker, threading.get_ident()]))
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen[0] != seen[1] == threading.get_ident()


def test_an_answer_for_somebody_who_left_is_dropped(tasks: Tasks, qtbot) -> None:
    owner, seen = QObject(), []
    tasks.with_record(lambda: 1, seen.append, owner=owner)
    owner.deleteLater()
    tasks.with_record(lambda: 2, seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[-1] == 2


def test_a_refusal_goes_to_whoever_asked_and_a_fault_to_everybody(tasks: Tasks, qtbot) -> None:
    told: list[Exception] = []
    faults: list[Exception] = []
    tasks.failed.connect(faults.append)

    def refuse() -> None:
        raise NotThere

    tasks.with_record(refuse, None, told.append)
    tasks.with_record(lambda: 1 / 0)
    qtbot.waitUntil(lambda: len(told) + len(faults) == 2)
    assert isinstance(told[0], NotThere)
    assert isinstance(faults[0], ZeroDivisionError)


def test_work_elsewhere_tells_how_far_it_is_refuses_in_words_and_can_be_stopped(tasks: Tasks, qtbot) -> None:
    answers: list[object] = []
    parts: list[float] = []
    tasks.elsewhere(doubled, 21, then=answers.append, progress=parts.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=30_000)
    assert (answers, parts) == ([42], [0.5])

    errors: list[Exception] = []
    tasks.elsewhere(refused, then=answers.append, failed=errors.append)
    tasks.elsewhere(unsendable, then=answers.append, failed=errors.append)
    tasks.elsewhere(gone, then=answers.append, failed=errors.append)
    qtbot.waitUntil(lambda: len(errors) == 3, timeout=30_000)
    assert isinstance(errors[0], EmptyFile)
    assert "Unsendable" in str(errors[1])
    assert isinstance(errors[2], Ended)

    tasks.elsewhere(asleep, 600, then=answers.append, failed=errors.append, seconds=0.3)
    qtbot.waitUntil(lambda: len(errors) == 4, timeout=30_000)
    assert isinstance(errors[3], TookTooLong)

    job = tasks.elsewhere(asleep, 600, then=answers.append)
    qtbot.wait(100)
    job.cancel()
    tasks.elsewhere(doubled, 4, then=answers.append, progress=parts.append)
    qtbot.waitUntil(lambda: answers[-1] == 8, timeout=30_000)
    assert answers == [42, 8]


class Kept(QObject):
    """An object of Qt that says in which thread it died."""

    died: list[int] = []

    def __del__(self) -> None:
        self.died.append(threading.get_ident())


@pytest.mark.parametrize("way", ["with_record", "beside", "elsewhere"])
def test_what_was_asked_dies_in_the_windows_thread_and_before_the_next_is_asked(tasks: Tasks, qtbot, way: str) -> None:
    for _time in range(20):
        Kept.died.clear()
        kept, seen = Kept(), []
        then = partial(lambda seen, _kept, answer: seen.append(answer), seen, kept)
        if way == "elsewhere":
            tasks.elsewhere(abs, -1, then=then)
        else:
            getattr(tasks, way)(lambda: 1, then)
        del kept, then
        qtbot.waitUntil(lambda: bool(Kept.died), timeout=30_000)
        assert (seen, Kept.died) == ([1], [threading.get_ident()])
