"""The practice record: whole, plainly invented, quickly made, with a third month that has one row to put right."""

import json
import runpy
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

import resources
from db.commands.arrivals import bring_in
from db.errors import RecordExists
from db.models import (
    Breakdown,
    Framework,
    Organisation,
    OrganisationName,
    OrganisationRole,
    Place,
    Result,
    WomenLedAssessment,
)
from db.queries.arrivals import held
from db.queries.check import check
from db.queries.history import deeds
from db.queries.layers import shares
from db.queries.protection import protection
from db.queries.scope import Scope
from db.record import Record
from desktop.deliver import Order, deliver
from desktop.guard.audiences import Audience
from desktop.intake.plan import Decisions, Plan, Verdict
from desktop.intake.planning import plan
from desktop.intake.profiles import mapping_for
from desktop.intake.workbook import read_workbook
from desktop.opening import open_record
from desktop.reports.outlines import outlines
from desktop.reports.report import Asked
from desktop.sample import Practice, make_practice_record, sheets
from i18n import LANGUAGES, Words
from tests.builders import copied

ROWS, HEADINGS = 30, 6
THIS_MONTH, TO_DATE = range(10, 14), range(15, 19)
TOTAL, TOTAL_TO_DATE = 14, 19
JANUARY, FEBRUARY, MARCH = "2026-01", "2026-02", "2026-03"


@pytest.fixture(scope="module")
def practice(practised: Practice, tmp_path_factory: pytest.TempPathFactory) -> Practice:
    """A copy of it, to bring a third month in."""
    own = copied(practised.record, tmp_path_factory.mktemp("practice") / "practice.jalon")
    return replace(practised, record=own)


@pytest.fixture(scope="module")
def record(practice: Practice) -> Iterator[Record]:
    opened = open_record(practice.record)
    assert opened.practice
    with opened.record as record:
        yield record


def rows_of(file: Path) -> list[tuple[object, ...]]:
    (sheet,) = read_workbook(file).sheets
    return list(sheet.rows[HEADINGS:])


def count(cell: object) -> int:
    return int(cell) if isinstance(cell, int | float) else 0


def planned(record: Record, file: Path, decisions: Decisions | None = None) -> Plan:
    workbook = read_workbook(file)
    mapping = mapping_for(workbook)
    return plan(workbook, mapping, record.read(held, mapping.holds.value), decisions)


# --- the record -------------------------------------------------------------------------------------------------------


def test_it_is_sound_and_its_published_passphrase_marks_it_as_practice(practice: Practice) -> None:
    opened = open_record(practice.record, practice.passphrase, write=False)
    with opened.record as record:
        assert opened.practice
        assert check(record) == ()


def test_what_is_there_already_stays_as_it_is(practice: Practice) -> None:
    before = practice.record.read_bytes()
    with pytest.raises(RecordExists):
        make_practice_record(practice.record)
    assert practice.record.read_bytes() == before


def test_it_has_a_history_by_a_person_who_is_plainly_nobody(record: Record) -> None:
    done = record.read(deeds)
    assert len({one.deed for one in done}) >= 8
    assert {one.person for one in done} == {"Personne d’exercice"}


def test_its_partners_are_of_many_kinds_and_several_are_led_by_women(record: Record) -> None:
    def partners(session: Session) -> list[tuple[str | None, bool | None, str | None]]:
        assessed = dict(session.execute(select(WomenLedAssessment.organisation_id, WomenLedAssessment.status)).all())
        rows = session.execute(
            select(Organisation.id, Organisation.type, Organisation.may_be_named)
            .join(OrganisationRole, OrganisationRole.organisation_id == Organisation.id)
            .where(OrganisationRole.role == "partner")
        )
        return [(type, named, assessed.get(id)) for id, type, named in rows]

    found = record.read(partners)
    status = Counter(one[2] for one in found)
    assert len(found) == 7
    assert (status["met"], status["not_met"]) == (3, 1)
    assert len({one[0] for one in found}) >= 4
    assert {one[1] for one in found} == {True, False, None}


