"""A partner on one or two pages: who it is, who leads it, what was agreed with it, what it received and reported."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.base import there
from db.models.agreements import BEFORE_SIGNING, Agreement
from db.models.duties import ReportingDuty
from db.models.engagements import Participation
from db.models.money import Allocation
from db.models.organisations import Organisation, OrganisationName, OrganisationPlace
from db.models.places import Place
from db.money import Money
from db.organisation_types import Standing, mapped
from db.queries import selection
from db.queries.allocations import with_hands
from db.queries.assessments import Rated, rating_history
from db.queries.history import state
from db.queries.selection import Behind
from db.queries.women_led import Assessed, assessments_of

SUBMITTED = ("submitted", "accepted")


@dataclass(frozen=True)
class Known:
    """What an organisation is."""

    id: UUID
    name: str
    language: str | None
    may_be_named: bool | None
    acronym: str | None
    type: str | None
    reach: str | None
    country: str | None
    founded_on: date | None
    registration: str | None
    website: str | None
    mandate: str | None
    standing: Standing


@dataclass(frozen=True)
class AgreementInForce:
    """An agreement in force, as it stands."""

    id: UUID
    title: str
    language: str | None
    status: str
    starts_on: date | None
    ends_on: date | None
    amount: Money | None


@dataclass(frozen=True)
class Punctual:
    """Reports owed by a partner in a period: how many came, how many of these by their day, how many are late."""

    owed: int
    came: int
    in_time: int
    late: int
    behind_came: Behind
    behind_late: Behind


@dataclass(frozen=True)
class PartnerProfile:
    """Everything a profile says but figures of people."""

    partner: Known
    names: tuple[tuple[str, str | None], ...]
    places: tuple[tuple[str, str | None], ...]
    leads: tuple[Assessed, ...]
    """The assessments that hold, one a question."""
    ratings: tuple[Rated, ...]
    """The newest by each scheme."""
    agreements: tuple[AgreementInForce, ...]
    received: tuple[tuple[str, Money], ...]
    """By stage and currency, what came to it before it passed anything on."""
    seats: tuple[tuple[str, str | None, str | None], ...]
    """What kind of seat or voice, its title, and in which body."""
    reports: Punctual


def partner_profile(session: Session, id: UUID, first: date | None, last: date | None, today: date) -> PartnerProfile:
    """A partner, with what was agreed, paid and reported in a period; an open side leaves the period open."""
    one = there(session, Organisation, id)
    known = Known(
        one.id,
        one.name,
        one.name_language,
        one.may_be_named,
        one.acronym,
        one.type,
        one.reach,
        one.country,
        one.founded_on,
        one.registration,
        one.website,
        one.mandate,
        mapped(one.type, one.reach, one.affiliated),
    )
    newest: dict[str, Rated] = {}
    for rated in rating_history(session, id):
        newest.setdefault(rated.scheme, rated)
    return PartnerProfile(
        known,
        tuple(_rows(session, _names(id))),
        tuple(_rows(session, _places(id))),
        tuple(each for each in assessments_of(session, id) if each.holds),
        tuple(newest.values()),
        tuple(_agreements(session, id, first, last)),
        tuple(_received(session, id, first, last)),
        tuple(_rows(session, _seats(id, first, last))),
        _reports(session, id, first, last, today),
    )


def _rows(session: Session, query: Any) -> Iterable[Any]:
    return (tuple(row) for row in session.execute(query))


def _names(id: UUID) -> Any:
    used = (OrganisationName.organisation_id == id, OrganisationName.use.in_(("official", "former")))
    query = select(OrganisationName.name, OrganisationName.language)
    return query.where(*used, OrganisationName.removed_at.is_(None)).order_by(OrganisationName.row)


def _places(id: UUID) -> Any:
    query = select(Place.name, Place.name_language).join(OrganisationPlace, OrganisationPlace.place_id == Place.id)
    works = (OrganisationPlace.organisation_id == id, OrganisationPlace.removed_at.is_(None))
    return query.where(*works).distinct().order_by(Place.sort_key)


def _agreements(session: Session, id: UUID, first: date | None, last: date | None) -> Iterable[AgreementInForce]:
    found = [Agreement.partner_id == id, Agreement.removed_at.is_(None), Agreement.status.not_in(BEFORE_SIGNING)]
    if last:
        found.append(or_(Agreement.starts_on.is_(None), Agreement.starts_on <= last))
    if first:
        found.append(or_(Agreement.ends_on.is_(None), Agreement.ends_on >= first))
    for each in session.scalars(select(Agreement).where(*found).order_by(Agreement.starts_on, Agreement.row)):
        money = None if each.amount is None or not each.currency else Money.of(each.amount, each.currency)
        yield AgreementInForce(
            each.id, each.title, each.title_language, each.status, each.starts_on, each.ends_on, money
        )


def _received(session: Session, id: UUID, first: date | None, last: date | None) -> Iterable[tuple[str, Money]]:
    found = [Allocation.recipient_id == id, Allocation.removed_at.is_(None)]
    if first:
        found.append(Allocation.on >= first)
    if last:
        found.append(Allocation.on <= last)
    total: Any = select(Allocation.stage, Allocation.currency, func.sum(Allocation.amount)).select_from(Allocation)
    grouped = with_hands(total).where(*found).group_by(Allocation.stage, Allocation.currency)
    rows = session.execute(grouped.order_by(Allocation.stage, Allocation.currency))
    return ((stage, Money.of(minor, currency)) for stage, currency, minor in rows)


def _seats(id: UUID, first: date | None, last: date | None) -> Any:
    body = Organisation.__table__.alias()
    query = select(Participation.seat, Participation.title, body.c.name).select_from(Participation)
    found = [Participation.organisation_id == id, Participation.removed_at.is_(None)]
    if last:
        found.append(or_(Participation.since.is_(None), Participation.since <= last))
    if first:
        found.append(or_(Participation.until.is_(None), Participation.until >= first))
    return query.outerjoin(body, body.c.id == Participation.body_id).where(*found).order_by(Participation.row)


def _reports(session: Session, id: UUID, first: date | None, last: date | None, today: date) -> Punctual:
    """What the partner owed us with a day in the period that is over; what is due today is not late."""
    until = min(last or today, today - timedelta(days=1))
    duties = _owed(session, id, first, until)
    came = [each for each in duties if each.status in SUBMITTED]
    in_time = [each for each in came if each.submitted_on and each.submitted_on <= each.due_on]
    change = state(session).change

    def behind(answer: str) -> Behind:
        chosen = {"partner": str(id), "from": first.isoformat() if first else "", "to": until.isoformat()}
        figure = ";".join(f"{key}={value}" for key, value in (chosen | {"came": answer}).items() if value)
        return Behind("duties", (("figure", figure),), change)

    return Punctual(len(duties), len(came), len(in_time), len(duties) - len(came), behind("yes"), behind("no"))


def reports_behind(session: Session, figure: str) -> tuple[UUID, ...]:
    """The duties behind a figure of a partner's reports."""
    with selection.read(figure) as asked:
        partner, until, came = UUID(asked["partner"]), date.fromisoformat(asked["to"]), asked["came"] == "yes"
        first = date.fromisoformat(asked["from"]) if "from" in asked else None
    return tuple(each.id for each in _owed(session, partner, first, until) if (each.status in SUBMITTED) == came)


def _owed(session: Session, id: UUID, first: date | None, until: date) -> Sequence[ReportingDuty]:
    found = [
        or_(ReportingDuty.organisation_id == id, Agreement.partner_id == id),
        ReportingDuty.direction == "in",
        ReportingDuty.removed_at.is_(None),
        ReportingDuty.status != "waived",
        ReportingDuty.due_on <= until,
    ]
    if first:
        found.append(ReportingDuty.due_on >= first)
    query = select(ReportingDuty).outerjoin(Agreement, Agreement.id == ReportingDuty.agreement_id).where(*found)
    return session.scalars(query.order_by(ReportingDuty.due_on, ReportingDuty.row)).all()
