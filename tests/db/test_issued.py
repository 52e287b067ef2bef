"""The register as people read it: who sent what to whom, why, under which authorisation, and which rows are in it."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from db.commands.authorisations import ExceptionNeedsIndicator, OnlyForAnException
from db.commands.documents import add_document
from db.commands.entries import add, edit
from db.commands.issuing import Destination
from db.models import Activity, ActivityFunding, Contribution, Indicator, Organisation, ReleaseAuthorisation, Result
from db.queries.authorisations import Permits, permits
from db.queries.issued import Filters, issued_file, issued_files
from db.queries.scope import Scope
from db.record import Record
from desktop.deliver import Order, gather, leave, make
from desktop.exporting import export_fivew
from desktop.guard.audiences import Audience
from desktop.reports.report import Asked
from tests.guard.eight import fill

TODAY = date.today()


@pytest.fixture
def donor(record: Record) -> UUID:
    """A donor of every activity."""
    record.write(fill)
    donor: UUID = record.write(add, Organisation, {"name": "Bailleur d'essai"})
    for id in record.read(lambda session: list(session.scalars(select(Activity.id)))):
        record.write(add, ActivityFunding, {"activity_id": id, "kind": "donor", "donor_id": donor})
    return donor


def letter(record: Record, authorisation: UUID) -> None:
    """A signed letter, dropped on it."""
    record.write(add_document, ReleaseAuthorisation, authorisation, "letter.txt", b"Signed.", {})


def authorise(record: Record, donor: UUID, kind: str = "sensitive", **more: Any) -> UUID:
    told = {
        "title": "Letter of the head of office",
        "kind": kind,
        "reader_id": donor,
        "starts_on": TODAY - timedelta(3),
        "authorised_by": "Mme Essai, head of office",
        "reason": "Asked for in the agreement",
    }
    made: UUID = record.write(add, ReleaseAuthorisation, {**told, **more})
    return made


def sent(record: Record, tmp_path: Path, **scope: Any) -> UUID:
    order = Order("protection-overview", Asked(Scope(**scope), Audience.DONOR), "en", "text")
    leave(
        record,
        order,
        make(gather(record, order), order),
        tmp_path / "a.txt",
        Destination("Mr Test", "Asked by telephone"),
    )
    return record.read(issued_files)[0].id


def test_an_authorisation_is_in_force_from_its_letter_on_and_between_its_days(record: Record, donor: UUID) -> None:
    made = authorise(record, donor, ends_on=TODAY)
    assert record.read(permits, donor, TODAY) == Permits(), "nothing in writing yet"
    letter(record, made)
    assert record.read(permits, donor, TODAY) == Permits((made,))
    assert record.read(permits, donor, TODAY + timedelta(1)) == Permits()
    assert record.read(permits, donor, TODAY - timedelta(4)) == Permits()
    record.undo()
    assert record.read(permits, donor, TODAY) == Permits()


def test_an_exception_names_its_indicator_and_an_authorisation_names_none(record: Record, donor: UUID) -> None:
    indicator: UUID = record.write(add, Indicator, {"name": "Girls helped", "unit": "persons"})
    with pytest.raises(ExceptionNeedsIndicator):
        authorise(record, donor, "exception")
    with pytest.raises(OnlyForAnException):
        authorise(record, donor, indicator_id=indicator)
    authorise(record, donor, "exception", indicator_id=indicator)


def test_the_register_says_to_whom_why_and_which_rows(record: Record, tmp_path: Path, donor: UUID) -> None:
    noted = sent(record, tmp_path, donor=donor, starts_on=date(2026, 1, 1))
    found = record.read(issued_file, noted)
    assert (found.file.recipients, found.file.purpose, found.file.whom) == (("Mr Test",), "Asked by telephone", donor)
    assert found.file.person
    assert len(found.file.digest) == 64
    results = record.read(lambda session: set(session.scalars(select(Result.id))))
    assert set(found.results) == results
    assert found.cells
    assert 0 < found.hidden < found.cells
    (filters,) = found.behind["activities"]
    assert {f"donor={donor}", "from=2026-01-01"} <= set(filters[1].split(";"))


def test_a_report_on_a_contribution_is_for_its_donor(record: Record, tmp_path: Path, donor: UUID) -> None:
    """Also where nobody chose the donor: what it holds already and what it may be told go by it."""
    given: UUID = record.write(add, Contribution, {"donor_id": donor, "title": "Essai"})
    noted = sent(record, tmp_path, contribution=given)
    assert record.read(issued_file, noted).file.whom == donor
    made = authorise(record, donor)
    letter(record, made)
    order = Order("protection-overview", Asked(Scope(contribution=given), Audience.DONOR), "en", "text")
    tables = gather(record, order)
    assert tables.permits == Permits((made,))
    assert tables.earlier and [file.issued_id for file in tables.earlier.files] == [noted]


def test_the_register_is_narrowed(record: Record, tmp_path: Path, donor: UUID) -> None:
    first = sent(record, tmp_path, donor=donor)
    export_fivew(record, Asked(audience=Audience.PUBLIC), "fr", tmp_path / "b.csv")
    assert [one.name for one in record.read(issued_files)] == ["fivew", "protection-overview"]
    assert [one.id for one in record.read(issued_files, Filters(whom=donor))] == [first]
    assert [one.audience for one in record.read(issued_files, Filters(name="fivew"))] == ["public"]
    assert len(record.read(issued_files, Filters(since=TODAY, until=TODAY))) == 2
    assert record.read(issued_files, Filters(until=TODAY - timedelta(2))) == ()
    assert record.read(issued_files, Filters(since=TODAY + timedelta(2))) == ()
    assert len(record.read(issued_files, None, 1)) == 1


def test_what_an_authorisation_lets_out_is_kept_with_the_file(record: Record, tmp_path: Path, donor: UUID) -> None:
    activity = record.read(lambda session: session.scalars(select(Activity.id).where(Activity.title == "B")).one())
    record.write(edit, Activity, activity, {"sector": "PRO-GBV"})
    indicator: UUID = record.write(add, Indicator, {"name": "Girls helped", "unit": "persons"})
    small = record.read(
        lambda session: session.scalars(
            select(Result.id).join(Activity, Activity.id == Result.activity_id).where(Activity.title == "F")
        ).one()
    )
    record.write(edit, Result, small, {"indicator_id": indicator})
    order = Order("protection-overview", Asked(Scope(donor=donor), Audience.DONOR), "en", "text")
    before = make(gather(record, order), order).notes
    assert (before.permitted, before.excepted) == ((), ())
    made = authorise(record, donor, "exception", indicator_id=indicator)
    letter(record, made)
    after = record.read(issued_file, sent(record, tmp_path, donor=donor))
    assert [one.id for one in after.permitted] == [made]
    assert after.excepted
    assert after.hidden < before.hidden
