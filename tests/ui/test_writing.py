"""A report written in the window: nothing typed is lost, the pages follow, and each step up to the sending is kept."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from db.commands.drafts import draft_of
from db.commands.entries import add
from db.commands.frozen_reports import mark_sent
from db.commands.report_templates import NotATemplate, save_template
from db.commands.reports import Arranged, arrange, replace_report, write_text
from db.deeds import deed
from db.errors import DiskFull
from db.models import Agreement, ReportTemplate, WrittenReport
from db.prose import data_of, plain
from db.queries.documents import content_of
from db.queries.entries import entries_like, entry_page
from db.queries.issued import issued_files
from db.queries.organisations import organisations_like
from db.queries.reports import written
from db.record import Record
from desktop.approving import approve
from desktop.beginning import begin
from desktop.deliver import Order, gather, make
from desktop.freezing import freeze
from desktop.reports.coarser import Proposal
from desktop.reports.standing import standing
from desktop.reports.template_file import read_template, template_file
from desktop.reports.written import asked_of
from desktop.ui.desk import At, Desk
from desktop.ui.dialogs.behind import BehindDialog
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.dialogs.freezing import FreezeDialog
from desktop.ui.dialogs.template_file import take_file
from desktop.ui.main_window import MainWindow
from desktop.ui.pages.reports import ReportsPage
from desktop.ui.pages.text_points import points_of_text
from desktop.ui.pages.versions import VersionsPart
from desktop.ui.pages.written import CHECKS, WrittenPage
from desktop.ui.tables.figures import FigureView
from i18n import Words

Window = Callable[..., MainWindow]
Settled = Callable[[], None]
APPROVED = {"name": "Aline Bahati", "function": "Cheffe de bureau", "on": date(2026, 7, 3)}


@pytest.fixture
def report(record: Record) -> UUID:
    asked = {"title": "Protection, premier semestre", "report": "protection-overview", "language": "fr"}
    return begin(record, asked | {"languages": "ar", "starts_on": date(2026, 1, 1), "ends_on": date(2026, 6, 30)})


@pytest.fixture
def opened(window: Window, settled: Settled, desk: Desk, report: UUID) -> WrittenPage:
    shown = window("fr")
    desk.open("reports", report)
    assert isinstance(shown.page, WrittenPage)
    writing = shown.page.writing
    assert writing is None or writing._sides.isHidden()  # no input looks empty while the record is read
    settled()
    assert not shown.page.writing._sides.isHidden() and shown.page.writing._reading.isHidden()
    return shown.page


def text_of(record: Record, report: UUID, part: str, language: str = "fr") -> str:
    section = next(one for one in record.read(written, report).sections if one.part == part)
    text = section.text(language)
    return " ".join(run.text for block in text.prose for run in block.runs) if text else ""


def test_typing_is_kept_as_a_draft_at_a_pause_and_as_one_deed_when_the_part_is_left(
    opened: WrittenPage, settled: Settled, record: Record, report: UUID
) -> None:
    writing = opened.writing
    first = writing.order.current.part.name
    QTest.keyClicks(writing.text.edit, "Le premier semestre")
    writing.text.edit.paused.emit()
    settled()
    draft = record.read(draft_of, record.person, f"reports/one {first} fr", report)
    assert draft == data_of(plain("Le premier semestre"))
    assert text_of(record, report, first) == ""
    writing.order.list.setCurrentRow(1)
    settled()
    assert text_of(record, report, first) == "Le premier semestre"
    assert not opened.form.dirty
    assert opened.form.editor(WrittenReport.title).text() == "Protection, premier semestre"
    assert record.read(draft_of, record.person, f"reports/one {first} fr", report) is None
    assert writing.text.edit.prose() == ()
    record.undo()
    settled()
    assert text_of(record, report, first) == ""


def test_a_draft_of_a_killed_window_comes_back_and_the_saved_text_is_one_undo_away(
    opened: WrittenPage, settled: Settled, desk: Desk, record: Record, report: UUID
) -> None:
    writing = opened.writing
    part = writing.order.current.part.name
    record.write(write_text, report, part, "fr", data_of(plain("Enregistré")), "original")
    settled()
    QTest.keyClicks(writing.text.edit, "Pas encore ")
    opened.keep_draft()
    settled()
    writing.text.edit.load_state()  # the window dies here
    writing.text._page = None
    desk.go("home")
    desk.open("reports", report)
    settled()
    assert writing.text.prose == plain("Pas encore Enregistré")
    assert writing.text.edit.dirty
    writing.text.edit.undo()
    assert writing.text.prose == plain("Enregistré")


def test_the_pages_follow_the_text_and_a_figure_opens_its_records(
    opened: WrittenPage, settled: Settled, qtbot, report: UUID
) -> None:
    writing = opened.writing
    writing._beside.setChecked(True)
    writing._show_pages()
    QTest.keyClicks(writing.text.edit, "Phrase de la page")
    writing.text.edit.paused.emit()
    settled()
    read = writing.pages.preview._document.get_page(writing.pages._printed.starts[writing._part])
    assert "Phrase de la page" in read.get_textpage().get_text_range()
    writing.order.list.setCurrentRow(1)
    settled()
    table = writing.live.findChildren(FigureView)[0]
    opens = [
        (row, at)
        for row in table.list.rows
        for at, cell in enumerate(row.cells)
        if getattr(cell, "behind", None) is not None
    ]
    assert opens
    table.opened.emit(*opens[0])
    settled()
    (dialog,) = writing.findChildren(BehindDialog)
    assert dialog.list.list.rowCount() > 0
    dialog.reject()


def test_parts_are_moved_left_out_and_renamed_by_the_keyboard(
    opened: WrittenPage, settled: Settled, record: Record, report: UUID
) -> None:
    order = opened.writing.order
    before = [one.part for one in record.read(written, report).sections]
    order.move_by(1)
    settled()
    assert [one.part for one in record.read(written, report).sections][:2] == [before[1], before[0]]
    order.leave_out()
    settled()
    order._heading.setText("Chiffres de Bunia")
    order._heading.editingFinished.emit()
    settled()
    section = next(one for one in record.read(written, report).sections if one.part == before[0])
    assert not section.shown and section.heading == "Chiffres de Bunia"
    order.list.model().moveRow(QModelIndex(), 0, QModelIndex(), 2)  # as a drag does
    order.list.dropped.emit()
    settled()
    assert [one.part for one in record.read(written, report).sections][:2] == before[:2]
    order.leave_out()
    settled()
    assert next(one for one in record.read(written, report).sections if one.part == before[0]).shown


def test_a_part_of_the_writers_own_is_added_named_written_and_printed(
    opened: WrittenPage, settled: Settled, record: Record, report: UUID
) -> None:
    writing = opened.writing
    writing.order.add()
    settled()
    writing.order._heading.setText("Ce que les comités demandent")
    writing.order._heading.editingFinished.emit()
    settled()
    assert writing.order.current.title == "Ce que les comités demandent"
    QTest.keyClicks(writing.text.edit, "Une salle de plus")
    opened.save()
    settled()
    sections = record.read(written, report).sections
    assert sections[1].heading == "Ce que les comités demandent"
    assert text_of(record, report, sections[1].part) == "Une salle de plus"
    printed = as_text(record, report)
    assert "Ce que les comités demandent" in printed and "Une salle de plus" in printed


def as_text(record: Record, report: UUID) -> str:
    found = record.read(written, report)
    order = Order(found.values["report"], asked_of(found), "fr", "text")
    return make(gather(record, order), order).content.decode()


def test_a_translation_begins_with_its_source_and_is_a_draft_again_when_that_changes(
    opened: WrittenPage, settled: Settled, record: Record, report: UUID
) -> None:
    writing = opened.writing
    part = writing.order.current.part.name
    record.write(write_text, report, part, "fr", data_of(plain("Texte source")), "original")
    settled()
    writing.go_to(part, "ar")
    settled()
    assert writing.text.source.isVisible() and writing.text.source.prose() == plain("Texte source")
    writing.text.begin_with_source()
    writing.text._standing.show_value("reviewed")
    writing.text.save()
    settled()
    found = next(one for one in record.read(written, report).sections if one.part == part).text("ar")
    assert found.prose == plain("Texte source") and found.status == "reviewed"
    record.write(write_text, report, part, "fr", data_of(plain("Autre texte")), "original")
    settled()
    assert writing.text._outdated.text()
    opened.tabs.go(CHECKS)
    settled()
    said = [point.said for point in opened.tabs.part(CHECKS).list.list.rows]
    assert writing.text._outdated.text() in said


def test_a_language_that_is_chosen_while_the_record_is_read_is_the_one_on_show(
    opened: WrittenPage, settled: Settled
) -> None:
    writing = opened.writing
    writing._weighing.ask(*writing._weighing._wanted)
    writing.go_to(writing.order.current.part.name, "ar")
    settled()
    assert writing._weighing.found.language == "ar"


def test_parts_that_could_not_be_moved_stand_where_they_stood(
    opened: WrittenPage, settled: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    @deed("Full")
    def full(*_given: object) -> None:
        raise DiskFull

    order = opened.writing.order
    before = [one.part.name for one in order._parts]
    monkeypatch.setattr("desktop.ui.pages.writing.arrange", full)
    order.move_by(1)
    settled()
    assert [one.part.name for one in order._parts] == before and opened.writing._note.text()


def test_what_is_typed_while_a_text_is_saved_is_kept_too(
    opened: WrittenPage, settled: Settled, record: Record, report: UUID
) -> None:
    writing = opened.writing
    part = writing.order.current.part.name
    QTest.keyClicks(writing.text.edit, "Assez")
    writing.text.save()
    QTest.keyClicks(writing.text.edit, " et plus")
    writing.text.edit.paused.emit()
    writing.text.edit._pause.stop()  # nothing more is typed before the window dies
    settled()
    assert text_of(record, report, part) == "Assez"
    assert record.read(draft_of, record.person, f"reports/one {part} fr", report) == data_of(plain("Assez et plus"))


def test_what_is_approved_is_frozen_sent_and_corrected_for_the_same_addressees(
    opened: WrittenPage, settled: Settled, desk: Desk, record: Record, report: UUID, tmp_path: Path
) -> None:
    page = tmp_path / "signée.pdf"
    page.write_bytes(b"%PDF-1.4 signed")
    approve(record, report, APPROVED, page)
    settled()
    assert record.read(written, report).approvals[0].document_id is not None
    assert APPROVED["name"] in opened.approved.text() and opened.saving.isVisibleTo(opened)
    dialog = FreezeDialog(desk, record.read(written, report), opened)
    dialog.show()
    dialog._forms["docx"].setChecked(False)
    dialog.make()
    assert not dialog._forms["docx"].isEnabled()
    settled()
    assert dialog._forms["docx"].isEnabled() and record.read(written, report).frozen == ()
    dialog.keep()
    settled()
    (frozen,) = record.read(written, report).frozen
    assert [one.language for one in frozen.files] == ["fr", "ar"]
    assert {one.report for one in record.read(issued_files)} == {report}
    record.write(mark_sent, frozen.id, {"addressee": "Point focal", "on": date(2026, 7, 4)})
    settled()
    assert opened.writing.text.edit.isReadOnly() and opened.saving.isHidden(), "nothing can be saved any more"
    pages = opened.writing.pages
    assert pages._printed.content == record.read(content_of, frozen.files[0].digest)
    opened.remove()
    settled()
    assert opened.note.isVisible() and record.read(written, report).frozen
    new = record.write(replace_report, report, "Chiffres de mars corrigés")
    approve(record, new, APPROVED)
    later = freeze(record, new, ["text"])
    found = record.read(written, new)
    assert found.replaces is not None
    record.write(mark_sent, later, {"on": date(2026, 7, 9), "channel": "email"}, [found.replaces.sent[0].id])
    assert all("Point focal" in one.recipients for one in record.read(issued_files))
    (again,) = record.read(written, new).frozen[0].sent
    assert again.addressee == "Point focal"
    desk.open("reports", new)
    settled()
    versions = opened.tabs.part(3)
    assert isinstance(versions, VersionsPart)
    versions.show_of(new, "")
    settled()
    assert len(versions.list.list.rows) == 4
    assert any("Point focal" in line for line in standing(record.read(written, new), Words.of("fr")))


def test_a_new_report_asks_only_what_its_kind_heeds(
    window: Window, settled: Settled, desk: Desk, record: Record, report: UUID
) -> None:
    record.write(write_text, report, "figures", "fr", data_of(plain("Mots d'ouverture")), "original")
    worded = record.write(save_template, report, "Avec des mots")
    shown = window("fr")
    desk.open("reports", {})
    settled()
    form = shown.page.form
    form._kind.show_value("localisation")
    form._kind.edited.emit()
    assert not form.editor(WrittenReport.place_id).isVisible()
    template = form.editor(WrittenReport.template_id)
    template.show_value((worded, "Avec des mots"))
    template.edited.emit()
    settled()
    assert not form.editor(WrittenReport.currency).isVisible()
    assert form.editor(WrittenReport.place_id).isVisible()
    form.editor(WrittenReport.title).setText("Aperçu inventé")
    shown.page.save()
    settled()
    (found,) = record.read(entries_like, "written_report", "Aperçu inventé")
    assert shown.page.about == found[0]
    assert shown.page.writing is not None and shown.page.writing.isVisible()
    assert text_of(record, found[0], "figures") == "Mots d'ouverture"


def test_a_template_that_is_none_is_refused_and_a_shared_one_is_taken_in(
    desk: Desk, settled: Settled, record: Record, report: UUID, tmp_path: Path
) -> None:
    kept = record.write(save_template, report, "Notre aperçu")
    shared = tmp_path / "modèle.json"
    shared.write_bytes(template_file(record.read(entry_page, ReportTemplate, kept).values))
    page = ReportsPage(desk, "reports")
    take_file(desk, shared, page)
    settled()
    assert len(record.read(entries_like, "report_template", "Notre aperçu")) == 2
    for hostile in (b"[]", b"{", b'{"format": "jalon-report-template", "report": "x", "body": {}}', b"[" * 100_000):
        shared.write_bytes(hostile)
        with pytest.raises(NotATemplate):
            read_template(shared)
    page.close()


def test_a_line_of_what_is_missing_opens_its_field(
    window: Window, settled: Settled, desk: Desk, record: Record
) -> None:
    partner = record.read(organisations_like, "Femmes Debout")[0][0]
    agreement = record.write(add, Agreement, {"title": "Écoute", "partner_id": partner, "currency": "USD"})
    shown = window("fr")
    desk.open("agreements", At(agreement, "ends_on"))
    settled()
    assert shown.page.about == agreement
    assert shown.focusWidget() is shown.page.form.editor(Agreement.ends_on)


def test_a_proposal_to_tell_a_report_more_coarsely_is_taken_by_opening_its_line(
    opened: WrittenPage, settled: Settled, record: Record, report: UUID
) -> None:
    opened.tabs.go(CHECKS)
    settled()
    checks = opened.tabs.part(CHECKS)
    checks._add_proposals((Proposal("bands", 3, 1, 40),))
    point = checks.list.list.rows[-1]
    assert "3" in point.said
    checks.list.opened.emit(point)
    settled()
    assert record.read(written, report).values["coarser"] == "bands"


def test_title_and_headings_are_put_into_the_other_languages_beside_their_source(
    opened: WrittenPage, settled: Settled, record: Record, report: UUID
) -> None:
    writing = opened.writing
    assert writing._lines.isHidden(), "in its own language it is written in the report itself"
    first = writing.order.current.part.name
    record.write(arrange, report, [Arranged(first, heading="Nos chiffres")])
    settled()
    writing.go_to(first, "ar")
    settled()
    assert not writing._lines.isHidden()

    def open_points() -> list[str]:
        found = points_of_text(record.read(written, report), writing._weighing.found, lambda _part, _language: None)
        return [point.where for point in found]

    assert any("Protection, premier semestre" in where for where in open_points()), "the title is not translated"
    weighed = writing._weighing.found
    writing._lines.click()
    (dialog,) = writing.findChildren(FormDialog)
    assert "Nos chiffres" in " ".join(label.text() for label in dialog.findChildren(QLabel))
    typed = {bound.key: bound.editor for bound in dialog._form._bound}
    typed["text_0"].setText("عنوان التجربة")
    typed["standing_0"].show_value("official")
    typed["text_1"].setText("أرقامنا")
    dialog._save()
    settled()
    told = {line.field: line.text("ar") for line in record.read(written, report).lines}
    assert (told["title"].body, told["title"].status) == ("عنوان التجربة", "official")
    assert (told["heading"].body, told["heading"].status) == ("أرقامنا", "draft")
    assert "أرقامنا" in writing._title.text()
    assert writing._weighing.found is weighed, "nothing is counted anew for words"
    assert not any("Protection, premier semestre" in where for where in open_points())
    assert any("Nos chiffres" in where for where in open_points()), "a draft is no official text"
