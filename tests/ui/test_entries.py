"""Pages made from data: lists, things of any kind, what hangs on them, kept searches, many put right at once."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from sqlalchemy import select

from db.base import new_id
from db.commands.entries import add, edit
from db.commands.texts import set_text
from db.fields import field_of
from db.models import Agreement, Flag, FrameworkItem, Issued, Organisation, Tranche
from db.queries.entries import entry_page
from db.queries.kinds import KINDS
from db.queries.organisations import organisations_like
from db.queries.texts import texts_of
from db.sealed import unseal
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.dialogs.saving import write_copy
from desktop.ui.dialogs.undo_back import UndoBackDialog
from desktop.ui.entries import entry_of
from desktop.ui.entries.screening import ACTS
from desktop.ui.forms.editors import editor_of
from desktop.ui.language import words
from desktop.ui.main_window import MainWindow
from desktop.ui.pages.related import RelatedPart
from desktop.ui.pages.texts import TextsPart
from desktop.ui.tables.column import shown as cell
from desktop.ui.tables.view import choose_row

Window = Callable[..., MainWindow]
Settled = Callable[[], None]


@pytest.fixture
def agreements(desk: Desk) -> list[Any]:
    """Two agreements with one partner."""
    partner = desk.record.read(organisations_like, "Femmes Debout")[0][0]
    return [
        desk.record.write(add, Agreement, {"title": title, "partner_id": partner, "currency": "USD", "amount": 150})
        for title in ("Écoute à Kasoro", "Ateliers de couture")
    ]


def read(desk: Desk, id: Any) -> dict[str, Any]:
    return dict(desk.record.read(entry_page, Agreement, id).values)


def dialog_of(window: MainWindow) -> FormDialog:
    found = [each for each in window.findChildren(FormDialog) if each.isVisible()]
    assert len(found) == 1
    return found[0]


def test_a_thing_is_opened_from_its_list_put_right_and_left_by_the_way_back(
    window: Window, settled: Settled, desk: Desk, agreements: list[Any], press
) -> None:
    shown = window("fr")
    shown.go("agreements")
    settled()
    shown.page.list.setFocus()
    QTest.keyClick(shown.page.list, Qt.Key.Key_Return)
    settled()
    assert shown.page.about == agreements[1]
    amount = shown.page.form.editor(Agreement.amount)
    assert amount.text() == "1,50"
    amount.setText("2,75")
    press(shown, "Ctrl+S")
    settled()
    assert read(desk, agreements[1])["amount"] == 275
    press(shown, "Alt+Left")
    settled()
    assert shown.page.key == "agreements"


def test_another_currency_keeps_the_amounts_that_stand_in_the_form(
    window: Window, settled: Settled, desk: Desk, agreements: list[Any]
) -> None:
    desk.record.write(edit, Agreement, agreements[0], {"amount": 12_500_00})
    shown = window("fr")
    desk.open("agreements", agreements[0])
    settled()
    currency = shown.page.form.editor(Agreement.currency)
    currency.show_value("JPY")
    shown.page.save()
    settled()
    held = read(desk, agreements[0])
    assert (held["currency"], held["amount"]) == ("JPY", 12_500)
    currency.show_value("CDF")
    shown.page.form.editor(Agreement.amount).setText("125")
    shown.page.save()
    settled()
    held = read(desk, agreements[0])
    assert (held["currency"], held["amount"]) == ("CDF", 125_00), "the same number of minor units is sent as well"


def test_a_part_is_added_in_a_dialog_on_the_page_of_its_whole(
    window: Window, settled: Settled, desk: Desk, agreements: list[Any]
) -> None:
    shown = window("fr")
    desk.open("agreements", agreements[0])
    settled()
    place = next(
        n for n, each in enumerate(shown.page.entry.related, shown.page._first_related) if each.kind == "tranches"
    )
    shown.page.tabs.go(place)
    for number in ("1", "2"):
        shown.page.tabs.part(place).add()
        settled()
        dialog = dialog_of(shown)
        assert dialog._form.editor(Tranche.number).text() == number, "the number that comes next"
        assert dialog.focusWidget() is dialog._form.editor(Tranche.number)  # what it belongs to stands there already
        dialog._save()
        settled()
    assert shown.page.tabs.part(place).list.model().rowCount() == 2
    assert shown.page.key == "agreements/one"


def test_a_link_leads_to_the_page_of_what_it_points_at(window: Window, settled: Settled, agreements: list[Any]) -> None:
    shown = window("fr")
    shown.desk.open("agreements", agreements[0])
    settled()
    shown.page.form.editor(Agreement.partner_id).tool.click()
    settled()
    assert "Femmes Debout" in shown.page.heading.text()


def test_anything_is_found_from_anywhere_by_keyboard(
    window: Window, settled: Settled, agreements: list[Any], press, qtbot
) -> None:
    shown = window("fr")
    press(shown, "Ctrl+K")
    QTest.keyClicks(shown.search, "ecoute kas")
    qtbot.waitUntil(lambda: shown.search.found.isVisible())
    QTest.keyClick(shown.search, Qt.Key.Key_Return)
    settled()
    assert (shown.page.key, shown.page.about) == ("agreements/one", agreements[0])


def test_many_are_put_right_at_once_and_taken_back_as_one(
    window: Window, settled: Settled, desk: Desk, agreements: list[Any]
) -> None:
    shown = window("fr")
    shown.go("agreements")
    settled()
    assert not shown.page.editing.isEnabled()
    shown.page.list.selectAll()
    shown.page.editing.click()
    settled()
    dialog = dialog_of(shown)
    assert not {"title", "status", "amount", "currency"} & set(dialog._form._one), "each row's own, or its deed's"
    dialog._form.choose("reference").editor(Agreement.reference).setText("2026")
    dialog._save()
    settled()
    assert {read(desk, id)["reference"] for id in agreements} == {"2026"}
    desk.record.undo()
    assert {read(desk, id)["reference"] for id in agreements} == {None}


def test_a_search_is_kept_under_a_name_and_taken_again(window: Window, settled: Settled, agreements: list[Any]) -> None:
    shown = window("fr")
    shown.go("agreements")
    settled()
    page = shown.page
    partner = read(page.desk, agreements[0])["partner_id"][0]
    shown.go("agreements", {"partner_id": partner})
    page.finder.search.setText("couture")
    page.kept.keep()
    dialog = dialog_of(shown)
    dialog._form._bound[0].editor.setText("Couture")
    dialog._save()
    settled()
    page.finder.search.setText("")
    page.finder.ask()
    settled()
    assert page.list.model().rowCount() == 2
    page.kept.menu().actions()[0].trigger()
    settled()
    assert page.list.model().rowCount() == 1


def test_what_was_changed_elsewhere_is_shown_and_never_written_over_in_silence(
    window: Window, settled: Settled, desk: Desk, agreements: list[Any]
) -> None:
    shown = window("fr")
    desk.open("agreements", agreements[0])
    settled()
    form = shown.page.form
    form.editor(Agreement.title).setText("Mon titre")
    desk.record.write(edit, Agreement, agreements[0], {"title": "Leur titre", "reference": "R-9"})
    settled()
    assert form.editor(Agreement.title).text() == "Mon titre"
    assert form.editor(Agreement.reference).text() == "R-9"  # nobody was typing there
    assert shown.page.clashes.isVisible()
    shown.page.save()
    settled()
    assert read(desk, agreements[0])["title"] == "Leur titre"
    shown.page.clashes.answer(["title"], take=False)
    shown.page.save()
    settled()
    assert (read(desk, agreements[0])["title"], read(desk, agreements[0])["reference"]) == ("Mon titre", "R-9")


def test_all_values_given_elsewhere_can_be_taken_at_once(
    window: Window, settled: Settled, desk: Desk, agreements: list[Any]
) -> None:
    shown = window("fr")
    desk.open("agreements", agreements[0])
    settled()
    mine, theirs = {Agreement.title: "Mon titre", Agreement.reference: "M-1"}, {"title": "Le leur", "reference": "L-1"}
    for attribute, typed in mine.items():
        shown.page.form.editor(attribute).setText(typed)
    desk.record.write(edit, Agreement, agreements[0], theirs)
    settled()
    take = next(each for each in reversed(shown.page.clashes.findChildren(QPushButton)) if each.isVisible())
    take.parent().findChildren(QPushButton)[0].click()
    assert shown.page.form.editor(Agreement.title).text() == "Le leur"
    assert shown.page.form.editor(Agreement.reference).text() == "L-1"
    assert not shown.page.form.dirty


def test_a_partner_that_is_there_already_is_shown_before_it_is_added_again(
    window: Window, settled: Settled, desk: Desk
) -> None:
    before = len(desk.record.read(organisations_like, "elan"))
    shown = window("fr")
    desk.open("partners")
    settled()
    shown.page.form.editor(Organisation.name).setText("Elan des meres")
    shown.page.save()
    settled()
    assert shown.page._alike.isVisible()
    assert len(desk.record.read(organisations_like, "elan")) == before
    shown.page.save()  # it is another one after all
    shown.page.save()  # and a finger that pressed twice adds it once
    settled()
    assert len(desk.record.read(organisations_like, "elan")) == before + 1


def test_a_file_dropped_on_a_page_is_kept_and_a_copy_is_the_same(
    window: Window, settled: Settled, desk: Desk, agreements: list[Any], tmp_path: Path
) -> None:
    shown = window("fr")
    desk.open("agreements", agreements[0])
    settled()
    file = tmp_path / "Accord signé.pdf"
    file.write_bytes(b"%PDF-1.7 rien")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    at = QPointF(5, 5)
    keys, buttons = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    shown.page.dropEvent(QDropEvent(at, Qt.DropAction.CopyAction, data, buttons, keys))
    settled()
    part = shown.page.tabs.part(shown.page.tabs.place)
    (kept,) = part.list.list.rows
    assert (kept.title, kept.audience) == ("Accord signé", "internal")
    write_copy(desk, kept, tmp_path / "copie.pdf", part, part._refused)
    settled()
    assert (tmp_path / "copie.pdf").read_bytes() == file.read_bytes()
    write_copy(desk, kept, tmp_path / "nulle part" / "copie.pdf", part, part._refused)
    settled()
    assert "nulle part" in part._note.text()
    issued = select(Issued.name, Issued.format, Issued.audience, Issued.digest)
    left = desk.record.read(lambda session: session.execute(issued).all())
    assert left == [("Accord signé", "pdf", "internal", kept.digest)], "what left is kept, what did not is not"


def test_a_text_is_translated_beside_its_original(
    window: Window, settled: Settled, desk: Desk, agreements: list[Any]
) -> None:
    desk.record.write(edit, Agreement, agreements[0], {"description": "Une écoute"})
    shown = window("fr")
    desk.open("agreements", agreements[0])
    settled()
    part = TextsPart(desk, Agreement)
    part.setParent(shown)
    part.show_of(agreements[0], "")
    part.edit(None)
    settled()
    form = dialog_of(shown)._form
    fields = {bound.key: bound.editor for bound in form._bound}
    fields["field"].show_value("description")
    assert form._original.toPlainText() == "Une écoute"
    fields["language"].show_value("en")
    fields["body"].setPlainText("Listening")
    dialog_of(shown)._save()
    settled()
    (kept,) = desk.record.read(texts_of, agreements[0])
    assert (kept.field, kept.language, kept.body, kept.status) == ("description", "en", "Listening", "draft")


def test_text_that_looks_like_personal_data_is_pointed_out_and_can_be_saved(
    window: Window, settled: Settled, desk: Desk, agreements: list[Any]
) -> None:
    shown = window("fr")
    desk.open("agreements", agreements[0])
    settled()
    shown.page.form.editor(Agreement.notes).setPlainText("Appeler Mme au +243 810 000 000")
    shown.page.form.paused.emit()
    settled()
    warning = next(bound.warning for bound in shown.page.form._bound if bound.key == "notes")
    assert warning.text()
    shown.page.save()
    settled()
    assert not shown.page.form.dirty


def test_several_deeds_are_taken_back_after_they_were_shown(
    window: Window, settled: Settled, desk: Desk, agreements: list[Any]
) -> None:
    for reference in ("R-1", "R-2", "R-3"):
        desk.record.write(edit, Agreement, agreements[0], {"reference": reference})
    shown = window("fr")
    shown.go("history")
    settled()
    choose_row(shown.page.list, 1)
    shown.page.undo_back()
    dialog = next(each for each in shown.findChildren(UndoBackDialog) if each.isVisible())
    dialog.accept()
    settled()
    assert read(desk, agreements[0])["reference"] == "R-1"
    assert not shown.page._steps()  # the chosen one does not stand any more


def test_what_is_sealed_stays_while_something_beside_it_is_put_right(
    window: Window, settled: Settled, desk: Desk
) -> None:
    partner = desk.record.read(lambda session: session.scalars(select(Organisation.id)).first())
    values = {"organisation_id": partner, "level": "red", "category": "sea", "raised_on": date(2026, 3, 8)}
    flag = desk.record.write(add, Flag, values | {"body": "Témoignage inventé"})
    shown = window("fr")
    desk.open("flags", flag)
    settled()
    shown.page.form.editor(Flag.resolved_on).setText("2026-05-04")
    assert "Témoignage" not in str(shown.page.form.draft())
    shown.page.save()
    settled()
    assert desk.record.read(entry_page, Flag, flag).values["resolved_on"] == date(2026, 5, 4)
    assert desk.record.note(unseal, Flag, flag, "body", "Essai") == "Témoignage inventé"


def test_wherever_money_is_shown_it_is_said_to_be_indicative(
    window: Window, settled: Settled, desk: Desk, agreements: list[Any]
) -> None:
    shown = window("en")

    def said() -> int:
        settled()
        labels = [each for each in shown.page.findChildren(QLabel) if each.isVisible()]
        return sum("Indicative amounts, not certified" in each.text() for each in labels)

    for list_ in ("agreements", "tranches", "budget-lines", "allocations", "receipts"):
        shown.go(list_)
        assert said() == 1, list_
    for kind in ("tranches", "budget-lines", "receipts", "contributions"):
        desk.open(kind)
        assert said() == 1, kind
    shown.go("partners")
    assert said() == 0


def test_a_part_is_headed_by_its_own_name_with_the_way_to_its_whole(
    window: Window, settled: Settled, desk: Desk, agreements: list[Any]
) -> None:
    tranche = desk.record.write(add, Tranche, {"agreement_id": agreements[0], "number": 3, "currency": "USD"})
    shown = window("en")
    desk.open("tranches", tranche)
    settled()
    assert shown.page.heading.text() == "Tranche 3"
    (way,) = [each for each in shown.page.head.findChildren(QPushButton) if "Écoute à Kasoro" in each.text()]
    way.click()
    settled()
    assert shown.page.about == agreements[0]


def test_a_heading_is_in_the_language_of_the_screen_and_says_so_where_it_is_not(
    window: Window, settled: Settled, desk: Desk, agreements: list[Any]
) -> None:
    desk.record.write(edit, Agreement, agreements[0], {"title_language": "fr"})
    desk.record.write(set_text, Agreement, agreements[0], "title", "ar", "الإصغاء في كاسورو", "reviewed")
    for language, heading, said in (
        ("ar", "الإصغاء في كاسورو", "Reviewed translation"),
        ("en", "Écoute à Kasoro", "This name is in French; there is none in English yet."),
        ("fr", "Écoute à Kasoro", ""),
    ):
        shown = window(language)
        shown.go("agreements/one", agreements[0])
        settled()
        assert heading in shown.page.heading.text()
        assert shown.page.form.editor(Agreement.title).text() == "Écoute à Kasoro", "what is edited is the original"
        told = [each.text() for each in shown.page.head.findChildren(QLabel)]
        assert told == ([words().gettext(said)] if said else [])


def test_what_was_saved_is_no_longer_said_once_it_is_taken_back(
    window: Window, settled: Settled, desk: Desk, agreements: list[Any], qtbot
) -> None:
    shown = window("en")
    desk.open("agreements", agreements[0])
    settled()
    shown.page.form.editor(Agreement.reference).setText("A-1")
    shown.page.save()
    settled()
    assert shown.page.note.isVisible()
    desk.tasks.with_record(desk.record.undo)
    settled()
    qtbot.waitUntil(lambda: not shown.page.note.isVisible())


def test_the_keyboard_stays_on_the_page_after_an_act_that_is_possible_no_more(
    window: Window, settled: Settled, desk: Desk, agreements: list[Any]
) -> None:
    shown = window("en")
    desk.open("agreements", agreements[0])
    settled()
    button = next(each for each in shown.page._acts if each.text().startswith("Change status"))
    button.setFocus()
    button.click()
    dialog = dialog_of(shown)
    dialog._form.load({"status": "cancelled", "on": date(2026, 3, 1), "reason": "Essai"})
    dialog._save()
    settled()
    assert not button.isVisible()
    assert shown.page.isAncestorOf(shown.focusWidget())


def test_a_word_of_ones_own_stands_beside_the_known_kinds_of_a_line(desk: Desk, speak: Callable[[str], None]) -> None:
    speak("fr")
    described = field_of(FrameworkItem.kind)
    assert cell(described, "pillar") != "pillar"
    assert "volet" in cell(described, "volet")
    editor = editor_of(desk, FrameworkItem.kind)
    editor.show_value("pillar")
    assert editor.value("") == "pillar"
    editor.setEditText("volet")
    assert editor.value("") == "volet"


def test_what_is_added_to_an_agreement_begins_with_its_partner(desk: Desk, qtbot, monkeypatch) -> None:
    agreement, partner, begun = new_id(), (new_id(), "Femmes Debout"), {}
    monkeypatch.setattr(desk, "open", begun.__setitem__)
    for related in entry_of("agreements").related:
        if related.kind in ("received-reports", "activities", "engagements"):
            part = RelatedPart(desk, related)
            qtbot.addWidget(part)
            part.show_of(agreement, "Accord d'essai")
            part.values = {"partner_id": partner}
            part.add()
    assert begun["received-reports"]["organisation_id"] == partner
    assert begun["activities"]["partner_id"] == partner
    assert begun["engagements"]["organisation_id"] == partner


def test_what_is_begun_with_is_a_field_of_what_is_added(desk: Desk) -> None:
    for kind, listed in KINDS.items():
        for related in entry_of(kind).related:
            for there, here in related.takes.items():
                assert hasattr(KINDS[related.kind].entity, there) and hasattr(listed.entity, here), related


def test_whatever_an_organisation_is_to_the_office_the_same_can_be_done_about_it() -> None:
    assert [entry_of(kind).acts for kind in ("partners", "donors", "organisations")] == [ACTS] * 3
