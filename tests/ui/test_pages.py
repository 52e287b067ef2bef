"""What a person does on the pages, by keyboard: adding, putting right, undoing, leaving, locking."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from sqlalchemy import select

from db.commands.entries import add
from db.models import Activity, Feedback
from db.queries.activities import activity_page
from db.queries.listing import RowsAsked, rows_in_order
from db.queries.lists import ACTIVITIES
from db.queries.organisations import organisations_like
from desktop.ui.desk import Desk
from desktop.ui.dialogs import leave
from desktop.ui.main_window import MainWindow
from desktop.ui.pages import form_page
from tests.builders import names

Window = Callable[..., MainWindow]
Settled = Callable[[], None]


def editor(window: MainWindow, key: str):
    return next(bound.editor for bound in window.page.form._bound if bound.key == key)


def note(window: MainWindow, key: str) -> str:
    shown = next(bound.note for bound in window.page.form._bound if bound.key == key)
    return shown.text() if shown.isVisible() else ""


def test_a_partner_is_added_by_keyboard(window: Window, settled: Settled, desk: Desk, press) -> None:
    shown = window("fr")
    shown.go("partners")
    settled()
    press(shown, "Ctrl+N")
    settled()
    QTest.keyClicks(shown.focusWidget(), "Collectif Essai")
    press(shown, "Ctrl+S")
    settled()
    assert "Collectif Essai" in desk.record.read(names)
    assert "Collectif Essai" in shown.page.heading.text()
    assert not shown.page.form.dirty


def test_what_is_wrong_is_said_beside_the_field_and_the_cursor_goes_there(window: Window, settled: Settled) -> None:
    shown = window("en")
    shown.go("activities/one")
    settled()
    editor(shown, "starts_on").setText("soon")
    shown.page.save()
    assert "needs a value" in note(shown, "title")
    assert "is not a day of the calendar" in note(shown, "starts_on")
    assert shown.focusWidget() is editor(shown, "title")
    assert editor(shown, "starts_on").text() == "soon"


def test_the_record_refuses_beside_the_end_date(window: Window, settled: Settled, desk: Desk) -> None:
    shown = window("fr")
    shown.go("activities/one")
    settled()
    editor(shown, "title").setText("Essai")
    editor(shown, "starts_on").setText("5 mars 2026")
    editor(shown, "ends_on").setText("01/03/2026")
    shown.page.save()
    settled()
    assert note(shown, "ends_on")
    assert len(desk.record.read(rows_in_order, ACTIVITIES, RowsAsked("title"))) == 2
    editor(shown, "ends_on").setText("06/03/2026")
    shown.page.save()
    settled()
    assert len(desk.record.read(rows_in_order, ACTIVITIES, RowsAsked("title"))) == 3, "once it is put right"
    editor(shown, "title").setText("Essai encore")
    shown.page.save()
    settled()
    assert not shown.page.form.dirty, "and what was added can be edited on"
    assert len(desk.record.read(rows_in_order, ACTIVITIES, RowsAsked("title"))) == 3


def test_dates_and_counts_are_typed_as_they_are_written(window: Window, settled: Settled, desk: Desk) -> None:
    shown = window("ar")
    shown.go("activities/one")
    settled()
    editor(shown, "title").setText("نشاط")
    editor(shown, "starts_on").setText("٥/٣/٢٠٢٦")
    editor(shown, "declared").setText("١٬٢٤٠")
    shown.page.save()
    settled()
    seen = desk.record.read(activity_page, shown.page.about)
    assert (seen.values["starts_on"], seen.declared) == (date(2026, 3, 5), 1240)


def test_a_link_is_chosen_by_its_name_and_a_name_nobody_has_is_refused(
    window: Window, settled: Settled, desk: Desk, qtbot
) -> None:
    shown = window("fr")
    shown.go("activities/one")
    settled()
    editor(shown, "title").setText("Essai")
    partner = editor(shown, "partner_id")
    partner.setFocus()
    QTest.keyClicks(partner, "elan")
    qtbot.waitUntil(lambda: partner.completer().model().rowCount() == 1)
    shown.page.save()
    assert note(shown, "partner_id")
    partner.setText("Élan des mères")
    shown.page.save()
    settled()
    assert desk.record.read(activity_page, shown.page.about).partner == "Élan des mères"


@pytest.mark.parametrize(("page", "widget"), [("activities", "list"), ("partners", "list"), ("import", "_file.choice")])
def test_the_keyboard_is_where_one_begins_on_a_page_and_in_the_rail_while_walking_it(
    window: Window, settled: Settled, page: str, widget: str
) -> None:
    shown = window("fr")
    shown._rail.setFocus()
    QTest.keyClick(shown._rail, Qt.Key.Key_Down)
    assert shown.focusWidget() is shown._rail
    shown.go(page)
    settled()
    assert shown.focusWidget() is attrgetter(widget)(shown.page)


def test_a_click_in_the_rail_leads_from_one_thing_back_to_its_list(window: Window, settled: Settled) -> None:
    shown = window("fr")
    shown.go("partners/one")
    settled()
    rail = shown._rail
    QTest.mouseClick(rail.viewport(), Qt.MouseButton.LeftButton, pos=rail.visualItemRect(rail.currentItem()).center())
    assert shown.page.key == "partners"


def test_what_the_record_refuses_far_down_a_form_is_scrolled_to(window: Window, settled: Settled, qtbot) -> None:
    shown = window("fr")
    shown.resize(1000, 540)
    shown.go("partners/one")
    settled()
    editor(shown, "name").setText("Essai")
    editor(shown, "founded_on").setText("31/02/2026")
    assert editor(shown, "founded_on").visibleRegion().isEmpty()
    shown.page.save()
    qtbot.waitUntil(lambda: not editor(shown, "founded_on").visibleRegion().isEmpty())


def test_undo_carries_the_name_of_the_deed(window: Window) -> None:
    shown = window("en")
    shown.show_undo("Edit A & B", None)
    assert shown.actions_["undo"].text() == "&Undo: Edit A && B"
    assert not shown.actions_["redo"].isEnabled()


@pytest.mark.parametrize(
    ("answer", "stays", "kept"),
    [(leave.Leave.STAY, True, "Ha"), (leave.Leave.DISCARD, False, None), (leave.Leave.SAVE, True, "Ha")],
)
def test_leaving_unsaved_text_asks_once(
    window: Window,
    settled: Settled,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    answer: leave.Leave,
    stays: bool,
    kept: str | None,
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(form_page, "ask_leave", lambda page: asked.append(page) or answer)
    shown = window("fr")
    shown.go("partners/one")
    settled()
    editor(shown, "name").setText("Ha")
    shown.go("home")
    settled()
    assert len(asked) == 1
    assert (shown.page.key == "partners/one") is stays
    assert ("Ha" in desk.record.read(names)) is (answer is leave.Leave.SAVE)


def test_text_not_saved_is_kept_as_a_draft_and_offered_back(window: Window, settled: Settled, desk: Desk) -> None:
    shown = window("fr")
    shown.go("partners/one")
    settled()
    editor(shown, "name").setText("Pas encore")
    shown.keep_drafts()
    settled()
    again = window("fr")
    again.go("partners/one")
    settled()
    assert editor(again, "name").text() == "Pas encore"
    assert again.page.drafts.isVisible()
    again.page.save()
    settled()
    third = window("fr")
    third.go("partners/one")
    settled()
    assert editor(third, "name").text() == ""


def test_removing_refuses_while_something_stands_on_it(window: Window, settled: Settled, desk: Desk) -> None:
    shown = window("fr")
    used = desk.record.read(organisations_like, "رائدات")[0][0]
    shown.go("partners/one", used)
    settled()
    shown.page.remove()
    settled()
    assert shown.page.key == "partners/one"
    unused = desk.record.read(organisations_like, "Élan")[0][0]
    shown.go("partners/one", unused)
    settled()
    shown.page.remove()
    settled()
    assert shown.page.about == used  # where one was before
    assert "Élan des mères" not in desk.record.read(names)


def test_the_window_says_who_is_working(window: Window, settled: Settled) -> None:
    shown = window("en")
    settled()
    said = [label.text() for label in shown.statusBar().findChildren(QLabel)]
    assert any("Working as" in text and "Amani" in text for text in said), said


def test_what_people_said_of_an_activity_stands_on_its_page_with_the_number_of_those_asked(
    window: Window, settled: Settled, desk: Desk
) -> None:
    activity = desk.record.read(rows_of_activities)[0]
    about = {"activity_id": activity, "on": date(2026, 5, 4)}
    desk.record.write(add, Feedback, about | {"title": "Écoute", "satisfied": 41, "asked": 50})
    desk.record.write(add, Feedback, about | {"title": "Boîte", "share": Decimal(70), "notes": "Sans effectif"})
    shown = window("en")
    desk.open("activities", activity)
    settled()
    told = "\n".join(label.text() for label in shown.page.findChildren(QLabel))
    assert "41 of 50 were satisfied: 82%" in told.replace("\u00a0", " ")
    assert "as stated: how many were asked is not known" in told


def rows_of_activities(session: Any) -> list[UUID]:
    return list(session.scalars(select(Activity.id).order_by(Activity.row)))
