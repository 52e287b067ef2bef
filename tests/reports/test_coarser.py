"""Coarser lines are proposed before anything is hidden, and what is proposed comes true."""

from datetime import date

import pytest

from db.base import new_id
from db.calendar import quarter_of
from db.deeds import deed
from db.models import Activity, Breakdown, Indicator, Place, Result
from db.queries import Session
from db.record import Record
from desktop.deliver import Order, gather, make, told_coarser
from desktop.guard.audiences import Audience
from desktop.reports.coarser import broad, proposals, proposed
from desktop.reports.report import Asked
from i18n import Words

BANDS = (("0-4", 3), ("5-11", 9), ("12-17", 20), ("18-59", 80), ("60+", 2))
MONTHS = ((1, 2), (2, 40), (3, 30), (4, 90))


@deed("Fill the record")
def fill(session: Session) -> None:
    """People by small age bands, and an indicator counted by month in two territories."""
    province = Place(id=new_id(), name="Essai", kind="admin", level=1)
    places = [Place(id=new_id(), name=name, kind="admin", level=2, parent_id=province.id) for name in ("Un", "Deux")]
    days = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 1, 31)}
    activity = Activity(id=new_id(), title="A", sector="PRO", place_id=places[0].id, **days)
    whole = Result(id=new_id(), activity_id=activity.id, nature="reached", value=228, unit="persons", **days)
    parts = [
        Breakdown(result_id=whole.id, cut="sex_age", sex=sex, age_band=band, value=value)
        for sex in ("female", "male")
        for band, value in BANDS
    ]
    indicator = Indicator(id=new_id(), name="People heard", unit="persons", roll_up_periods="sum", roll_up_places="sum")
    heard = [
        Result(
            indicator_id=indicator.id,
            place_id=places[month % 2].id,
            value=value,
            unit="persons",
            nature="reached",
            starts_on=date(2026, month, 1),
            ends_on=date(2026, month, 28),
        )
        for month, value in MONTHS
    ]
    session.add_all([province, *places, activity, whole, *parts, indicator, *heard])


@pytest.fixture
def record(record: Record) -> Record:
    """A record with these in it."""
    record.write(fill)
    return record


@pytest.mark.parametrize(("report", "ways"), [("protection-overview", {"bands"}), ("results-annex", {"periods"})])
def test_what_is_proposed_hides_fewer_figures_once_it_is_chosen(record: Record, report: str, ways: set[str]) -> None:
    order = Order(report, Asked(audience=Audience.DONOR), "en", "text")
    now = make(gather(record, order), order).notes
    assert now.hidden
    found = proposals(now, told_coarser(record, order), order.asked)
    assert {one.coarser for one in found} >= ways
    for one in found:
        coarser = Order(report, Asked(audience=Audience.DONOR, coarser=(one.coarser,)), "en", "text")
        made = make(gather(record, coarser), coarser)
        assert made.notes.hidden == one.hidden == now.hidden - one.fewer
        assert one.coarser not in told_coarser(record, coarser)
        assert proposed(one, Words.of("en")).endswith("hidden.")


def test_children_and_adults_add_up_to_the_same_people(record: Record) -> None:
    asked = Asked(audience=Audience.INTERNAL, coarser=("bands",))
    order = Order("protection-overview", asked, "en", "text")
    text = make(gather(record, order), order).content.decode()
    assert "0 to 17 years" in text
    assert "18 years and over" in text
    assert "60 years and over" not in text
    assert text.count("228") >= 1


def test_a_band_that_reaches_across_eighteen_is_in_neither() -> None:
    assert [broad(band) for band in ("0-4", "12-17", "18-59", "60+", "15-24", None, "x")] == [
        "0-17",
        "0-17",
        "18+",
        "18+",
        None,
        None,
        None,
    ]


def test_quarters_end_where_the_calendar_says() -> None:
    assert quarter_of(date(2026, 11, 3), date(2026, 12, 31)) == (date(2026, 10, 1), date(2026, 12, 31))
    assert quarter_of(date(2028, 2, 1), date(2028, 2, 29)) == (date(2028, 1, 1), date(2028, 3, 31))
    assert quarter_of(date(2026, 3, 1), date(2026, 4, 30)) == (date(2026, 3, 1), date(2026, 4, 30))
