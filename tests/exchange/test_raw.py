"""Raw workbooks out and in: what nobody changed plans nothing; what somebody changed comes in, and nothing else."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.base import Entity
from db.commands.agreed_lines import LineOnlyByAmendment
from db.commands.agreements import ComesWithItsAgreement, approve, change_status
from db.commands.amending import OnlyByAmendment, amend
from db.commands.arrivals import Added, Arrival, BreaksRule, bring_in, rehearse
from db.commands.checking import InARing
from db.commands.entries import BY_DEED, add, edit
from db.commands.frameworks import add_frameworks
from db.commands.organisations import add_name
from db.commands.removing import remove
from db.commands.women_led import AlreadyReviewed, assess
from db.deeds import deed
from db.errors import RecordError
from db.fields import Kind, fields_of
from db.models import (
    Activity,
    Agreement,
    BudgetLine,
    Contact,
    Criterion,
    Flag,
    Issued,
    Organisation,
    Person,
    Place,
    ReceivedReport,
    Source,
    Tranche,
    WomenLedAssessment,
)
from db.queries.check import check
from db.queries.kinds import KINDS
from db.queries.raw import RAW_KINDS, held_raw, raw_fields, raw_rows
from db.record import Record
from desktop.exporting import export_raw
from desktop.intake.plan import Verdict
from desktop.intake.raw import plan_raw
from desktop.intake.raw_plan import RawPlan
from desktop.intake.raw_sheets import about, raw_sheets
from desktop.intake.workbook import Cell, Sheet, Workbook, read_workbook
from i18n import LANGUAGES, Words
from tests import anything
from tests.anything import ENTITIES, values_of
from tests.builders import PASSPHRASE, add_partner, copied, everything, new_record, rename

TODAY = date(2026, 11, 22)
LONG = "Rapport détaillé — حماية\n\n" + "ligne après ligne, " * 2400


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The closed records of two offices."""
    folder = tmp_path_factory.mktemp("offices")
    for name in ("essai", "autre"):
        new_record(folder / f"{name}.jalon")[0].close()
    return folder / "essai.jalon", folder / "autre.jalon"


@pytest.fixture
def record(offices: tuple[Path, Path], tmp_path: Path) -> Record:
    return Record.open(copied(offices[0], tmp_path / "essai.jalon"), PASSPHRASE)


@pytest.fixture
def other(offices: tuple[Path, Path], tmp_path: Path) -> Record:
    """Another office, with frameworks and places of its own."""
    return Record.open(copied(offices[1], tmp_path / "autre.jalon"), PASSPHRASE)


def exported(record: Record, tmp_path: Path, *kinds: str, language: str = "fr", blank: bool = False) -> Workbook:
    """A raw export as it is read again."""
    out = tmp_path / f"{record.path.stem}-{language}.xlsx"
    export_raw(record, kinds, language, out, blank=blank)
    return read_workbook(out)


def planned(record: Record, workbook: Workbook, kind: str | None = None, **more: Any) -> RawPlan:
    sheets = raw_sheets(workbook, kind, by_headings=kind is not None)
    tables = tuple(dict.fromkeys(KINDS[sheet.kind].entity.__tablename__ for sheet in sheets))
    told = about(workbook)
    return plan_raw(workbook, sheets, told, record.read(held_raw, tables, told.state), TODAY, **more)


def with_cells(workbook: Workbook, kind: str, row: int, cells: Mapping[str, Cell]) -> Workbook:
    """The workbook with other cells in one row of the sheet of a kind; the row after the last one is a new one."""
    sheets = []
    for sheet in workbook.sheets:
        lines = [list(line) for line in sheet.rows]
        if len(lines) > 1 and lines[1][0] == f"{kind}.id":
            keys = [str(key) for key in lines[1]]
            if row + 2 == len(lines):
                lines.append([""] * len(keys))
            for key, cell in cells.items():
                lines[row + 2][keys.index(key if key != "id" else f"{kind}.id")] = cell
        sheets.append(Sheet(sheet.name, tuple(map(tuple, lines))))
    return Workbook(workbook.name, tuple(sheets), workbook.digest + "0")


def bring(record: Record, plan: RawPlan) -> None:
    assert plan.count(Verdict.PROBLEM) == 0, said(plan)
    record.write(bring_in, plan.arrival)


