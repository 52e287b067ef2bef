"""One thing of any kind as its page shows it, and finding a thing of any kind by a part of its name.

What is particular to one kind is asked for by a query of its own; pages, links and dialogs live on these.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from db.base import Entity
from db.errors import NotThere
from db.fields import Kind, fields_of
from db.links import in_chunks, name_column, name_with_whole
from db.models.organisations import OrganisationRole
from db.models.results import Result
from db.prepared import GIVEN, ask
from db.queries.activities import activity_page, places_like
from db.queries.columns import entity_of, table_of, target_of
from db.queries.organisations import organisations_like
from db.queries.table_kinds import kind_of_table
from db.queries.texts import ShownText
from db.searching import found_in
from i18n.folding import sort_key

MOST = 30
NUMBERED = "number"
"""The field by which the parts of a whole are numbered, where they are."""

_ROLES = (
    select(OrganisationRole.role)
    .where(OrganisationRole.organisation_id == GIVEN, OrganisationRole.removed_at.is_(None))
    .order_by(OrganisationRole.role)
)


@dataclass(frozen=True)
class EntryPage:
    """One thing: its values with links as (id, name), what it is called, and how many of each list point at it."""

    values: Mapping[str, Any]
    title: str
    counts: tuple[int, ...]
    spoken: ShownText | None = None
    """Its name in the reader's language, where it is asked for in one (`queries/in_language.py`) and has one."""


def entry_page(
    session: Session, entity: type[Entity], id: UUID, related: Sequence[tuple[type[Entity], str]] = ()
) -> EntryPage:
    """A thing of this kind; NotThere once it was removed. `related` names links of other kinds that point here."""
    found = ask(session.connection(), _values(entity), id.hex)
    if not found:
        raise NotThere
    values = named_links(session, entity, dict(zip(fields_of(entity), found[0], strict=True)))
    return EntryPage(values, called(session, entity, id), _counts(session, id, tuple(related)))


@cache
def _values(entity: type[Entity]) -> Select[Any]:
    columns = (getattr(entity, key).property.columns[0] for key in fields_of(entity))
    return select(*columns).where(entity.id == GIVEN, entity.removed_at.is_(None))


def _counts(session: Session, id: UUID, related: tuple[tuple[type[Entity], str], ...]) -> tuple[int, ...]:
    """How many of each list point at a thing, asked in one statement: twelve would cost four times as much."""
    return ask(session.connection(), _counting(related), id.hex)[0] if related else ()


@cache
def _counting(related: tuple[tuple[type[Entity], str], ...]) -> Select[Any]:
    pointing = (
        select(func.count())
        .select_from(other)
        .where(getattr(other, key) == GIVEN, other.removed_at.is_(None))
        .scalar_subquery()
        for other, key in related
    )
    return select(*pointing)


def organisation_entry(
    session: Session, entity: type[Entity], id: UUID, related: Sequence[tuple[type[Entity], str]] = ()
) -> EntryPage:
    """An organisation, with its roles."""
    seen = entry_page(session, entity, id, related)
    return replace(seen, values={**seen.values, "roles": _roles_of(session, id)})


def _roles_of(session: Session, id: UUID) -> list[str]:
    return [role for (role,) in ask(session.connection(), _ROLES, id.hex)]


def activity_entry(
    session: Session, entity: type[Entity], id: UUID, related: Sequence[tuple[type[Entity], str]] = ()
) -> EntryPage:
    """An activity, with who funds it and the people declared for it."""
    seen, around = entry_page(session, entity, id, related), activity_page(session, id)
    kind, donor_id, donor = around.funding[0] if around.funding else ("not_stated", None, None)
    funding = {"funding": kind, "donor_id": (donor_id, donor) if donor_id else None, "declared": around.declared}
    return replace(seen, values={**seen.values, **funding})


def result_entry(
    session: Session, entity: type[Entity], id: UUID, related: Sequence[tuple[type[Entity], str]] = ()
) -> EntryPage:
    """A result, with the newer one that corrects it: its id and its figure, which may be missing too."""
    seen = entry_page(session, entity, id, related)
    newer = session.scalars(select(Result).where(Result.corrects_id == id, Result.removed_at.is_(None))).first()
    figure = None if newer is None or newer.value is None else Decimal(newer.value).scaleb(-newer.decimals)
    return replace(seen, values={**seen.values, "corrected_by": newer and (newer.id, figure)})


def named_links(session: Session, entity: type[Entity], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a thing with each link as (id, name), as forms load them."""
    fields = fields_of(entity)
    return {
        key: (value, called(session, entity_of(target_of(entity, key).name), value))
        if value is not None and fields[key].kind == Kind.LINK
        else value
        for key, value in values.items()
    }


def called(session: Session, entity: type[Entity], id: UUID) -> str:
    """What a thing is called."""
    return name_with_whole(session.connection(), table_of(entity), id)


def kind_of_row(session: Session, table: str, id: UUID) -> str:
    """The kind whose page shows a row: an organisation is a donor's page or a partner's by what it is to the office."""
    if table != "organisation":
        return kind_of_table(table)
    roles = _roles_of(session, id)
    return "partners" if "partner" in roles else "donors" if "donor" in roles else "organisations"


def ids_of(session: Session, entity: type[Entity], numbers: Sequence[int]) -> list[UUID]:
    """The ids behind the numbers of a list."""
    found: list[UUID] = []
    for chunk in in_chunks(numbers):
        found.extend(session.scalars(select(entity.id).where(entity.row.in_(chunk)).order_by(entity.row)))
    return found


def next_number(session: Session, entity: type[Entity], by: str, whole: UUID) -> int:
    """The number that comes next among the parts of a whole, which they point at by this link."""
    pointing = getattr(entity, by) == whole, entity.removed_at.is_(None)
    highest: int | None = session.scalar(select(func.max(getattr(entity, NUMBERED))).where(*pointing))
    return (highest or 0) + 1


def blank(entity: type[Entity]) -> dict[str, Any]:
    """What a new thing of this kind begins with."""
    columns = {key: getattr(entity, key).property.columns[0] for key in fields_of(entity)}
    return {
        key: column.default.arg
        for key, column in columns.items()
        if column.default is not None and column.default.is_scalar
    }


def entries_like(session: Session, table: str, text: str, limit: int = MOST) -> tuple[tuple[UUID, str], ...]:
    """The first things kept in a table whose name, or anything else said of them, holds this text."""
    if table == "organisation":
        return organisations_like(session, text)
    if table == "place":
        return places_like(session, text)
    entity = entity_of(table)
    kept = table_of(entity)
    name = name_column(kept)
    query = select(kept.c.id, name).where(kept.c.removed_at.is_(None))
    if text.strip():
        by_name = func.lower(name).contains(text.strip().lower(), autoescape=True)
        folded = kept.c.sort_key.contains(sort_key(text), autoescape=True) if "sort_key" in kept.c else by_name
        query = query.where(or_(by_name, folded, found_in(entity, text)))
    order = kept.c.sort_key if "sort_key" in kept.c else func.lower(name)
    found = session.execute(query.order_by(order, kept.c.row).limit(limit))
    return tuple((id, called(session, entity, id)) for id, _name in found)
