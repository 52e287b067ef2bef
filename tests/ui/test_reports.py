"""A report made in the window leaves, is kept in the register, and its writer is told of what earlier files forbid."""

import hashlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pypdfium2
from PySide6.QtWidgets import QFileDialog, QLabel

from db.commands.activities import Around, add_activity
from db.queries.documents import documents_of
from db.queries.issued import issued_file
from db.queries.names import office_id
from db.queries.released import Reader, earlier
from desktop.guard.released import Notes
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.pages.register import COLUMNS, RegisterPage, told_of
from desktop.ui.pages.reports import QuickReportPage
from desktop.ui.parts import Note


def ask(page: QuickReportPage, settled: Callable[[], None]) -> FormDialog:
    """Order the overview for donors; the dialog that shows it before it leaves."""
    page.form.load({"report": "protection-overview", "language": "en", "form": "text", "audience": "donor"})
    page.save()
    settled()
    return next(dialog for dialog in page.findChildren(FormDialog) if dialog.isVisible())


def test_the_writer_is_told_what_files_that_left_before_forbid(
    desk: Desk, speak: Callable[[str], None], settled: Callable[[], None], tmp_path: Path, monkeypatch
) -> None:
    speak("en")
    page = QuickReportPage(desk)
    files = iter(("first.txt", "second.txt"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(tmp_path / next(files)), ""))
    ask(page, settled)._save()
    settled()
    assert len(desk.record.read(earlier, Reader("donor")).files) == 1
    assert "left earlier" not in page._note.text()
    for _click in range(2):
        page._keep.click()
    settled()
    office = desk.record.read(office_id)
    assert [kept.file for kept in desk.record.read(documents_of, office)] == ["first.txt"], "kept once"
    values = {"title": "Trois personnes de plus", "sector": "PRO-GBV"}
    desk.record.write(add_activity, values, Around("own", None, 3))
    ask(page, settled)._save()
    settled()
    assert "left earlier: Protection overview" in page._note.text()
    assert page._note.property("is") == "warning"
    page.close()


def test_a_report_about_one_donor_asks_for_it_beside_its_field(
    desk: Desk, speak: Callable[[str], None], settled: Callable[[], None]
) -> None:
    speak("en")
    page = QuickReportPage(desk)
    page.form.load({"report": "donor-briefing", "language": "en", "form": "text", "audience": "donor"})
    page.save()
    settled()
    said = [note.text() for note in page.form.findChildren(Note) if not note.isHidden()]
    assert said == ["Choose “Donor”: this report is about one."] and page._note.isHidden()
    page.close()


def test_what_leaves_is_shown_first_and_the_register_says_to_whom_and_why(
    desk: Desk, speak: Callable[[str], None], settled: Callable[[], None], tmp_path: Path, monkeypatch
) -> None:
    speak("en")
    page, out, proposed = QuickReportPage(desk), tmp_path / "left.txt", list[str]()

    def choose(_over: object, _title: str, start: str, _kind: str) -> tuple[str, str]:
        proposed.append(Path(start).name)
        return str(out), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    dialog = ask(page, settled)
    assert not out.exists()
    assert any("For donors" in label.text() for label in dialog.findChildren(QLabel))
    for key, said in (("recipient", "Focal point of the fund"), ("purpose", "Half-year figures")):
        next(bound.editor for bound in dialog._form._bound if bound.key == key).setText(said)
    dialog._save()
    settled()
    assert out.exists() and proposed == ["Protection overview-en.txt"]
    register = RegisterPage(desk)
    register.reload()
    settled()
    (row,) = register.list.list.rows
    shown = [column.text(row) for column in COLUMNS]
    assert "Focal point of the fund" in " ".join(shown) and "Half-year figures" in " ".join(shown)
    full = desk.record.read(issued_file, row.id)
    assert full.behind and any(full.file.digest in line for line in told_of(full))
    assert hashlib.sha256(out.read_bytes()).hexdigest() == full.file.digest
    for each in (page, register):
        each.close()


def test_only_what_a_kind_of_report_heeds_is_asked_and_passed_on(desk: Desk) -> None:
    page = QuickReportPage(desk)
    form = page.form
    form.load({"report": "localisation", "language": "fr", "form": "pdf", "audience": "internal", "stage": "spending"})
    form._follow_kind()
    asked = form.order().asked
    assert asked.stage == "spending" and asked.scope.place is None
    assert {bound.key for bound in form._bound if bound.around.isHidden()} >= {"place", "framework", "coarser"}
    page.close()


def test_a_report_made_at_once_leaves_in_several_languages_with_the_looks_that_are_asked_for(
    desk: Desk, speak: Callable[[str], None], settled: Callable[[], None], tmp_path: Path, monkeypatch
) -> None:
    speak("en")
    page = QuickReportPage(desk)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_asked: str(tmp_path))
    (tmp_path / "Calendrier des échéances-fr.pdf").write_bytes(b"somebody's own")
    looks = {"paper": "letter", "typography": "canada", "calendar": "persian"}
    order = {"report": "calendar", "language": "en", "languages": "fr, ar", "form": "pdf", "audience": "internal"}
    page.form.load(order | looks)
    asked = page.form.order().asked
    assert (asked.paper, asked.typography, asked.calendar) == ("letter", "canada", "persian")
    page.save()
    settled()
    (dialog,) = page.findChildren(FormDialog)
    dialog._save()
    settled()
    assert {path.name for path in tmp_path.glob("*.pdf")} >= {
        "Calendar of duties-en.pdf",
        "Calendrier des échéances-fr-2.pdf",
        "تقويم الاستحقاقات-ar.pdf",
    }
    assert (tmp_path / "Calendrier des échéances-fr.pdf").read_bytes() == b"somebody's own"
    with pypdfium2.PdfDocument(tmp_path / "تقويم الاستحقاقات-ar.pdf") as pages:
        assert [round(side) for side in pages[0].get_size()] == [612, 792]
    register = RegisterPage(desk)
    register.reload()
    settled()
    assert len(register.list.list.rows) == 3
    for each in (page, register):
        each.close()


def test_what_was_said_and_shown_of_one_report_goes_when_another_is_chosen(
    desk: Desk, settled: Callable[[], None], qtbot
) -> None:
    page = QuickReportPage(desk)
    qtbot.addWidget(page)
    page.form.load({"report": "protection-overview", "language": "fr", "form": "text"})
    shown: list[object] = []
    page._saved([Path("sorti.txt")], Notes())
    sheet, pages = BytesIO(), pypdfium2.PdfDocument.new()
    pages.new_page(200, 200)
    pages.save(sheet)
    page._preview.show_pdf(sheet.getvalue())
    page._make([page.form.order()], shown.append)
    kind = page.form._kind
    kind.setCurrentIndex(kind.findData("localisation"))
    settled()
    assert not page._note.text() and page._done.isHidden() and page._preview._document is None
    assert shown == [], "nor is what was under way of it"
