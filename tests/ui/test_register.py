"""The register in the window: files and opened texts in one list, saved as a file; copies outside can be removed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from db.commands.entries import add
from db.models import ConfidentialNote, Organisation
from db.queries.registered import register
from db.sealed import unseal
from desktop.exporting import export_raw
from desktop.ui.desk import Desk
from desktop.ui.dialogs.checking import check_record
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.dialogs.outside import OutsideDialog
from desktop.ui.dialogs.told import Told
from desktop.ui.pages.register import COLUMNS, RegisterPage
from tests.builders import PASSPHRASE


def fill(desk: Desk, folder: Path) -> None:
    """A text that was opened, and two files that left."""
    record = desk.record
    partner = record.write(add, Organisation, {"name": "Femmes debout"})
    values = {"organisation_id": partner, "written_on": date(2026, 5, 4), "body": "Une rumeur"}
    record.note(unseal, ConfidentialNote, record.write(add, ConfidentialNote, values), "body", "Avant la visite")
    for name in ("first.xlsx", "second.xlsx"):
        export_raw(record, ("partners",), "en", folder / name)


def test_files_and_opened_texts_stand_in_one_list_that_can_be_saved(
    desk: Desk, speak: Callable[[str], None], settled: Callable[[], None], tmp_path: Path, monkeypatch
) -> None:
    speak("en")
    fill(desk, tmp_path)
    page = RegisterPage(desk)
    page.reload()
    settled()
    shown = [" ".join(column.text(row) for column in COLUMNS) for row in page.list.list.rows]
    assert len(shown) == 3
    assert "Note" in shown[-1] and "Femmes debout" in shown[-1] and "Avant la visite" in shown[-1]
    page.finder.choose({"sort": "opened"})
    page.reload()
    settled()
    assert len(page.list.list.rows) == 1
    out, asked = tmp_path / "register.csv", list[tuple[object, ...]]()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *all: asked.append(all) or (str(out), ""))
    page.save()
    settled()
    assert Path(asked[0][2]).name == f"{page.heading.text()}.xlsx", "proposed under the name of the page"
    assert "Avant la visite" in out.read_text(encoding="utf-8-sig")
    assert desk.record.read(register)[0].name == "register"
    page.close()


def test_a_copy_outside_goes_when_asked_and_one_that_was_changed_stays(
    desk: Desk, speak: Callable[[str], None], settled: Callable[[], None], tmp_path: Path
) -> None:
    speak("en")
    fill(desk, tmp_path)
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    second.write_bytes(b"somebody worked on it")
    page = RegisterPage(desk)
    page.look_outside()
    settled()
    (dialog,) = page.findChildren(OutsideDialog)
    assert first.exists()
    dialog.remove()
    settled()
    assert not first.exists() and second.exists()
    page.look_outside()
    settled()
    assert "No file that Jalon wrote" in page._note.text()
    page.close()


def test_what_was_altered_past_jalon_is_said_on_the_page(
    desk: Desk, speak: Callable[[str], None], settled: Callable[[], None], tmp_path: Path
) -> None:
    speak("en")
    fill(desk, tmp_path)
    with desk.record.driver() as driver:
        driver.execute("DELETE FROM reading")
    page = RegisterPage(desk)
    page.reload()
    settled()
    assert "altered, taken away or slipped in" in page._note.text()
    page.close()


def test_why_files_leave_is_asked_once_until_the_record_is_locked(
    desk: Desk, speak: Callable[[str], None], settled: Callable[[], None], tmp_path: Path, monkeypatch
) -> None:
    speak("en")
    desk.record.lock()
    desk.record.unlock(PASSPHRASE)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(tmp_path / "register.csv"), ""))
    page = RegisterPage(desk)
    page.save()
    (dialog,) = page.findChildren(FormDialog)
    dialog._save()
    settled()
    assert not (tmp_path / "register.csv").exists(), "without a reason nothing leaves"
    next(bound.editor for bound in dialog._form._bound if bound.key == "purpose").setText("Contrôle annuel")
    dialog._save()
    settled()
    page.save()
    settled()
    left = [entry.purpose for entry in desk.record.read(register)]
    assert left == ["Contrôle annuel"] * 2
    page.close()


def test_the_window_names_what_was_altered(
    desk: Desk, speak: Callable[[str], None], settled: Callable[[], None], tmp_path: Path
) -> None:
    speak("en")
    page = RegisterPage(desk)
    check_record(desk, page)
    settled()
    (sound,) = page.findChildren(Told)
    assert "is sound" in sound._body
    fill(desk, tmp_path)
    with desk.record.driver() as driver:
        driver.execute("UPDATE change_set SET deed = 'x' WHERE row = 2")
        driver.execute("UPDATE reading SET reason = 'x'")
    check_record(desk, page)
    settled()
    (found,) = [one for one in page.findChildren(Told) if one is not sound]
    assert "Entry 2 of the history was altered" in found._body
    assert "was altered" in found._body.replace("Entry 2 of the history was altered", "")
    for each in (sound, found, page):
        each.close()
