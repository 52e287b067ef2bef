"""Two that are one, and somebody on a list: seen in the window, decided by a person."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QPushButton, QRadioButton, QWidget
from sqlalchemy import select

from db.commands.entries import add
from db.commands.organisations import add_organisation
from db.commands.places import add_place
from db.models import Contact, Issued, NotSame, Organisation, OrganisationName, Place, Screening
from db.queries.documents import documents_of
from db.queries.duplicate_places import duplicate_places
from db.queries.duplicates import duplicates
from db.queries.scope import Scope
from db.record import Record
from desktop.exporting import export_partner_sheet
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.dialogs.held import tell
from desktop.ui.dialogs.merge import ORGANISATIONS, PLACES, DuplicatesDialog, MergeDialog, merge_with, values_of
from desktop.ui.dialogs.partner_sheet import SheetDialog
from desktop.ui.dialogs.saving import WrittenDialog
from desktop.ui.dialogs.screening import ScreeningDialog
from desktop.ui.forms.editors import LinkEdit
from desktop.ui.language import _
from desktop.ui.main_window import MainWindow
from tests.builders import new_record
from tests.intake.test_sanctions import individual, write_list
from tests.ui.audit import lost_by_keyboard, unnamed

Settled = Callable[[], None]


def live(record: Record, entity: type[Any], *keys: str) -> list[tuple[Any, ...]]:
    columns = [getattr(entity, key) for key in keys]
    return record.read(
        lambda session: [tuple(row) for row in session.execute(select(*columns).where(entity.removed_at.is_(None)))]
    )


def answers_about(dialog: QWidget, words: str) -> list[QPushButton]:
    """The answers on the card that holds these words."""
    (card,) = [
        each
        for each in dialog.findChildren(QFrame)
        if each.property("is") == "card" and any(words in label.text() for label in each.findChildren(QLabel))
    ]
    return card.findChildren(QPushButton)


@pytest.fixture
def pair(record: Record) -> tuple[UUID, UUID]:
    first = record.write(add_organisation, {"name": "Essai & sœurs", "acronym": "ES"})
    return first, record.write(add_organisation, {"name": "ESSAI & SOEURS", "website": "https://essai.example"})


def test_an_organisation_is_not_offered_itself_and_the_first_step_says_that_another_follows(
    desk: Desk, pair: tuple[UUID, UUID], window: Callable[..., MainWindow], settled: Settled
) -> None:
    over = window("fr")
    merge_with(ORGANISATIONS, desk, pair[0], over)
    settled()
    (asked,) = over.findChildren(FormDialog)
    edit = asked.findChild(LinkEdit)
    edit.setText("essai")
    edit._pause.timeout.emit()
    settled()
    assert [edit._names.item(place).data(Qt.ItemDataRole.UserRole) for place in range(edit._names.rowCount())] == [
        pair[1]
    ]
    assert _("Go on") in [each.text() for each in asked.findChildren(QPushButton)]
    asked.done(0)
    settled()


def test_a_person_says_field_by_field_whose_value_stays(
    record: Record, desk: Desk, pair: tuple[UUID, UUID], qtbot: Any, settled: Settled
) -> None:
    dialog = MergeDialog(desk, ORGANISATIONS, pair, record.read(values_of, Organisation, *pair), None)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    assert dialog.form.values()["website"] == pair[1] and dialog.form.values()["acronym"] == pair[0]
    assert "country" not in dialog.form.values()
    assert not unnamed(dialog) and not lost_by_keyboard(dialog)
    dialog.form.choose("name", 1)
    assert any("ESSAI && SOEURS" in each.text() for each in dialog.findChildren(QRadioButton))
    dialog._save()
    settled()
    assert ("ESSAI & SOEURS", "ES", "https://essai.example") in live(record, Organisation, "name", "acronym", "website")
    assert ("Essai & sœurs",) in live(record, OrganisationName, "name")


def test_pairs_are_merged_or_told_apart_from_one_list(
    record: Record, desk: Desk, pair: tuple[UUID, UUID], qtbot: Any, settled: Settled
) -> None:
    dialog = DuplicatesDialog(desk, ORGANISATIONS, None)
    qtbot.addWidget(dialog)
    dialog.show()
    settled()
    assert len(record.read(duplicates)) == 1
    answers_about(dialog, "Essai & sœurs")[1].click()
    settled()
    assert len(live(record, NotSame, "id")) == 1
    assert record.read(duplicates) == ()


def test_places_are_merged_in_the_same_way(record: Record, desk: Desk, qtbot: Any, settled: Settled) -> None:
    kept, gone = (
        record.write(add_place, {"name": name, "kind": "site", "country": "CD", **more})
        for name, more in (("Camp d'essai", {}), ("CAMP D'ESSAI", {"pcode": "ZZ77"}))
    )
    inside = record.write(add_place, {"name": "Bloc un", "kind": "site", "parent_id": gone})
    dialog = DuplicatesDialog(desk, PLACES, None)
    qtbot.addWidget(dialog)
    dialog.show()
    settled()
    answers_about(dialog, "Camp d'essai")[0].click()
    settled()
    (merging,) = dialog.findChildren(MergeDialog)
    shown = [each.text() for kind in (QLabel, QPushButton, QRadioButton) for each in merging.findChildren(kind)]
    assert merging.form.values()["pcode"] == gone
    assert sum("Annuler" in text for text in shown) == 1, shown
    merging._save()
    settled()
    assert (kept, "Camp d'essai", "ZZ77") in live(record, Place, "id", "name", "pcode")
    assert (inside, kept) in live(record, Place, "id", "parent_id") and gone not in dict(
        live(record, Place, "id", "name")
    )
    assert not record.read(duplicate_places)


def test_a_place_that_looks_like_one_held_is_asked_about_once(
    record: Record, window: Callable[..., MainWindow], settled: Settled, desk: Desk
) -> None:
    record.write(add_place, {"name": "Camp d'essai", "kind": "site", "country": "CD"})
    shown = window()
    shown.go("places/one")
    settled()
    page = shown.page
    page.form.editor(Place.name).setText("CAMP D'ESSAI")
    page.form.editor(Place.kind).show_value("site")
    page.form.editor(Place.level).setText("3")
    for expected in (1, 2):
        page.save()
        settled()
        settled()
        assert len([row for row in live(record, Place, "name") if row[0].casefold() == "camp d'essai"]) == expected


def test_likenesses_are_judged_one_by_one_and_the_rest_is_kept_at_once(
    record: Record, desk: Desk, qtbot: Any, settled: Settled, tmp_path: Path
) -> None:
    partner = record.write(add_organisation, {"name": "Partenaire d'essai"})
    for name in ("Mohamed Kadri", "Zéphyrin Mukomoko"):
        record.write(add, Contact, {"organisation_id": partner, "name": name})
    listed = write_list(
        tmp_path / "liste.xml",
        individual("XXi.001", "MUHAMMAD", "AL-QADIRI") + individual("XXi.002", "ZEPHYRIN", "MUKOMOKO"),
    )
    dialog = ScreeningDialog(desk, partner, None)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.take(listed)
    settled()
    settled()
    assert live(record, Screening, "result", "reference") == [("none", None)]
    (_not_the_same, match), (other, _match) = (answers_about(dialog, entry) for entry in ("XXi.001", "XXi.002"))
    match.click()
    other.click()
    settled()
    assert sorted(live(record, Screening, "result", "reference"), key=str) == [
        ("dismissed", None),
        ("match", "XXi.001"),
        ("none", None),
    ]


def test_what_is_no_list_is_said_in_words(
    record: Record, desk: Desk, qtbot: Any, settled: Settled, tmp_path: Path
) -> None:
    path = tmp_path / "liste.xml"
    path.write_text("<html/>", "utf-8")
    dialog = ScreeningDialog(desk, None, None)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.take(path)
    settled()
    settled()
    assert "liste.xml" in dialog._note.text()
    assert not live(record, Screening, "id")


def test_another_offices_sheet_is_looked_at_before_it_is_taken_in(
    record: Record, desk: Desk, qtbot: Any, settled: Settled, tmp_path: Path
) -> None:
    other, _code = new_record(tmp_path / "autre.jalon")
    theirs = other.write(
        add_organisation, {"name": "Élan d'essai", "acronym": "EE", "website": "https://essai.example"}
    )
    export_partner_sheet(other, theirs, tmp_path / "fiche.json")
    other._let_go()
    ours = record.write(add_organisation, {"name": "ELAN D'ESSAI", "acronym": "ELE"})
    dialog = SheetDialog(desk, tmp_path / "fiche.json", None)
    dialog.show()
    settled()
    settled()
    boxes = {box.text(): box for box in dialog.findChildren(QCheckBox)}
    assert len(boxes) == 2  # the name and the acronym; the website is empty here
    next(box for said, box in boxes.items() if "EE" in said).click()
    dialog.take()
    settled()
    assert (ours, "EE", "https://essai.example") in live(record, Organisation, "id", "acronym", "website")
    assert not [name for (name,) in live(record, Organisation, "name") if name == "Élan d'essai"]


def test_a_file_that_is_no_sheet_is_refused_in_words(desk: Desk, qtbot: Any, settled: Settled, tmp_path: Path) -> None:
    path = tmp_path / "fiche.json"
    path.write_text("[]", "utf-8")
    dialog = SheetDialog(desk, path, None)
    qtbot.addWidget(dialog)
    dialog.show()
    settled()
    assert "fiche.json" in dialog._note.text() and not dialog._take.isEnabled()


def test_a_partner_is_told_what_is_held_about_it(
    record: Record, desk: Desk, qtbot: Any, settled: Settled, tmp_path: Path
) -> None:
    partner = record.write(add_organisation, {"name": "Élan d'essai"})
    owner = QWidget()
    qtbot.addWidget(owner)
    tell(desk, Scope(partner=partner), tmp_path / "held.docx", owner)
    for _step in range(3):
        settled()
    assert (tmp_path / "held.docx").read_bytes()[:2] == b"PK"
    kept = record.read(lambda session: session.scalars(select(Issued.name)).all())
    assert kept == ["held"]
    (written,) = owner.findChildren(WrittenDialog)
    written.keep()
    settled()
    assert [each.file for each in record.read(documents_of, partner)] == ["held.docx"]
