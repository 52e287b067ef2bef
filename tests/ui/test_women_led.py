"""Assessing a partner in the window: what follows is in sight while one answers, and stands on its page afterwards."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from db.commands.entries import add
from db.commands.women_led import assess, review
from db.models import LeadershipCount, Organisation, WomenLedAssessment
from db.queries.assessments import rating_history
from db.queries.organisations import organisations_like
from db.queries.women_led import assessments_of, newest_count
from db.schemes import schemes
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.forms.answers import AnswersEdit
from desktop.ui.forms.assessing import AssessForm, SchemeForm
from desktop.ui.forms.organisation import OrganisationForm
from desktop.ui.main_window import MainWindow
from desktop.ui.pages.partner import PartnerPage
from tests.db.test_women_led import by_another

Window = Callable[..., MainWindow]
Settled = Callable[[], None]
LED, RATED = 1, 2


@pytest.fixture
def partner(desk: Desk) -> UUID:
    """A partner that nobody assessed yet."""
    found: UUID = desk.record.read(organisations_like, "Femmes Debout")[0][0]
    return found


def assessed(desk: Desk, partner: UUID) -> UUID:
    """An assessment with one criterion met."""
    return desk.record.write(
        assess, partner, {"definition": "WLO-50"}, {"W-1": {"answer": "met", "evidence": "Lettre d'essai"}}
    )


def part_of(shown: MainWindow, settled: Settled, partner: UUID, place: int) -> QWidget:
    shown.desk.open("partners", partner)
    settled()
    assert isinstance(shown.page, PartnerPage)
    shown.page.tabs.go(place)
    settled()
    return shown.page.tabs.part(place)


def said(part: QWidget) -> str:
    return "\n".join(label.text() for label in part.findChildren(QLabel))


def pressed(part: QWidget, words: str) -> None:
    next(one for one in part.findChildren(QPushButton) if one.text() == words).click()


def dialog_of(window: MainWindow) -> FormDialog:
    (found,) = (each for each in window.findChildren(FormDialog) if each.isVisible())
    return found


def answer(form: Any, code: str, answer: str, evidence: str = "") -> None:
    """As a person would: choose the answer, write the evidence."""
    inputs = form.findChild(AnswersEdit)._inputs[code]
    inputs.answer.show_value(answer)
    inputs.evidence.setText(evidence)
    inputs.answer.edited.emit()


def test_the_status_follows_while_one_answers_and_then_stands_on_the_page(
    window: Window, settled: Settled, desk: Desk, partner: UUID, qtbot: QtBot
) -> None:
    shown = window("en")
    announced: list[str] = []
    desk.say = announced.append
    part = part_of(shown, settled, partner, LED)
    assert "Not assessed yet" in said(part)
    pressed(part, "Assess…")
    dialog = dialog_of(shown)
    form = dialog._form
    assert form.follows.text() == "What follows: Unknown"
    form.editor(WomenLedAssessment.assessed_on).setText("1 Jan 2062")
    answer(form, "W-2", "met")
    answer(form, "W-3", "met", "Organigramme d'essai")
    assert "This day is still to come." in said(form)
    form.editor(WomenLedAssessment.assessed_on).setText("1 Jan 2026")
    assert form.follows.text() == "What follows: Criteria met"
    dialog._save()
    settled()
    assert dialog.isVisible(), "an answer without evidence is refused, and what was typed stays"
    assert "W-2" in said(form)
    answer(form, "W-2", "met", "Liste du conseil d'essai")
    dialog._save()
    settled()
    (assessment,) = desk.record.read(assessments_of, partner)
    assert assessment.status == "met"
    assert "Criteria met" in said(part) and "Organigramme d'essai" in said(part)
    assert "somebody else in the office can review it" in said(part)
    qtbot.waitUntil(lambda: "Led by women: Criteria met" in announced)  # wherever the page stands


def test_a_criterion_is_rejected_by_somebody_else_and_the_status_turns(
    window: Window, settled: Settled, desk: Desk, partner: UUID
) -> None:
    desk.record.write(by_another, assessed(desk, partner))
    shown = window("en")
    part = part_of(shown, settled, partner, LED)
    pressed(part, "Review…")
    settled()
    dialog = dialog_of(shown)
    values = {"verdict": "rejected", "rejected": ["W-1"], "note": "La directrice est partie"}
    dialog._form.load(values)
    dialog._save()
    settled()
    assert desk.record.read(assessments_of, partner)[0].counts_as == "unknown"
    assert "Rejected in review: it counts as unknown" in said(part)
    assert "La directrice est partie" in said(part)


def test_an_assessment_is_reviewed_from_its_own_page_which_leads_to_the_partner(
    window: Window, settled: Settled, desk: Desk, partner: UUID
) -> None:
    id = assessed(desk, partner)
    desk.record.write(by_another, id)
    shown = window("en")
    desk.open("women-led-assessments", id)
    settled()
    pressed(shown.page, "Review…")
    settled()
    dialog_of(shown)._save()
    settled()
    assert desk.record.read(assessments_of, partner)[0].review == "confirmed"
    status = shown.page.form.editor(WomenLedAssessment.status)
    assert not status.isEnabled(), "what follows from answers is not typed"
    shown.page.form.editor(WomenLedAssessment.organisation_id).tool.click()
    settled()
    assert "Femmes Debout" in shown.page.heading.text()


def test_what_was_assessed_by_mistake_is_removed_until_it_is_reviewed(
    window: Window, settled: Settled, desk: Desk, partner: UUID
) -> None:
    kept, mistaken = assessed(desk, partner), assessed(desk, partner)
    desk.record.write(by_another, kept)
    desk.record.write(review, kept, "confirmed")
    shown = window("en")
    for id in (kept, mistaken):
        desk.open("women-led-assessments", id)
        settled()
        (removing,) = (act for act in shown.page._acts if act.text() == "Remove")
        if removing.isVisible():
            removing.click()
            settled()
    assert [one.id for one in desk.record.read(assessments_of, partner)] == [kept]


def test_the_count_of_the_lead_is_filled_in_for_each_definition(desk: Desk, partner: UUID) -> None:
    values = {"organisation_id": partner, "woman_head": True, "board_women": 2, "board_total": 3}
    desk.record.write(add, LeadershipCount, {**values, "counted_on": date(2026, 3, 1)})
    form = AssessForm(desk, "women_led", desk.record.read(newest_count, partner))
    answers = form.findChild(AnswersEdit)
    assert answers.answers() == {"W-1": "met", "W-2": "met", "W-3": "unknown"}
    answer(form, "W-2", "not_met", "Le décompte est ancien")
    definition = form.editor(WomenLedAssessment.definition)
    definition.setCurrentIndex(definition.findData("WLO-67"))
    assert answers.answers() == {"S-1": "unknown", "S-2": "unknown", "S-3": "unknown"}
    definition.setCurrentIndex(definition.findData("WLO-50"))
    assert answers.answers()["W-2"] == "not_met", "what was typed is still there"


def test_assessing_anew_begins_with_the_last_answers_and_their_evidence(
    window: Window, settled: Settled, desk: Desk, partner: UUID, qtbot: QtBot
) -> None:
    given = {
        "W-1": {"answer": "met", "evidence": "Lettre d'essai"},
        "W-2": {"answer": "met", "evidence": "Ancienne liste"},
    }
    before = desk.record.write(assess, partner, {"definition": "WLO-50", "assessed_on": date(2025, 3, 8)}, given)
    desk.record.write(by_another, before)
    desk.record.write(review, before, "rejected", ["W-2"], "La liste a changé")
    shown = window("en")
    part = part_of(shown, settled, partner, LED)
    next(one for one in part.findChildren(QPushButton) if one.text() == "Assess…").setFocus()
    pressed(part, "Assess…")
    dialog = dialog_of(shown)
    form = dialog._form
    assert not form.dirty, "what a form begins with is nothing typed"
    answers = form.findChild(AnswersEdit)
    assert answers.answers()["W-1"] == "met"
    assert answers.answers()["W-2"] == "unknown", "what was rejected has to be answered anew"
    assert answers._inputs["W-2"].evidence.text() == "Ancienne liste"
    assert form.editor(WomenLedAssessment.assessed_on).value("") == date.today()
    dialog._save()
    settled()
    newest, _old = desk.record.read(assessments_of, partner)
    assert next((one.code, one.answer, one.evidence) for one in newest.criteria) == ("W-1", "met", "Lettre d'essai")
    # The keyboard is where it was, on what was made anew once the page was read again.
    qtbot.waitUntil(lambda: isinstance(shown.focusWidget(), QPushButton), timeout=20_000)
    assert shown.focusWidget().text() == "Assess…"


def test_a_rating_follows_while_one_answers_and_a_weak_answer_is_planned_for(
    window: Window, settled: Settled, desk: Desk, partner: UUID
) -> None:
    shown = window("en")
    part = part_of(shown, settled, partner, RATED)
    part._assess("psea_unicef_2020", "PSEA")  # the menu of an offscreen window does not open
    dialog = dialog_of(shown)
    form = dialog._form
    for code in ("U1", "U2", "U3", "U4", "U5"):
        answer(form, code, "3")
    assert form.follows.text() == "1 question is open: no rating yet"
    answer(form, "U6", "1")
    assert form.follows.text() == "What follows: Low risk (score 16)"
    dialog._save()
    settled()
    (rated,) = desk.record.read(rating_history, partner)
    assert (rated.rating, rated.score) == ("low_risk", 16)
    part._assess("psea_unicef_2020", "PSEA")
    again = dialog_of(shown)
    assert again._form.follows.text() == "What follows: Low risk (score 16)", "it begins with the last answers"
    again.reject()
    pressed(part, "Plan…")
    dialog = dialog_of(shown)
    dialog._form.load({"title": "Rédiger une procédure", "side": "partner", "due_on": rated.assessed_on})
    dialog._save()
    settled()
    assert "Weak, planned for" in said(part)
    assert "The partner: nobody named, until" in said(part)
    assert any("Rédiger une procédure" in each.text() for each in part.findChildren(QPushButton))


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_scheme_has_a_form_in_the_screens_language(
    desk: Desk, speak: Callable[[str], None], language: str
) -> None:
    speak(language)
    for each in schemes():
        form = SchemeForm(desk, each)
        shown = "\n".join(label.text() for label in form.findChildren(QLabel))
        assert all(one.titles[language] in shown for one in each.questions)


def test_what_counts_as_local_follows_as_one_types(desk: Desk, speak: Callable[[str], None]) -> None:
    speak("en")
    form = OrganisationForm(desk)
    form.load({"name": "Comité d'essai", "type": "national_ngo", "reach": "national"})
    assert "is not known yet" in said(form)
    affiliated = form.editor(Organisation.affiliated)
    affiliated.show_value(False)
    affiliated.edited.emit()
    assert "It counts as a local or national non-state actor." in said(form)
    affiliated.show_value(True)
    affiliated.edited.emit()
    assert "It does not count" in said(form)


def test_tab_goes_through_the_criteria_before_what_stands_below_them(
    window: Window, settled: Settled, desk: Desk, partner: UUID
) -> None:
    shown = window("en")
    pressed(part_of(shown, settled, partner, LED), "Assess…")
    settled()
    form = dialog_of(shown).findChild(AssessForm)
    assert isinstance(form, AssessForm)
    at, order = form.editor(WomenLedAssessment.definition), []
    for _step in range(200):
        at = at.nextInFocusChain()
        order.append(at)
    first, last = form.findChild(AnswersEdit)._inputs["W-1"].answer, form.editor(WomenLedAssessment.evidence)
    assert order.index(first) < order.index(last)
