"""To whom agreements, seats and decisions went: by what is known of each partner, and whether women lead it.

Money has `layers`; this is the rest of what localisation is counted by. Women-led status is the one that held on the
last day of the period, and what is not known is a group of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, literal, or_, select
from sqlalchemy.orm import Session

from db.models.agreements import BEFORE_SIGNING, Agreement
from db.models.engagements import Participation
from db.models.money import Allocation
from db.models.organisations import Organisation
from db.models.women_led import WomenLedAssessment
from db.money import Money
from db.queries import selection
from db.queries.allocations import actor, with_hands, women_led_on
from db.queries.history import state
from db.queries.selection import Behind
from db.queries.women_led import held


@dataclass(frozen=True)
class OfPartner:
    """Something a partner has: its id and kind, who the partner is, and whether women lead it."""

    id: UUID
    kind: str
    actor: str
    women_led: str
    together: bool = False
    """An agreement that was designed together with the partner."""


@dataclass(frozen=True)
class Recipient:
    """A partner that money went to, with what is known of it and what it received in each currency."""

    id: UUID
    name: str
    language: str | None
    may_be_named: bool | None
    type: str | None
    actor: str
    women_led: str
    definition: str | None
    affiliated: bool | None
    sums: tuple[Money, ...]


@dataclass(frozen=True)
class Localisation:
    """Agreements in force, and seats and proposals, in a period; the recipients of its money."""

    first: date
    last: date
    agreements: tuple[OfPartner, ...]
    seats: tuple[OfPartner, ...]
    recipients: tuple[Recipient, ...]
    as_of: int

    def behind(self, kind: str, actors: Iterable[str] = (), women_led: str | None = None, of: str = "") -> Behind:
        """The rows of a kind that belong to these partners; `of` narrows seats by their kind."""
        chosen = {
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "actor": ",".join(actors),
            "women_led": women_led,
            "kind": of,
        }
        figure = ";".join(f"{key}={value}" for key, value in chosen.items() if value)
        return Behind(kind, (("figure", figure),), self.as_of)


def localisation(session: Session, stage: str, first: date, last: date) -> Localisation:
    """Everything but the shares of money themselves."""
    return Localisation(
        first,
        last,
        tuple(OfPartner(*row) for row in session.execute(_agreements(first, last))),
        tuple(OfPartner(*row) for row in session.execute(_seats(first, last))),
        tuple(_recipients(session, stage, first, last)),
        state(session).change,
    )


def agreements_behind(session: Session, figure: str) -> tuple[UUID, ...]:
    """The agreements behind a figure."""
    return _behind(session, figure, _agreements)


def seats_behind(session: Session, figure: str) -> tuple[UUID, ...]:
    """The seats and proposals behind a figure."""
    return _behind(session, figure, _seats)


def _behind(session: Session, figure: str, asks: Any) -> tuple[UUID, ...]:
    with selection.read(figure) as asked:
        first, last = date.fromisoformat(asked["from"]), date.fromisoformat(asked["to"])
        actors = asked["actor"].split(",") if "actor" in asked else None
        women_led, kind = asked.get("women_led"), asked.get("kind")
    return tuple(
        row.id
        for row in (OfPartner(*each) for each in session.execute(asks(first, last)))
        if (actors is None or row.actor in actors)
        and women_led in (None, row.women_led)
        and (kind is None or row.kind == kind or (kind == "together" and row.together))
    )


def _agreements(first: date, last: date) -> Any:
    """Signed agreements that were in force on some day of the period; an open side stays open."""
    in_force = (
        Agreement.removed_at.is_(None),
        Agreement.status.not_in(BEFORE_SIGNING),
        or_(Agreement.starts_on.is_(None), Agreement.starts_on <= last),
        or_(Agreement.ends_on.is_(None), Agreement.ends_on >= first),
    )
    known = (actor, women_led_on(literal(last)), func.coalesce(Agreement.designed_together, False))
    query: Any = select(Agreement.id, Agreement.type, *known).select_from(Agreement)
    return query.join(Organisation, Organisation.id == Agreement.partner_id).where(*in_force).order_by(Agreement.row)


def _seats(first: date, last: date) -> Any:
    held_then = (
        Participation.removed_at.is_(None),
        or_(Participation.since.is_(None), Participation.since <= last),
        or_(Participation.until.is_(None), Participation.until >= first),
    )
    query: Any = select(Participation.id, Participation.seat, actor, women_led_on(literal(last)))
    query = query.select_from(Participation).join(Organisation, Organisation.id == Participation.organisation_id)
    return query.where(*held_then).order_by(Participation.row)


def _recipients(session: Session, stage: str, first: date, last: date) -> Iterable[Recipient]:
    """Who received money at a stage, with what it came to in each currency, before anything was passed on."""
    chosen = (Allocation.removed_at.is_(None), Allocation.stage == stage, Allocation.on.between(first, last))
    sums: dict[UUID, list[Money]] = {}
    added: Any = select(Allocation.recipient_id, Allocation.currency, func.sum(Allocation.amount)).select_from(
        Allocation
    )
    grouped = with_hands(added).where(*chosen, Allocation.recipient_id.is_not(None))
    for id, currency, minor in session.execute(
        grouped.group_by(Allocation.recipient_id, Allocation.currency).order_by(Allocation.currency)
    ):
        sums.setdefault(id, []).append(Money.of(minor, currency))
    named = WomenLedAssessment.definition + " " + WomenLedAssessment.definition_version
    rows: Any = session.execute(
        select(
            Organisation.id,
            Organisation.name,
            Organisation.name_language,
            Organisation.may_be_named,
            Organisation.type,
            actor,
            women_led_on(literal(last)),
            held(named, on=literal(last)),
            Organisation.affiliated,
        ).order_by(Organisation.sort_key, Organisation.row)
    )
    return (Recipient(*(*row, tuple(sums[row.id]))) for row in rows if row.id in sums)
