"""What is due is on Home and in the calendar, a click from its page; what is open comes up before the next meeting."""

import hashlib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget
from sqlalchemy import select

from db.commands.entries import add
from db.commands.organisations import add_organisation
from db.commands.removing import remove
from db.models import (
    Agreement,
    Commitment,
    Engagement,
    Framework,
    FrameworkItem,
    Issued,
    Question,
    ReportingDuty,
    Schedule,
    Tag,
    Training,
    WomenLedAssessment,
)
from db.queries import Session
from db.queries.organisations import organisations_like
from desktop.ui import language
from desktop.ui.desk import ONE, Desk
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.due import OpenWith
from desktop.ui.main_window import MainWindow
from desktop.ui.pages.calendar import CalendarPage
from desktop.ui.pages.duty import GapsPart
from desktop.ui.pages.framework_item import CountedPart
from desktop.ui.pages.home import HomePage
from desktop.ui.refresh import Refresh
from desktop.ui.tasks import Tasks
from tests.builders import new_record

Settled = Callable[[], None]
TODAY = date.today()


@pytest.fixture(autouse=True)
def nothing_expires(desk: Desk) -> None:
    """What is assessed in the record of the tests is valid until some day, which comes."""
    for id in desk.record.read(assessments):
        desk.record.write(remove, WomenLedAssessment, id)


@pytest.fixture
def donor(desk: Desk) -> UUID:
    ((id, _name),) = desk.record.read(organisations_like, "Fonds inventé")
    return id


def promise(desk: Desk, donor: UUID, title: str, days: int | None) -> UUID:
    due_on = None if days is None else TODAY + timedelta(days=days)
    values = {"title": title, "side": "us", "organisation_id": donor, "due_on": due_on}
    return desk.record.write(add, Commitment, values)


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def plain(text: str) -> str:
    """A text without the marks that keep its direction to itself."""
    return text.strip("\u2068\u2069")


def titles(widget: QWidget) -> list[str]:
    return [plain(each.toolTip()) for each in widget.findChildren(QPushButton) if each.toolTip()]


def shown(page: QWidget, qtbot, settled: Settled) -> None:
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    settled()


def test_home_says_what_is_due_by_how_soon_and_opens_it(desk: Desk, donor: UUID, qtbot, settled: Settled) -> None:
    late = promise(desk, donor, "Envoyer la note", -3)
    for title, days in (("Bientôt", 10), ("Plus tard", 45), ("Trop loin", 200), ("Sans jour", None)):
        promise(desk, donor, title, days)
    page = HomePage(desk)
    shown(page, qtbot, settled)
    assert titles(page) == ["Envoyer la note", "Bientôt", "Plus tard", "Sans jour"]
    opened: list[object] = []
    desk.go = lambda *where: opened.append(where)
    next(each for each in page.findChildren(QPushButton) if plain(each.toolTip()) == "Envoyer la note").click()
    assert opened == [("commitments" + ONE, late)]


def test_an_empty_record_offers_a_first_partner_a_file_and_the_help(
    tmp_path: Path, speak: Callable[[str], None], qtbot
) -> None:
    speak("en")
    record, _code = new_record(tmp_path / "vide.jalon")
    tasks = Tasks()
    desk = Desk(record, tasks, Refresh(record))
    page = HomePage(desk)
    shown(page, qtbot, lambda: qtbot.waitUntil(lambda: tasks.idle))
    went: list[object] = []
    desk.go = lambda *where: went.append(where)
    offered = {each.text(): each for each in page.findChildren(QPushButton)}
    offered["Add a first partner"].click()
    assert went == [("partners" + ONE, None)]
    assert "Import a file" in offered
    desk.help = lambda: went.append("help")
    offered["Read the help"].click()
    assert went[-1] == "help"
    record.write(add_organisation, {"name": "Fonds d'essai"}, ("donor",))
    later = HomePage(desk)
    shown(later, qtbot, lambda: qtbot.waitUntil(lambda: tasks.idle))
    assert "What to do next" not in [each.text() for each in later.findChildren(QLabel)]  # no heading over nothing
    tasks.close()
    record.close()


def test_home_says_in_words_that_nothing_is_due(desk: Desk, qtbot, settled: Settled) -> None:
    page = HomePage(desk)
    shown(page, qtbot, settled)
    assert not titles(page)
    assert "90" in said(page)


def test_a_long_title_does_not_widen_the_window(desk: Desk, donor: UUID, qtbot, settled: Settled) -> None:
    page = HomePage(desk)
    shown(page, qtbot, settled)
    before = page.minimumSizeHint().width()
    promise(desk, donor, "W" * 400, 3)
    settled()
    assert page.minimumSizeHint().width() <= max(before, 800)


def test_the_calendar_is_written_as_a_file(desk: Desk, donor: UUID, qtbot, settled: Settled, tmp_path: Path) -> None:
    promise(desk, donor, "Envoyer la note", 100)
    page = CalendarPage(desk)
    shown(page, qtbot, settled)
    assert [due.title for due in page.list.list.rows] == ["Envoyer la note"]
    page.write(tmp_path / "essai.ics")
    settled()
    assert "Envoyer la note" in (tmp_path / "essai.ics").read_text(encoding="utf-8").replace("\n ", "")
    page.write(tmp_path / "nowhere" / "essai.ics")
    settled()
    assert "nowhere" in said(page)
    kept = select(Issued.name, Issued.format, Issued.audience, Issued.digest)
    (issued,) = desk.record.read(lambda session: session.execute(kept).all())
    digest = hashlib.sha256((tmp_path / "essai.ics").read_bytes()).hexdigest()
    assert issued == ("calendar", "ics", "internal", digest), "what left is kept, what did not is not"


