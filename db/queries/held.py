"""Everything the record holds about an organisation or a contact, for that partner itself, who may ask for it.

The links are read from the models, so a table added tomorrow is told too. What is not told is named with its ground,
as data that is kept when the answer is given: what others said in confidence, what is about others, and the files that
are not for the partner. Counts of people reached have a report of their own, behind the guard.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from db import models as m
from db.base import Entity, there
from db.errors import NotThere
from db.fields import Field, Kind, fields_of
from db.links import in_chunks, links_into, name_column
from db.money import CURRENCY, money_of
from db.queries.columns import entity_of, table_of, target_of
from db.queries.history import state
from i18n import N_

CONFIDENCE = N_("said in confidence: telling it could harm those who said it, or an inquiry")
OTHERS = N_("about others: what they said, gave or are is theirs to tell")
DELIBERATION = N_("our own deliberation on a decision that is not made yet")
NOT_FOR_PARTNERS = N_("a document that is not for partners")
IN_OTHER_REPORT = N_("counts of people reached: they are in the report made for the partner")

WITHHELD: Mapping[type[Entity], str] = {
    m.Flag: CONFIDENCE,
    m.ConfidentialNote: CONFIDENCE,
    m.Screening: CONFIDENCE,
    m.Escalation: CONFIDENCE,
    m.NotSame: OTHERS,
    m.Participation: OTHERS,
    m.ActivityFunding: OTHERS,
    m.Contribution: OTHERS,
    m.Requirements: OTHERS,
    m.Risk: DELIBERATION,
    m.Approval: DELIBERATION,
    m.KeptOn: DELIBERATION,
    m.WrittenReport: DELIBERATION,
    m.Result: IN_OTHER_REPORT,
    m.Feedback: IN_OTHER_REPORT,
}
"""Kinds that are not told, with the ground."""

OWN = frozenset({m.Participation, m.Requirements, m.Contribution})
"""Of these only what is the organisation's own part or gift is told."""

MOST = 300
"""So many things of one kind are told in full; those beyond are counted, and asked for by whoever wants them."""

_WHOLES = (m.Agreement,)
"""What points at an organisation and is told with its parts; the parts of a meeting or an activity are others' too."""

OTHERS_SPEAK = (m.Engagement, m.Activity, m.AdvocacyAction, m.Training)
"""Whose long texts note what several said."""


@dataclass(frozen=True)
class OrganisationNamed:
    """A link to an organisation, with what is known of whether it may be named."""

    id: UUID
    name: str
    may_be_named: bool | None


@dataclass(frozen=True)
class HeldThing:
    """One thing that is held: what it is called, and its fields with their values, the empty ones left out."""

    name: str
    values: tuple[tuple[Field, object], ...]


@dataclass(frozen=True)
class HeldKind:
    """What is held of one kind, and how many things more; `entity` is its table."""

    entity: str
    things: tuple[HeldThing, ...]
    more: int = 0


@dataclass(frozen=True)
class Withheld:
    """How many things of one kind are not told, and on what ground."""

    entity: str
    count: int
    ground: str


@dataclass(frozen=True)
class HeldAbout:
    """Everything that is held about one organisation or contact."""

    name: str
    language: str | None
    organisation_id: UUID
    as_of: date
    kinds: tuple[HeldKind, ...]
    withheld: tuple[Withheld, ...]


def held_about(session: Session, organisation_id: UUID | None = None, contact_id: UUID | None = None) -> HeldAbout:
    """What is held about an organisation, or about one contact of it."""
    entity: type[Any] = m.Organisation if contact_id is None else m.Contact
    asked = contact_id or organisation_id
    if asked is None:
        raise NotThere
    about = there(session, entity, asked)
    whose = about.organisation_id if contact_id else about.id
    if organisation_id not in (None, whose):
        raise NotThere
    telling = _Telling(session, whose)
    telling.tell(entity, [about.id], None)
    kept = table_of(entity)
    telling.follow(kept, [about.id])
    return HeldAbout(
        name=about.name,
        language=getattr(about, "name_language", None),
        organisation_id=telling.organisation_id,
        as_of=state(session).on,
        kinds=tuple(HeldKind(name, tuple(told), telling.more[name]) for name, told in telling.told.items() if told),
        withheld=tuple(Withheld(name, count, ground) for (name, ground), count in sorted(telling.withheld.items())),
    )


