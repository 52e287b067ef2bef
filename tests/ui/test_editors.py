"""Every field has an editor, and every editor gives back the value it was shown."""

import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from db.commands.entries import add
from db.fields import Kind, fields_of
from db.models import Agreement, Organisation, Tranche
from db.queries.entries import blank, entries_like, entry_page
from db.queries.kinds import KINDS
from db.queries.organisations import organisations_like
from desktop.ui import language
from desktop.ui.desk import Desk
from desktop.ui.forms.editors import CountEdit, DateEdit, DecimalEdit
from desktop.ui.forms.form import Form
from desktop.ui.forms.links import LinkEdit, UnknownName, entry_link
from desktop.ui.language import words

_A_VALUE: dict[Kind, Any] = {
    Kind.TEXT: "Centre d’écoute",
    Kind.LONG_TEXT: "Une ligne\net une autre",
    Kind.DATE: date(2026, 2, 28),
    Kind.COUNT: 1234567,
    Kind.INTEGER: 12,
    Kind.MONEY: 1234567,
    Kind.CURRENCY: "CDF",
    Kind.YES_NO: False,
    Kind.LINK: (UUID(int=5), "Ligue inventée"),
    Kind.CODE: "AB-1/2",
    Kind.LANGUAGE: "sw",
    Kind.COUNTRY: "CD",
    Kind.DECIMAL: Decimal("7.125"),
}


@pytest.mark.parametrize("spoken", ["fr", "ar"])
def test_every_field_of_every_kind_gives_back_what_it_was_shown(desk: Desk, qtbot, spoken: str) -> None:
    language.switch(spoken)
    for entity in {kind.entity for kind in KINDS.values()}:
        typed = {key: each for key, each in fields_of(entity).items() if each.kind in {*_A_VALUE, Kind.CHOICE}}
        form = Form()
        qtbot.addWidget(form)
        form.fields(desk, *(getattr(entity, key) for key in typed))
        given = {
            key: each.choices[-1][0] if each.kind == Kind.CHOICE else _A_VALUE[each.kind] for key, each in typed.items()
        }
        form.load(given)
        assert not form.dirty
        read = form.values()
        assert read == {key: value[0] if isinstance(value, tuple) else value for key, value in given.items()}


def test_a_form_left_empty_gives_what_the_record_keeps_by_itself(desk: Desk, qtbot) -> None:
    form = Form()
    qtbot.addWidget(form)
    form.fields(desk, Agreement.title, Agreement.type, Agreement.designed_together)
    form.load(blank(Agreement))
    form.editor(Agreement.title).show_value("Accord")
    assert form.values() == {"title": "Accord", "type": "project", "designed_together": None}


@pytest.mark.parametrize(
    ("currency", "typed", "kept"), [("USD", "12,5", 1250), ("XAF", "12", 12), ("TND", "1,5", 1500)]
)
def test_an_amount_is_read_in_the_currency_beside_it(desk: Desk, qtbot, currency: str, typed: str, kept: int) -> None:
    form = Form()
    qtbot.addWidget(form)
    form.fields(desk, Tranche.paid_amount, Tranche.currency)
    form.load({"currency": currency})
    form.editor(Tranche.paid_amount).setText(typed)
    read = form.values()
    assert read is not None
    assert read["paid_amount"] == kept


@pytest.mark.parametrize(("currency", "typed"), [("XAF", "12,5"), ("USD", "1,234"), (None, "12"), ("USD", "douze")])
def test_an_amount_that_cannot_be_is_refused_beside_its_field(
    desk: Desk, qtbot, currency: str | None, typed: str
) -> None:
    form = Form()
    qtbot.addWidget(form)
    form.fields(desk, Agreement.amount, Agreement.currency)
    form.load({"currency": currency})
    form.editor(Agreement.amount).setText(typed)
    assert form.values() is None
    assert form._bound[0].note.text()


def test_a_thing_of_any_kind_is_found_and_read_with_the_names_of_its_links(desk: Desk) -> None:
    partner, name = desk.record.read(organisations_like, "Femmes Debout")[0]
    id = desk.record.write(add, Agreement, {"title": "Écoute à Kasoro", "partner_id": partner, "reference": "AC-7"})
    assert desk.record.read(entries_like, "agreement", "ecoute") == ((id, "Écoute à Kasoro"),)
    assert desk.record.read(entries_like, "agreement", "rien de tel") == ()
    tranche = {"agreement_id": id, "number": 1, "currency": "USD"}
    desk.record.write(add, Tranche, tranche)
    page = desk.record.read(entry_page, Agreement, id, ((Tranche, "agreement_id"),))
    assert page.values["partner_id"] == (partner, name)
    assert page.title == "Écoute à Kasoro"
    assert page.counts == (1,)


