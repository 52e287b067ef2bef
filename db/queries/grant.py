"""What the record knows of a donor's money besides figures: its terms, its agreements, and who works with it.

For reports to that donor, so nothing here is anybody's judgement of a partner: no rating, no finding, no flag, no
probability.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from db.models import (
    Activity,
    Agreement,
    Contribution,
    Office,
    Organisation,
    OrganisationRole,
    Person,
    Place,
    Requirements,
)
from db.models.agreements import BEFORE_SIGNING
from db.models.donors import SECURED
from db.money import Money
from db.organisation_types import mapped
from db.queries.called import Called, called
from db.queries.measured import PlaceNamed
from db.queries.paid import activities_of, agreements_of
from db.queries.scope import Scope
from db.queries.women_led import status_held


@dataclass(frozen=True)
class Body:
    """An organisation by its name, and whether it may be named."""

    id: UUID
    name: str
    language: str | None
    may_be_named: bool | None


@dataclass(frozen=True)
class Grant:
    """One contribution by its terms."""

    id: UUID
    donor: Body
    title: str | None
    reference: str | None
    amount: Money | None
    starts_on: date | None
    ends_on: date | None
    earmarking: str | None
    earmarking_given: str | None
    contact: str | None
    email: str | None


@dataclass(frozen=True)
class Partner:
    """A partner that carries the work out, with what is known of it."""

    body: Body
    type: str | None
    local: str
    """Whether it is a local or national actor, non-state or state: met, not met, unknown."""
    women_led: str


@dataclass(frozen=True)
class Agreed:
    """An agreement under which a partner works."""

    id: UUID
    partner: UUID
    title: Called
    reference: str | None
    starts_on: date | None
    ends_on: date | None
    amount: Money | None
    designed_together: bool | None


@dataclass(frozen=True)
class Profile:
    """How a donor wants to be reported to: along which template, which questions at which length."""

    template: str | None
    questions: Mapping[str, int | None] | None


def grants(session: Session, scope: Scope) -> tuple[Grant, ...]:
    """The contributions of a scope, the oldest first."""
    query = (
        select(Contribution, Organisation, Person)
        .join(Organisation, Organisation.id == Contribution.donor_id)
        .outerjoin(Person, Person.id == Contribution.person_id)
        .where(Contribution.removed_at.is_(None))
        .order_by(Contribution.starts_on, Contribution.row)
    )
    # Of a donor what is secured: what is only talked about pays for nothing yet.
    secured = and_(Contribution.donor_id == scope.donor, Contribution.stage.in_(SECURED))
    wanted = Contribution.id == scope.contribution if scope.contribution else secured
    return tuple(
        Grant(
            one.id,
            body_of(donor),
            one.title,
            one.reference,
            Money.of(one.amount, one.currency) if one.amount is not None and one.currency else None,
            one.starts_on,
            one.ends_on,
            one.earmarking,
            one.earmarking_given,
            person.name if person else None,
            person.email if person else None,
        )
        for one, donor, person in session.execute(query.where(wanted))
    )


def profile(session: Session, donor: UUID) -> Profile | None:
    """What the newest requirements of a donor say."""
    found = session.execute(
        select(Requirements.template, Requirements.questions)
        .where(Requirements.organisation_id == donor, Requirements.removed_at.is_(None))
        .order_by(Requirements.row.desc())
        .limit(1)
    ).first()
    return Profile(found.template, found.questions) if found else None


def own_organisation(session: Session) -> Body | None:
    """Who reports: the organisation that the office belongs to."""
    found = session.scalars(
        select(Organisation)
        .join(OrganisationRole, OrganisationRole.organisation_id == Organisation.id)
        .where(OrganisationRole.role == "own", OrganisationRole.removed_at.is_(None), Organisation.removed_at.is_(None))
        .order_by(Organisation.row)
        .limit(1)
    ).first()
    return body_of(found) if found else None


def country(session: Session) -> str | None:
    """The country of the office."""
    return session.scalar(select(Office.country).where(Office.removed_at.is_(None)).order_by(Office.row))


def provinces_of(session: Session, places: Iterable[UUID]) -> dict[UUID, PlaceNamed]:
    """For each of these places, the one of the first level that it lies in, itself where it is one."""
    tree = {
        row.id: row
        for row in session.execute(
            select(Place.id, Place.name, Place.name_language, Place.pcode, Place.level, Place.parent_id)
        )
    }
    found = {}
    for place in places:
        step, met = tree.get(place), set[UUID]()
        # A ring of places, which only a damaged record has, comes to an end.
        while step is not None and step.level > 1 and step.parent_id in tree and step.id not in met:
            met.add(step.id)
            step = tree[step.parent_id]
        if step is not None:
            found[place] = PlaceNamed(step.id, step.name, step.name_language, step.pcode)
    return found


def partners_of(session: Session, scope: Scope) -> tuple[Partner, ...]:
    """The partners of this money: those of its agreements and of its activities, by name."""
    agreed = select(Agreement.partner_id).where(Agreement.id.in_(agreements_of(scope)), _signed())
    working = select(Activity.partner_id).where(*activities_of(scope), Activity.partner_id.is_not(None))
    return _partners(session, or_(Organisation.id.in_(agreed), Organisation.id.in_(working)))


def partners_called(session: Session, ids: Iterable[UUID]) -> tuple[Partner, ...]:
    """These partners, by name."""
    return _partners(session, Organisation.id.in_(list(ids)))


def _partners(session: Session, wanted: ColumnElement[bool]) -> tuple[Partner, ...]:
    rows = session.execute(
        select(Organisation, status_held())
        .where(wanted, Organisation.removed_at.is_(None))
        .order_by(Organisation.sort_key, Organisation.row)
    )
    return tuple(Partner(body_of(one), one.type, _local(one), women_led) for one, women_led in rows)


def agreements(session: Session, scope: Scope) -> tuple[Agreed, ...]:
    """The signed agreements of this money, the oldest first."""
    found = session.scalars(
        select(Agreement)
        .where(Agreement.id.in_(agreements_of(scope)), _signed())
        .order_by(Agreement.starts_on, Agreement.row)
    ).all()
    titles = called(session, Agreement.title, Agreement.title_language, [one.id for one in found])
    return tuple(
        Agreed(
            one.id,
            one.partner_id,
            titles[one.id],
            one.reference,
            one.starts_on,
            one.ends_on,
            Money.of(one.amount, one.currency) if one.amount is not None and one.currency else None,
            one.designed_together,
        )
        for one in found
    )


def bodies(session: Session, ids: Iterable[UUID]) -> dict[UUID, Body]:
    """These organisations by their names."""
    found = session.scalars(select(Organisation).where(Organisation.id.in_(list(ids))))
    return {one.id: body_of(one) for one in found}


def body_of(one: Organisation) -> Body:
    """An organisation by its name."""
    return Body(one.id, one.name, one.name_language, one.may_be_named)


def _signed() -> ColumnElement[bool]:
    return Agreement.status.not_in(BEFORE_SIGNING)


def _local(one: Organisation) -> str:
    known = mapped(one.type, one.reach, one.affiliated)
    answers = {known.local_non_state, known.local_state}
    return "met" if "met" in answers else "unknown" if "unknown" in answers else "not_met"