@dataclass
class _Telling:
    """What is told so far, each row once, whichever way it is reached."""

    session: Session
    organisation_id: UUID
    told: dict[str, list[HeldThing]] = field(default_factory=dict)
    more: Counter[str] = field(default_factory=Counter)
    withheld: Counter[tuple[str, str]] = field(default_factory=Counter)
    met: set[UUID] = field(default_factory=set)

    def follow(self, table: Table, ids: list[UUID], *, parts_only: bool = False) -> None:
        """Tell whatever points at these rows."""
        for link in links_into(table):
            if parts_only and not link.owned:
                continue
            entity = entity_of(link.table.name)
            found: list[UUID] = []
            for chunk in in_chunks(ids):
                rows = select(link.table.c.id).where(link.column.in_(chunk), link.table.c.removed_at.is_(None))
                found += self.session.connection().execute(rows.order_by(link.table.c.row)).scalars()
            new = [id for id in found if id not in self.met]
            self.met.update(new)
            told = bool(new) and self.tell(entity, new, link.column.key, owned=link.owned)
            if told and (link.owned or entity in _WHOLES):
                self.follow(link.table, new, parts_only=True)

    def tell(self, entity: type[Any], ids: Sequence[UUID], by: str | None, *, owned: bool = True) -> bool:
        """Tell these rows, or count them as withheld; whether they were told."""
        name, ground = entity.__tablename__, WITHHELD.get(entity)
        if ground and not (entity in OWN and (owned or by == "donor_id")):
            self.withheld[name, ground] += len(ids)
            return False
        told = self.told.setdefault(name, [])
        for chunk in in_chunks(ids):
            for thing in self.session.scalars(select(entity).where(entity.id.in_(chunk)).order_by(entity.row)):
                if kept_back := self._ground(thing):
                    self.withheld[name, kept_back] += 1
                    continue
                if spoken := self._spoken_by_others(thing):
                    self.withheld[name, OTHERS] += len(spoken)
                if len(told) == MOST:
                    self.more[name] += 1
                else:
                    told.append(HeldThing(self._name(table_of(entity), thing.id), tuple(self._values(thing, by))))
        return True

    def _ground(self, thing: Any) -> str | None:
        if isinstance(thing, m.Document) and thing.audience == "internal":
            return NOT_FOR_PARTNERS
        if isinstance(thing, m.Assessment) and thing.agency_id is not None:
            return OTHERS
        return None

    def _spoken_by_others(self, thing: Any) -> tuple[str, ...]:
        """The fields of it that say what several said."""
        if not isinstance(thing, OTHERS_SPEAK):
            return ()
        texts = (key for key, each in fields_of(type(thing)).items() if each.kind is Kind.LONG_TEXT)
        return tuple(key for key in texts if getattr(thing, key) is not None)

    def _values(self, thing: Any, by: str | None) -> Iterator[tuple[Field, object]]:
        entity: type[Entity] = type(thing)
        untold = (by, CURRENCY, *self._spoken_by_others(thing))
        for key, described in fields_of(entity).items():
            value = getattr(thing, key)
            if value is None or key in untold or described.kind in (Kind.SEALED, Kind.DATA):
                continue
            if described.kind is Kind.LINK:
                value = self._link(entity, key, value)
            elif described.kind is Kind.MONEY:
                value = money_of({key: value, CURRENCY: getattr(thing, CURRENCY)}, key)
            if value is not None:
                yield described, value

    def _link(self, entity: type[Entity], key: str, id: UUID) -> object:
        target = target_of(entity, key)
        linked = entity_of(target.name)
        if linked is m.Organisation:
            row = self.session.execute(
                select(m.Organisation.name, m.Organisation.may_be_named).where(m.Organisation.id == id)
            ).one()
            return OrganisationNamed(id, *row)
        if linked is m.Contact:
            theirs = select(m.Contact.organisation_id).where(m.Contact.id == id)
            if self.session.scalar(theirs) != self.organisation_id:
                return None
        elif linked in WITHHELD:
            return None
        return self._name(target, id) or None

    def _name(self, table: Table, id: UUID) -> str:
        return self.session.scalar(select(name_column(table)).where(table.c.id == id)) or ""
