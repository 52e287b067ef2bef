"""Copies seen from the window: how old, where else, what would be lost, and the way back to one."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QPushButton
from shiboken6 import isValid

from db import ballast, keys
from db.backup import copies
from db.base import now
from db.caring import state
from db.commands.people import new_key
from db.engine import PAGE
from db.errors import DiskFull
from db.record import Record
from desktop.opening import Opened
from desktop.ui import language
from desktop.ui.asked import cards_of_care
from desktop.ui.backing import Backing
from desktop.ui.desk import Desk
from desktop.ui.dialogs.copies import CopiesDialog
from desktop.ui.dialogs.full import FullDialog
from desktop.ui.dialogs.restoring import RestoreDialog, restore_dialog
from desktop.ui.dialogs.salvaging import salvage_dialog
from desktop.ui.language import _
from desktop.ui.moments import age_of
from desktop.ui.pages.home import HomePage
from desktop.ui.refresh import Refresh
from desktop.ui.tables.view import choose_row
from desktop.ui.tasks import Tasks
from tests.builders import PASSPHRASE, add_partner, names, new_record


@pytest.fixture(autouse=True)
def small_reserve(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ballast, "SIZE", 4096)


@pytest.fixture
def shown_for() -> list[str]:
    """Why the screen to bring a copy back was asked for."""
    return []


@pytest.fixture
def desk(shown_for: list[str], tmp_path: Path, dressed: None, qtbot: Any) -> Iterator[Desk]:
    """A small record that is not one to practise with, looked after."""
    record, _code = new_record(tmp_path / "essai.jalon")
    record.write(add_partner, "Une")
    record.back_up()
    record.write(add_partner, "Deux")
    tasks = Tasks()
    made = Desk(record, tasks, Refresh(record))
    made.backing = Backing(made, shown_for.append, tasks)
    faults: list[Exception] = []
    tasks.failed.connect(faults.append)
    yield made
    tasks.close()
    record._let_go()
    assert not faults


@pytest.fixture
def settled(desk: Desk, qtbot: Any) -> Callable[[], None]:
    return lambda: qtbot.waitUntil(lambda: desk.tasks.idle, timeout=20_000)


@pytest.fixture
def dialog(desk: Desk, qtbot: Any, settled: Callable[[], None]) -> Iterator[tuple[RestoreDialog, list[Opened]]]:
    came: list[Opened] = []
    shown = restore_dialog(desk.record.path, desk.tasks, None, came.append, opened=Opened(desk.record, practice=True))
    shown.open()
    settled()
    yield shown, came
    for opened in came:
        opened.record._let_go()


def test_the_line_says_how_old_the_copy_is_and_people_are_asked_for_a_second_place(
    desk: Desk, settled: Callable[[], None], tmp_path: Path, qtbot: Any
) -> None:
    settled()
    line = desk.backing.line()
    qtbot.addWidget(line)
    before = line.text()
    assert before and len(cards_of_care(desk, line)) == 1
    desk.backing.look()
    settled()
    assert line.text() != before and state(desk.record).behind == 0
    home = HomePage(desk)
    qtbot.addWidget(home)
    home.reload()
    settled()
    asks = [each for each in home.findChildren(QPushButton) if each.text() == _("Choose a second place")]
    assert len(asks) == 1
    shown = CopiesDialog(desk, None)
    qtbot.addWidget(shown)
    (tmp_path / "clé").mkdir()
    shown.take(tmp_path / "clé")
    settled()
    assert "clé" in shown._second.text() and shown._note.text()
    assert cards_of_care(desk, line) == []
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(asks[0]), "nor does Home ask any more"


def test_a_copy_from_before_a_new_key_asks_for_what_opens_the_record_and_comes_back_under_it(
    desk: Desk, dialog: tuple[RestoreDialog, list[Opened]], settled: Callable[[], None]
) -> None:
    language.switch("en")
    shown, came = dialog
    settled()
    new_key(desk.record)
    raw = desk.record.key.raw
    shown._list()
    settled()
    choose_row(shown.copies, len(copies(desk.record.path)) - 1)
    settled()
    assert shown._secret.isVisible() and "older" in shown._note.text()
    shown._phrase.setText(PASSPHRASE)
    shown._chosen(shown.copies.current())
    settled()
    assert "would be lost" in shown._difference.text()
    shown._begin()
    settled()
    (back,) = came
    assert back.record.key.raw == raw


def test_a_damaged_record_leads_to_its_copies_and_is_not_copied(
    desk: Desk, settled: Callable[[], None], shown_for: list[str]
) -> None:
    settled()
    path = desk.record.path
    made = copies(path)
    damage(desk)
    desk.backing.look()
    settled()
    assert len(shown_for) == 1 and copies(path) == made
    came: list[Opened] = []
    shown = restore_dialog(
        path, desk.tasks, None, came.append, opened=Opened(desk.record, practice=False), said=shown_for[0]
    )
    shown.open()
    settled()
    shown._begin()
    settled()
    assert came[0].record.read(names) == ["Une"]
    came[0].record._let_go()


def damage(desk: Desk) -> None:
    """Spoil a page of the open record, as a failing disk does."""
    with desk.record.driver() as driver:
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    with desk.record.path.open("r+b") as file:
        file.seek(PAGE * 40 + 50)
        file.write(b"?")


def test_work_starts_the_clock_and_a_copy_stops_it(desk: Desk, settled: Callable[[], None]) -> None:
    desk.do(add_partner, "Trois")
    settled()
    assert desk.backing._due.isActive()
    desk.backing._due.timeout.emit()
    settled()
    assert not desk.backing._due.isActive() and state(desk.record).behind == 0


def test_a_full_disk_offers_the_reserve_and_frees_it_where_a_person_says_so(
    desk: Desk, settled: Callable[[], None]
) -> None:
    ballast.keep(desk.record.path)
    for _again in range(2):  # one offer at a time
        desk.tasks.with_record(_full, failed=lambda _error: None)
    settled()
    (offer,) = [shown for shown in QApplication.topLevelWidgets() if isinstance(shown, FullDialog)]
    assert ballast.stands(desk.record.path)
    offer.accept()
    settled()
    assert not ballast.stands(desk.record.path)


def _full() -> None:
    raise DiskFull


def test_a_reserve_that_is_not_made_yet_is_no_lack_of_room(
    desk: Desk, settled: Callable[[], None], monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    language.switch("en")
    settled()
    shown = CopiesDialog(desk, None)
    qtbot.addWidget(shown)
    assert "with the next copy" in shown._reserve.text()
    desk.backing.look()
    settled()
    assert "are kept in reserve" in shown._reserve.text()
    ballast.give_up(desk.record.path)
    monkeypatch.setattr(ballast, "_TIMES", 1 << 60)
    shown._show(desk.backing.care)
    assert "too little room" in shown._reserve.text()
    desk.practice = True  # nobody looks after it: nothing is in reserve, and nothing lacks
    desk.do(add_partner, "Trois")
    settled()
    desk.backing.look()
    settled()
    assert desk.backing.care.behind, "no copy of it is made but by hand"
    shown._copy()
    settled()
    assert not desk.backing.care.behind and shown._reserve.isHidden()


@pytest.mark.parametrize("spoken", ["fr", "ar"])
def test_a_copy_is_brought_back_after_what_it_loses_was_shown(
    desk: Desk, dialog: tuple[RestoreDialog, list[Opened]], settled: Callable[[], None], spoken: str
) -> None:
    language.switch(spoken)
    shown, came = dialog
    assert [one.by is not None for one in shown.copies.list.rows] == [True]
    assert len(shown.lost_deeds.list.rows) == 1
    choose_row(shown.copies, 0)
    shown._begin()
    settled()
    (opened,) = came
    assert opened.record is not desk.record and opened.record.read(names) == ["Une"]
    assert opened.practice, "as what stood there was"
    (aside,) = desk.record.path.parent.glob("essai-aside-*.jalon")
    assert any(str(aside) in told for told in opened.news(language.words())), "where the one from before is kept"
    assert age_of(state(opened.record), now()) == _("No copy yet of what is here now"), "copies there are"
    language.switch("en")


def test_a_broken_copy_is_refused_and_the_record_stays_open(
    desk: Desk, dialog: tuple[RestoreDialog, list[Opened]], settled: Callable[[], None]
) -> None:
    shown, came = dialog
    copy = copies(desk.record.path)[0].path
    whole = bytearray(copy.read_bytes())
    whole[len(whole) // 2] ^= 1
    copy.write_bytes(whole)
    shown._begin()
    settled()
    assert shown._note.text() and came == []
    assert desk.record.read(names) == ["Deux", "Une"]
    shown.reject()


def test_a_record_that_is_gone_is_brought_back_by_the_passphrase_of_its_copy(
    tmp_path: Path, dressed: None, qtbot: Any
) -> None:
    record, _code = new_record(tmp_path / "essai.jalon")
    record.write(add_partner, "Une")
    record.close()
    for file in (record.path, keys.keys_path(record.path)):
        file.unlink()
    tasks, came = Tasks(), list[Opened]()
    shown = restore_dialog(record.path, tasks, None, came.append)
    shown.open()
    qtbot.waitUntil(lambda: tasks.idle, timeout=20_000)
    shown._begin()
    assert shown._note.text()  # a passphrase is needed
    shown._phrase.setText(PASSPHRASE)
    shown._begin()
    qtbot.waitUntil(lambda: tasks.idle, timeout=20_000)
    assert came[0].record.read(names) == ["Une"]
    came[0].record.close()
    tasks.close()


def test_what_can_be_read_of_a_damaged_record_is_opened_as_a_new_one(tmp_path: Path, dressed: None, qtbot: Any) -> None:
    record, _code = new_record(tmp_path / "essai.jalon")
    record.write(add_partner, "Une")
    record.close()
    tasks, came = Tasks(), list[Opened]()
    shown = salvage_dialog(record.path, tasks, None, came.append)
    shown.open()
    shown._phrase.setText(PASSPHRASE)
    shown._begin()
    qtbot.waitUntil(lambda: tasks.idle, timeout=20_000)
    assert shown._report.toPlainText()
    shown._open_saved()
    qtbot.waitUntil(lambda: tasks.idle, timeout=20_000)
    assert came[0].record.read(names) == ["Une"] and came[0].record.path != record.path
    came[0].record.close()
    tasks.close()


def test_a_record_that_is_open_elsewhere_is_not_written_over(desk: Desk, settled: Callable[[], None]) -> None:
    shown = restore_dialog(desk.record.path, desk.tasks, None, lambda _opened: None)
    shown.open()
    settled()
    shown._phrase.setText(PASSPHRASE)
    shown._begin()
    settled()
    assert shown._note.text()
    assert desk.record.read(names) == ["Deux", "Une"]
    assert isinstance(desk.record, Record)
    shown.reject()
