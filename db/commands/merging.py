"""Two that are one: said to be two after all, or merged field by field, as one deed that undo takes back whole.

Whatever points at the one that goes points at the one that stays afterwards, wherever it stands in the record: the
links are read from the models, so a table added tomorrow is merged too. The one that goes is marked removed, and its
names stay known, so that the next file which uses them finds the one that stayed.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table, or_, select, update
from sqlalchemy.orm import Session

from db.base import Entity, now, there
from db.deeds import called, deed
from db.errors import RecordError
from db.fields import fields_of
from db.links import links_into
from db.models import (
    NotSame,
    NotSamePlace,
    Organisation,
    OrganisationCode,
    OrganisationName,
    OrganisationPlace,
    OrganisationRole,
    Place,
    PlaceCode,
    SourceRow,
    Text,
)
from db.queries.columns import table_of
from i18n import N_


class SameThing(RecordError):
    message = N_("These are one and the same already. Choose two different ones.")


class NotOneOfTheTwo(RecordError):
    message = N_("A value can be taken from one of the two only. Choose again.")


class OneInsideTheOther(RecordError):
    message = N_("“{one}” belongs to something that belongs to “{other}”. Put that right first, then merge the two.")


_ONE_OF_A_KIND: Mapping[type[Entity], tuple[str, tuple[str, ...]]] = {
    OrganisationRole: ("organisation_id", ("role",)),
    OrganisationName: ("organisation_id", ("name",)),
    OrganisationCode: ("organisation_id", ("scheme", "code")),
    OrganisationPlace: ("organisation_id", ("place_id",)),
    PlaceCode: ("place_id", ("vintage", "code")),
    Text: ("owner_id", ("field", "language")),
}
"""Parts of which a thing has one of a kind only: the field that says whose they are, and those that say which."""


@deed(N_("Keep {one} and {other} as two"))
def not_same(session: Session, a: UUID, b: UUID) -> None:
    """Keep a person's word that two organisations are not the same, so that it is never asked again."""
    one, other = _two(session, Organisation, a, b)
    called(session, one=one.name, other=other.name)
    _keep_apart(session, NotSame, NotSame.organisation_id, a, b)


@deed(N_("Keep {one} and {other} as two"))
def not_same_place(session: Session, a: UUID, b: UUID) -> None:
    """Keep the same of two places."""
    one, other = _two(session, Place, a, b)
    called(session, one=one.name, other=other.name)
    _keep_apart(session, NotSamePlace, NotSamePlace.place_id, a, b)


@deed(N_("Merge {gone} into {kept}"), backup=True)
def merge(session: Session, kept_id: UUID, gone_id: UUID, chosen: Mapping[str, UUID]) -> None:
    """Make two organisations one; `chosen` says for each field whose value stays, the kept one's where it is silent."""
    kept, gone = _two(session, Organisation, kept_id, gone_id)
    called(session, kept=kept.name, gone=gone.name)
    names = _names(kept, gone)
    _merge(session, kept, gone, chosen)
    session.execute(
        update(OrganisationName)
        .where(OrganisationName.organisation_id == kept_id, OrganisationName.name == kept.name)
        .where(OrganisationName.removed_at.is_(None))
        .values(removed_at=now())
    )
    for name, language, use in names:
        held = select(OrganisationName.id).where(
            OrganisationName.organisation_id == kept_id,
            OrganisationName.name == name,
            OrganisationName.removed_at.is_(None),
        )
        if name not in (kept.name, kept.acronym) and session.scalar(held) is None:
            session.add(OrganisationName(organisation_id=kept_id, name=name, language=language, use=use))
            session.flush()
    _settle_apart(session, kept_id)


@deed(N_("Merge {gone} into {kept}"), backup=True)
def merge_places(session: Session, kept_id: UUID, gone_id: UUID, chosen: Mapping[str, UUID]) -> None:
    """Make two places one, in the same way; the P-code that gives way stays known as another code."""
    kept, gone = _two(session, Place, kept_id, gone_id)
    called(session, kept=kept.name, gone=gone.name)
    codes = [place.pcode for place in (kept, gone) if place.pcode]
    _merge(session, kept, gone, chosen)
    for code in codes:
        held = select(PlaceCode.id).where(
            PlaceCode.place_id == kept_id, PlaceCode.code == code, PlaceCode.removed_at.is_(None)
        )
        if code != kept.pcode and session.scalar(held) is None:
            session.add(PlaceCode(place_id=kept_id, code=code))
    said = select(NotSamePlace).where(
        NotSamePlace.removed_at.is_(None), or_(NotSamePlace.place_id == kept_id, NotSamePlace.other_id == kept_id)
    )
    met = {frozenset((kept_id,))}
    for one in session.scalars(said.order_by(NotSamePlace.row)).all():
        both = frozenset((one.place_id, one.other_id))
        if both in met:
            one.removed_at = now()
        met.add(both)


