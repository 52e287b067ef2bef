"""Documents: bytes kept once and given back whole, names nobody is misled by, and whom a file may reach."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from db.base import new_id
from db.commands.documents import (
    MOST,
    AlreadyReplaced,
    ConsentNeeded,
    FileEmpty,
    FileTooLarge,
    add_document,
    clean_name,
)
from db.commands.entries import ByItsOwnDeed, edit
from db.commands.removing import remove
from db.errors import NotThere, StillPointedAt
from db.models import Content, Document, Organisation
from db.queries.check import NO_CONTENT, check
from db.queries.documents import content_of, documents_of
from db.record import Record
from tests.builders import add_partner, everything

PDF = b"%PDF-1.7 statuts inventes"


@pytest.fixture
def partner(record: Record) -> UUID:
    return record.write(add_partner, "Association d'essai")


def put(record: Record, partner: UUID, file: str = "statuts.pdf", content: bytes = PDF, **values: object) -> UUID:
    return record.write(add_document, Organisation, partner, file, content, values)


def contents(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Content)) or 0


def test_a_file_comes_back_byte_for_byte_and_is_kept_once(record: Record, partner: UUID) -> None:
    other = record.write(add_partner, "Autre association")
    put(record, partner, kind="evidence")
    put(record, other)
    (document,) = record.read(documents_of, partner)
    assert record.read(content_of, document.digest) == PDF
    assert (document.title, document.file, document.kind, document.audience) == (
        "statuts",
        "statuts.pdf",
        "evidence",
        "internal",
    )
    assert (document.version, document.size) == ("1", len(PDF))
    assert record.read(contents) == 1
    assert check(record) == ()


def test_the_next_version_takes_the_place_of_the_one_before(record: Record, partner: UUID) -> None:
    first = put(record, partner, title="Statuts", kind="evidence", audience="donor")
    second = put(record, partner, "statuts 2027.pdf", b"%PDF nouveau", replaces_id=first)
    newest, before = record.read(documents_of, partner)
    assert (newest.id, newest.version, newest.replaced) == (second, "2", False)
    assert (newest.title, newest.kind, newest.audience) == ("Statuts", "evidence", "donor")
    assert (before.id, before.replaced) == (first, True)
    with pytest.raises(AlreadyReplaced):
        put(record, partner, replaces_id=first)
    with pytest.raises(StillPointedAt):
        record.write(remove, Document, first)
    record.write(remove, Document, second)
    assert not record.read(documents_of, partner)[0].replaced


def test_a_version_replaces_only_what_belongs_to_the_same_thing(record: Record, partner: UUID) -> None:
    other = record.write(add_partner, "Autre association")
    with pytest.raises(NotThere):
        put(record, other, replaces_id=put(record, partner))


def test_files_too_large_empty_or_for_nothing_are_refused(record: Record, partner: UUID) -> None:
    with pytest.raises(FileTooLarge):
        put(record, partner, content=bytes(MOST + 1))
    with pytest.raises(FileEmpty):
        put(record, partner, content=b"")
    with pytest.raises(NotThere):
        put(record, new_id())
    put(record, partner, content=bytes(MOST))
    assert record.read(contents) == 1


def test_a_photograph_leaves_the_office_only_with_consent(record: Record, partner: UUID) -> None:
    for consent in (None, "not_given", "not_needed"):
        with pytest.raises(ConsentNeeded):
            put(record, partner, "photo.jpg", kind="photograph", audience="public", consent=consent)
    photograph = put(record, partner, "photo.jpg", kind="photograph")
    with pytest.raises(ConsentNeeded):
        record.write(edit, Document, photograph, {"audience": "donor"})
    record.write(edit, Document, photograph, {"audience": "donor", "consent": "given"})
    with pytest.raises(ConsentNeeded):
        record.write(edit, Document, photograph, {"consent": "not_given"})


def test_what_a_file_is_changes_by_a_new_version_only(record: Record, partner: UUID) -> None:
    document = put(record, partner)
    for key, value in (("digest", "0" * 64), ("size", 1), ("file", "autre.pdf")):
        with pytest.raises(ByItsOwnDeed):
            record.write(edit, Document, document, {key: value})


def test_documents_go_and_come_back_with_what_they_belong_to(record: Record, partner: UUID) -> None:
    put(record, partner)
    before = record.read(everything)
    record.write(remove, Organisation, partner)
    assert record.read(documents_of, partner) == ()
    assert check(record) == ()
    record.undo()
    assert record.read(everything) == before
    assert record.read(content_of, record.read(documents_of, partner)[0].digest) == PDF


def test_keeping_a_document_is_taken_back_and_done_again_with_its_bytes(record: Record, partner: UUID) -> None:
    document = put(record, partner)
    record.undo()
    record.redo()
    (again,) = record.read(documents_of, partner)
    assert (again.id, record.read(content_of, again.digest)) == (document, PDF)
    record.undo()
    record.undo()
    with pytest.raises(NotThere):
        put(record, partner)


@pytest.mark.parametrize("harm", ["DELETE FROM content", "UPDATE content SET body = x'00'"])
def test_the_check_says_whose_content_is_missing_or_altered(record: Record, partner: UUID, harm: str) -> None:
    put(record, partner)
    record.note(lambda session: session.execute(text(harm)))
    (found,) = check(record)
    assert (found.message, found.gaps["names"]) == (NO_CONTENT, ["statuts"])


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\amani\\Bureau\\statuts.pdf", "statuts.pdf"),
        ("facture\u202efdp.exe", "facturefdp.exe"),
        ("avec\x00des\ncontrôles\x1b.pdf", "avecdescontrôles.pdf"),
        ("con.pdf", "_con.pdf"),
        ("  .. ", "document"),
        ("/", "document"),
        ('a<b>"c|d?e*.txt', "a_b__c_d_e_.txt"),
        ("e\u0301tat.pdf", "état.pdf"),
        ("النظام الأساسي.pdf", "النظام الأساسي.pdf"),
        ("x" * 400 + ".docx", "x" * 150 + ".docx"),
    ],
)
def test_hostile_names_are_made_harmless(given: str, kept: str) -> None:
    assert clean_name(given) == kept


@given(st.text(alphabet=st.characters(), max_size=300))
def test_any_name_becomes_one_that_can_be_kept(file: str) -> None:
    name = clean_name(file)
    assert name
    assert len(name) <= 165
    assert "/" not in name
    assert "\\" not in name
    assert clean_name(name) == name
    assert name.isprintable()
