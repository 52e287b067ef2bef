"""Texts in several languages: which one a reader is shown, what it is worth, and what becomes of it later."""

from uuid import UUID

import pytest
from sqlalchemy import select

from db.commands.entries import add, edit
from db.commands.removing import remove
from db.commands.texts import OriginalStands, set_text
from db.errors import InvalidValue, NotThere
from db.models import Agreement, Office, Text
from db.queries.called import called
from db.queries.check import check
from db.queries.kinds import KINDS
from db.queries.listing import RowsAsked, rows_in_order
from db.queries.texts import ShownText, texts_of
from db.record import Record
from tests.builders import add_partner, everything

TITLE = "Protection des femmes déplacées"


@pytest.fixture
def agreement(record: Record) -> UUID:
    """An agreement whose title is in French, in an office that works in English."""
    partner = record.write(add_partner, "Association d'essai")
    office = record.read(lambda session: session.scalars(select(Office.id)).one())
    record.write(edit, Office, office, {"language": "en"})
    return record.write(add, Agreement, {"title": TITLE, "title_language": "fr", "partner_id": partner})


def shown(record: Record, agreement: UUID, language: str) -> ShownText:
    found = record.read(called, Agreement.title, Agreement.title_language, [agreement])
    return found[agreement].shown(language)


def test_the_asked_language_comes_first_then_the_offices_then_the_original(record: Record, agreement: UUID) -> None:
    assert shown(record, agreement, "fr") == ShownText(TITLE, "fr", "original", asked=True)
    assert shown(record, agreement, "ar") == ShownText(TITLE, "fr", "original", asked=False)
    record.write(set_text, Agreement, agreement, "title", "en", "Protection of displaced women", "official")
    assert shown(record, agreement, "ar") == ShownText("Protection of displaced women", "en", "official", asked=False)
    record.write(set_text, Agreement, agreement, "title", "ar", "حماية النساء النازحات", "reviewed")
    arabic = shown(record, agreement, "ar-EG")
    assert (arabic.body, arabic.asked, arabic.unofficial) == ("حماية النساء النازحات", True, True)
    assert not shown(record, agreement, "en").unofficial
    assert shown(record, agreement, "fr").body == TITLE


def test_a_translation_is_a_draft_again_when_its_original_changes(record: Record, agreement: UUID) -> None:
    text = record.write(set_text, Agreement, agreement, "title", "en", "Protection of displaced women", "reviewed")
    record.write(edit, Agreement, agreement, {"title": "Protection des femmes"})
    (kept,) = record.read(texts_of, agreement)
    assert (kept.status, kept.outdated) == ("draft", True)
    assert shown(record, agreement, "en").unofficial
    record.undo()
    (kept,) = record.read(texts_of, agreement)
    assert (kept.status, kept.outdated) == ("reviewed", False)
    record.redo()
    record.write(edit, Text, text, {"body": "Protection of women", "status": "reviewed"})
    (kept,) = record.read(texts_of, agreement)
    assert (kept.status, kept.outdated) == ("reviewed", False)


def test_a_language_has_one_text_a_field(record: Record, agreement: UUID) -> None:
    first = record.write(set_text, Agreement, agreement, "title", "en", "Protection")
    assert record.write(set_text, Agreement, agreement, "title", "en", "Protecting women", "reviewed") == first
    assert [text.body for text in record.read(texts_of, agreement)] == ["Protecting women"]


def test_what_is_no_translation_is_refused(record: Record, agreement: UUID) -> None:
    with pytest.raises(OriginalStands):
        record.write(set_text, Agreement, agreement, "title", "fr", TITLE)
    with pytest.raises(OriginalStands):
        record.write(set_text, Agreement, agreement, "title", "en", "Protection", "original")
    for field in ("partner_id", "status", "nothing"):
        with pytest.raises(InvalidValue):
            record.write(set_text, Agreement, agreement, field, "en", "Protection")
    with pytest.raises(InvalidValue):
        record.write(set_text, Agreement, agreement, "title", "en", "")
    record.write(remove, Agreement, agreement)
    with pytest.raises(NotThere):
        record.write(set_text, Agreement, agreement, "title", "en", "Protection")


def test_translations_go_and_come_back_with_the_thing(record: Record, agreement: UUID) -> None:
    record.write(set_text, Agreement, agreement, "title", "en", "Protection")
    before = record.read(everything)
    record.write(remove, Agreement, agreement)
    assert record.read(texts_of, agreement) == ()
    assert len(record.read(rows_in_order, KINDS["texts"].listing, RowsAsked("owner"))) == 0
    assert check(record) == ()
    record.undo()
    assert record.read(everything) == before