def _keep_apart(session: Session, said: Any, whose: Any, a: UUID, b: UUID) -> None:
    first, second = sorted((a, b))
    held = select(said.id).where(said.removed_at.is_(None), whose == first, said.other_id == second)
    if session.scalar(held) is None:
        session.add(said(**{whose.key: first, "other_id": second}))


def _two(session: Session, entity: type[Entity], one: UUID, other: UUID) -> tuple[Any, Any]:
    if one == other:
        raise SameThing
    return there(session, entity, one), there(session, entity, other)


def _names(*both: Organisation) -> list[tuple[str, str | None, str]]:
    """The names as they are now, before one of them gives way."""
    names = [(each.name, each.name_language, "spelling") for each in both]
    return names + [(each.acronym, None, "acronym") for each in both if each.acronym]


def _merge(session: Session, kept: Any, gone: Any, chosen: Mapping[str, UUID]) -> None:
    entity: type[Entity] = type(kept)
    described = fields_of(entity)
    for key, whose in chosen.items():
        if key not in described or whose not in (kept.id, gone.id):
            raise NotOneOfTheTwo
        if whose == gone.id:
            setattr(kept, key, getattr(gone, key))
    if kept.parent_id in (kept.id, gone.id):
        kept.parent_id = None if gone.parent_id == kept.id else gone.parent_id
    session.flush()
    _refuse_ring(session, kept, gone)
    for part in _ONE_OF_A_KIND:
        _unite(session, part, kept.id, gone.id)
    connection = session.connection()
    for column in _pointing(table_of(entity)):
        live = column.table.c.removed_at.is_(None)
        connection.execute(update(column.table).where(column == gone.id, live).values({column.name: kept.id}))
    gone.removed_at = now()
    session.flush()
    session.expire_all()


def _refuse_ring(session: Session, kept: Any, gone: Any) -> None:
    """What belonged to the one that goes will belong to the one that stays, which must not belong to it in turn."""
    entity = type(kept)
    above, met = kept.parent_id, set[UUID]()
    while above is not None and above not in met:
        if above in (kept.id, gone.id):
            raise OneInsideTheOther(one=kept.name, other=gone.name)
        met.add(above)
        above = session.scalar(select(entity.parent_id).where(entity.id == above))


def _unite(session: Session, part: type[Entity], kept: UUID, gone: UUID) -> None:
    """Of parts that both have, the kept one's stays, and holds for as long as both did together."""
    owner, telling = _ONE_OF_A_KIND[part]
    theirs = getattr(part, owner)
    live = select(part).where(theirs.in_((kept, gone)), part.removed_at.is_(None)).order_by(theirs == gone, part.row)
    first: dict[tuple[Any, ...], Any] = {}
    one: Any
    for one in session.scalars(live).all():
        stays = first.setdefault(tuple(getattr(one, key) for key in telling), one)
        if stays is one or getattr(one, owner) == kept:
            continue
        if "since" in fields_of(part):
            stays.since = min((day for day in (stays.since, one.since) if day), default=None)
            stays.until = max(stays.until, one.until) if stays.until and one.until else None
        one.removed_at = now()
    session.flush()


def _pointing(target: Table) -> Iterator[Column[Any]]:
    """Every column that may hold the id of a row of this table; rows of files name what they became by its id alone."""
    for each in links_into(target):
        yield each.column
    yield table_of(SourceRow).c.entity_id


def _settle_apart(session: Session, kept: UUID) -> None:
    """Forget that a thing is not itself, or not what it is called now, and what is said twice."""
    names = select(OrganisationName.folded).where(
        OrganisationName.organisation_id == kept, OrganisationName.removed_at.is_(None)
    )
    own = {*session.scalars(names), session.scalar(select(Organisation.folded).where(Organisation.id == kept))}
    said = select(NotSame).where(
        NotSame.removed_at.is_(None), or_(NotSame.organisation_id == kept, NotSame.other_id == kept)
    )
    met = set[object]()
    for one in session.scalars(said.order_by(NotSame.row)).all():
        about = frozenset((one.organisation_id, one.other_id)), one.folded
        itself = one.organisation_id == one.other_id or (one.folded in own and one.organisation_id == kept)
        if itself or about in met:
            one.removed_at = now()
        met.add(about)
