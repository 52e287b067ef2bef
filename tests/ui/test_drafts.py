"""What is typed in a dialog outlives a lock, a kill and a closed window, as what is typed on a page does."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtWidgets import QPushButton

from db.commands.drafts import draft_of
from db.commands.entries import add
from db.fields import Field, Kind
from db.models import Agreement, ConfidentialNote, Organisation, Screening, Tranche
from db.queries.organisations import organisations_like
from db.record import Record
from desktop.ui.desk import Desk
from desktop.ui.dialogs import form_dialog
from desktop.ui.dialogs.bulk import bulk_dialog
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.dialogs.leave import Leave, LeaveDialog
from desktop.ui.dialogs.merge import ORGANISATIONS, MergeDialog, values_of
from desktop.ui.dialogs.screening import ScreeningDialog
from desktop.ui.drafts import Drafts
from desktop.ui.forms.form import Form
from desktop.ui.forms.inputs import TextEdit
from desktop.ui.main_window import MainWindow
from desktop.ui.pages.related import RelatedPart

Window = Callable[..., MainWindow]
Settled = Callable[[], None]

WHY = "Le comité se réunit lundi"


@pytest.fixture
def agreement(desk: Desk) -> UUID:
    partner = desk.record.read(organisations_like, "Femmes Debout")[0][0]
    return desk.record.write(add, Agreement, {"title": "Écoute", "partner_id": partner, "currency": "USD"})


def status_dialog(shown: MainWindow, settled: Settled) -> FormDialog:
    act = next(each for each in shown.page.entry.acts if each.name == "Change status…")
    shown.page.do(act)
    settled()
    (dialog,) = (each for each in shown.findChildren(FormDialog) if each.isVisible())
    return dialog


def reason(dialog: FormDialog) -> Any:
    return next(bound.editor for bound in dialog._form._bound if bound.key == "reason")


def kept(record: Record, agreement: UUID) -> Any:
    return record.read(draft_of, record.person, "agreements/one Change status…", agreement)


def test_what_was_typed_in_a_dialog_comes_back_after_a_kill_and_can_be_begun_anew(
    window: Window, settled: Settled, desk: Desk, record: Record, agreement: UUID
) -> None:
    shown = window("fr")
    desk.open("agreements", agreement)
    settled()
    dialog = status_dialog(shown, settled)
    assert not dialog.findChild(Drafts).isVisible()
    reason(dialog).setPlainText(WHY)
    dialog._form.paused.emit()  # typing has stopped for a while; then the program is killed
    settled()
    dialog.done(0)
    again = status_dialog(shown, settled)
    assert reason(again).toPlainText() == WHY
    assert again._form.dirty and again.findChild(Drafts).isVisible()
    again.findChild(Drafts)._start_anew()
    settled()
    assert reason(again).toPlainText() == ""
    assert not again._form.dirty and not again.findChild(Drafts).isVisible()
    assert kept(record, agreement) is None


def test_a_window_that_is_locked_or_closed_keeps_what_its_dialogs_hold(
    window: Window, settled: Settled, desk: Desk, record: Record, agreement: UUID
) -> None:
    shown = window("fr")
    desk.open("agreements", agreement)
    settled()
    reason(status_dialog(shown, settled)).setPlainText(WHY)
    shown.keep_drafts()
    settled()
    assert kept(record, agreement)["reason"] == WHY
    (dialog,) = (each for each in shown.findChildren(FormDialog) if each.isVisible())
    reason(dialog).setPlainText(WHY + " à Bunia")
    shown.close()
    settled()
    assert kept(record, agreement)["reason"] == WHY + " à Bunia"


@pytest.mark.parametrize("end", ["saved", "discarded", "emptied"])
def test_a_draft_is_forgotten_once_nothing_of_it_is_unsaved(
    window: Window, settled: Settled, desk: Desk, record: Record, agreement: UUID, end: str, monkeypatch
) -> None:
    shown = window("fr")
    desk.open("agreements", agreement)
    settled()
    dialog = status_dialog(shown, settled)
    reason(dialog).setPlainText(WHY)
    dialog._form.paused.emit()
    settled()
    assert kept(record, agreement) is not None
    if end == "saved":
        dialog._save()
    elif end == "discarded":
        monkeypatch.setattr(form_dialog, "ask_leave", lambda _parent, **_how: Leave.DISCARD)
        dialog.reject()
    else:
        reason(dialog).setPlainText("")
        dialog.reject()
    settled()
    assert kept(record, agreement) is None


def test_leaving_a_dialog_that_does_more_than_save_never_does_it(qtbot, speak, monkeypatch) -> None:
    speak("en")
    asked: list[LeaveDialog] = []
    monkeypatch.setattr(LeaveDialog, "exec", lambda dialog: asked.append(dialog))
    for verb in ("", "Erase"):
        form = Form()
        form.add("why", Field("Why", Kind.TEXT), TextEdit())
        dialog = FormDialog("Erase", form, lambda *_asked: None, None, verb)
        qtbot.addWidget(dialog)
        form._bound[0].editor.setText("Asked for")
        dialog.reject()
    offered = [[each.text() for each in one.findChildren(QPushButton)] for one in asked]
    assert ["Save" in answers for answers in offered] == [True, False]
    assert [each.text() for each in asked[1].findChildren(QPushButton) if each.isDefault()] == ["Stay here"]


def test_the_draft_of_a_part_belongs_to_its_whole(
    window: Window, settled: Settled, desk: Desk, record: Record, agreement: UUID
) -> None:
    shown = window("fr")
    desk.open("agreements", agreement)
    settled()
    place = next(n for n, one in enumerate(shown.page.entry.related) if one.kind == "tranches")
    shown.page.tabs.go(shown.page._first_related + place)
    part = shown.page.tabs.part(shown.page._first_related + place)
    assert isinstance(part, RelatedPart)
    part.add()
    settled()
    dialog = shown.findChildren(FormDialog)[-1]
    dialog._form.editor(Tranche.planned_on).setText("5/3/2026")
    dialog.keep_draft()
    settled()
    assert record.read(draft_of, record.person, "tranches agreement_id", agreement)["planned_on"] == "5/3/2026"
    assert record.read(draft_of, record.person, "tranches agreement_id", None) is None


def test_no_draft_of_a_dialog_holds_what_will_be_sealed(
    window: Window, settled: Settled, desk: Desk, record: Record
) -> None:
    partner = record.read(organisations_like, "Femmes Debout")[0][0]
    shown = window("fr")
    desk.open("partners", partner)
    settled()
    part = RelatedPart(desk, next(one for one in shown.page.entry.related if one.kind == "confidential-notes"))
    part.setParent(shown.page)
    part.show_of(partner, "")
    part.add()
    settled()
    dialog = part.findChildren(FormDialog)[-1]
    dialog._form.editor(ConfidentialNote.body).setPlainText("Rien de tel")
    dialog._form.editor(ConfidentialNote.written_on).show_value(date(2026, 1, 5))
    dialog._form.edited.emit()
    dialog.keep_draft()
    settled()
    found = record.read(draft_of, record.person, "confidential-notes organisation_id", partner)
    assert found is not None and "Rien de tel" not in str(found)


def test_what_is_typed_in_the_dialogs_without_a_page_comes_back(
    desk: Desk, record: Record, settled: Settled, qtbot: Any
) -> None:
    """Edit together and merge: a kill, and the same dialog again."""
    partners = [id for id, _name in record.read(organisations_like, "")][:2]
    both = record.read(values_of, Organisation, *partners)

    def bulk() -> FormDialog:
        return bulk_dialog(desk, Organisation, partners, None)

    def merging() -> FormDialog:
        return MergeDialog(desk, ORGANISATIONS, (partners[0], partners[1]), both, None)

    def typed(dialog: FormDialog) -> None:
        if isinstance(dialog, MergeDialog):
            dialog.form.choose("name", 1)
        else:
            dialog._form.choose("website").editor(Organisation.website).setText("https://essai.example")

    def kept(dialog: FormDialog) -> Any:
        return dialog.form.values()["name"] if isinstance(dialog, MergeDialog) else dialog._form.values()

    for make, what in ((bulk, {"website": "https://essai.example"}), (merging, partners[1])):
        first = make()
        qtbot.addWidget(first)
        settled()
        typed(first)
        first.keep_draft()
        settled()
        second = make()
        qtbot.addWidget(second)
        settled()
        assert kept(second) == what and second._form.dirty
        second._form.load_state()
        second.reject()
        first._form.load_state()


def test_the_name_of_a_list_typed_for_a_screening_comes_back_and_goes_when_it_is_closed(
    desk: Desk, settled: Settled, qtbot: Any
) -> None:
    for stands in ("ONU, liste de mars", None):
        dialog = ScreeningDialog(desk, None, None)
        qtbot.addWidget(dialog)
        settled()
        name = dialog._form.editor(Screening.list)
        if stands:
            name.setText(stands)
            dialog.keep_draft()
        else:
            assert name.text() == "ONU, liste de mars"
            dialog.accept()
        settled()
    assert desk.record.read(draft_of, desk.record.person, "screen", None) is None