def said(plan: RawPlan, language: str = "en") -> list[str]:
    words = Words.of(language)
    every = (f for row in plan.rows for f in (*row.problems, *row.changes, *row.conflicts, *row.remarks))
    return [found.text(words) for found in every]


def held(session: Session, entity: type[Entity]) -> list[Any]:
    return list(session.scalars(select(entity).where(entity.removed_at.is_(None)).order_by(entity.row)))


@deed("Fill with anything")
def fill_with_anything(session: Session, seed: int) -> None:
    """Three things of every kind, of random values, past the rules of their deeds."""
    chance = Random(seed)
    ids: dict[str, list[UUID]] = {}
    waiting = [entity for entity in ENTITIES for _each in range(3)]
    for entity in [*waiting, *waiting, *waiting]:
        values = values_of(chance, entity, ids)
        there = ids.setdefault(entity.__tablename__, [])
        if values is None or len(there) >= 3:
            continue
        for key in BY_DEED.get(entity, ()):
            if (described := fields_of(entity)[key]).required:
                values[key] = anything._value(chance, entity, key, described, ids)
        thing = entity(**values)
        session.add(thing)
        session.flush()
        there.append(thing.id)
    assert all(ids[entity.__tablename__] for entity in ENTITIES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_record_of_every_kind_comes_back_as_it_is(record: Record, tmp_path: Path, language: str) -> None:
    record.write(fill_with_anything, LANGUAGES.index(language))
    plan = planned(record, exported(record, tmp_path, language=language))
    assert said(plan) == []
    assert plan.count(Verdict.HELD) == len(plan.rows) > 3 * len(ENTITIES) - 12
    assert plan.arrival.empty


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_an_empty_record_takes_in_all_of_another_office(
    record: Record, other: Record, tmp_path: Path, language: str
) -> None:
    record.write(fill_with_anything, 5)
    plan = planned(other, exported(record, tmp_path, language=language))
    assert said(plan) == []
    arrival = replace(plan.arrival, added=tuple(one for one in plan.arrival.added if one.entity != "source"))
    with pytest.raises(RecordError):
        other.write(bring_in, arrival)  # what was made past the rules keeps to them when it arrives
    places = tuple(replace(one, values=without_links(one.values)) for one in arrival.added if one.entity == "place")
    other.write(bring_in, replace(arrival, added=places))
    assert set(other.read(raw_rows, "places")) == set(record.read(raw_rows, "places"))


def without_links(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key == "id" or not isinstance(value, UUID)}


@pytest.fixture
def agreement(record: Record) -> UUID:
    partner = record.write(add_partner, "Femmes debout")
    record.write(add_partner, "Réseau de paix")
    values = {"title": "=SOMME(A1)", "type": "project", "partner_id": partner, "amount": 1250050, "currency": "EUR"}
    return record.write(add, Agreement, values | {"starts_on": date(2026, 1, 31), "description": LONG})


def test_a_cell_that_was_changed_changes_the_record_and_no_other(
    record: Record, agreement: UUID, tmp_path: Path
) -> None:
    before = record.read(everything)
    book = exported(record, tmp_path, "agreements", language="ar")
    changed = with_cells(
        book, "agreements", 0, {"amount": 99.5, "starts_on": "", "partner_id": "reseau de paix", "title": "+1"}
    )
    plan = planned(record, changed)
    assert plan.summary()["changes"] == 1
    assert record.read(everything) == before
    bring(record, plan)
    (row,) = record.read(raw_rows, "agreements").values()
    assert (row["title"], row["amount"], row["starts_on"]) == ("+1", 9950, None)
    assert row["description"] == LONG.strip() or row["description"] == LONG
    assert planned(record, changed).arrival.empty
    record.undo()
    assert record.read(everything) == before


def test_long_text_stays_whole_and_a_formula_stays_text(record: Record, agreement: UUID, tmp_path: Path) -> None:
    out = tmp_path / "raw.xlsx"
    export_raw(record, ("agreements",), "fr", out)
    rows = CalamineWorkbook.from_path(out).get_sheet_by_index(1).to_python()
    keys = [str(key) for key in rows[1]]
    assert rows[2][keys.index("title")] == "=SOMME(A1)"
    parts = [str(rows[2][at]) for at, key in enumerate(keys) if key.split("+")[0] == "description"]
    assert len(parts) > 1
    assert "".join(parts).split() == LONG.split()
    assert rows[2][keys.index("amount")] == 12500.5
    assert rows[2][keys.index("starts_on")] == date(2026, 1, 31)
    assert rows[2][keys.index("partner_id")] == "Femmes debout"
    assert rows[2][keys.index("type")] == Words.of("fr").gettext("Project agreement")


def test_what_was_changed_here_since_is_not_put_back(record: Record, tmp_path: Path) -> None:
    partner = record.write(add_partner, "Femmes debout")
    record.write(edit, Organisation, partner, {"website": "essai.example", "acronym": "FDB"})
    book = exported(record, tmp_path, "organisations")
    record.write(edit, Organisation, partner, {"website": "neuf.example", "acronym": "FD"})
    assert planned(record, book).arrival.empty
    both = with_cells(book, "organisations", 0, {"website": "autre.example", "registration": "N° 5"})
    plan = planned(record, both)
    assert plan.conflicts == 1
    bring(record, plan)
    values = record.read(raw_rows, "organisations")[partner]
    assert (values["website"], values["registration"], values["acronym"]) == ("neuf.example", "N° 5", "FD")
    bring(record, planned(record, both, take_theirs=True))
    assert record.read(raw_rows, "organisations")[partner]["website"] == "autre.example"


def test_a_blank_workbook_comes_back_filled(record: Record, tmp_path: Path) -> None:
    record.write(add_partner, "Femmes debout")
    book = exported(record, tmp_path, "partners", "contacts", "agreements", language="ar", blank=True)
    assert all(len(sheet.rows) == 2 for sheet in raw_sheets_of(book))
    book = with_cells(book, "partners", 0, {"name": "نساء واقفات", "acronym": "نو", "women_rights": "نعم"})
    book = with_cells(book, "contacts", 0, {"name": "Furaha Essai", "organisation_id": "نو"})
    book = with_cells(book, "contacts", 1, {"name": "Neema Essai", "organisation_id": "femmes DEBOUT"})
    title = Words.of("ar").gettext("Project agreement")
    cells = {"title": "Accord", "type": title, "partner_id": "نساء واقفات", "amount": "1 200,50", "currency": "USD"}
    book = with_cells(book, "agreements", 0, cells)
    plan = planned(record, book)
    assert plan.summary()["adds"] == {"partners": 1, "contacts": 2, "agreements": 1}
    bring(record, plan)
    names = {values["name"]: values for values in record.read(raw_rows, "partners").values()}
    assert names["نساء واقفات"]["women_rights"] is True
    (agreement,) = record.read(raw_rows, "agreements").values()
    assert agreement["amount"] == 120050
    assert agreement["partner_id"] in record.read(raw_rows, "partners")
    assert [source.kind for source in record.read(held, Source)] == ["raw"]
    assert planned(record, book).arrival.empty, "the same workbook adds nothing twice"


def raw_sheets_of(book: Workbook) -> list[Sheet]:
    return [sheet for sheet in book.sheets if str(sheet.rows[1][0]).endswith(".id")]


@pytest.mark.parametrize(
    ("kind", "cells", "reason"),
    [
        ("agreements", {"type": "Chose"}, "none of its choices"),
        ("agreements", {"amount": "beaucoup"}, "no number"),
        ("agreements", {"amount": 1.001}, "finer"),
        ("agreements", {"amount": 1, "currency": ""}, "currency"),
        ("agreements", {"partner_id": "Personne"}, "nothing of that name"),
        ("agreements", {"starts_on": "demain"}, "no date"),
        ("agreements", {"starts_on": date(2026, 5, 1), "ends_on": date(2026, 4, 1)}, "before it starts"),
        ("agreements", {"title": ""}, "needs a value"),
        ("agreements", {"title": "x" * 501}, "too long"),
        ("agreements", {"title": "a\x01b"}, "cannot be kept"),
        ("agreements", {"status": "closed"}, "action of its own"),
        ("agreements", {"id": "12"}, "no id"),
        ("partners", {"country": "Congo-Kinshasa"}, "too long"),
        ("partners", {"women_rights": "peut-être"}, "neither yes nor no"),
    ],
)
def test_what_cannot_stand_in_a_cell_is_a_problem_of_its_row(
    record: Record, tmp_path: Path, kind: str, cells: dict[str, Cell], reason: str
) -> None:
    record.write(add_partner, "Femmes debout")
    book = exported(record, tmp_path, kind, blank=True)
    good: dict[str, Cell] = {"title": "Accord", "type": "project", "currency": "EUR", "partner_id": "Femmes debout"}
    if kind == "partners":
        good = {"name": "Femmes"}
    plan = planned(record, with_cells(with_cells(book, kind, 0, good), kind, 1, good | cells))
    assert [row.verdict for row in plan.rows] == [Verdict.ADD, Verdict.PROBLEM], said(plan)
    assert any(reason in text for text in said(plan)), said(plan)
    for language in LANGUAGES:
        assert said(plan, language)


def test_a_column_that_stands_there_twice_is_read_once_and_one_that_is_gone_changes_nothing(
    record: Record, tmp_path: Path
) -> None:
    partner = record.write(add_partner, "Femmes debout")
    record.write(edit, Organisation, partner, {"website": "essai.example"})
    book = exported(record, tmp_path, "organisations")
    (sheet,) = raw_sheets_of(book)
    at = sheet.rows[1].index("name")
    twice = tuple((*line[:3], line[at], line[at]) for line in sheet.rows)
    plan = planned(record, Workbook(book.name, (Sheet(sheet.name, twice),), "0"))
    assert plan.arrival.empty
    assert said(plan) == []


def test_an_id_twice_and_one_that_was_removed_are_problems(record: Record, tmp_path: Path) -> None:
    gone, stays = record.write(add_partner, "Femmes debout"), record.write(add_partner, "Réseau")
    book = exported(record, tmp_path, "organisations")
    record.write(remove, Organisation, gone)
    book = with_cells(book, "organisations", 2, {"id": str(stays), "name": "Réseau"})
    assert [row.verdict for row in planned(record, book).rows] == [Verdict.PROBLEM, Verdict.HELD, Verdict.PROBLEM]


def test_a_rule_is_kept_by_what_arrives(record: Record, tmp_path: Path) -> None:
    record.write(add_partner, "Femmes debout")
    cells = {"organisation_id": "Femmes debout", "screened_on": date(2026, 1, 1), "list": "ONU", "result": "none"}
    book = with_cells(exported(record, tmp_path, "screenings", blank=True), "screenings", 0, cells | {"reference": "X"})
    before = record.read(everything)
    arrival = planned(record, book).arrival
    assert len(record.read(rehearse, arrival)) == 1
    assert record.read(everything) == before, "a rehearsal leaves nothing behind"
    assert check(record) == ()
    with pytest.raises(BreaksRule) as broken:
        record.write(bring_in, arrival)
    assert broken.value.values(Words.of("fr"))["reason"]
    assert record.read(everything) == before


def test_what_has_the_id_of_something_else_does_not_come_in(record: Record, agreement: UUID, tmp_path: Path) -> None:
    book = exported(record, tmp_path, "organisations", blank=True)
    plan = planned(record, with_cells(book, "organisations", 0, {"id": str(agreement), "name": "Sous un faux numéro"}))
    before = record.read(everything)
    (broken,) = record.read(rehearse, plan.arrival)
    assert "Sous un faux numéro" in broken.values(Words.of("en"))["what"]
    with pytest.raises(BreaksRule):
        record.write(bring_in, plan.arrival)
    assert record.read(everything) == before and check(record) == ()


@pytest.mark.parametrize(
    ("kind", "entity", "more"),
    [("organisations", Organisation, {}), ("places", Place, {"level": 1, "kind": "country"})],
)
def test_nothing_comes_in_that_belongs_to_itself(
    record: Record, tmp_path: Path, kind: str, entity: type[Entity], more: dict[str, Cell]
) -> None:
    first, second = uuid4(), uuid4()
    book = exported(record, tmp_path, kind, blank=True)
    book = with_cells(book, kind, 0, more | {"id": str(first), "name": "Une", "parent_id": str(second)})
    book = with_cells(book, kind, 1, more | {"id": str(second), "name": "Autre", "parent_id": str(first)})
    with pytest.raises(BreaksRule):
        record.write(bring_in, planned(record, book).arrival)
    whole = record.write(add, entity, more | {"name": "Ensemble"})
    part = record.write(add, entity, more | {"name": "Partie", "parent_id": whole})
    for above in (whole, part):
        with pytest.raises(InARing):
            record.write(edit, entity, whole, {"parent_id": above})


def test_what_its_own_deed_changes_is_not_changed_by_a_cell_of_our_own_workbook(
    record: Record, agreement: UUID, tmp_path: Path
) -> None:
    book = exported(record, tmp_path, "agreements")
    active = dict(fields_of(Agreement)["status"].choices)["active"]
    cells = {"status": Words.of("fr").gettext(active), "title": "Accord", "partner_id": "Femmes debout"}
    cells["type"] = Words.of("fr").gettext("Project agreement")
    invented = {"id": "0f2d9c36-8c0f-4a1c-9a54-1d6f7f0a9b11"}
    for row, more in ((0, {}), (1, {}), (1, invented)):
        plan = planned(record, with_cells(book, "agreements", row, cells | more))
        assert plan.count(Verdict.PROBLEM) == 1 and plan.arrival.empty


def test_the_terms_of_a_signed_agreement_do_not_change_by_a_cell(
    record: Record, agreement: UUID, tmp_path: Path
) -> None:
    record.write(approve, agreement, {})
    for status in ("review", "approved", "signed"):
        record.write(change_status, agreement, {"status": status})
    book = exported(record, tmp_path, "agreements")
    plan = planned(record, with_cells(book, "agreements", 0, {"amount": 99.5}))
    assert [type(one.broken) for one in record.read(rehearse, plan.arrival)] == [OnlyByAmendment]
    with pytest.raises(BreaksRule):
        bring(record, plan)
    lines = exported(record, tmp_path, "budget-lines")
    added = {"agreement_id": "=SOMME(A1)", "title": "Ajout", "currency": "EUR", "donor_amount": 5}
    new = planned(record, with_cells(lines, "budget-lines", 0, added))
    assert [type(one.broken) for one in record.read(rehearse, new.arrival)] == [LineOnlyByAmendment], said(new)
    bring(record, planned(record, with_cells(book, "agreements", 0, {"reference": "N° 5"})))
    (row,) = record.read(raw_rows, "agreements").values()
    assert (row["reference"], row["amount"]) == ("N° 5", 1250050)


def test_what_another_office_amended_and_who_may_do_what_is_left_alone(
    record: Record, other: Record, agreement: UUID, tmp_path: Path
) -> None:
    record.write(approve, agreement, {})
    for status in ("review", "approved", "signed"):
        record.write(change_status, agreement, {"status": status})
    line = {"agreement_id": agreement, "title": "Espaces", "currency": "EUR"}
    kinds = ("people", "organisations", "agreements", "budget-lines")
    record.write(add_past_the_rules, BudgetLine, line)
    bring(other, planned(other, exported(record, tmp_path, *kinds)))
    record.write(amend, agreement, "budget", None, None, {"amount": 9950})
    record.write(change_status, agreement, {"status": "active"})
    record.write(alter, BudgetLine, {"title": "Autre", "code": "A1"})
    record.write(alter, Agreement, {"reference": "N° 5"})
    record.write(
        alter, Person, {"role": "reader", "left_on": TODAY, "successor_id": record.person, "email": "a@b.example"}
    )
    book = exported(record, tmp_path, *kinds)
    people = other.read(raw_rows, "people")
    plan = planned(other, book, take_theirs=True)
    assert plan.conflicts == 0 and plan.warnings == 3
    assert sum("left alone" in text for text in said(plan)) == 6, said(plan)
    bring(other, plan)
    (row,) = other.read(raw_rows, "agreements").values()
    assert (row["status"], row["amount"], row["reference"]) == ("signed", 1250050, "N° 5")
    (row,) = other.read(raw_rows, "budget-lines").values()
    assert (row["title"], row["code"]) == ("Espaces", "A1")
    after = other.read(raw_rows, "people")
    assert after[record.person] == people[record.person] | {"email": "a@b.example"}


def test_another_office_adds_nothing_to_what_was_signed_approved_or_reviewed_here(
    record: Record, other: Record, agreement: UUID, tmp_path: Path
) -> None:
    record.write(approve, agreement, {})
    for status in ("review", "approved", "signed"):
        record.write(change_status, agreement, {"status": status})
    partner = record.read(raw_rows, "agreements")[agreement]["partner_id"]
    assessment = record.write(
        assess, partner, {"definition": "WLO-50"}, {"W-1": {"answer": "met", "evidence": "Statuts d'essai"}}
    )
    record.write(alter, WomenLedAssessment, {"review": "confirmed"})
    kinds = ("people", "organisations", "agreements", "status-changes", "approvals", "amendments", "budget-lines")
    kinds += ("tranches", "women-led-assessments", "criteria")
    plan = planned(other, exported(record, tmp_path, *kinds))
    assert other.read(rehearse, plan.arrival) == (), "what was signed and reviewed there comes in as it was"
    bring(other, plan)
    before = other.read(everything)
    record.write(amend, agreement, "budget", "Plus", None, {})
    record.write(change_status, agreement, {"status": "active"})
    record.write(approve, agreement, {})
    record.write(add_past_the_rules, BudgetLine, {"agreement_id": agreement, "title": "Espaces", "currency": "EUR"})
    record.write(
        add_past_the_rules,
        Tranche,
        {"agreement_id": agreement, "number": 1, "currency": "EUR", "planned_amount": 5},
    )
    record.write(add_past_the_rules, Criterion, {"assessment_id": assessment, "code": "Z9", "answer": "unknown"})
    plan = planned(other, exported(record, tmp_path, *kinds), take_theirs=True)
    assert plan.count(Verdict.PROBLEM) == 6 and sum("never by a file" in text for text in said(plan)) == 6, said(plan)
    assert not plan.arrival.added
    assert other.read(everything) == before
    forced = Arrival("essai", "raw", plan.arrival.seen, added=tuple(_added_here(record, other)))
    refused = [type(one.broken) for one in other.read(rehearse, forced)]
    told = (ComesWithItsAgreement, LineOnlyByAmendment, AlreadyReviewed)
    assert [refused.count(each) for each in told] == [3, 2, 1]


def _added_here(record: Record, other: Record) -> Iterator[Added]:
    """What one office holds of these kinds and the other does not, as it would arrive past every plan."""
    for kind in ("status-changes", "approvals", "amendments", "budget-lines", "tranches", "criteria"):
        there = other.read(raw_rows, kind)
        for id, values in record.read(raw_rows, kind).items():
            if id not in there:
                yield Added(KINDS[kind].entity.__tablename__, len(there), values | {"id": id})


@deed("Add past the rules")
def add_past_the_rules(session: Session, entity: type[Entity], values: Mapping[str, Any]) -> None:
    session.add(entity(**values))


@deed("Alter past the rules")
def alter(session: Session, entity: type[Entity], values: Mapping[str, Any]) -> None:
    for key, value in values.items():
        setattr(held(session, entity)[0], key, value)


def test_another_office_comes_in_as_a_plan_with_conflicts(record: Record, other: Record, tmp_path: Path) -> None:
    partner = record.write(add_partner, "Femmes debout")
    bring(other, planned(other, exported(record, tmp_path, "organisations", "organisation-roles")))
    assert list(other.read(raw_rows, "partners")) == [partner], "its id is the same here and there"
    record.write(rename, partner, "Femmes levées")
    record.write(edit, Organisation, partner, {"website": "essai.example"})
    newer = exported(record, tmp_path, "organisations")
    plan = planned(other, newer)
    assert plan.conflicts == 1
    assert plan.arrival.empty
    assert any("Femmes debout" in text and "Femmes levées" in text for text in said(plan))
    assert any("Bureau" in note.text(Words.of("en")) for note in plan.notes)
    bring(other, planned(other, newer, take_theirs=True))
    assert other.read(raw_rows, "partners")[partner]["name"] == "Femmes levées"
    assert planned(other, newer).conflicts == 0


def test_frameworks_that_both_offices_hold_are_one(record: Record, other: Record, tmp_path: Path) -> None:
    for office in (record, other):
        office.write(carry_frameworks)
        office.write(add, Place, {"name": "Mahagi", "kind": "admin", "level": 2, "pcode": "CD5405"})
    activity = record.write(add, Activity, {"title": "Écoute", "place_id": record.read(held, Place)[0].id})
    kinds = ("frameworks", "framework-items", "texts", "places", "activities")
    plan = planned(other, exported(record, tmp_path, *kinds))
    assert plan.summary()["adds"] == {"activities": 1}
    bring(other, plan)
    assert other.read(raw_rows, "activities")[activity]["place_id"] == other.read(held, Place)[0].id


@deed("Carry the frameworks")
def carry_frameworks(session: Session) -> None:
    add_frameworks(session)


def test_one_partner_place_and_period_reported_by_two_offices_is_pointed_out(
    record: Record, other: Record, tmp_path: Path
) -> None:
    for office, title, month in ((record, "Écoute", 1), (other, "Permanence d'écoute", 2)):
        partner = office.write(add_partner, "Femmes debout")
        place = office.write(add, Place, {"name": "Mahagi", "kind": "admin", "level": 2, "pcode": "CD5405"})
        days = {"starts_on": date(2026, month, 1), "ends_on": date(2026, month + 3, 28)}
        office.write(add, Activity, {"title": title, "partner_id": partner, "place_id": place} | days)
    kinds = ("organisations", "places", "activities")
    plan = planned(other, exported(record, tmp_path, *kinds))
    assert plan.warnings == 2
    assert any("Permanence d'écoute" in text for text in said(plan))
    assert plan.summary()["adds"] == {"organisations": 1, "activities": 1}


def test_a_place_and_a_report_that_two_offices_entered_are_pointed_out_under_any_name(
    record: Record, other: Record, tmp_path: Path
) -> None:
    for office, name, month in ((record, "Réseau d'essai", 1), (other, "Femmes debout", 3)):
        partner = office.write(add_partner, name)
        if office is other:
            office.write(add_name, partner, {"name": "Réseau d'essai", "use": "former"})
        province = office.write(add, Place, {"name": "Province", "kind": "admin", "level": 1, "pcode": "ZZ9"})
        camp = {"name": "CAMP" if office is other else "Camp", "kind": "site", "level": 3, "parent_id": province}
        place = office.write(add, Place, camp)
        if office is record:
            office.write(add, Place, {"name": "Camp", "kind": "site", "level": 3})
        days = {"starts_on": date(2026, month, 1), "ends_on": date(2026, month + 2, 28)}
        office.write(add, Activity, {"title": name, "partner_id": partner, "place_id": place} | days)
        received = {"organisation_id": partner, "received_on": TODAY, "channel": "paper"}
        office.write(add, ReceivedReport, received | days)
    kinds = ("organisations", "places", "activities", "received-reports")
    plan = planned(other, exported(record, tmp_path, *kinds))
    told = said(plan)
    assert sum("received here already" in text for text in told) == 1, told
    assert sum("Something of the same name" in text for text in told) == 2, "the partner, and the camp in its province"
    assert sum("Reported here already" in text for text in told) == 1, "whatever the partner and the camp are called"


def test_nothing_sealed_or_confidential_is_in_a_raw_export(record: Record, tmp_path: Path) -> None:
    partner = record.write(add_partner, "Femmes debout")
    flag = {"organisation_id": partner, "level": "red", "category": "sea", "raised_on": TODAY, "body": "murmure"}
    record.write(add, Flag, flag)
    exported(record, tmp_path)
    whole = CalamineWorkbook.from_path(tmp_path / "essai-fr.xlsx")
    cells = str([whole.get_sheet_by_name(name).to_python() for name in whole.sheet_names])
    assert "Femmes debout" in cells
    assert "murmure" not in cells
    assert not {"flags", "confidential-notes"} & set(RAW_KINDS)
    for kind in RAW_KINDS:
        sealed = {key for key, each in fields_of(KINDS[kind].entity).items() if each.kind is Kind.SEALED}
        assert not sealed & raw_fields(KINDS[kind].entity).keys()


def test_a_raw_export_says_what_it_is_and_is_noted(record: Record, tmp_path: Path) -> None:
    book = exported(record, tmp_path, "people", language="es")
    told = about(book)
    assert told.office == "Bureau d'essai"
    assert told.state is not None
    (issued,) = record.read(lambda session: session.scalars(select(Issued)).all())
    assert (issued.name, issued.audience, issued.asked) == ("raw", "internal", {"kinds": ["people"]})
    exported(record, tmp_path, "people", blank=True)
    assert len(record.read(lambda session: session.scalars(select(Issued)).all())) == 1


def test_a_sheet_made_by_hand_is_read_by_its_headings_in_any_language(record: Record) -> None:
    record.write(add_partner, "Femmes debout")
    words = Words.of("ar")
    headings = tuple(words.gettext(fields_of(Contact)[key].name) for key in ("name", "organisation_id"))
    lines = (headings, ("Furaha Essai", "Femmes debout"))
    plan = planned(record, Workbook("a.csv", (Sheet("a", lines),), "0"), "contacts")
    assert plan.summary()["adds"] == {"contacts": 1}
    bring(record, plan)
    assert [contact.name for contact in record.read(held, Contact)] == ["Furaha Essai"]
