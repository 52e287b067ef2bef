"""The guide in the practice record: each step is ticked when the record knows that it was done, and not before."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from db.commands.drafts import draft_of, drop_draft
from db.commands.engagements import add_engagement
from db.commands.entries import add
from db.commands.issuing import Leaving, note_issued
from db.models import Commitment, Result
from db.queries.guided import Begun, done_since, so_far
from db.record import Record
from desktop.sample import to_import
from desktop.ui.desk import Desk
from desktop.ui.dialogs.copies import CopiesDialog
from desktop.ui.guide import GUIDE, Guide
from desktop.ui.guide_steps import STEPS
from desktop.ui.language import _
from desktop.ui.main_window import MainWindow
from tests.ui import audit
from tests.ui.conftest import COMMANDS
from tests.ui.test_audit import lay_out

TALK = {"title": "Appel inventé", "type": "call", "on": date(2026, 4, 2)}


def press(guide: Guide, name: str) -> None:
    next(each for each in guide.findChildren(QPushButton) if each.text() == _(name)).click()


def go_to(guide: Guide, seen: str) -> None:
    guide._choose(next(each for each in STEPS if each.seen == seen))


def ticked(guide: Guide) -> set[str]:
    return set(guide._progress.seen)


@pytest.fixture(autouse=True)
def not_begun(desk: Desk) -> None:
    desk.record.note(drop_draft, desk.record.person, GUIDE, None)


@pytest.fixture
def guide(window: Callable[..., MainWindow], settled: Callable[[], None]) -> Guide:
    shown = window("fr").guide
    settled()
    return shown


def test_what_was_done_before_it_began_is_none_of_its_doing(record: Record) -> None:
    assert {"new:organisation", "act:deed"} <= record.read(done_since, Begun(0, 0))
    begun = record.read(so_far)
    assert record.read(done_since, begun) == frozenset()
    missing = {"label": "Filles", "nature": "reached", "missing": "not_collected"}
    record.write(add, Result, {**missing, "starts_on": date(2026, 4, 1), "ends_on": date(2026, 6, 30)})
    assert {"new:result", "missing:not_collected"} <= record.read(done_since, begun)
    record.undo()
    assert "act:undo" in record.read(done_since, begun)


def test_it_comes_by_itself_in_a_practice_record_only(
    desk: Desk, window: Callable[..., MainWindow], settled: Callable[[], None]
) -> None:
    desk.practice = False
    opened = window("fr")
    settled()
    assert not opened.guide.isVisible()
    opened.actions_["guide"].trigger()
    settled()
    assert opened.guide.isVisible()


def test_the_step_of_a_promise_stands_until_the_promise_is_noted_and_leads_to_where_that_is(
    guide: Guide, settled: Callable[[], None]
) -> None:
    desk = guide._desk
    assert guide.isVisible()
    go_to(guide, "new:commitment")
    press(guide, "Show me")
    settled()
    page = guide.window().page
    assert page.key == "engagements/one"
    assert page.later.isVisible() and _("Commitments") in page.later.text()
    held = desk.record.write(add_engagement, TALK)
    page.saved(held)
    settled()
    assert not page.later.isVisible()
    assert guide._at.seen == "new:commitment" and not ticked(guide), "nothing was promised yet"
    desk.record.write(add, Commitment, {"title": "Envoyer la liste", "side": "us", "engagement_id": held})
    settled()
    assert "new:commitment" in ticked(guide)
    assert _("Note an engagement and what was promised") in guide._done.text()
    assert guide._at.seen != "new:commitment"


def test_in_two_windows_it_is_one_guide(guide: Guide, qtbot, settled: Callable[[], None]) -> None:
    desk = guide._desk
    other = MainWindow(replace(desk), dict.fromkeys(COMMANDS, lambda: None), "Essai 2")
    qtbot.addWidget(other)
    other.show()
    settled()
    asked: list[object] = []
    first = guide._at
    press(guide, "Skip")
    settled()
    assert first.seen in other.guide._progress.skipped and other.guide._at is guide._at is not first
    other.guide._tick(frozenset({"shown:women_led"}))
    settled()
    assert "shown:women_led" in ticked(guide) and first.seen in guide._progress.skipped
    desk.tasks.busy.connect(asked.append)
    qtbot.wait(50)
    desk.tasks.busy.disconnect(asked.append)
    assert asked == [], "neither wakes the other"
    press(other.guide, "Close the guide")
    settled()
    assert not guide.isVisible()
    kept = desk.record.read(draft_of, desk.record.person, GUIDE, None)
    assert kept == {**kept, "open": False, "seen": ["shown:women_led"], "skipped": [first.seen]}


def test_a_report_that_was_saved_ticks_its_step_though_nothing_of_the_record_changed(guide: Guide, settled) -> None:
    desk = guide._desk
    leaving = Leaving("donor-briefing", "donor", {}, "ar", "pdf")
    desk.tasks.with_record(lambda: desk.record.note(note_issued, leaving, "0" * 64, "1", desk.record.person))
    settled()
    settled()
    assert "issued:donor-briefing:ar" in ticked(guide)


def test_what_is_only_looked_at_is_ticked_once_it_stands_there(guide: Guide, qtbot) -> None:
    dialog = CopiesDialog(guide._desk, guide.window())
    dialog.show()
    qtbot.waitUntil(lambda: "shown:copies" in ticked(guide))
    dialog.done(0)


def test_the_rows_behind_a_figure_tick_their_step_as_a_list_of_their_own_too(guide: Guide, settled) -> None:
    guide.window().go("results")
    settled()
    guide._look_around()
    assert "shown:behind" not in ticked(guide)
    guide.window().page.about = {"figure": "of_partner=…"}
    guide._look_around()
    settled()
    assert "shown:behind" in ticked(guide)


def test_locking_and_coming_back_is_ticked_and_closing_the_guide_is_not(guide: Guide, settled) -> None:
    guide.put_away()
    settled()
    guide.bring_back()
    settled()
    assert "away" not in ticked(guide)
    guide.window().hide()
    guide.window().show()
    settled()
    assert "away" in ticked(guide)


def test_how_far_one_is_and_that_it_was_closed_is_kept_in_the_record(
    guide: Guide, window: Callable[..., MainWindow], settled: Callable[[], None]
) -> None:
    first = guide._at
    press(guide, "Skip")
    press(guide, "Close the guide")
    settled()
    kept = guide._desk.record.read(draft_of, guide._desk.record.person, GUIDE, None)
    assert kept["skipped"] == [first.seen]
    again = window("fr").guide
    settled()
    assert not again.isVisible()
    again.bring_back()
    settled()
    assert again.isVisible()
    assert again._at is not first


def test_every_step_leads_somewhere(guide: Guide, settled: Callable[[], None], monkeypatch) -> None:
    pointed: list[str] = []
    monkeypatch.setattr(guide, "_point_at", pointed.append)
    for step in STEPS:
        go_to(guide, step.seen)
        press(guide, "Show me")
        settled()
        assert not step.page or guide.window().page.key == step.page
        if step.page == "quick-report":
            values = guide.window().page.form.draft()
            assert {key: values[key] for key in step.about} == step.about
        if step.page == "import":
            assert guide.window().page._path == to_import()[0]
    assert set(pointed) <= set(guide.window().actions_)
    assert pointed == [step.command for step in STEPS if step.command]


def test_the_menu_opens_at_the_command(guide: Guide) -> None:
    guide.window().point_at("lock")
    menu: QWidget = guide.window()._menus["&File"]
    assert menu.isVisible()
    assert menu.activeAction() is guide.window().actions_["lock"]
    menu.close()


@pytest.mark.parametrize("spoken", ["x-pseudo", "ar"])
def test_it_has_room_on_a_small_screen_and_is_walked_by_keyboard(
    window: Callable[..., MainWindow], settled: Callable[[], None], spoken: str
) -> None:
    opened = window(spoken)
    settled()
    for step in STEPS:
        opened.guide._choose(step)
        lay_out(opened)
        assert opened.height() <= 560
        assert [audit.cut_off(opened.guide), audit.unnamed(opened.guide)] == [[], []]
    assert audit.lost_by_keyboard(opened) == []


def test_where_the_work_itself_has_no_room_it_waits_to_be_asked_for(
    window: Callable[..., MainWindow], settled: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.ui.guide._LINES", 100)
    opened = window("fr")
    settled()
    assert not opened.guide.isVisible()
    opened.guide.bring_back()
    settled()
    assert opened.guide.isVisible()
