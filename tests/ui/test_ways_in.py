"""Ways into a record, as people see them: who has which, the office key, codes on a page, what is left."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from sqlalchemy import select

from db import keys
from db.commands.people import give_office_key
from db.errors import WrongPassphrase
from db.escrow import new_office_key, public_half, unlock
from db.models import Person
from db.queries.names import office_id
from db.record import Record
from desktop.reports.recovery_page import CodeOf
from desktop.ui.desk import Desk
from desktop.ui.dialogs.code import CodeDialog
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.dialogs.other_ways import OtherWays
from desktop.ui.dialogs.restoring import RestoreDialog
from desktop.ui.dialogs.ways import WaysDialog, let_keyring
from desktop.ui.entrance import Entrance
from desktop.ui.errors import sentence
from tests.builders import CHEAP, PASSPHRASE
from tests.ui.conftest import copy_record

OFFICES = "la clé du bureau"


@pytest.fixture
def ways(desk: Desk, speak: Callable[[str], None], settled: Callable[[], None], qtbot) -> WaysDialog:
    speak("en")
    desk.practice = False  # or nobody asks who it is
    shown = WaysDialog(desk, None)
    shown.show()
    settled()
    yield shown
    shown.close()


def said(shown: WaysDialog) -> str:
    return "\n".join(label.text() for label in shown.findChildren(QLabel))


def answer(shown: WaysDialog, settled: Callable[[], None], **values: object) -> FormDialog:
    """Fill in the dialog that is open and let it do what it is for."""
    dialog = [one for one in shown.findChildren(FormDialog) if one.isVisible()][-1]
    for bound in dialog._form._bound:
        if bound.key in values:
            bound.editor.show_value(values[bound.key])
    dialog._save()
    settled()
    return dialog


def test_an_office_key_is_made_its_code_is_shown_and_it_is_let_in(
    ways: WaysDialog, record: Record, settled: Callable[[], None], tmp_path: Path
) -> None:
    assert "passphrase and recovery code" in said(ways)
    file = tmp_path / "bureau.jalonkey"
    ways.make(tmp_path / "bureau")
    answer(ways, settled, passphrase=OFFICES, again="autre chose")
    assert not file.exists()
    answer(ways, settled, passphrase=OFFICES, again=OFFICES)
    (code,) = (one for one in ways.findChildren(CodeDialog) if one.isVisible())
    code.accept()
    ways.take(file)
    answer(ways, settled, name="Clé d'Ituri", reads=True, present="pas celle-là")
    assert "Clé d'Ituri" not in said(ways)
    answer(ways, settled, name="Clé d'Ituri", reads=True, present=PASSPHRASE)
    settled()
    assert "Clé d'Ituri" in said(ways)
    assert unlock(record.path, file, OFFICES).sealing == record.key.sealing
    ways.take(keys.keys_path(record.path))
    assert "is no office key" in said(ways)


def test_one_s_own_passphrase_is_changed_and_the_record_has_a_new_key(
    ways: WaysDialog, record: Record, settled: Callable[[], None]
) -> None:
    before = record.key
    ways._change()
    new = {"passphrase": "une toute nouvelle phrase", "again": "une toute nouvelle phrase"}
    answer(ways, settled, **new, present="une toute nouvelle phrase")
    keys.unlock(record.path, PASSPHRASE)
    answer(ways, settled, **new, present=PASSPHRASE)
    assert record.key == before and "was changed" in ways._note.text()
    with pytest.raises(WrongPassphrase):
        keys.unlock(record.path, PASSPHRASE)
    ways._renew()
    answer(ways, settled, present="une toute nouvelle phrase")
    (code,) = (one for one in ways.findChildren(CodeDialog) if one.isVisible())
    assert keys.unlock(record.path, code._code) == before
    code.accept()
    ways._rekey()
    answer(ways, settled)
    settled()
    assert record.key.raw != before.raw
    assert keys.unlock(record.path, "une toute nouvelle phrase") == record.key


def test_somebody_new_is_added_and_gets_a_passphrase_without_leaving_the_dialog(
    ways: WaysDialog, record: Record, settled: Callable[[], None]
) -> None:
    next(one for one in ways.findChildren(QPushButton) if "Another person" in one.text()).click()
    for both in ({}, {"known": (record.person, "Amani"), "new": "Furaha Essai"}):
        asked = answer(ways, settled, **both)
        assert "one of the two" in "".join(label.text() for label in asked.findChildren(QLabel))
    answer(ways, settled, known=None, new="Furaha Essai")
    answer(ways, settled, passphrase="une phrase à elle", again="une phrase à elle", present=PASSPHRASE)
    (code,) = (one for one in ways.findChildren(CodeDialog) if one.isVisible())
    code.accept()
    settled()
    openers = [ways._openers.itemAt(place).widget() for place in range(ways._openers.count())]
    assert "Furaha Essai" in "".join(label.text() for each in openers if each for label in each.findChildren(QLabel))
    assert keys.unlock(record.path, "une phrase à elle").raw == record.key.raw
    office = record.read(office_id)
    assert set(record.read(lambda session: session.scalars(select(Person.office_id)).all())) == {office}


def test_the_keyring_gets_the_key_only_from_whoever_knows_the_passphrase(
    ways: WaysDialog, settled: Callable[[], None]
) -> None:
    kept: list[bool] = []
    let_keyring(ways._desk, ways, lambda: not kept.append(True), lambda _done: None)
    answer(ways, settled, present="pas celle-là")
    assert not kept
    answer(ways, settled, present=PASSPHRASE)
    assert kept


def test_a_recovery_code_says_whose_it_is_and_has_a_page_to_print(
    desk: Desk, settled: Callable[[], None], tmp_path: Path, qtbot
) -> None:
    dialog = CodeDialog("GZ0D-CZ6E", None, CodeOf("Furaha Essai", "Bureau d'Ituri", "ituri.jalon"), desk.tasks)
    qtbot.addWidget(dialog)
    assert any("Furaha Essai" in label.text() for label in dialog.findChildren(QLabel))
    page = tmp_path / "stick" / "code.pdf"
    page.parent.mkdir()
    dialog.write(desk.record.path.with_name("code.pdf"))
    settled()
    assert dialog._note.property("is") == "error", "beside the record it would open it"
    assert not desk.record.path.with_name("code.pdf").exists()
    dialog.write(page)
    settled()
    assert page.read_bytes().startswith(b"%PDF")
    assert "code.pdf" in dialog._note.text()
    assert [each.name for each in page.parent.iterdir()] == ["code.pdf"]
    dialog.write(tmp_path / "nowhere" / "code.pdf")
    settled()
    assert dialog._note.property("is") == "error"


@pytest.fixture
def entrance(desk: Desk, filled: Path, tmp_path: Path, speak: Callable[[str], None], qtbot) -> Entrance:
    """The way into a record of one's own that does not stand open, and an office key that opens it."""
    (tmp_path / "autre").mkdir()
    copy_record(filled, tmp_path / "autre")
    path = tmp_path / "autre" / filled.name
    public, _code = new_office_key(tmp_path / "bureau.jalonkey", OFFICES, CHEAP)
    with Record.open(path, PASSPHRASE) as record:
        give_office_key(record, public_half(public), "Clé du bureau")
    speak("en")
    made = Entrance(desk.tasks, lambda error: sentence(error) or "")
    made.ask(path)
    yield made
    made.leave()


