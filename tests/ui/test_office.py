"""The people of the office and sealed texts in the window: who gets in, who reads, and what is asked first."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QTextBrowser
from sqlalchemy import select

from db import keys
from db.commands.arrivals import Arrival, Changed, bring_in
from db.commands.documents import BY_DEED, add_document
from db.commands.drafts import draft_of
from db.commands.entries import add
from db.commands.people import way_of
from db.errors import WrongPassphrase
from db.models import Commitment, ConfidentialNote, Document, Office, Organisation, Person
from db.queries.documents import documents_of
from db.queries.names import only_office
from db.queries.people import open_duties, readings_of
from db.record import Record
from db.roles import NONE_GIVEN, WORKS_AS
from desktop.ui.desk import Desk
from desktop.ui.dialogs.code import CodeDialog
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.dialogs.passphrase import THEIRS as THEIR_SECRET
from desktop.ui.dialogs.passphrase import NotTheirSecret
from desktop.ui.dialogs.people import OTHER_WAYS
from desktop.ui.dialogs.people import reads as reads_said
from desktop.ui.dialogs.saving import write_copy
from desktop.ui.dialogs.told import Told
from desktop.ui.entries import entry_of
from desktop.ui.language import _, words
from desktop.ui.pages.documents import DocumentsPart
from desktop.ui.pages.entry import EntryPage
from desktop.ui.parts import Note
from tests.builders import PASSPHRASE

SECRET = "Une rumeur que personne d'autre ne doit lire"
THEIRS = "la phrase de ma collègue"


@pytest.fixture
def note(record: Record) -> UUID:
    partner = record.read(lambda session: session.scalars(select(Organisation.id)).first())
    values = {"organisation_id": partner, "written_on": date(2026, 5, 4), "body": SECRET}
    return record.write(add, ConfidentialNote, values)


@pytest.fixture
def page(desk: Desk, qtbot, settled: Callable[[], None]) -> Callable[[str, UUID], EntryPage]:
    def shown(kind: str, id: UUID) -> EntryPage:
        made = EntryPage(desk, entry_of(kind))
        qtbot.addWidget(made)
        made.show_about(id)
        made.show()
        settled()
        return made

    return shown


def on_top(kind: type[QDialog]) -> QDialog:
    """The dialog of this kind on show."""
    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible())


def fill(settled: Callable[[], None], **typed: object) -> FormDialog:
    """Type into the dialog on show and press its button."""
    dialog = on_top(FormDialog)
    for bound in dialog._form._bound:
        if bound.key in typed:
            bound.editor.show_value(typed[bound.key])
    dialog._save()
    settled()
    return dialog


def act(page: EntryPage, name: str) -> None:
    page.do(next(each for each in page.entry.acts if each.name.startswith(name)))


def test_a_sealed_text_is_shown_only_after_a_reason_which_is_kept(
    record: Record, note: UUID, page: Callable[..., EntryPage], settled: Callable[[], None]
) -> None:
    shown = page("confidential-notes", note)
    (sealed,) = (bound.editor for bound in shown.form._bound if bound.key == "body")
    assert sealed.toPlainText() == ""
    assert sealed.placeholderText()
    record.reason = None
    act(shown, "Open")
    dialog = fill(settled)
    assert dialog.isVisible()
    assert record.read(readings_of, note) == ()
    fill(settled, reason="Avant le renouvellement")
    told = on_top(Told)
    assert told.findChild(QTextBrowser).toPlainText() == SECRET
    told.accept()
    assert [read.reason for read in record.read(readings_of, note)] == ["Avant le renouvellement"]


def test_saving_around_a_sealed_text_keeps_it_and_typing_replaces_it(
    desk: Desk, record: Record, note: UUID, page: Callable[..., EntryPage], settled: Callable[[], None]
) -> None:
    def kept() -> str:
        return record.read(lambda session: session.scalars(select(ConfidentialNote.body)).one())

    before = kept()
    shown = page("confidential-notes", note)
    shown.form.editor(ConfidentialNote.written_on).show_value(date(2026, 5, 5))
    shown.save()
    settled()
    assert kept() == before
    shown.form.editor(ConfidentialNote.body).setPlainText("Rien de tel")
    shown.keep_draft()
    settled()
    assert "Rien de tel" not in str(record.read(draft_of, record.person, shown.key, note))
    shown.save()
    settled()
    assert kept() != before
    assert "Rien de tel" not in kept()


def test_whoever_is_new_works_in_the_one_office_of_the_record(
    desk: Desk, record: Record, page: Callable[..., EntryPage], settled: Callable[[], None]
) -> None:
    (office, _name) = record.read(only_office)
    form = page("people", None).form
    assert not form._by_acts.isVisible() and not form.editor(Person.role).isVisible(), "there are no actions yet"
    assert form.editor(Person.office_id).value("") == office and not form.dirty, "proposed, and nothing typed"
    record.write(add, Office, {"name": "Antenne inventée"})
    assert page("people", None).form.editor(Person.office_id).value("") is None


def test_a_colleague_gets_a_passphrase_and_hands_it_back(
    desk: Desk, record: Record, page: Callable[..., EntryPage], settled: Callable[[], None]
) -> None:
    desk.practice = False  # or nobody asks who it is
    line: list[str] = []
    desk.say = line.append
    person = record.write(add, Person, {"name": "Furaha Essai"})
    shown = page("people", person)
    told = shown.form._may.text().splitlines()
    assert told[1:] == [words().gettext(each) for each in (WORKS_AS["officer"], NONE_GIVEN)], "what no role means"
    act(shown, "Give a passphrase")
    settled()
    fill(settled, present=PASSPHRASE, passphrase=THEIRS, again="autre chose", reads=True)
    assert [way.person for way in keys.ways_in(record.path)] == [record.person]
    fill(settled, present="pas celle-là", passphrase=THEIRS, again=THEIRS, reads=True)
    assert [way.person for way in keys.ways_in(record.path)] == [record.person]
    fill(settled, present=PASSPHRASE, passphrase=THEIRS, again=THEIRS, reads=True)
    on_top(CodeDialog).accept()
    opened = keys.unlock(record.path, THEIRS)
    assert opened.person == person
    assert opened.sealing == record.key.sealing
    act(shown, "Confidential texts")
    settled()
    fill(settled, reads=False)
    assert keys.unlock(record.path, THEIRS).sealing is None and line == [reads_said(way_of(record, person))]
    act(shown, "Confidential texts")
    settled()
    for present, theirs, reads in (
        (None, THEIRS, False),
        (THEIRS, THEIRS, False),
        (PASSPHRASE, None, False),
        (PASSPHRASE, PASSPHRASE, False),
        (PASSPHRASE, THEIRS, True),
    ):
        asked = fill(settled, reads=True, present=present, theirs=theirs)
        assert (keys.unlock(record.path, THEIRS).sealing is not None) is reads
        if (present, theirs) == (PASSPHRASE, PASSPHRASE):
            shown_there = [label.text() for label in asked.findChildren(QLabel)]
            wanted = words().gettext(NotTheirSecret.message).format(field=words().gettext(THEIR_SECRET.name))
            assert wanted in shown_there, "a reader's own passphrase is not the colleague's"
    told = on_top(Told)
    said = _(OTHER_WAYS).replace("\xa0", " ")  # as Qt gives a text back
    assert told.findChild(QTextBrowser).toPlainText() == said, "the code has to be made anew"
    told.accept()
    assert reads_said(way_of(record, person)) == _("Opens confidential texts, but not by every way.")
    act(shown, "Close the way in")
    settled()
    before = record.key.raw
    fill(settled, rekey=True)
    settled()
    assert record.key.raw != before, "what the colleague may have kept opens nothing later"
    assert _("The passphrase and the recovery code of this person no longer open the record.") in line
    with pytest.raises(WrongPassphrase):
        keys.unlock(record.path, THEIRS)


def test_handing_over_tells_what_was_open_and_the_new_code(
    desk: Desk,
    record: Record,
    page: Callable[..., EntryPage],
    settled: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    desk.practice = False
    leaver, successor = record.person, record.write(add, Person, {"name": "Furaha Essai"})
    values = {"title": "Envoyer les photos", "side": "us", "due_on": date(2026, 7, 1), "person_id": leaver}
    record.write(add, Commitment, values)
    act(page("people", leaver), "Hand over")
    settled()
    asked = {"present": PASSPHRASE, "successor_id": (successor, "Furaha Essai"), "left_on": date(2026, 6, 30)}
    refused = fill(settled, **asked)
    assert refused.isVisible()
    fill(settled, **asked, passphrase=THEIRS, again=THEIRS, reads=True)
    on_top(CodeDialog).accept()
    told = on_top(Told)
    assert "Envoyer les photos" in told.findChild(QTextBrowser).toPlainText()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_said: (str(tmp_path / "liste.txt"), ""))
    told.save()
    assert "Envoyer les photos" in (tmp_path / "liste.txt").read_text(encoding="utf-8-sig")
    (said,) = told.findChildren(Note)
    assert "liste.txt" in said.text() and said.property("is") == "warning", "it is no longer encrypted"
    told.write(tmp_path / "nowhere" / "liste.txt")
    assert said.property("is") == "error"
    told.accept()
    assert len(record.read(open_duties, successor)) == 1
    with pytest.raises(WrongPassphrase):
        keys.unlock(record.path, PASSPHRASE)
    record.unlock(THEIRS)


def test_files_are_kept_replaced_and_saved_from_the_page_of_a_partner(
    desk: Desk, record: Record, qtbot, settled: Callable[[], None], tmp_path: Path
) -> None:
    partner = record.read(lambda session: session.scalars(select(Organisation.id)).first())
    part = DocumentsPart(desk, Organisation)
    qtbot.addWidget(part)
    file, empty = tmp_path / "statuts.pdf", tmp_path / "vide.pdf"
    file.write_bytes(b"%PDF un")
    empty.write_bytes(b"")
    part.show_of(partner, "")
    part.add_files([file, empty])
    settled()
    (first,) = record.read(documents_of, partner)
    assert "vide.pdf" in part._note.text()
    file.write_bytes(b"%PDF deux")
    part.add_files([file], first.id)
    settled()
    newest, before = record.read(documents_of, partner)
    assert (newest.version, before.replaced) == ("2", True)
    write_copy(desk, newest, tmp_path / "copie.pdf", part, part._refused)
    settled()
    assert (tmp_path / "copie.pdf").read_bytes() == b"%PDF deux"


def test_a_file_of_another_office_is_not_offered_a_place_of_its_own_choice(
    desk: Desk, record: Record, qtbot, settled: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    partner = record.read(lambda session: session.scalars(select(Organisation.id)).first())
    part = DocumentsPart(desk, Organisation)
    qtbot.addWidget(part)
    document = record.write(add_document, Organisation, partner, "statuts.pdf", b"%PDF", {})
    outside = Arrival("fiche.json", "raw", frozenset(), changed=(Changed("document", document, {"file": "/tmp/../x"}),))
    record.write(bring_in, outside)
    part.show_of(partner, "")
    settled()
    part.list.selectRow(0)
    asked: list[Path] = []

    def ask(_over: object, _title: str, proposed: str) -> tuple[str, str]:
        asked.append(Path(proposed))
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    part.save_copy()
    (proposed,) = asked
    assert proposed.name == "x" and proposed.parent != Path("/tmp/..")


def test_the_page_of_a_document_asks_only_for_what_may_be_typed_and_saves_a_copy(
    desk: Desk,
    record: Record,
    qtbot,
    settled: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    partner = record.read(lambda session: session.scalars(select(Organisation.id)).first())
    document = record.write(add_document, Organisation, partner, "statuts.pdf", b"%PDF", {})
    page = EntryPage(desk, entry_of("documents"))
    qtbot.addWidget(page)
    page.show_about(document)
    page.reload()
    settled()
    typed = {each.key for each in page.form._bound}
    assert {"title", "kind", "audience", "consent"} <= typed
    assert typed.isdisjoint(BY_DEED[Document]), "the file, its digest and what it belongs to are never typed"
    page.form.editor(Document.title).show_value("Statuts signés")
    page.save()
    settled()
    assert [kept.title for kept in record.read(documents_of, partner)] == ["Statuts signés"]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(tmp_path / "copie.pdf"), ""))
    page.do(page.entry.acts[0])
    settled()
    assert (tmp_path / "copie.pdf").read_bytes() == b"%PDF"
