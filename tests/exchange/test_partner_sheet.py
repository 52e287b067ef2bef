"""A partner's sheet: what leaves, what another office makes of it, and what is refused."""

import json
import pickle
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from db.commands.assessments import assess_by
from db.commands.documents import add_document
from db.commands.entries import add, edit
from db.commands.organisations import add_name, add_organisation
from db.commands.partner_sheets import take_in_sheet
from db.commands.places import add_place
from db.commands.removing import remove
from db.commands.screening import keep_screening
from db.commands.women_led import assess
from db.models import (
    Answer,
    Assessment,
    ConfidentialNote,
    Contact,
    Criterion,
    Document,
    Flag,
    GoverningDocument,
    Organisation,
    OrganisationName,
    OrganisationPlace,
    WomenLedAssessment,
)
from db.queries.documents import content_of
from db.queries.partner_sheet import known_of, partner_sheet
from db.record import Record
from db.schemes import scheme
from desktop.exchange.partner_sheet import SheetAltered, SheetNewer, SheetRefused, _digest, read_sheet, write_sheet
from desktop.exchange.sheet_plan import (
    NO_SUCH_PLACE,
    REMOVED_HERE,
    TO_BE_REVIEWED,
    OrganisationRemoved,
    SheetPlan,
    plan_sheet,
)
from tests.builders import everything, new_record

DAY = date(2026, 3, 8)
SECRET = "Ceci ne sort jamais"
STATUTES = b"%PDF-1.4 statuts inventes"


def questions(kind: str) -> list[str]:
    asked = scheme(kind)
    assert asked is not None
    return [each.code for each in asked.questions]


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The sheet of a partner of one office."""
    record, _code = new_record(tmp_path_factory.mktemp("bunia") / "bunia.jalon")
    partner = record.write(add_organisation, {"name": "Femmes d'essai", "acronym": "FE", "notes": SECRET})
    record.write(edit, Organisation, partner, {"website": "https://essai.example", "country": "CD"})
    record.write(add_name, partner, {"name": "نساء التجربة", "language": "ar", "use": "official"})
    person = record.write(
        add, Contact, {"organisation_id": partner, "name": "Contact d'essai", "email": "c@essai.example"}
    )
    place = record.write(add_place, {"name": "Kasoro", "kind": "admin", "pcode": "ZZ01"})
    record.write(add, OrganisationPlace, {"organisation_id": partner, "place_id": place})
    document = record.write(add_document, Organisation, partner, "statuts.pdf", STATUTES, {"title": "Statuts"})
    governing = {"organisation_id": partner, "title": "Statuts", "kind": "statutes", "document_id": document}
    record.write(add, GoverningDocument, governing)
    record.write(
        add, Flag, {"organisation_id": partner, "level": "red", "category": "sea", "raised_on": DAY, "body": SECRET}
    )
    record.write(add, ConfidentialNote, {"organisation_id": partner, "written_on": DAY, "body": SECRET})
    record.write(keep_screening, partner, person, SECRET, DAY, "match", "XXi.001")
    evidence = {"answer": "met", "evidence": "Liste", "document_id": document}
    record.write(assess, partner, {"definition": "WLO-50", "said": "yes"}, {"W-1": evidence})
    for kind, code in (("unpp", "D-1"), ("review_of_partner", questions("review_of_partner")[0])):
        asked = scheme(kind)
        assert asked is not None
        answer = asked.answers_to(code)[0].code
        answers = {code: {"answer": answer, "evidence": f"Preuve {kind}"}}
        record.write(assess_by, partner, kind, {"assessed_on": DAY, "notes": SECRET}, answers)
    agency = record.write(add_organisation, {"name": "Agence d'essai"})
    found = {"organisation_id": partner, "scheme": "hact", "assessed_on": DAY, "agency_id": agency}
    record.write(add, Assessment, found | {"rating": "low_risk", "reference": "Constat d'une autre agence"})
    sheet = record.read(partner_sheet, partner)
    record._let_go()
    return write_sheet(sheet, DAY)


@pytest.fixture
def other(record: Record) -> Record:
    """Another office's record."""
    return record


def planned(record: Record, sent: bytes, whose: UUID | None = None, **more: Any) -> SheetPlan:
    sheet = read_sheet(sent, "fiche.json")
    return plan_sheet(sheet, record.read(known_of, sheet, whose), "fiche.json", "0" * 64, DAY, **more)


def take(record: Record, plan: SheetPlan) -> None:
    record.write(take_in_sheet, plan.arrival, plan.files)