def test_one_partner_has_an_arabic_name_and_one_a_former_name(record: Record) -> None:
    def found(session: Session) -> tuple[set[str | None], set[str]]:
        return set(session.scalars(select(Organisation.name_language))), set(
            session.scalars(select(OrganisationName.use))
        )

    languages, uses = record.read(found)
    assert "ar" in languages
    assert "former" in uses


def test_its_money_is_followed_to_partners_that_women_lead_and_to_one_not_known_to_be_local(record: Record) -> None:
    found = record.read(shares, "commitment", date(2026, 1, 1), date(2026, 12, 31), "USD")
    assert found.of(actors=["local"], women_led="met").passed_on.amount > found.of(actors=["unknown"]).passed_on.amount
    assert found.of(actors=["unknown"]).passed_on.amount > 0
    assert found.counted.share and found.rates


def test_it_holds_the_frameworks_and_the_programme(record: Record) -> None:
    codes = record.read(lambda session: set(session.scalars(select(Framework.code))))
    assert {"COMPASS", "IOM-ROADMAP", "IOM-DRL"} <= codes


# --- the sheets -------------------------------------------------------------------------------------------------------


def test_every_sheet_has_thirty_rows_under_headings_with_line_breaks() -> None:
    files = sheets(JANUARY, FEBRUARY, MARCH)
    assert len(files) == 9
    for file in files:
        (sheet,) = read_workbook(file).sheets
        assert len(sheet.rows) == HEADINGS + ROWS
        assert {"Femmes\nce mois", "Garçons\nce mois", "Femmes\ncumul", "Garçons\ncumul"} <= set(
            sheet.rows[HEADINGS - 1]
        )


def test_every_sheet_is_read_by_the_mapping_that_comes_with_jalon() -> None:
    assert {mapping_for(read_workbook(file)).name for file in sheets(JANUARY, FEBRUARY, MARCH)} == {
        "Rapport mensuel du partenaire"
    }


@pytest.mark.parametrize("partner", ["AML", "CADK", "FDK"])
def test_cumulative_figures_are_the_months_added_up(partner: str) -> None:
    so_far: dict[tuple[object, int], int] = {}
    for file in (one for one in sheets(JANUARY, FEBRUARY, MARCH) if f"-{partner}-" in one.name):
        for row in rows_of(file):
            for this_month, to_date in zip((*THIS_MONTH, TOTAL), (*TO_DATE, TOTAL_TO_DATE), strict=True):
                if row[this_month] == "douze":
                    continue
                so_far[row[0], to_date] = so_far.get((row[0], to_date), 0) + count(row[this_month])
                assert count(row[to_date]) == so_far[row[0], to_date]


def test_parts_add_up_to_their_total_or_were_not_collected() -> None:
    blank = 0
    for file in sheets(JANUARY, FEBRUARY):
        for row in rows_of(file):
            parts = [row[column] for column in THIS_MONTH]
            blank += parts == [""] * 4
            assert parts == [""] * 4 or sum(map(count, parts)) == count(row[TOTAL])
    assert blank


def test_the_record_holds_what_the_sheets_of_two_months_say(record: Record) -> None:
    def reached(session: Session, first: date) -> int | None:
        return session.scalar(
            select(func.sum(Result.value)).where(
                Result.nature == "reached",
                Result.span == "period",
                Result.starts_on == first,
                Result.activity_id.is_not(None),
            )
        )

    for month in (JANUARY, FEBRUARY):
        said = sum(count(row[TOTAL]) for file in sheets(month) for row in rows_of(file))
        assert record.read(reached, date.fromisoformat(f"{month}-01")) == said > 1_000


def test_small_and_sensitive_counts_are_there_to_be_guarded(record: Record) -> None:
    def found(session: Session) -> tuple[int | None, int | None]:
        counts = select(func.count()).where(Result.nature == "reached", Result.span == "period")
        return session.scalar(counts.where(Result.value.between(1, 4))), session.scalar(
            counts.where(Result.sensitivity == "high")
        )

    small, sensitive = record.read(found)
    assert small
    assert sensitive


def test_no_count_is_below_zero_and_every_part_is_at_most_its_whole(record: Record) -> None:
    over = record.read(
        lambda session: session.scalar(
            select(func.count())
            .select_from(Breakdown)
            .join(Result, Result.id == Breakdown.result_id)
            .where(Breakdown.value > Result.value)
        )
    )
    assert over == 0


