"""A file outside the record: that it lies there is said; it is kept inside, or removed, only when that is asked for."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from db.commands.arrivals import Added, Arrival
from db.models import Document, Source
from desktop import outside, settings
from desktop.sample import to_import
from desktop.ui.deeds import brought_in
from desktop.ui.desk import Desk
from desktop.ui.dialogs.outside import OutsideDialog, told_once
from desktop.ui.pages.import_done import DoneStep
from desktop.ui.steps import Steps
from tests.builders import add_partner, names


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A partner's file."""
    there = tmp_path / "partner.xlsx"
    there.write_bytes(b"rows")
    return there


@pytest.fixture
def step(desk: Desk, path: Path, speak: Callable[[str], None], settled: Callable[[], None]) -> Iterator[DoneStep]:
    """The last step after it was brought in."""
    speak("en")
    source = {"name": path.name, "kind": "activities", "digest": outside.digest_of(path)}
    arrival = Arrival(path.name, "activities", frozenset(), (Added("source", 0, source),))
    shown = DoneStep(desk, lambda: None)
    shown.tell(path, brought_in(desk.record, arrival), 0)
    settled()
    yield shown
    shown.close()


def test_a_file_that_was_brought_in_is_kept_inside_and_its_copy_removed(
    desk: Desk, step: DoneStep, path: Path, settled: Callable[[], None]
) -> None:
    assert not step._outside.isHidden() and str(path.parent) in step._lies.text()
    step.keep()
    settled()
    source = select(Source.id).where(Source.name == path.name).scalar_subquery()
    kept = select(func.count()).where(Document.owner_id == source, Document.digest == outside.digest_of(path))
    assert desk.record.read(lambda session: session.scalar(kept)) == 1
    assert path.exists()
    step.remove()
    (dialog,) = step.findChildren(OutsideDialog)
    dialog.remove()
    settled()
    assert not path.exists() and step._outside.isHidden()


def test_a_file_that_is_not_the_one_that_was_read_is_left_alone(
    step: DoneStep, path: Path, settled: Callable[[], None]
) -> None:
    path.write_bytes(b"other rows")
    step.keep()
    settled()
    assert "not the file any more" in step._note.text() and step._keep.isEnabled()
    step.remove()
    (dialog,) = step.findChildren(OutsideDialog)
    dialog.remove()
    settled()
    assert path.read_bytes() == b"other rows" and "not the file any more" in dialog._note.text()
    step.tell(path, step._deed, 0)
    settled()
    assert step._outside.isHidden()


def test_a_sheet_to_practise_with_is_jalon_s_own_and_not_offered_to_be_removed(
    step: DoneStep, path: Path, settled: Callable[[], None]
) -> None:
    for file, hidden in ((path, False), (to_import()[0], True)):
        step.tell(file, step._deed, 0)
        settled()
        step._looked(("0" * 64, uuid4()))
        assert step._outside.isHidden() is hidden


def test_what_was_brought_in_is_taken_back_from_there_and_nothing_else_is(
    desk: Desk, step: DoneStep, settled: Callable[[], None], qtbot
) -> None:
    steps = Steps(desk, step)
    step.tell(step._path, step._deed, 2)
    step.look()
    settled()
    assert not step._undo.isHidden() and step._history.isHidden() and "2 rows stay out" in step._said.text()
    desk.record.write(add_partner, "Arrivée ensuite")
    step._undo.click()  # before the page has heard of it
    settled()
    assert "Arrivée ensuite" in desk.record.read(names)
    step.look()
    settled()
    assert step._undo.isHidden() and not step._history.isHidden() and "Other deeds" in step._said.text()
    for _click in range(2):
        step._keep.click()
    settled()
    assert not step._keep.isEnabled() and desk.record.read(lambda s: s.scalar(select(func.count(Document.id)))) == 1
    for _again in range(2):
        desk.record.undo()
    step.look()
    settled()
    assert step._keep.isEnabled() and not step._note.text(), "that it is kept was taken back"
    with qtbot.waitActive(step):
        step.show()
        step.activateWindow()
    step._undo.setFocus()
    step._undo.click()
    settled()
    step.look()
    settled()
    assert step.focusWidget() is step._redo
    assert step._title.text() == "The import was taken back" and "no longer in the record" in step._said.text()
    assert step._undo.isHidden() and step._outside.isHidden(), "the file outside may be the only one there is"
    step._redo.click()
    settled()
    step.look()
    settled()
    assert step._title.text() == "The file is in the record" and not step._outside.isHidden()
    steps.deleteLater()


def test_what_is_told_is_about_the_file_that_was_brought_in_last(
    desk: Desk, step: DoneStep, path: Path, settled: Callable[[], None]
) -> None:
    seen = desk.record.read(lambda session: frozenset(session.scalars(select(Source.id))))
    source = {"name": "second.xlsx", "kind": "activities", "digest": "0" * 64}
    deed = brought_in(desk.record, Arrival("second.xlsx", "activities", seen, (Added("source", 0, source),)))
    step.look()  # the page hears that something changed before it hears that the second file is in
    step.tell(path, deed, 0)
    settled()
    assert not step._undo.isHidden() and step._history.isHidden()


def test_that_files_lie_in_the_clear_is_said_once(speak: Callable[[str], None]) -> None:
    speak("en")
    assert "in the clear" in told_once()[0]
    assert told_once() == () and settings.load().told_outside