def live(record: Record, entity: type[Any], *keys: str) -> list[tuple[Any, ...]]:
    columns = [getattr(entity, key) for key in keys]
    return record.read(
        lambda session: [tuple(row) for row in session.execute(select(*columns).where(entity.removed_at.is_(None)))]
    )


def test_what_never_leaves_is_not_in_the_file(sent: bytes) -> None:
    text = sent.decode()
    assert "Femmes d'essai" in text and "Preuve unpp" in text and "c@essai.example" in text
    for never in (SECRET, "sealed:", "XXi.001", "review_of_partner", "Preuve review_of_partner", "Amani", "Constat"):
        assert never not in text


def test_the_same_sheet_gives_the_same_bytes_and_reads_back(sent: bytes) -> None:
    sheet = read_sheet(sent, "fiche.json")
    assert write_sheet(sheet, DAY) == sent
    assert list(sheet.files.values()) == [STATUTES]
    assert pickle.loads(pickle.dumps(sheet)) == sheet


def test_an_office_that_does_not_know_the_partner_gets_it_whole(other: Record, sent: bytes) -> None:
    other.write(add_place, {"name": "Kasoro", "kind": "admin", "pcode": "ZZ01"})
    before = other.read(everything)
    plan = planned(other, sent)
    assert plan.organisation_id is None and not plan.differences
    take(other, plan)
    assert live(other, Organisation, "name", "acronym", "notes") == [("Femmes d'essai", "FE", None)]
    assert live(other, Contact, "name", "email") == [("Contact d'essai", "c@essai.example")]
    assert len(live(other, OrganisationPlace, "id")) == 1
    ((digest,),) = live(other, Document, "digest")
    assert other.read(content_of, digest) == STATUTES
    assert [row[0] for row in live(other, Answer, "evidence")] == ["Preuve unpp"]
    assert planned(other, sent).arrival.empty
    other.undo()
    assert other.read(everything) == before


def test_another_offices_finding_stands_on_its_evidence_and_on_who_takes_it_in(other: Record, sent: bytes) -> None:
    plan = planned(other, sent)
    assert plan.remarks["women_led_assessment", TO_BE_REVIEWED] == 1
    take(other, plan)
    assert live(other, WomenLedAssessment, "status", "review", "assessed_by_id") == [("met", None, other.person)]
    assert ("W-1", "met", "Liste") in live(other, Criterion, "code", "answer", "evidence")


def test_the_days_of_an_assessment_that_is_held_are_not_taken_from_a_sheet(other: Record, sent: bytes) -> None:
    def later(whole: dict[str, Any]) -> None:
        row_of(whole, "women_led_assessment")["values"].update(assessed_on="2026-01-05", valid_until="2031-01-05")

    take(other, planned(other, sent))
    ((held,),) = live(other, WomenLedAssessment, "id")
    taken = {(held, "assessed_on"), (held, "valid_until")}
    plan = planned(other, altered(sent, later), taken=taken)
    assert not plan.differences and plan.arrival.empty


def test_a_finding_without_its_criteria_is_unknown(other: Record, sent: bytes) -> None:
    def bare(whole: dict[str, Any]) -> None:
        rows = whole["content"]["rows"]
        whole["content"]["rows"] = [row for row in rows if row["entity"] != "criterion"]

    take(other, planned(other, altered(sent, bare)))
    assert live(other, WomenLedAssessment, "status") == [("unknown",)]


def test_a_partner_known_by_its_name_is_filled_and_not_overwritten(other: Record, sent: bytes) -> None:
    ours = other.write(add_organisation, {"name": "FEMMES D’ESSAI", "acronym": "FDE"})
    plan = planned(other, sent)
    assert plan.organisation_id == ours
    told = {one.key: (one.held, one.theirs, one.taken) for one in plan.differences}
    assert told["acronym"] == ("FDE", "FE", False)
    assert told["website"] == (None, "https://essai.example", True)
    take(other, plan)
    assert live(other, Organisation, "name", "acronym", "website") == [
        ("FEMMES D’ESSAI", "FDE", "https://essai.example")
    ]
    again = planned(other, sent, taken={(ours, "acronym")})
    assert [change.values for change in again.arrival.changed] == [{"acronym": "FE"}]


def test_a_person_says_which_organisation_it_is(other: Record, sent: bytes) -> None:
    ours = other.write(add_organisation, {"name": "Tout autre nom"})
    assert planned(other, sent).organisation_id is None
    take(other, planned(other, sent, ours))
    assert ("Femmes d'essai", "spelling") in live(other, OrganisationName, "name", "use")
    assert len(live(other, Organisation, "id")) == 1
    assert planned(other, sent, ours).arrival.empty