def test_two_of_one_name_are_told_apart_by_pointing_at_one(desk: Desk, qtbot, settled) -> None:
    partner = desk.record.read(organisations_like, "Femmes Debout")[0][0]
    ids = [
        desk.record.write(add, Agreement, {"title": "Appui", "partner_id": partner}),
        desk.record.write(add, Agreement, {"title": "Appui", "partner_id": partner}),
    ]
    link = entry_link(desk, "agreement")
    qtbot.addWidget(link)
    link.show()
    QTest.keyClicks(link, "Appui")
    qtbot.waitUntil(lambda: link.completer().model().rowCount() == 2)
    with pytest.raises(UnknownName):
        link.value("Agreement")
    popup = link.completer().popup()
    link.completer().activated[QModelIndex].emit(link.completer().completionModel().index(1, 0))
    popup.hide()
    assert link.value("Agreement") == ids[1]


def test_a_part_is_called_with_what_it_is_a_part_of(desk: Desk) -> None:
    partner = desk.record.read(organisations_like, "Femmes Debout")[0][0]
    id = desk.record.write(add, Agreement, {"title": "Appui", "partner_id": partner})
    desk.record.write(add, Tranche, {"agreement_id": id, "number": 2, "currency": "USD"})
    assert [name for _id, name in desk.record.read(entries_like, "tranche", "2")] == ["2 · Appui"]


def test_what_fits_several_countries_is_asked_about_and_never_chosen_silently(desk: Desk, qtbot) -> None:
    language.switch("fr")
    form = Form()
    qtbot.addWidget(form)
    form.fields(desk, Organisation.country, Organisation.name)
    form.load({"name": "Ligue"})
    form.show()
    country, beside = form.editor(Organisation.country), form._bound[0].warning
    country.setFocus()
    QTest.keyClicks(country.lineEdit(), "Congo")
    form.editor(Organisation.name).setFocus()
    country.lineEdit().editingFinished.emit()
    assert "Congo" in beside.text() and "République démocratique du Congo" in beside.text()
    assert form.values() is None
    kept = form.draft()
    form.load({"name": "Ligue"})
    form.restore(kept)
    country.lineEdit().clear()
    QTest.keyClicks(country.lineEdit(), "republique democratique")
    country.lineEdit().editingFinished.emit()
    assert (form.values() or {})["country"] == "CD" and not beside.text()
    country.lineEdit().clear()
    QTest.keyClicks(country.lineEdit(), "xyz")
    assert form.values() is None
    country.lineEdit().clear()
    country.lineEdit().textEdited.emit("")
    assert (form.values() or {"country": "?"})["country"] is None


def test_figures_stand_where_the_readers_lines_begin_and_in_their_order_while_they_are_typed(speak, qtbot) -> None:
    for spoken, side in (("fr", Qt.AlignmentFlag.AlignLeft), ("ar", Qt.AlignmentFlag.AlignRight)):
        speak(spoken)
        for editor, shown in ((DateEdit(), date(2026, 11, 22)), (CountEdit(), 12345), (DecimalEdit(), Decimal("-1.5"))):
            qtbot.addWidget(editor)
            editor.show_value(shown)
            assert editor.alignment() == side | Qt.AlignmentFlag.AlignAbsolute
            assert not any(unicodedata.category(letter) == "Cf" for letter in editor.text())
            assert editor.value("") == shown
        today = words().date(date.today(), "short")
        assert len(DateEdit().placeholderText()) > len(today) + 4, "a bare day looks like one that was typed"


def test_down_lists_what_a_link_can_point_at_for_who_does_not_know_the_names(qtbot) -> None:
    asked: list[str] = []

    def search(typed: str, then: Callable[[Any], object], _owner: QWidget) -> None:
        asked.append(typed)
        then([(1, "Coopération d’essai"), (2, "Fonds d’essai")])

    link = LinkEdit(search)
    qtbot.addWidget(link)
    link.show()
    qtbot.waitUntil(link.isVisible)
    link.setFocus()
    qtbot.waitUntil(link.hasFocus, timeout=1000)
    qtbot.keyClick(link, Qt.Key.Key_Down)
    listed = link.completer().popup()
    assert asked == [""] and listed.isVisible() and listed.model().rowCount() == 2
    qtbot.keyClick(listed, Qt.Key.Key_Down)
    qtbot.keyClick(listed, Qt.Key.Key_Return)
    assert (link.text(), link.value("Donor")) == ("Coopération d’essai", 1)
