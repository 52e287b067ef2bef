"""A small record of protection work with everything the overview has to get right."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from db.base import new_id
from db.deeds import deed
from db.models import (
    Activity,
    ActivityFunding,
    Breakdown,
    Organisation,
    OrganisationRole,
    Place,
    Result,
    Source,
    SourceRow,
    WomenLedAssessment,
)
from db.record import Record
from tests.builders import PASSPHRASE, copied, new_record


@dataclass(frozen=True)
class Protection:
    """The record and the ids that tests ask about."""

    record: Record
    women: UUID
    other: UUID
    donor: UUID
    north: UUID


@deed("Fill the record")
def fill(session: Session) -> tuple[UUID, UUID, UUID, UUID]:
    """Two partners, two donors, two places; figures of two natures, one missing, one too small to tell."""
    north = Place(id=new_id(), name="Nord-Essai", kind="admin", level=1, pcode="XA01")
    south = Place(id=new_id(), name="Sud-Essai", kind="admin", level=1, pcode="XA02")
    women = Organisation(id=new_id(), name="Femmes d'essai", type="community", may_be_named=True)
    other = Organisation(id=new_id(), name="Aide d'essai", type="international_ngo")
    donors = [Organisation(id=new_id(), name=f"Donateur d'essai {number}", type="donor") for number in (1, 2)]
    session.add_all([north, south, women, other, *donors])
    for organisation, role in ((women, "partner"), (other, "partner"), *((donor, "donor") for donor in donors)):
        session.add(OrganisationRole(organisation_id=organisation.id, role=role))
    session.add(
        WomenLedAssessment(
            organisation_id=women.id,
            said="yes",
            definition="WLO-50",
            definition_version="1",
            status="met",
            assessed_on=date(2026, 1, 5),
            evidence="Procès-verbal d'assemblée",
        )
    )
    source = Source(id=new_id(), name="essai.xlsx", kind="activities", rows=9, doubles=2, problems=1)
    session.add(source)
    spring = (date(2026, 1, 1), date(2026, 6, 30))
    cases = (
        ("Espaces sûrs", women, "PRO", north, spring, (donors[0],), ("reached", 100)),
        ("Prise en charge", women, "PRO-GBV", north, (None, date(2026, 3, 31)), donors, ("reached", 3)),
        ("Parrainage", other, "PRO-CPN", south, (date(2025, 1, 1), date(2025, 12, 31)), (), ("declared", 500)),
        ("Soins", other, "HEA", south, spring, (donors[0],), ("reached", 999)),
        ("Suivi", other, "PRO", south, spring, (donors[1],), ("reached", None)),
    )
    for number, (title, partner, sector, place, (starts, ends), paid, (nature, value)) in enumerate(cases, start=2):
        activity = Activity(
            id=new_id(),
            title=title,
            partner_id=partner.id,
            sector=sector,
            place_id=place.id,
            starts_on=starts,
            ends_on=ends,
            starts_on_missing=None if starts else "not_stated",
        )
        result = Result(
            id=new_id(),
            activity_id=activity.id,
            nature=nature,
            value=value,
            counting="unique",
            missing=None if value is not None else "not_collected",
        )
        session.add_all([activity, result])
        session.add(
            SourceRow(
                source_id=source.id, number=number, key=title, digest=title, entity="activity", entity_id=activity.id
            )
        )
        for donor in paid:
            session.add(ActivityFunding(activity_id=activity.id, kind="donor", donor_id=donor.id))
        if not paid:
            session.add(ActivityFunding(activity_id=activity.id, kind="own"))
        if value == 100:
            for sex, band, part in (("female", "18+", 60), ("male", "0-17", 25)):
                session.add(
                    Breakdown(result_id=result.id, cut="sex_age", sex=sex, age_scheme="CA", age_band=band, value=part)
                )
    return women.id, other.id, donors[0].id, north.id


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[UUID, UUID, UUID, UUID]]:
    """The filled record, closed, and the ids that tests ask about."""
    path = tmp_path_factory.mktemp("filled") / "essai.jalon"
    record, _code = new_record(path)
    with record:
        return path, record.write(fill)


@pytest.fixture(scope="module")
def protection(
    filled: tuple[Path, tuple[UUID, UUID, UUID, UUID]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Protection]:
    """The filled record, one for a module."""
    path, ids = filled
    with Record.open(copied(path, tmp_path_factory.mktemp("protection") / "essai.jalon"), PASSPHRASE) as record:
        yield Protection(record, *ids)


@pytest.fixture
def small(filled: tuple[Path, tuple[UUID, UUID, UUID, UUID]], tmp_path: Path) -> Iterator[Protection]:
    """The filled record, one for a test that changes it."""
    path, ids = filled
    with Record.open(copied(path, tmp_path / "essai.jalon"), PASSPHRASE) as record:
        yield Protection(record, *ids)