def others(entrance: Entrance) -> OtherWays:
    next(one for one in entrance.window.findChildren(QPushButton) if "Other ways" in one.text()).click()
    (shown,) = (one for one in entrance.window.findChildren(OtherWays) if one.isVisible())
    return shown


def test_a_record_that_does_not_open_offers_what_is_left_in_order(entrance: Entrance) -> None:
    offered = [one.text() for one in others(entrance).findChildren(QPushButton) if one.isVisible()]
    order = ("again", "recovery", "office", "copy", "Salvage")
    places = [next(at for at, each in enumerate(offered) if word in each) for word in order]
    assert places == sorted(places)


def test_the_office_key_opens_the_record_from_there(
    entrance: Entrance, settled: Callable[[], None], tmp_path: Path, qtbot
) -> None:
    opened: list[object] = []
    entrance.opened.connect(opened.append)
    for secret, enough in (("pas celle-là", 0), (OFFICES, 1)):
        shown = others(entrance)
        shown.take(tmp_path / "bureau.jalonkey")
        shown.findChild(QLineEdit).setText(secret)
        shown._by_office()
        settled()
        assert len(opened) == enough
    opened[0].record.close()


def test_the_code_is_typed_where_it_can_be_seen_and_copies_are_one_step_away(
    entrance: Entrance, settled: Callable[[], None]
) -> None:
    others(entrance)._by_code()
    assert entrance.window._phrase.echoMode() is QLineEdit.EchoMode.Normal
    others(entrance)._by_copy()
    settled()
    (shown,) = entrance.window.findChildren(RestoreDialog)
    shown.reject()