def test_a_new_engagement_begins_with_what_is_open(
    desk: Desk, donor: UUID, window: Callable[..., MainWindow], settled: Settled
) -> None:
    promise(desk, donor, "Envoyer la note", -3)
    desk.record.write(add, Question, {"title": "Combien ?", "asked_on": TODAY, "organisation_id": donor})
    opened = window("fr")
    opened.go("engagements" + ONE, {"organisation_id": (donor, "Fonds inventé")})
    settled()
    assert titles(opened.page.form) == ["Envoyer la note", "Combien ?"]


def test_what_is_added_on_the_page_of_a_meeting_is_with_its_organisation_and_of_its_day(
    desk: Desk, donor: UUID, window: Callable[..., MainWindow], settled: Settled
) -> None:
    values = {"title": "Réunion d'essai", "type": "meeting", "on": TODAY - timedelta(days=3), "organisation_id": donor}
    meeting = desk.record.write(add, Engagement, values)
    opened = window("fr")
    opened.go("engagements" + ONE, meeting)
    settled()
    tabs = opened.page.tabs
    forms = {}
    for kind in ("commitments", "questions"):
        related = enumerate(opened.page.entry.related, opened.page._first_related)
        tabs.go(next(place for place, each in related if each.kind == kind))
        settled()
        tabs.part(tabs.place).add()
        settled()
        forms[kind] = opened.findChildren(FormDialog)[-1]._form
    assert forms["commitments"].editor(Commitment.organisation_id).value("") == donor
    assert forms["questions"].editor(Question.organisation_id).value("") == donor
    assert forms["questions"].editor(Question.asked_on).value("") == TODAY - timedelta(days=3)


def test_an_organisation_without_open_matters_says_so(desk: Desk, donor: UUID, qtbot, settled: Settled) -> None:
    part = OpenWith(desk)
    part.show_of(donor, "")
    shown(part, qtbot, settled)
    assert len(part.findChildren(QLabel)) == 2


def test_duties_are_generated_and_followed_by_buttons(
    desk: Desk, donor: UUID, window: Callable[..., MainWindow], settled: Settled
) -> None:
    agreement = desk.record.write(add, Agreement, {"title": "Accord d'essai", "partner_id": donor})
    values = {"direction": "in", "agreement_id": agreement, "kind": "narrative", "frequency": "final", "days": 10}
    days = {"starts_on": TODAY - timedelta(days=60), "ends_on": TODAY - timedelta(days=30)}
    schedule = desk.record.write(add, Schedule, values | days)
    opened = window("en")
    opened.go("schedules" + ONE, schedule)
    settled()
    press(opened, "Generate duties")
    settled()
    opened.go("duties")
    settled()
    duty = desk.record.read(only_duty)
    opened.go("duties" + ONE, duty)
    settled()
    assert "overdue" in said(opened.page.form)
    press(opened, "Begin writing")
    settled()
    assert "Being written" in said(opened.page.form)
    assert not button(opened, "Begin writing").isVisible()


def assessments(session: Session) -> list[UUID]:
    return list(session.scalars(select(WomenLedAssessment.id)))


def only_duty(session: Session) -> UUID:
    return session.scalars(select(ReportingDuty.id)).one()


def button(window: MainWindow, name: str) -> QPushButton:
    return next(each for each in window.page.findChildren(QPushButton) if each.text() == name)


def press(window: MainWindow, name: str) -> None:
    button(window, name).click()


def test_what_was_done_for_a_line_says_who_was_not_counted(desk: Desk, qtbot, settled: Settled) -> None:
    framework = desk.record.write(add, Framework, {"code": "PLAN", "name": "Plan d'essai"})
    line = desk.record.write(
        add, FrameworkItem, {"framework_id": framework, "code": "1", "kind": "action", "name": "Former"}
    )
    for counts in ({"women": 12}, {}):
        training = desk.record.write(add, Training, {"title": "Écoute", "starts_on": TODAY, **counts})
        desk.record.write(add, Tag, {"item_id": line, "training_id": training})
    part = CountedPart(desk)
    part.show_of(line, "")
    shown(part, qtbot, settled)
    found = [label.text() for label in part.findChildren(QLabel)]
    assert "12" in found
    assert sum("1" in each and "2" in each for each in found) == 2  # the figure, and that one of two was counted
    assert found.count(language._("Not collected")) == 2


def test_a_donors_report_without_gaps_says_so(desk: Desk, qtbot, settled: Settled, donor: UUID) -> None:
    duty = desk.record.write(add, ReportingDuty, {"direction": "out", "kind": "both", "due_on": TODAY})
    part = GapsPart(desk)
    part.show_of(duty, "")
    shown(part, qtbot, settled)
    assert said(part)
    assert part.list.list.rows == []


def test_whoever_comes_back_to_home_reads_from_its_top(window: Callable[..., MainWindow], settled: Settled) -> None:
    shown = window()
    settled()
    shown.go("partners")
    settled()
    shown.go("home")
    settled()
    QApplication.processEvents()
    bar = shown.page.findChild(QScrollArea).verticalScrollBar()
    assert bar.maximum() > 0
    assert bar.value() == 0


def test_the_overview_that_home_names_is_the_one_that_begins(
    window: Callable[..., MainWindow], settled: Settled
) -> None:
    shown = window("en")
    settled()
    next(each for each in shown.page.findChildren(QPushButton) if each.text() == "Make a report").click()
    settled()
    assert shown.page.key == "quick-report" and shown.page.form.draft()["report"] == "protection-overview"