def test_what_was_removed_here_does_not_come_back_by_itself(other: Record, sent: bytes) -> None:
    plan = planned(other, sent)
    assert plan.remarks["organisation_place", NO_SUCH_PLACE] == 1
    take(other, plan)
    ((person,),) = live(other, Contact, "id")
    other.write(remove, Contact, person)
    again = planned(other, sent)
    assert again.remarks["contact", REMOVED_HERE] == 1 and again.arrival.empty
    other.undo()
    other.undo()
    with pytest.raises(OrganisationRemoved):
        planned(other, sent)


def altered(sent: bytes, change: Callable[[dict[str, Any]], object], *, sealed: bool = True) -> bytes:
    """The file with something changed, and its digest made to fit again."""
    whole = json.loads(sent)
    change(whole)
    if sealed:
        whole["digest"] = _digest(whole["content"])
    return json.dumps(whole).encode()


def row_of(whole: dict[str, Any], entity: str) -> dict[str, Any]:
    return next(row for row in whole["content"]["rows"] if row["entity"] == entity)


HOSTILE: dict[str, Callable[[dict[str, Any]], object]] = {
    "a flag": lambda whole: row_of(whole, "contact").update(entity="flag"),
    "a two-way review": lambda whole: row_of(whole, "assessment")["values"].update(scheme="review_by_partner"),
    "a field more": lambda whole: row_of(whole, "contact")["values"].update(removed_at=None),
    "a field less": lambda whole: row_of(whole, "contact")["values"].pop("email"),
    "a list for a text": lambda whole: row_of(whole, "contact")["values"].update(email=["x"]),
    "a control character": lambda whole: row_of(whole, "contact")["values"].update(name="a\x00b"),
    "half a character": lambda whole: row_of(whole, "contact")["values"].update(name="a\ud800"),
    "too long": lambda whole: row_of(whole, "contact")["values"].update(name="a" * 5000),
    "no choice": lambda whole: row_of(whole, "organisation")["values"].update(type="pirate"),
    "no day": lambda whole: row_of(whole, "assessment")["values"].update(assessed_on="2026-13-40"),
    "two organisations": lambda whole: whole["content"]["rows"].append(
        {**row_of(whole, "organisation"), "id": str(uuid4())}
    ),
    "an id twice": lambda whole: whole["content"]["rows"].append(row_of(whole, "contact")),
    "no organisation": lambda whole: whole["content"]["rows"].pop(0),
    "a link out of it": lambda whole: row_of(whole, "answer")["values"].update(assessment_id=str(uuid4())),
    "a link to another kind": lambda whole: row_of(whole, "criterion")["values"].update(
        document_id=row_of(whole, "contact")["id"]
    ),
    "a file of nothing": lambda whole: whole["content"]["files"].update({"0" * 64: ""}),
    "another size": lambda whole: row_of(whole, "document")["values"].update(size=1),
    "no rows": lambda whole: whole["content"].update(rows=[]),
    "rows of nothing": lambda whole: whole["content"].update(rows=[None]),
    "another kind of file": lambda whole: whole.update(kind="raw"),
}


@pytest.mark.parametrize("change", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_file_that_is_no_sheet_of_ours_is_refused(sent: bytes, change: Callable[[dict[str, Any]], object]) -> None:
    with pytest.raises(SheetRefused) as refused:
        read_sheet(altered(sent, change), "fiche.json")
    assert pickle.loads(pickle.dumps(refused.value)).gaps == {"name": "fiche.json"}


def test_what_was_altered_on_the_way_is_refused(sent: bytes) -> None:
    with pytest.raises(SheetAltered):
        read_sheet(sent.replace(b"Contact d'essai", b"Contact d'ailleurs"), "fiche.json")
    with pytest.raises(SheetNewer):
        read_sheet(altered(sent, lambda whole: whole.update(version=2)), "fiche.json")


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"null", b"\xff", b"[" * 100_000, b'{"kind": 1e999}'])
def test_whatever_is_in_the_file_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(SheetRefused):
        read_sheet(content, "fiche.json")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(["kind", "version", "digest", "content", "rows", "entity", "id", "values"]), inner
            )
        ),
    )
)
def test_no_json_makes_it_fail(whole: Any) -> None:
    content = {"rows": whole, "places": {}, "files": {}}
    asked = {"kind": "jalon-partner-sheet", "version": 1, "digest": _digest(content), "content": content}
    with pytest.raises(SheetRefused):
        read_sheet(json.dumps({**asked, "office": {"id": str(uuid4()), "name": "X"}}).encode(), "fiche.json")
