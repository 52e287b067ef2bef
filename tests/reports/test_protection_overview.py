"""The protection overview says what the record holds: nothing added twice, nothing missing taken for zero."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.base import new_id
from db.deeds import deed
from db.models import Activity, ActivityFunding, Breakdown, Result, Source
from db.queries.scope import Scope
from desktop.deliver import Order, gather, make
from desktop.guard.audiences import Audience
from desktop.guard.release import release
from desktop.reports.building import build
from desktop.reports.document import (
    Bullets,
    Chart,
    ChartKind,
    Count,
    Document,
    Hidden,
    KeyFigures,
    Missing,
    Said,
    Share,
    Table,
)
from desktop.reports.offer import report_called
from desktop.reports.report import Asked, WritersWords
from i18n import Words
from tests.reports.conftest import Protection

INTERNAL = Asked(audience=Audience.INTERNAL)


def said(protection: Protection, asked: Asked, language: str = "en") -> Document:
    """The overview as a document."""
    tables = gather(protection.record, Order("protection-overview", asked, language, "text"))
    released = release(tables, asked.audience, asked.scope.partner)
    return build(report_called("protection-overview"), released, Words.of(language))


def table(document: Document, name: str) -> Table:
    """One table of a document."""
    return next(block for block in document.blocks if isinstance(block, Table) and block.name == name)


def lines(document: Document, name: str) -> dict[object, tuple[object, ...]]:
    """The rows of a table by their head."""
    found = {}
    for row in table(document, name).rows:
        head = row.cells[0]
        found[head.text if isinstance(head, Said) else head] = row.cells[1:]
    return found


def figures(document: Document) -> dict[str, object]:
    """The key figures by their label."""
    block = next(one for one in document.blocks if isinstance(one, KeyFigures))
    return {figure.label: figure.value for figure in block.figures}


def notes(document: Document) -> str:
    """The reading notes as one text."""
    return "\n".join(
        run
        for block in document.blocks
        if isinstance(block, Bullets)
        for item in block.items
        for run in item
        if isinstance(run, str)
    )


def test_people_are_those_of_protection_and_each_nature_stands_alone(protection: Protection) -> None:
    told = figures(said(protection, INTERNAL))
    assert told["People reached"] == Count(103)
    assert told["Direct beneficiaries declared"] == Count(500)
    assert told["Activities"] == Count(4)
    assert told["Women-led partners"] == Count(1)
    assert told["Share of people with women-led partners"] == Share(
        told["Share of people with women-led partners"].ratio
    )
    assert told["Share of people with women-led partners"].ratio == 1


def test_a_figure_that_was_not_collected_is_not_a_zero(protection: Protection) -> None:
    places = lines(said(protection, INTERNAL), "places_reached")
    assert places["Nord-Essai"][-1] == Count(103)
    assert isinstance(places["Sud-Essai"][-1], Missing)
    assert places["Total"][-1] == Count(103)


def test_an_activity_counts_whole_under_each_of_its_donors_without_a_total(protection: Protection) -> None:
    donors = lines(said(protection, INTERNAL), "donors")
    reached = next(
        place
        for place, column in enumerate(table(said(protection, INTERNAL), "donors").columns[1:])
        if column.heading == "People reached"
    )
    assert donors["Donateur d'essai 1"][reached] == Count(103)
    assert donors["Donateur d'essai 2"][reached] == Count(3)
    assert "Total" not in donors
    assert "Own funds" in donors


def test_sex_and_age_are_printed_where_they_were_collected(protection: Protection) -> None:
    told = lines(said(protection, INTERNAL), "sex_age_reached")
    assert told["18 years and over"] == (Count(60), Count(0), Count(60))
    assert told["Total"] == (Count(60), Count(25), Count(85))


def test_an_unknown_status_is_printed_as_unknown(protection: Protection) -> None:
    partners = lines(said(protection, INTERNAL), "partners")
    assert partners["Femmes d'essai"][1] == "Criteria met"
    assert partners["Aide d'essai"][1] == "Unknown"


def test_where_nobody_was_assessed_no_share_is_claimed(protection: Protection) -> None:
    one = figures(said(protection, replace(INTERNAL, scope=Scope(partner=protection.other))))
    assert one["Women-led partners"] == one["Share of people with women-led partners"] == Missing("Unknown")
    both = figures(said(protection, INTERNAL))
    assert both["Women-led partners"] == Count(1)


@pytest.mark.parametrize(
    ("starts", "ends", "activities"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), 3),
        (date(2026, 4, 1), date(2026, 4, 30), 2),  # the unknown start ended in March
        (date(2026, 3, 31), date(2026, 3, 31), 3),
        (date(2025, 1, 1), date(2025, 1, 2), 2),  # its end is after the period's first day
        (date(2024, 1, 1), date(2024, 12, 31), 1),
    ],
)
def test_a_period_takes_in_what_overlaps_it(protection: Protection, starts: date, ends: date, activities: int) -> None:
    asked = replace(INTERNAL, scope=Scope(starts, ends))
    assert figures(said(protection, asked))["Activities"] == Count(activities)


def test_scopes_narrow_the_overview(protection: Protection) -> None:
    for scope, activities in (
        (Scope(partner=protection.women), 2),
        (Scope(donor=protection.donor), 2),
        (Scope(place=protection.north), 2),
    ):
        assert figures(said(protection, replace(INTERNAL, scope=scope)))["Activities"] == Count(activities)


def test_the_public_sees_neither_small_numbers_nor_partners_nobody_cleared(protection: Protection) -> None:
    document = said(protection, Asked(audience=Audience.PUBLIC))
    assert Hidden() in [cell for row in table(document, "places_reached").rows for cell in row.cells]
    partners = lines(document, "partners")
    assert "Femmes d'essai" in partners
    assert "Aide d'essai" not in partners
    assert "3" not in [
        str(cell.value)
        for row in table(document, "donors").rows
        for cell in row.cells
        if isinstance(cell, Count) and row.cells.index(cell) > 1
    ]
    assert "hidden" in notes(document)


def test_the_notes_say_how_figures_were_counted_and_what_was_left_out(protection: Protection) -> None:
    document = said(protection, INTERNAL)
    assert "1 activity has no known start date" in notes(document)
    assert "whether the people were planned for or reached is not stated" in notes(document)
    assert lines(document, "sources")["essai.xlsx"][1:] == (Count(2), Count(1))


@pytest.mark.parametrize("language", ["fr", "en", "es", "ar"])
@pytest.mark.parametrize("form", ["pdf", "docx", "xlsx", "text"])
def test_every_language_and_form_can_be_made_with_hostile_words(
    protection: Protection, language: str, form: str
) -> None:
    own = WritersWords("\u202e=cmd|'/C calc'!A0 <img src=x>", "ref\x00\ud800", "B" * 300, ("x" * 1000,), "&", "{}")
    order = Order("protection-overview", Asked(audience=Audience.DONOR, own=own), language, form)  # type: ignore[arg-type]
    assert len(make(gather(protection.record, order), order).content) > 1000


@deed("Say how sensitive {title} is")
def say_sensitive(session: Session, title: str) -> None:
    """Mark an activity, not its figures."""
    session.scalars(select(Activity).where(Activity.title == title)).one().sensitivity = "severe"


def test_the_people_of_a_sensitive_activity_never_reach_the_public(protection: Protection) -> None:
    protection.record.write(say_sensitive, "Espaces sûrs")
    try:
        public = said(protection, Asked(audience=Audience.PUBLIC))
        assert isinstance(figures(public)["People reached"], Missing | Hidden)
        assert "sensitive" in notes(public)
        assert figures(said(protection, INTERNAL))["People reached"] == Count(103)
    finally:
        protection.record.undo()


@deed("Add a figure to {title}")
def add_result(session: Session, title: str, **values: object) -> None:
    """One more figure of an activity."""
    activity = session.scalars(select(Activity.id).where(Activity.title == title)).one()
    session.add(Result(activity_id=activity, nature="reached", counting="unique", **values))


@deed("Hide the figure of {title}")
def hide(session: Session, title: str) -> None:
    """A figure that its source had hidden."""
    activity = select(Activity.id).where(Activity.title == title).scalar_subquery()
    result = session.scalars(select(Result).where(Result.activity_id == activity)).one()
    result.value, result.missing = None, "hidden"


def test_a_figure_that_its_source_hid_is_not_called_uncollected(protection: Protection) -> None:
    protection.record.write(hide, "Parrainage")
    try:
        assert figures(said(protection, INTERNAL))["Direct beneficiaries declared"] == Missing("Hidden in the source")
    finally:
        protection.record.undo()


def test_people_since_the_beginning_are_never_added_to_those_of_the_months(protection: Protection) -> None:
    protection.record.write(add_result, "Espaces sûrs", value=5000, span="cumulative")
    try:
        assert figures(said(protection, INTERNAL))["People reached"] == Count(103)
    finally:
        protection.record.undo()


@deed("Add a part to the figure of {title}")
def add_part(session: Session, title: str, value: int) -> None:
    """One more part by sex and age."""
    activity = select(Activity.id).where(Activity.title == title).scalar_subquery()
    result = session.scalars(select(Result.id).where(Result.activity_id == activity, Result.span == "period")).one()
    session.add(Breakdown(result_id=result, cut="sex_age", sex="male", age_scheme="CA", age_band="18+", value=value))


def test_parts_that_exceed_their_total_leave_it_as_it_was_stated(protection: Protection) -> None:
    protection.record.write(add_part, "Espaces sûrs", 900)
    try:
        document = said(protection, INTERNAL)
        assert figures(document)["People reached"] == Count(103)
        assert lines(document, "sex_age_reached")["Total"][-1] == Count(985)
    finally:
        protection.record.undo()


@deed("Say who sent the file")
def say_reporter(session: Session, partner: UUID) -> None:
    """Name the partner that the file is from."""
    session.scalars(select(Source)).one().reporter_id = partner


def test_the_file_of_a_partner_that_may_not_be_named_names_nobody(protection: Protection) -> None:
    protection.record.write(say_reporter, protection.other)
    try:
        (public,) = lines(said(protection, Asked(audience=Audience.PUBLIC)), "sources")
        assert public == "Partner 1, not named"
        assert list(lines(said(protection, Asked(audience=Audience.DONOR)), "sources")) == ["essai.xlsx"]
    finally:
        protection.record.undo()


def test_what_changed_since_a_day_leaves_out_what_had_begun_or_may_have(protection: Protection) -> None:
    document = said(protection, replace(INTERNAL, since=date(2025, 12, 31)))
    assert lines(document, "changes")["People reached"] == (Count(3), Count(103), Count(100))
    assert lines(document, "changes")["Activities"] == (Count(2), Count(4), Count(2))


def test_shares_are_worked_out_on_the_last_page_and_those_of_sexes_only_of_whose_sex_is_known(
    protection: Protection,
) -> None:
    worked = lines(said(protection, INTERNAL), "worked")
    known = "Women and girls, of people reached whose sex is known"
    assert worked[known] == (Count(60), Count(85), Share(Decimal("0.71")))
    assert worked["Share of people reached with women-led partners"][:2] == (Count(103), Count(103))


def test_sexes_are_drawn_as_shares_and_ages_as_a_pyramid_with_what_they_show_in_words(protection: Protection) -> None:
    charts = {block.kind: block for block in said(protection, INTERNAL).blocks if isinstance(block, Chart)}
    assert [series.values for series in charts[ChartKind.SHARES].series] == [(Count(60),), (Count(25),)]
    assert charts[ChartKind.PYRAMID].categories == ("0 to 17 years", "18 years and over")
    assert "60" in charts[ChartKind.PYRAMID].description and "25" in charts[ChartKind.PYRAMID].description


def test_what_an_overview_lacks_opens_its_field(protection: Protection) -> None:
    lacking = report_called("protection-overview").lacking(protection.record, INTERNAL)
    assert {(one.kind, one.key) for one in lacking} == {
        ("activities", None),
        ("activities", "starts_on"),
        ("partners", None),
    }


def test_the_office_reads_the_same_of_people_taken_together_as_of_each_count(small: Protection) -> None:
    small.record.write(twice)
    asked_for = [Asked(Scope(place=place), audience=Audience.INTERNAL) for place in (None, small.north)]
    for asked in (*asked_for, replace(asked_for[0], since=date(2026, 2, 1))):
        joined, apart = (
            gather(small.record, Order("protection-overview", one, "en", "text"))
            for one in (asked, replace(asked, audience=Audience.DONOR))
        )
        assert asked.since or len(joined.atoms) < len(apart.atoms)
        office, each = (release(tables, Audience.INTERNAL) for tables in (joined, apart))
        assert (office.grids, office.figures, office.notes) == (each.grids, each.figures, each.notes)


@deed("Do everything twice")
def twice(session: Session) -> None:
    """Each activity once more, with its counts; one of them sensitive, one missing for another reason."""
    for one in session.scalars(select(Activity).where(Activity.sector.startswith("PRO"))).all():
        again = Activity(
            id=new_id(), title=f"{one.title} bis", partner_id=one.partner_id, sector=one.sector, place_id=one.place_id
        )
        session.add(again)
        for paid in session.scalars(select(ActivityFunding).where(ActivityFunding.activity_id == one.id)).all():
            session.add(ActivityFunding(activity_id=again.id, kind=paid.kind, donor_id=paid.donor_id))
        for nature, value, sensitivity in (("reached", 40, "low"), ("reached", None, "low"), ("planned", 7, "severe")):
            missing = None if value else "not_stated"
            result = Result(
                id=new_id(), activity_id=again.id, nature=nature, value=value, missing=missing, sensitivity=sensitivity
            )
            session.add(result)
            for sex, part in (("female", 20), ("male", None if value == 40 else 30)):
                session.add(Breakdown(result_id=result.id, cut="sex_age", sex=sex, age_band="18+", value=part))