# --- the third month --------------------------------------------------------------------------------------------------


def test_the_third_month_waits_and_one_row_needs_correction(practice: Practice, record: Record) -> None:
    plans = [planned(record, file) for file in practice.to_import]
    assert len(plans) == 3
    assert sum(one.count(Verdict.PROBLEM) for one in plans) == 1
    assert sum(one.count(Verdict.ADD) for one in plans) == 3 * ROWS - 1
    assert [one.adds["activity"] for one in plans] == [2, 2, 2]
    assert {(one.adds["organisation"], one.adds["place"], one.adds["donor"]) for one in plans} == {(0, 0, 0)}
    assert not any(one.proposals or one.taken_as_one or one.warnings for one in plans)
    (problem,) = (finding for one in plans for row in one.rows for finding in row.problems)
    assert "douze" in problem.text(Words.of("fr"))


def test_with_its_row_corrected_the_third_month_comes_in_whole_and_goes_in_one_step(
    practice: Practice, record: Record
) -> None:
    file, before = next(
        (file, found) for file in practice.to_import if (found := planned(record, file)).count(Verdict.PROBLEM)
    )
    number = next(row.number for row in before.rows if row.problems)
    column = next(at for at, cell in enumerate(rows_of(file)[number - HEADINGS - 1], start=1) if cell == "douze")
    corrected = planned(record, file, Decisions(corrections={(number, column): "12"}))
    assert (corrected.count(Verdict.PROBLEM), corrected.count(Verdict.ADD), corrected.warnings) == (0, ROWS, 0)
    record.write(bring_in, corrected.arrival)
    assert planned(record, file, Decisions(corrections={(number, column): "12"})).count(Verdict.HELD) == ROWS
    record.undo()
    assert planned(record, file).summary() == before.summary()


# --- what it says -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_overview_says_the_sum_of_the_sheets(record: Record, language: str, tmp_path: Path) -> None:
    said = sum(count(row[TOTAL]) for file in sheets(JANUARY, FEBRUARY) for row in rows_of(file))
    order = Order("protection-overview", Asked(audience=Audience.INTERNAL), language, "text")
    made = deliver(record, order, tmp_path / "overview.txt")
    assert Words.of(language).number(said) in made.content.decode()
    assert made.unprintable == ""


def test_for_donors_its_overview_hides_small_and_sensitive_counts(record: Record, tmp_path: Path) -> None:
    made = deliver(record, Order("protection-overview", Asked(), "fr", "text"), tmp_path / "overview.txt")
    assert made.notes.small
    assert made.notes.complementary
    assert made.notes.left_out


# --- the district -----------------------------------------------------------------------------------------------------


def test_every_commune_that_figures_are_printed_for_has_an_outline(record: Record) -> None:
    used = record.read(protection, Scope()).places.values()
    assert len(used) == 8
    assert {place.pcode for place in used} <= set(outlines())


def test_communes_lie_side_by_side_and_share_their_borders_point_by_point(record: Record) -> None:
    codes = record.read(lambda session: set(session.scalars(select(Place.pcode).where(Place.level == 3))))
    sides: Counter[frozenset[tuple[float, float]]] = Counter()
    for code in codes:
        (ring,) = outlines()[code or ""]
        assert ring[0] == ring[-1]
        sides.update(frozenset(side) for side in pairwise(ring))
    assert set(sides.values()) == {1, 2}


def test_outlines_are_marked_as_invented() -> None:
    held = json.loads(resources.path("outlines/practice.json").read_text("utf-8"))
    assert "inventés" in held["source"]


def test_the_same_bytes_are_made_again(tmp_path: Path) -> None:
    scripts = Path(resources.path("")).parent / "packaging"
    for script in ("make_sheets.py", "make_outlines.py"):
        runpy.run_path(str(scripts / script))["make"](tmp_path)
    made = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    assert len(made) == 10
    for path in made:
        assert (tmp_path / path).read_bytes() == resources.path(str(path)).read_bytes(), path
