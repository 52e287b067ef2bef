"""What a donor asks of a report is typed in full: its questions with word limits, its languages in their order."""

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from db.commands.entries import add
from db.models import Requirements, WrittenReport
from db.queries.entries import entry_page
from db.queries.organisations import organisations_like
from desktop.ui.desk import Desk
from desktop.ui.forms.questions import LanguagesEdit, QuestionsEdit
from desktop.ui.forms.written import WrittenForm
from desktop.ui.main_window import MainWindow

Window = Callable[..., MainWindow]
Settled = Callable[[], None]


def test_a_profile_is_typed_kept_and_shown_again(window: Window, settled: Settled, desk: Desk) -> None:
    donor = desk.record.read(organisations_like, "Fonds inventé")[0][0]
    id = desk.record.write(add, Requirements, {"organisation_id": donor, "name": "Cadre 2026"})
    shown = window("ar")
    desk.open("requirements", id)
    settled()
    asked, languages = shown.page.findChild(QuestionsEdit), shown.page.findChild(LanguagesEdit)
    box, limit = asked._inputs["C-3"]
    assert not limit.isEnabled(), "there is nothing to limit before it is asked"
    box.click()
    limit.setText("٤٠٠")
    asked._inputs["X-2"][0].click()
    for place, code in enumerate(("es", "fr")):
        languages._inputs[place].show_value(code)
    draft = shown.page.form.draft()
    shown.page.save()
    settled()
    held = desk.record.read(entry_page, Requirements, id).values
    assert (held["questions"], held["languages"]) == ({"C-3": 400, "X-2": None}, "es, fr")
    shown.page.form.load({})
    assert shown.page.form.values() is None, "a profile has a name"
    shown.page.form.restore(draft)
    assert shown.page.form.values()["questions"] == {"C-3": 400, "X-2": None}


def test_a_fourth_additional_question_is_refused_beside_the_questions(
    window: Window, settled: Settled, desk: Desk
) -> None:
    donor = desk.record.read(organisations_like, "Fonds inventé")[0][0]
    id = desk.record.write(add, Requirements, {"organisation_id": donor, "name": "Cadre 2026"})
    shown = window("en")
    desk.open("requirements", id)
    settled()
    shown.page.findChild(QuestionsEdit).show_value({f"X-{number}": None for number in range(1, 5)})
    shown.page.save()
    settled()
    (bound,) = [each for each in shown.page.form._bound if each.key == "questions"]
    assert "at most 3" in bound.note.text()


def test_a_report_is_written_in_the_writers_language_and_goes_out_in_those_its_donor_asks_for(
    desk: Desk, speak: Callable[[str], None], settled: Settled, qtbot: QtBot
) -> None:
    donor = desk.record.read(organisations_like, "Fonds inventé")[0][0]
    desk.record.write(add, Requirements, {"organisation_id": donor, "name": "Cadre 2026", "languages": "fr, es"})
    speak("ar")
    form = WrittenForm(desk)
    qtbot.addWidget(form)
    form.begin_new(True)
    form.load({"donor_id": (donor, "Fonds inventé")})
    settled()
    assert form.editor(WrittenReport.language).code == "ar"
    assert form.editor(WrittenReport.languages).value("") == "fr, es"
