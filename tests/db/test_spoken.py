"""Names on pages, in lists, links and the search, in the language of whoever reads."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from db.commands.entries import add, edit
from db.commands.organisations import add_name
from db.commands.removing import remove
from db.commands.texts import set_text
from db.models import Agreement, Organisation, Text, Tranche
from db.queries.entries import entry_page, organisation_entry
from db.queries.in_language import entries_like_in, entry_in, page_in, search_in
from db.queries.kinds import KINDS
from db.queries.listing import RowsAsked, page, rows_in_order
from db.queries.spoken import names_in
from db.record import Record
from i18n import Words
from tests.builders import add_partner

TITLE, ARABIC = "Protection des femmes déplacées", "حماية النساء النازحات"
PARTNER, PARTNER_ARABIC = "Association d'essai", "جمعية التجربة"


@pytest.fixture
def agreement(record: Record) -> UUID:
    """A French agreement with an official Arabic title, and a partner with an Arabic name besides its French one."""
    partner = record.write(add_partner, PARTNER)
    record.write(edit, Organisation, partner, {"name_language": "fr"})
    record.write(add_name, partner, {"name": PARTNER_ARABIC, "language": "ar", "use": "official"})
    agreement = record.write(add, Agreement, {"title": TITLE, "title_language": "fr", "partner_id": partner})
    record.write(set_text, Agreement, agreement, "title", "ar", ARABIC, "official")
    return agreement


def cells(record: Record, language: str, kind: str) -> dict[str, Any]:
    """The only row of a list, by column."""
    listing = KINDS[kind].listing
    numbers = record.read(rows_in_order, listing, RowsAsked(KINDS[kind].order))
    (row,) = record.read(page_in, Words.of(language), listing, numbers).values()
    return dict(zip(listing.columns, row[1:], strict=True))


def test_a_list_shows_names_and_links_in_the_readers_language(record: Record, agreement: UUID) -> None:
    record.write(add, Tranche, {"agreement_id": agreement, "number": 1, "currency": "USD"})
    arabic, english = cells(record, "ar", "agreements"), cells(record, "en", "agreements")
    assert (arabic["title"], arabic["partner_id"]) == (ARABIC, PARTNER_ARABIC)
    assert (english["title"], english["partner_id"]) == (TITLE, PARTNER)
    assert cells(record, "ar", "tranches")["agreement_id"] == ARABIC
    assert cells(record, "ar", "partners")["name"] == PARTNER_ARABIC
    assert arabic["type"] == english["type"], "what is no name stays as it is"


def test_a_page_and_its_links_are_named_in_the_readers_language_and_its_form_keeps_the_original(
    record: Record, agreement: UUID
) -> None:
    seen = record.read(entry_in, Words.of("ar"), entry_page, Agreement, agreement)
    assert seen.spoken is not None and (seen.spoken.body, seen.spoken.asked) == (ARABIC, True)
    assert (seen.values["title"], seen.values["partner_id"][1]) == (TITLE, PARTNER_ARABIC)
    partner = seen.values["partner_id"][0]
    its = record.read(entry_in, Words.of("ar"), organisation_entry, Organisation, partner)
    assert its.spoken is not None and (its.spoken.body, its.values["name"]) == (PARTNER_ARABIC, PARTNER)
    assert record.read(entry_in, Words.of("fr"), entry_page, Agreement, agreement).spoken is None


def test_links_and_the_search_find_by_either_name_and_show_the_readers(record: Record, agreement: UUID) -> None:
    arabic, french = Words.of("ar"), Words.of("fr")
    for sought in ("déplacées", "النازحات"):
        assert record.read(entries_like_in, arabic, "agreement", sought) == ((agreement, ARABIC),)
        assert record.read(entries_like_in, french, "agreement", sought) == ((agreement, TITLE),)
    ((_id, name),) = record.read(entries_like_in, french, "organisation", "التجربة")
    assert name == PARTNER
    (found,) = [each for each in record.read(search_in, arabic, "déplacées") if each.id == agreement]
    assert (found.title, found.where) == (ARABIC, TITLE)


def test_a_removed_translation_is_not_shown(record: Record, agreement: UUID) -> None:
    (text,) = record.read(lambda session: session.scalars(select(Text.id)).all())
    record.write(remove, Text, text)
    assert cells(record, "ar", "agreements")["title"] == TITLE


def test_a_translation_that_is_no_longer_of_its_original_is_marked(record: Record, agreement: UUID) -> None:
    names = record.read(names_in, Words.of("ar"), {"agreement": [agreement]})
    assert names == {agreement: ARABIC}
    record.write(edit, Agreement, agreement, {"title": "Protection des femmes"})
    (name,) = record.read(names_in, Words.of("ar"), {"agreement": [agreement]}).values()
    assert ARABIC in name and name != ARABIC


def test_a_list_asks_no_more_for_many_rows_than_for_one(record: Record, agreement: UUID) -> None:
    from sqlalchemy import event

    partner = record.read(entry_page, Agreement, agreement).values["partner_id"][0]

    def statements() -> int:
        def counted(session: Any) -> int:
            sent: list[str] = []
            engine = session.connection().engine
            event.listen(engine, "before_cursor_execute", lambda *sends: sent.append(sends[2]))
            page_in(session, Words.of("ar"), listing, rows_in_order(session, listing, RowsAsked("title")))
            return len(sent)

        return record.read(counted)

    listing = KINDS["agreements"].listing
    one = statements()
    for number in range(20):
        other = record.write(add, Agreement, {"title": f"Accord {number}", "partner_id": partner})
        record.write(set_text, Agreement, other, "title", "ar", f"اتفاق {number}", "official")
    assert statements() == one
    assert len(record.read(page, listing, record.read(rows_in_order, listing, RowsAsked("title")))) == 21
