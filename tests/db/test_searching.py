"""What is looked for is found, whoever typed it and however; what is gone or sealed is not."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update
from sqlalchemy.orm import Session

from db import searching
from db.commands.entries import add, edit
from db.commands.organisations import add_name
from db.commands.removing import remove
from db.commands.report_parts import StartedPart
from db.commands.reports import start_report
from db.commands.texts import set_text
from db.deeds import deed
from db.models import Activity, Engagement, Flag, Indicator, Organisation, Result, Text
from db.queries.check import check
from db.queries.found import Found, search
from db.queries.kinds import KINDS
from db.queries.listing import RowsAsked, page, rows_in_order
from db.queries.lists import ACTIVITIES, ORGANISATIONS
from db.record import Record
from tests.builders import PASSPHRASE, add_activity, add_partner, new_record, rename


def titles(record: Record, text: str) -> list[str]:
    return [found.title for found in record.read(search, text)]


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Réunion à l'Élysée", "reunion elysee"),
        ("Cœur de femmes", "coeur"),
        ("N'Djaména, chef-lieu", "ndjamena"),
        ("N'Djaména, chef-lieu", "n’djaména"),
        ("Ligue de l'Ituri", "ituri"),
        ("حِمَايَةُ النساء", "حماية"),
        ("الإدارة المحلية", "ادارة"),
        ("دعم المهاجرين", "مهاجرين"),
        ("دعم مهاجرين", "المهاجرين"),
        ("للمهاجرين", "مهاجرين"),
        ("العربيـــة", "العربية"),
        ("Atelier n° ١٢٣", "123"),
        ("کار و زندگی", "كار"),
        ("Nord-Kivu", "kivu"),
        ("Protection de l'enfance", "enfance prot"),
        ("Reboisement", "bois"),
        ("Femmes debout", "FEM"),
    ],
)
def test_a_thing_is_found_however_it_is_typed(record: Record, written: str, typed: str) -> None:
    record.write(add_partner, "Autre chose")
    record.write(add_partner, written)
    assert titles(record, typed) == [written]


def test_what_was_changed_last_comes_first_and_says_where_it_was_found(record: Record) -> None:
    first = record.write(add_partner, "Femmes de paix")
    second = record.write(add_partner, "Femmes debout")
    values = {
        "on": date(2026, 3, 1),
        "type": "meeting",
        "title": "Visite",
        "summary": f"{'mot ' * 90}\nLes femmes parlent\n",
    }
    met = record.write(add, Engagement, values)
    assert [found.id for found in record.read(search, "parlent femmes")] == [met]
    assert record.read(search, "femmes")[-1] == Found("engagement", met, "Visite", "Les femmes parlent")
    record.write(rename, first, "Femmes pour la paix")
    assert [found.id for found in record.read(search, "femmes", 2)] == [first, second]


def test_what_is_called_so_comes_first_then_what_begins_so_however_old(record: Record) -> None:
    for name in ("Élan", "الأمل", "Élan des mères", "الأمل الجديد"):
        record.write(add_partner, name)
    for number in range(40):
        record.write(add_partner, f"Bel élan {number} في الأمل")
    assert titles(record, "elan")[:3] == ["Élan", "Élan des mères", "Bel élan 39 في الأمل"]
    assert titles(record, "الامل")[:2] == ["الأمل", "الأمل الجديد"]
    assert len(titles(record, "elan")) == 30


def test_a_part_of_a_report_leads_to_the_report(record: Record) -> None:
    values = {"title": "Trimestre", "report": "donor-narrative", "language": "fr"}
    report = record.write(start_report, values, [StartedPart("people")])
    assert [(found.entity, found.id) for found in record.read(search, "people")] == [("written_report", report)]


def test_another_name_or_a_translation_leads_to_the_thing_itself(record: Record) -> None:
    partner = record.write(add_partner, "Femmes debout")
    record.write(add_name, partner, {"name": "نساء واقفات", "use": "spelling"})
    text = {"owner": "organisation", "field": "mandate", "language": "en", "body": "Standing women", "status": "draft"}
    record.write(translate, partner, text)
    for typed, line in (("واقفات", "نساء واقفات"), ("standing", "Standing women")):
        assert record.read(search, typed) == (Found("organisation", partner, "Femmes debout", line),)
    record.write(remove, Organisation, partner)
    assert record.read(search, "standing") == record.read(search, "واقفات") == ()


@deed("Translate")
def translate(session: Session, owner: UUID, values: dict[str, str]) -> None:
    session.add(Text(owner_id=owner, **values))


def test_removing_undoing_and_redoing_are_followed(record: Record) -> None:
    partner = record.write(add_partner, "Femmes debout")
    record.undo()
    assert titles(record, "debout") == []
    record.redo()
    assert titles(record, "debout") == ["Femmes debout"]
    record.write(rename, partner, "Femmes levées")
    assert titles(record, "debout") == []
    record.undo()
    assert titles(record, "debout") == ["Femmes debout"]
    record.write(remove, Organisation, partner)
    assert titles(record, "debout") == []
    record.undo()
    assert titles(record, "debout") == ["Femmes debout"]
    assert check(record) == ()


@deed("Fill")
def fill_with(session: Session, partner: UUID, count: int) -> None:
    session.add_all(Activity(title=f"Causerie {number}", partner_id=partner) for number in range(count))
    session.flush()
    session.execute(update(Activity).where(Activity.title == "Causerie 7").values(title="Formation 7", sort_key="f"))


def test_what_comes_in_by_thousands_is_found(record: Record) -> None:
    partner = record.write(add_partner, "Femmes debout")
    record.write(fill_with, partner, 1200)
    assert len(record.read(search, "causerie", 5000)) == 1199
    assert titles(record, "formation") == ["Formation 7"]
    assert check(record) == ()
    record.undo()
    assert titles(record, "causerie") == []


def test_sealed_text_is_nowhere_in_the_index(record: Record) -> None:
    partner = record.write(add_partner, "Femmes debout")
    values = {"organisation_id": partner, "level": "red", "category": "sea", "raised_on": date(2026, 1, 2)}
    record.write(add, Flag, values | {"body": "murmure scelle"})
    assert titles(record, "murmure") == []
    with record.driver() as driver:
        tables = driver.execute(
            "SELECT name FROM sqlite_schema WHERE name LIKE 'indexed%' AND type = 'table'"
        ).fetchall()
        held = [str(row) for (name,) in tables for row in driver.execute(f'SELECT * FROM "{name}"')]
    assert any("debout" in row for row in held)
    assert not any("murmure" in row or "scelle" in row for row in held)


def test_a_word_that_was_replaced_leaves_no_trace_in_the_index(record: Record) -> None:
    partner = record.write(add_partner, "Zorglub debout")
    assert has_trace(record, "orglub")
    record.write(rename, partner, "Femmes debout")
    assert not has_trace(record, "orglub")


def test_thousands_of_words_that_go_at_once_leave_no_trace_either(record: Record) -> None:
    partner = record.write(add_partner, "Zorglub debout")
    record.write(fill_with, partner, 1200)
    assert has_trace(record, "auserie")
    record.undo()
    assert not has_trace(record, "auserie")
    assert titles(record, "zorglub") == ["Zorglub debout"]
    record.write(rename, partner, "Femmes debout")
    assert not has_trace(record, "orglub")
    assert check(record) == ()


def has_trace(record: Record, letters: str) -> bool:
    """Whether these letters stand anywhere in what the indexes are kept in."""
    with record.driver() as driver:
        blocks = [row[0] for name in searching.INDEXES for row in driver.execute(f"SELECT block FROM {name}_data")]
    return any(letters.encode() in block for block in blocks)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Record:
    record, _code = new_record(tmp_path_factory.mktemp("shared") / "essai.jalon")
    record.write(add_partner, 'Femmes "debout" NEAR(x) AND * & Paix')
    return record


@given(st.text() | st.text("\"*^(){}:+-ANDORTNE '\\\0é").map(lambda text: text * 3))
def test_nothing_that_is_typed_breaks_the_search(shared: Record, text: str) -> None:
    shared.read(search, text)
    shared.read(rows_in_order, ORGANISATIONS, RowsAsked("name", search=text))


@pytest.mark.parametrize("typed", ['"debout"', "near(x)", "femmes AND", "& paix", "femmes *", "femmes & paix"])
def test_signs_of_the_query_language_are_words_like_any(shared: Record, typed: str) -> None:
    assert len(shared.read(search, typed)) == 1


def test_half_a_character_is_looked_for_in_vain(shared: Record) -> None:
    assert shared.read(search, "\ud800femmes") != ()


def test_ten_thousand_letters_are_looked_for_by_their_beginning(shared: Record) -> None:
    assert shared.read(search, "x" * 10_000) == ()
    assert shared.read(search, "femmes " * 10_000) != ()


def test_every_list_can_be_searched(shared: Record) -> None:
    for key, kind in KINDS.items():
        asked = RowsAsked(kind.order, search="amani", filters=kind.filters)
        assert len(shared.read(rows_in_order, kind.listing, asked)) == (key == "people")


def test_lists_are_searched_by_acronyms_parts_of_words_and_other_names(record: Record) -> None:
    partner = record.write(add_partner, "Groupe de femmes")
    record.write(edit, Organisation, partner, {"acronym": "FAJDEB"})
    record.write(add_name, partner, {"name": "Ancienne ligue", "use": "former"})
    record.write(add_activity, partner, "Accompagnement juridique")
    for typed in ("jdeb", "emm", "igue", "fe", "groupedefem"):
        assert len(record.read(rows_in_order, ORGANISATIONS, RowsAsked("name", search=typed))) == 1, typed
        assert len(record.read(rows_in_order, ACTIVITIES, RowsAsked("title", search=typed))) == 1, typed
    assert len(record.read(rows_in_order, ACTIVITIES, RowsAsked("title", search="pagnement"))) == 1
    assert len(record.read(rows_in_order, ACTIVITIES, RowsAsked("title", search="autre"))) == 0


def test_a_change_of_folding_makes_the_index_anew(record: Record, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    oldest = record.write(add_partner, "Femmes debout")
    second = record.write(add_partner, "Femmes de paix")
    first = record.write(add_partner, "Réseau de femmes")
    record.write(rename, second, "Femmes et paix")
    record._let_go()
    monkeypatch.setattr(searching, "NORMALISATION", 2)
    monkeypatch.setattr(searching, "search_form", lambda text: text.casefold().replace("femmes", "dames"))
    with Record.open(path, PASSPHRASE) as newer:
        assert [found.id for found in newer.read(search, "dames")] == [second, first, oldest]
        assert check(newer) == ()


def test_an_index_that_does_not_fit_the_record_is_reported(record: Record) -> None:
    record.write(add_partner, "Femmes debout")
    assert check(record) == ()
    with record.driver() as driver:
        driver.execute("UPDATE indexed SET words = 'rien' WHERE entity = 'organisation'")
    (found,) = check(record)
    assert found.gaps == {"count": 1}


@pytest.mark.parametrize("typed", ["accueillies", "personnes espace", "الأشخاص"])
def test_a_list_is_searched_by_the_names_that_its_columns_show(record: Record, typed: str) -> None:
    """A result holds hardly a word of its own: what people see of it is its indicator, in their language."""
    named = {"name": "Personnes accueillies dans l'espace sûr", "unit": "persons", "counting": "unique"}
    indicator = record.write(add, Indicator, named)
    other = record.write(add, Indicator, {**named, "name": "Séances", "notes": "Personnes accueillies, espace"})
    record.write(set_text, Indicator, indicator, "name", "ar", "الأشخاص المستقبلون", "reviewed")
    figure = {"nature": "reached", "value": 60, "ends_on": date(2026, 6, 30), "starts_on": date(2026, 4, 1)}
    wanted = record.write(add, Result, {**figure, "indicator_id": indicator})
    record.write(add, Result, {**figure, "indicator_id": other})
    listing = KINDS["results"].listing
    rows = record.read(rows_in_order, listing, RowsAsked("starts_on", search=typed))
    assert [values[0] for values in record.read(page, listing, rows).values()] == [wanted]
