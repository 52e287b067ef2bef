"""Results: parts within their whole, ages by their edges, reports typed in, corrections that keep both, feedback."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.bands import Aged, BandsOverlap, EdgesDiffer, UnknownBand, age_rolled, bands_of, schemes
from db.commands.arrivals import Added, Arrival, Made, bring_in
from db.commands.entries import add, edit
from db.commands.received import (
    LineTwice,
    NothingSaid,
    PartsBeyondLine,
    PartsWithoutWhole,
    ReportedLine,
    enter_lines,
    receive_report,
)
from db.commands.removing import remove
from db.commands.results import (
    AlreadyCorrected,
    FigureOrReason,
    MoreThanAsked,
    PartBeyondWhole,
    ShareNeedsCaveat,
    correct_result,
)
from db.errors import NeedsValue, RecordError
from db.models import Activity, Agreement, Aim, Breakdown, Feedback, Indicator, Person, ReceivedReport, Result
from db.queries.activities import activity_page
from db.queries.entries import called
from db.queries.fivew import fivew
from db.queries.indicators import rolled_up
from db.queries.kinds import KINDS
from db.queries.listing import RowsAsked, page, rows_in_order
from db.queries.lists import ACTIVITIES
from db.queries.protection import protection
from db.queries.results import lines_for, remarks, satisfaction
from db.queries.scope import Scope
from db.queries.splits import split_of
from db.record import Record
from i18n import Words
from tests.builders import PERSON, add_partner, everything

EN = Words.of("en")
FINE = "APP-CORE"


@pytest.fixture
def indicator(record: Record) -> UUID:
    values = {"name": "Personnes formées", "code": "F-1", "counting": "attendance"}
    return record.write(add, Indicator, values | {"roll_up_periods": "sum", "roll_up_places": "sum"})


@pytest.fixture
def agreement(record: Record) -> UUID:
    partner = record.write(add_partner, "Femmes du lac")
    values = {"title": "Accord d'essai", "partner_id": partner, "type": "project", "starts_on": date(2026, 1, 1)}
    return record.write(add, Agreement, values)


def figure(value: int | None = 100, **more: Any) -> dict[str, Any]:
    return {"nature": "reached", "value": value, "missing": None if value is not None else "not_collected"} | more


# Ages in bands.

COUNTS = st.lists(
    st.tuples(st.sampled_from(["female", "male"]), st.sampled_from(bands_of(FINE)), st.integers(0, 10**6)), max_size=20
)


@given(COUNTS, st.sampled_from(["OCHA-DTM", "IASC-ADV"]))
def test_fine_bands_go_into_coarse_ones_without_losing_anybody(rows: list[Any], wanted: str) -> None:
    aged = [Aged(sex, band.code, value) for sex, band, value in rows]
    rolled = age_rolled(aged, FINE, wanted)
    assert sum(row.value or 0 for row in rolled) == sum(row.value or 0 for row in aged)
    known = {band.code for band in bands_of(wanted)} | {"UNK"}
    assert {row.band for row in rolled} <= known
    assert len({(row.sex, row.band) for row in rolled}) == len(rolled)


def test_an_edge_that_does_not_match_is_refused_by_its_age() -> None:
    with pytest.raises(EdgesDiffer) as refused:
        age_rolled([Aged("female", "0-5", 10)], FINE, "UNHCR")
    assert refused.value.gaps["edge"] == 5
    with pytest.raises(BandsOverlap):
        age_rolled([Aged("female", "15-24", 10)], "IASC-ADV", "UNHCR")
    with pytest.raises(UnknownBand):
        age_rolled([Aged("female", "0-3", 10)], FINE, "UNHCR")


def test_a_band_with_a_part_that_was_not_collected_is_missing_itself() -> None:
    rows = [Aged("male", "6-11", 10), Aged("male", "12-17", None, "not_collected"), Aged("male", "60+", 4)]
    assert age_rolled(rows, FINE, "OCHA-DTM") == (
        Aged("male", "6-17", None, "not_collected"),
        Aged("male", "60+", 4),
    )


def test_every_split_is_without_holes() -> None:
    for scheme, bands in schemes().items():
        split = [band for band in bands if not band.overlaps and band.first is not None]
        assert split[0].first == 0, scheme
        for one, other in pairwise(split):
            assert (one.last or 0) + 1 == other.first, scheme


# A figure and its parts.


def part(result: UUID, value: int | None, cut: str = "sex_age", **more: Any) -> Mapping[str, Any]:
    return {"result_id": result, "cut": cut, "value": value, **more}


def test_parts_of_one_split_never_come_to_more_than_their_whole_and_splits_are_not_added(record: Record) -> None:
    result = record.write(add, Result, figure(100))
    girls = record.write(add, Breakdown, part(result, 60, sex="female"))
    record.write(add, Breakdown, part(result, 90, "disability", disability=True))
    with pytest.raises(PartBeyondWhole):
        record.write(add, Breakdown, part(result, 41, sex="male"))
    record.write(add, Breakdown, part(result, 40, sex="male"))
    record.write(edit, Breakdown, girls, {"value": 60})
    with pytest.raises(PartBeyondWhole):
        record.write(edit, Result, result, {"value": 99})


def test_a_figure_is_there_or_missing_with_its_reason(record: Record) -> None:
    for values in ({"value": None}, {"value": 0, "missing": "not_collected"}):
        with pytest.raises(FigureOrReason):
            record.write(add, Result, figure() | values)
    result = record.write(add, Result, figure(None))
    with pytest.raises(FigureOrReason):
        record.write(add, Breakdown, part(result, None))
    record.write(add, Breakdown, part(result, None, missing="hidden", population="refugees", status="displaced"))


def test_an_age_band_is_one_of_its_scheme(record: Record) -> None:
    result = record.write(add, Result, figure())
    with pytest.raises(UnknownBand):
        record.write(add, Breakdown, part(result, 1, age_scheme="UNHCR", age_band="0-5"))
    with pytest.raises(NeedsValue):
        record.write(add, Breakdown, part(result, 1, age_band="0-5"))
    record.write(add, Breakdown, part(result, 1, age_scheme="UNHCR", age_band="0-4"))


# Corrected, with both kept.


def test_a_corrected_figure_counts_once_wherever_results_are_added_up(record: Record, indicator: UUID) -> None:
    activity = record.write(add, Activity, {"title": "Écoute", "sector": "PRO-GBV"})
    result = record.write(add, Result, figure(100, activity_id=activity, indicator_id=indicator))
    record.write(add, Breakdown, part(result, 80, sex="female"))

    def told() -> tuple[Any, ...]:
        (shown,) = record.read(lambda s: page(s, ACTIVITIES, rows_in_order(s, ACTIVITIES, RowsAsked("title")))).values()
        (counted,) = record.read(protection, Scope()).activities
        (exported,) = record.read(fivew, Scope()).activities
        return (
            shown[1 + list(ACTIVITIES.columns).index("people")],
            [(count.value, sum(each.value or 0 for each in count.parts)) for count in counted.counts],
            [(each.value, len(each.parts)) for each in exported.figures],
            [each.value for each in record.read(activity_page, activity).figures],
            record.read(rolled_up, indicator).value,
        )

    assert told() == (100, [(100, 80)], [(100, 1)], [100], 100)
    newer = record.write(correct_result, result, {"value": 90, "reason": "Deux listes comptées deux fois"})
    assert told() == (90, [(90, 80)], [(90, 1)], [90], 90)
    record.write(correct_result, newer, {"value": 85, "reason": "Encore une"})
    assert told()[0] == 85
    assert record.read(lambda s: s.scalar(select(func.count()).select_from(Result))) == 3
    record.undo()
    record.undo()
    assert told() == (100, [(100, 80)], [(100, 1)], [100], 100)


def test_the_list_marks_what_was_corrected_and_no_longer_what_its_correction_left(record: Record) -> None:
    kind = KINDS["results"]
    assert {"corrected", "span"} <= set(kind.shown)

    def listed() -> list[tuple[int, bool]]:
        rows = record.read(lambda s: page(s, kind.listing, rows_in_order(s, kind.listing, RowsAsked("value"))))
        columns = list(kind.listing.columns)
        return [(row[1 + columns.index("value")], row[1 + columns.index("corrected")]) for row in rows.values()]

    old = record.write(add, Result, figure(100))
    newer = record.write(correct_result, old, {"value": 104, "reason": "Erreur"})
    assert sorted(listed()) == [(100, True), (104, False)]
    only = RowsAsked("value", filters={"corrected": "1"})
    assert len(record.read(rows_in_order, kind.listing, only)) == 1
    record.write(remove, Result, newer)
    assert listed() == [(100, False)]


def test_a_removed_correction_lets_the_old_figure_count_again(record: Record, indicator: UUID) -> None:
    result = record.write(add, Result, figure(100, indicator_id=indicator))
    newer = record.write(correct_result, result, {"value": 90, "reason": "Erreur"})
    with pytest.raises(RecordError):
        record.write(remove, Result, result)
    record.write(remove, Result, newer)
    assert record.read(rolled_up, indicator).value == 100


def test_a_correction_says_why_and_stands_on_the_newest(record: Record) -> None:
    result = record.write(add, Result, figure(100))
    with pytest.raises(NeedsValue):
        record.write(correct_result, result, {"value": 90})
    record.write(correct_result, result, {"value": None, "missing": "unreadable", "reason": "Page mouillée"})
    with pytest.raises(AlreadyCorrected):
        record.write(correct_result, result, {"value": 80, "reason": "Encore"})


def test_parts_that_no_longer_fit_have_to_be_given_anew(record: Record) -> None:
    result = record.write(add, Result, figure(100))
    record.write(add, Breakdown, part(result, 80, sex="female"))
    with pytest.raises(PartBeyondWhole):
        record.write(correct_result, result, {"value": 70, "reason": "Erreur"})
    parts = [{"cut": "sex_age", "sex": "female", "value": 60}]
    newer = record.write(correct_result, result, {"value": 70, "reason": "Erreur", "parts": parts})
    kept = record.read(lambda s: dict(s.execute(select(Breakdown.result_id, Breakdown.value)).all()))
    assert kept == {result: 80, newer: 60}


# A report that came on paper.


def report_of(record: Record, agreement: UUID, month: int = 1, **more: Any) -> dict[str, Any]:
    partner = record.read(lambda s: s.scalars(select(Agreement.partner_id).where(Agreement.id == agreement)).one())
    period = {"starts_on": date(2026, month, 1), "ends_on": date(2026, month, 28)}
    came = {"received_on": date(2026, month + 1, 4), "channel": "telephone"}
    return {"organisation_id": partner, "agreement_id": agreement, **period, **came, **more}


def kept(session: Session) -> list[tuple[str, int | None, str | None]]:
    rows = session.execute(select(Result.span, Result.value, Result.missing).order_by(Result.row))
    return [tuple(row) for row in rows]


def test_a_report_is_kept_with_who_received_it_and_month_and_total_apart(
    record: Record, agreement: UUID, indicator: UUID
) -> None:
    line = ReportedLine(indicator, this_period=100, cumulative=340, women=50, men=20, girls=20, boys=10)
    report = record.write(receive_report, report_of(record, agreement), [line])
    assert record.read(kept) == [("period", 100, None), ("cumulative", 340, None)]

    def said(session: Session) -> tuple[Any, ...]:
        whole = session.scalars(select(ReceivedReport).where(ReceivedReport.id == report)).one()
        name = session.scalar(select(Person.name).where(Person.id == whole.received_by_id))
        parts = session.execute(select(Breakdown.sex, Breakdown.age_band, Breakdown.value).order_by(Breakdown.row))
        return name, whole.channel, [tuple(row) for row in parts]

    assert record.read(said) == (
        PERSON,
        "telephone",
        [("female", "18+", 50), ("male", "18+", 20), ("female", "0-17", 20), ("male", "0-17", 10)],
    )
    before = record.read(everything)
    record.undo()
    record.redo()
    assert record.read(everything) == before


def test_the_next_report_begins_with_the_lines_and_totals_of_the_last(
    record: Record, agreement: UUID, indicator: UUID
) -> None:
    aimed = record.write(add, Indicator, {"name": "Ménages", "code": "A-1", "unit": "households"})
    record.write(add, Aim, {"indicator_id": aimed, "kind": "target", "value": 50, "agreement_id": agreement})
    values = report_of(record, agreement)
    record.write(receive_report, values, [ReportedLine(indicator, this_period=100, cumulative=340)])
    lines = record.read(lines_for, values["organisation_id"], agreement)
    assert [(line.code, line.unit, line.cumulative, line.until) for line in lines] == [
        ("A-1", "households", None, None),
        ("F-1", "persons", 340, date(2026, 1, 28)),
    ]
    assert [line.code for line in record.read(lines_for, values["organisation_id"], None)] == ["F-1"]


def test_a_total_that_does_not_add_up_is_pointed_out_and_kept(record: Record, agreement: UUID, indicator: UUID) -> None:
    record.write(receive_report, report_of(record, agreement), [ReportedLine(indicator, None, 30, 30)])
    right = [ReportedLine(indicator, None, 20, 50)]
    report = record.write(receive_report, report_of(record, agreement, 2), right)
    assert record.read(remarks, report) == ()
    wrong = record.write(receive_report, report_of(record, agreement, 3), [ReportedLine(indicator, None, 20, 80)])
    (remark,) = record.read(remarks, wrong)
    assert all(number in remark.said(EN) for number in ("50", "20", "80", "Personnes formées"))
    again = record.write(receive_report, report_of(record, agreement, 3), [ReportedLine(indicator, None, 5)])
    assert len(record.read(remarks, again)) == 1


def test_what_was_not_said_is_no_zero_and_what_is_missing_has_its_reason(
    record: Record, agreement: UUID, indicator: UUID
) -> None:
    values = report_of(record, agreement)
    other = record.write(add, Indicator, {"name": "Autre"})
    lines = [ReportedLine(indicator, missing="not_collected"), ReportedLine(other)]
    record.write(receive_report, values, lines)
    assert record.read(kept) == [("period", None, "not_collected")]
    for refused, lines in (
        (NothingSaid, [ReportedLine(indicator)]),
        (LineTwice, [ReportedLine(indicator, None, 1), ReportedLine(indicator, None, 2)]),
        (PartsWithoutWhole, [ReportedLine(indicator, women=3)]),
        (PartsBeyondLine, [ReportedLine(indicator, None, 2, women=3)]),
    ):
        with pytest.raises(refused):
            record.write(receive_report, values, lines)


def test_a_report_and_its_figures_go_by_the_names_of_what_they_are_about(
    record: Record, agreement: UUID, indicator: UUID
) -> None:
    report = record.write(receive_report, report_of(record, agreement), [ReportedLine(indicator, None, 5, women=5)])
    assert record.read(called, ReceivedReport, report) == "Femmes du lac"
    result, part_of_it = record.read(lambda s: (s.scalar(select(Result.id)), s.scalar(select(Breakdown.id))))
    assert record.read(called, Result, result) == record.read(called, Breakdown, part_of_it) == "Personnes formées"


def test_all_four_parts_make_the_whole(record: Record, agreement: UUID, indicator: UUID) -> None:
    values = report_of(record, agreement)
    report = record.write(add, ReceivedReport, values)
    lines = [ReportedLine(indicator, women=3, men=2, girls=1, boys=0, with_disability=2)]
    record.write(enter_lines, report, {"lines": lines})
    assert record.read(kept) == [("period", 6, None)]


# Feedback.


def test_satisfaction_comes_with_its_number_and_a_bare_share_with_its_caveat(record: Record) -> None:
    activity = record.write(add, Activity, {"title": "Écoute"})
    asked = {"title": "Écoute", "on": date(2026, 3, 1), "activity_id": activity}
    known = record.write(add, Feedback, asked | {"satisfied": 41, "asked": 50})
    (said,) = record.read(satisfaction, activity)
    assert (said.id, said.satisfaction.share) == (known, Decimal("0.82"))
    with pytest.raises(MoreThanAsked):
        record.write(add, Feedback, asked | {"satisfied": 51, "asked": 50})
    with pytest.raises(NeedsValue):
        record.write(add, Feedback, asked | {"satisfied": 41})
    with pytest.raises(ShareNeedsCaveat):
        record.write(add, Feedback, asked | {"share": Decimal(82)})
    stated = record.write(add, Feedback, asked | {"share": Decimal(82), "notes": "Sept nationalités, sans effectif"})
    newest, _before = record.read(satisfaction, activity)
    assert newest.id == stated
    found = newest.satisfaction
    assert (found.share, found.stated, found.caveat) == (None, 82, "Sept nationalités, sans effectif")
    with pytest.raises(RecordError):
        record.write(add, Feedback, asked | {"share": Decimal(101), "notes": "…"})
    with pytest.raises(RecordError):
        record.write(add, Feedback, asked | {"share": Decimal(82), "satisfied": 41, "asked": 50})


# What is behind a figure, by sex and age.


def aged(result: UUID, sex: str, scheme: str, band: str, value: int | None, **more: Any) -> Mapping[str, Any]:
    missing = None if value is not None else "not_collected"
    return part(result, value, sex=sex, age_scheme=scheme, age_band=band, missing=missing, **more)


def test_a_rolled_up_figure_is_split_by_sex_and_age_and_disability_stands_beside_it(
    record: Record, indicator: UUID
) -> None:
    january = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 1, 31), "indicator_id": indicator}
    february = {"starts_on": date(2026, 2, 1), "ends_on": date(2026, 2, 28), "indicator_id": indicator}
    one = record.write(add, Result, figure(100, **january))
    two = record.write(add, Result, figure(50, **february))
    for band, value in (("18-24", 20), ("25-59", 30), ("6-11", 10)):
        record.write(add, Breakdown, aged(one, "female", FINE, band, value))
    record.write(add, Breakdown, part(one, 15, "disability", disability=True))
    record.write(add, Breakdown, aged(two, "female", "IASC-ADV", "18+", 40, method="estimated"))
    told = record.read(rolled_up, indicator)
    found = record.read(split_of, told.counted, "IASC-ADV")
    assert [(each.sex, each.band, each.value, each.estimated) for each in found.parts] == [
        ("female", "0-17", 10, False),
        ("female", "18+", 90, True),
    ]
    assert (found.with_disability, found.not_split) == (15, 50)
    assert told.value == sum(each.value or 0 for each in found.parts) + found.not_split


def test_a_split_whose_edges_differ_is_refused_and_one_with_a_hole_says_so(record: Record, indicator: UUID) -> None:
    result = record.write(add, Result, figure(100, indicator_id=indicator))
    record.write(add, Breakdown, aged(result, "female", FINE, "6-11", 10))
    record.write(add, Breakdown, aged(result, "female", FINE, "12-17", None))
    (hole,) = record.read(split_of, [result], "OCHA-DTM").parts
    assert (hole.band, hole.value, hole.missing) == ("6-17", None, "not_collected")
    record.write(add, Breakdown, aged(result, "male", FINE, "0-5", 10))
    refused = record.read(split_of, [result], "UNHCR")
    assert refused.parts == () and refused.why is not None and "5" in refused.why.said(EN)


def test_what_a_file_says_of_parts_comes_in_as_it_is_stated(record: Record) -> None:
    whole = Added("result", 0, figure(10))
    parts = [
        Added(
            "breakdown", number, {"result_id": Made(0), "cut": "sex_age", "sex": sex, "value": 8, "method": "counted"}
        )
        for number, sex in enumerate(("female", "male"), start=1)
    ]
    record.write(bring_in, Arrival("rapport.xlsx", "monthly", frozenset(), (whole, *parts)))
    assert record.read(lambda s: s.scalar(select(func.sum(Breakdown.value)))) == 16
