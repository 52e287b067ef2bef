"""The 5W: what goes out is right, hidden where it must be, accepted by others' programs and read back by our own."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from uuid import UUID, uuid5

import hxl
import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.base import new_id, now
from db.deeds import deed
from db.models import (
    Activity,
    ActivityFunding,
    Breakdown,
    Organisation,
    Place,
    Result,
    WomenLedAssessment,
)
from db.models.activities import SECTORS, SENSITIVITIES, STATUSES
from db.models.donors import FUNDING_KINDS
from db.models.organisations import TYPES
from db.models.results import COUNTINGS, METHODS, UNITS
from db.queries.fivew import Body, Figure, FiveW, FiveWActivity, Level, PartOfFigure, fivew
from db.queries.scope import Scope
from db.record import Record
from desktop.exchange.fivew import sheet, tables
from desktop.exchange.hxl import columns
from desktop.guard.audiences import Audience
from desktop.guard.release import release
from desktop.intake.fields import READS
from desktop.intake.vocabulary import code_of, guess, guess_tag
from desktop.render.sheet import write_csv, write_xlsx
from desktop.reports.sheet import Cell, Sheet
from i18n import LANGUAGES, Words

AS_OF = date(2026, 6, 30)


def an_id(name: str) -> UUID:
    return uuid5(UUID(int=0), name)


def figure(
    value: int | None, nature: str = "declared", *parts: PartOfFigure, unit: str = "persons", missing: str | None = None
) -> Figure:
    name = f"{nature} {value} {unit}"
    reason = None if value is not None else missing or "not_collected"
    return Figure(an_id(name), nature, unit, value, reason, "not_stated", False, parts)


def part(sex: str, band: str, value: int | None, cut: str = "sex_age") -> PartOfFigure:
    return PartOfFigure(cut, sex, band, None, value, None if value is not None else "not_collected", "counted")


ACTIVITY = FiveWActivity(
    id=an_id("activity"),
    title="Espaces sûrs",
    project="P-01",
    description="Avec Mme Essai\ndans deux sites",
    sector="PRO-GBV",
    sector_stated=None,
    partner=Body(an_id("partner"), "Femmes d’essai", "FE", "national_ngo", True, "met"),
    reporter=None,
    where=(
        Level("country", 0, "Pays d’essai", "CD", "CD"),
        Level("admin", 1, "Nord-Essai", "CD01", "CD"),
        Level("admin", 2, "Est-Essai", "CD0101", "CD"),
        Level("site", 3, "Abri d’essai", None, "CD"),
    ),
    starts_on=date(2026, 1, 1),
    starts_on_missing=None,
    ends_on=date(2026, 6, 30),
    status="ongoing",
    status_stated=None,
    population="PDI",
    modality=None,
    response_plan="HRP 2026",
    sensitivity="low",
    funding=(("donor", "Donateur d’essai"), ("own", None)),
    framework_codes=("A-1", "B-2"),
    figures=(figure(120),),
)


def made(*activities: FiveWActivity, audience: Audience = Audience.INTERNAL, language: str = "fr") -> Sheet:
    return sheet(release(tables(FiveW(activities, AS_OF), audience), audience), Words.of(language))


def row(activity: FiveWActivity, audience: Audience = Audience.INTERNAL, language: str = "fr") -> dict[str, Cell]:
    one = made(activity, audience=audience, language=language)
    return dict(zip((column.field for column in columns()), one.rows[0], strict=True))


def test_a_row_says_who_what_where_when_for_whom_and_who_pays() -> None:
    found = row(ACTIVITY, language="en")
    assert {field: cell for field, cell in found.items() if cell is not None} == {
        "prog_org_name": "Femmes d’essai",
        "prog_org_acronym": "FE",
        "prog_org_type": "National NGO",
        "impl_org_wlo": "Yes",
        "donor_name": "Donateur d’essai; Own funds",
        "sector": "Gender-based violence",
        "project_code": "P-01",
        "activity_name": "Espaces sûrs",
        "activity_desc": "Avec Mme Essai dans deux sites",
        "activity_status": "Ongoing",
        "unit": "Persons",
        "adm0_code": "COD",
        "adm1_name": "Nord-Essai",
        "adm1_code": "CD01",
        "adm2_name": "Est-Essai",
        "adm2_code": "CD0101",
        "site_name": "Abri d’essai",
        "date_start": date(2026, 1, 1),
        "date_end": date(2026, 6, 30),
        "pop_group": "PDI",
        "declared": 120,
        "count_rule": "Counting rule not stated",
        "sensitivity": "Low",
        "appeal_code": "HRP 2026",
        "framework_codes": "A-1|B-2",
        "row_id": str(ACTIVITY.id),
        "funding_kind": "A donor; Own funds",
        "nature": "Direct beneficiaries declared",
    }


@pytest.mark.parametrize(
    ("nature", "field"), [("declared", "declared"), ("planned", "targeted"), ("reached", "reached")]
)
def test_a_count_stands_under_what_it_is_and_nowhere_else(nature: str, field: str) -> None:
    found = row(replace(ACTIVITY, figures=(figure(77, nature),)))
    assert [name for name in ("targeted", "declared", "reached", "reached_hh") if found[name] == 77] == [field]


def test_people_reached_stand_by_sex_and_age_and_households_apart() -> None:
    reached = figure(100, "reached", part("female", "18-59", 40), part("female", "60+", 10), part("male", "0-17", 30))
    found = row(replace(ACTIVITY, figures=(reached, figure(25, "reached", unit="households"))))
    parts = {field: found[field] for field in found if field.startswith("reached")}
    assert {field: value for field, value in parts.items() if value is not None} == {
        "reached": 100,
        "reached_hh": 25,
        "reached_women": 50,
        "reached_boys": 30,
        "reached_elderly_f": 10,
    }
    assert found["sadd_method"] == Words.of("fr").gettext("Counted")


def test_months_of_one_activity_add_up_and_zero_is_not_nothing() -> None:
    assert row(replace(ACTIVITY, figures=(figure(5), figure(8))))["declared"] == 13
    assert row(replace(ACTIVITY, figures=(figure(0),)))["declared"] == 0
    assert row(replace(ACTIVITY, figures=(figure(None),)))["declared"] is None
    assert row(replace(ACTIVITY, figures=()))["declared"] is None


@pytest.mark.parametrize(
    ("audience", "value", "shown"),
    [
        (Audience.INTERNAL, 3, 3),
        (Audience.DONOR, 3, None),
        (Audience.DONOR, 8, 8),
        (Audience.PUBLIC, 8, None),
        (Audience.PUBLIC, 0, 0),
        (Audience.PUBLIC, 120, 120),
    ],
)
def test_a_hidden_count_goes_out_empty_and_by_name(audience: Audience, value: int, shown: int | None) -> None:
    found = row(replace(ACTIVITY, figures=(figure(value),)), audience)
    assert found["declared"] == shown
    assert found["hidden"] == (None if shown is not None else "declared")


def test_no_hidden_part_can_be_worked_out_from_the_others() -> None:
    parts = part("female", "18+", 40), part("male", "18+", 30), part("female", "0-17", 27), part("male", "0-17", 3)
    found = row(replace(ACTIVITY, figures=(figure(100, "reached", *parts),)), Audience.DONOR)
    hidden = str(found["hidden"]).split("|")
    assert "reached_boys" in hidden and len(hidden) > 1
    assert all(found[field] is None for field in hidden)


def test_what_was_hidden_when_it_came_goes_out_as_hidden() -> None:
    found = row(replace(ACTIVITY, figures=(figure(None, missing="hidden"),)))
    assert found["declared"] is None and found["hidden"] == "declared"


def test_the_public_gets_no_shelter_no_free_text_and_no_name_without_leave() -> None:
    assert ACTIVITY.partner is not None
    unnamed = replace(ACTIVITY, partner=replace(ACTIVITY.partner, may_be_named=None))
    found = row(unnamed, Audience.PUBLIC, "en")
    assert found["prog_org_name"] == "Partner 1, not named" and found["prog_org_acronym"] is None
    assert found["site_name"] is None and found["activity_desc"] is None
    assert found["adm2_name"] == "Est-Essai"
    assert row(unnamed, Audience.DONOR)["prog_org_name"] == "Femmes d’essai"
    assert made(replace(ACTIVITY, sensitivity="moderate"), audience=Audience.PUBLIC).rows == ()


@pytest.mark.parametrize(
    ("title", "kept"), [("Abri des FEMMES d'Essai, Est", False), ("(FE) Abri", False), ("Fête", True)]
)
def test_a_title_that_names_who_may_not_be_named_stays_here(title: str, kept: bool) -> None:
    assert ACTIVITY.partner is not None
    unnamed = replace(ACTIVITY, title=title, partner=replace(ACTIVITY.partner, may_be_named=None))
    assert row(unnamed, Audience.PUBLIC)["activity_name"] == (title if kept else None)
    assert row(unnamed, Audience.DONOR)["activity_name"] == title


def test_a_missing_start_says_why() -> None:
    found = row(replace(ACTIVITY, starts_on=None, starts_on_missing="unreadable"), language="en")
    assert found["date_start"] is None and found["date_start_missing"] == "Could not be read"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", [Audience.INTERNAL, Audience.PUBLIC])
def test_the_validator_of_hxl_accepts_it(language: str, audience: Audience) -> None:
    nasty = replace(ACTIVITY, title="=cmd|' /C calc'!A1", population="\u202ePDI", figures=(figure(2),))
    one = made(ACTIVITY, nasty, replace(ACTIVITY, starts_on=None), audience=audience, language=language)
    written = CalamineWorkbook.from_filelike(BytesIO(write_xlsx(one))).get_sheet_by_index(0).to_python()
    assert hxl.validate([[str(cell) for cell in cells] for cells in written])["is_valid"]
    assert hxl.data([list(map(str, cells)) for cells in written]).display_tags == [column.tag for column in columns()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_intake_knows_every_heading_and_tag_that_it_reads(language: str) -> None:
    for column in columns():
        by_heading, by_tag = guess(column.heading(language)), guess_tag(column.tag)
        if column.field in READS:
            assert by_heading and by_heading.field == column.field, column.heading(language)
            assert by_tag and by_tag.field == column.field, column.tag
        else:
            assert by_heading is None or by_heading.field not in READS, column.heading(language)
            assert by_tag is None or by_tag.field not in READS, column.tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_intake_reads_every_word_of_ours_as_the_code_it_stands_for(language: str) -> None:
    words, lost = Words.of(language), []
    for field, choices in (
        ("sector", SECTORS),
        ("status", STATUSES),
        ("sensitivity", SENSITIVITIES),
        ("funding", [choice for choice in FUNDING_KINDS if choice[0] in ("own", "several", "other")]),
        ("org_type", TYPES),
        ("counting", COUNTINGS),
        ("method", METHODS),
        ("unit", [choice for choice in UNITS if choice[0] in ("persons", "contacts", "cases", "households")]),
    ):
        for code, title in choices:
            if (found := code_of(field, words.gettext(title))) != code:
                lost.append((field, code, words.gettext(title), found))
    assert lost == []


def test_the_same_rows_are_in_both_forms() -> None:
    one = made(ACTIVITY, replace(ACTIVITY, title="Autre, “suite”"))
    rows = CalamineWorkbook.from_filelike(BytesIO(write_xlsx(one))).get_sheet_by_index(0).to_python()
    assert len(rows) == 4
    text = write_csv(one).decode("utf-8-sig")
    assert text.splitlines()[1].startswith("#org+reporting+name,#org+prog+name")
    assert '"Autre, “suite”"' in text and "2026-01-01" in text


def test_the_record_answers_with_all_that_stands_in_scope(record: Record) -> None:
    other, north = record.write(fill)
    everything = record.read(fivew, Scope())
    assert [one.title for one in everything.activities] == ["Espaces sûrs", "Parrainage"]
    first, second = everything.activities
    assert first.partner and first.partner.women_led == "met" and second.partner and not second.reporter
    assert [level.name for level in first.where] == ["Nord-Essai", "Est-Essai"]
    assert first.funding == (("donor", "Donateur d'essai"), ("own", None))
    assert {(one.nature, one.value, len(one.parts)) for one in first.figures} == {("reached", 100, 1)}
    assert [one.value for one in second.figures] == [9], "the newest cumulative figure, where no period was counted"
    assert [one.title for one in record.read(fivew, Scope(partner=other)).activities] == ["Parrainage"]
    assert [one.title for one in record.read(fivew, Scope(place=north)).activities] == ["Espaces sûrs"]
    record.write(remove_activity, first.id)
    assert [one.title for one in record.read(fivew, Scope()).activities] == ["Parrainage"]


@deed("Fill the record")
def fill(session: Session) -> tuple[UUID, UUID]:
    """Two activities: one counted by period with a part, one only since the beginning."""
    north = Place(id=new_id(), name="Nord-Essai", kind="admin", level=1, pcode="XA01")
    east = Place(id=new_id(), name="Est-Essai", kind="admin", level=2, pcode="XA0101", parent_id=north.id)
    women, other, donor = (Organisation(id=new_id(), name=name) for name in ("Femmes", "Autre", "Donateur d'essai"))
    first = Activity(id=new_id(), title="Espaces sûrs", partner_id=women.id, place_id=east.id)
    second = Activity(id=new_id(), title="Parrainage", partner_id=other.id)
    reached = Result(id=new_id(), activity_id=first.id, nature="reached", value=100)
    session.add_all([north, east, women, other, donor, first, second, reached])
    session.add_all(
        [
            WomenLedAssessment(
                organisation_id=women.id,
                said="yes",
                definition="WLO-50",
                definition_version="1",
                status="met",
                assessed_on=date(2026, 1, 5),
            ),
            Breakdown(result_id=reached.id, cut="sex_age", sex="female", age_scheme="CA", age_band="18+", value=60),
            Result(activity_id=first.id, nature="reached", value=900, span="cumulative", ends_on=AS_OF),
            Result(activity_id=second.id, nature="reached", value=5, span="cumulative", ends_on=date(2026, 5, 31)),
            Result(activity_id=second.id, nature="reached", value=9, span="cumulative", ends_on=AS_OF),
            Result(activity_id=second.id, nature="background", value=7, span="moment"),
            ActivityFunding(activity_id=first.id, kind="donor", donor_id=donor.id),
            ActivityFunding(activity_id=first.id, kind="own"),
        ]
    )
    return other.id, north.id


@deed("Remove an activity")
def remove_activity(session: Session, activity: UUID) -> None:
    """Mark it removed."""
    session.scalars(select(Activity).where(Activity.id == activity)).one().removed_at = now()
