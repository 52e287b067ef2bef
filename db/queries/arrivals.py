"""What the record already holds, as far as a file that comes in has to be compared with it.

Planning an import is pure: it is given this answer and asks the record nothing more. Removed things are left out, so
that what was taken back can come again.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.base import Entity
from db.fields import fields_of
from db.models import (
    Activity,
    ActivityFunding,
    Breakdown,
    FrameworkItem,
    NotSame,
    Organisation,
    OrganisationName,
    OrganisationRole,
    Place,
    PlaceCode,
    ReceivedReport,
    Result,
    SavedMapping,
    Source,
    SourceRow,
)


@dataclass(frozen=True)
class HeldOrganisation:
    """An organisation by all its names; `short` are its acronyms, which alone prove nothing."""

    id: UUID
    name: str
    names: tuple[str, ...]
    short: tuple[str, ...]
    roles: frozenset[str]


@dataclass(frozen=True)
class HeldPlace:
    """A place with its codes of all vintages."""

    id: UUID
    name: str
    kind: str
    level: int
    country: str | None
    parent: UUID | None
    codes: tuple[str, ...]


@dataclass(frozen=True)
class HeldSource:
    """A file that came in before."""

    id: UUID
    name: str
    kind: str
    digest: str | None
    mapping: str | None
    sheet: str | None
    reporter: UUID | None
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True)
class HeldRow:
    """What a row of an earlier file became, under the name people know it by."""

    source: UUID
    number: int
    digest: str
    entity: str
    id: UUID
    name: str


@dataclass(frozen=True)
class HeldThing:
    """The values of a thing that a later file may change, with its parts."""

    values: Mapping[str, Any]
    parts: tuple[tuple[str, UUID, Mapping[str, Any]], ...] = ()
    """Entity, id and values: the results and funding of an activity, the breakdowns of a result."""


@dataclass(frozen=True)
class Held:
    """Everything that a file of one kind is compared with."""

    organisations: tuple[HeldOrganisation, ...] = ()
    places: tuple[HeldPlace, ...] = ()
    sources: tuple[HeldSource, ...] = ()
    rows: Mapping[str, HeldRow] | None = None
    """By the key that recognises a row; of several sources with the same row, the newest."""
    rows_of: Mapping[UUID, tuple[tuple[str, HeldRow], ...]] | None = None
    """The rows of each source by their keys, for files that replace one."""
    things: Mapping[UUID, HeldThing] | None = None
    activities: frozenset[UUID] = frozenset()
    """Every activity, for files that this same record wrote."""
    items: Mapping[str, UUID] | None = None
    """Lines of frameworks by their codes."""
    apart: frozenset[tuple[UUID, str]] = frozenset()
    """An organisation, and the folded name that a person said is not it."""
    reports: Mapping[UUID, UUID] | None = None
    """By the source that a partner's report came as: the report."""


_OF_A_SOURCE: tuple[Any, ...] = (
    *(Source.id, Source.name, Source.kind, Source.digest, Source.mapping, Source.sheet),
    *(Source.reporter_id, Source.starts_on, Source.ends_on),
)
"""The columns of a source, in the order of its answer."""


def held(session: Session, kind: str) -> Held:
    """What the record holds, for a file of this kind of source."""
    rows, rows_of = _rows(session, kind)
    sources = select(*_OF_A_SOURCE).where(Source.removed_at.is_(None), Source.kind == kind).order_by(Source.row)
    lines = select(FrameworkItem.code, FrameworkItem.id).where(FrameworkItem.removed_at.is_(None))
    return Held(
        organisations=_organisations(session),
        places=_places(session),
        sources=tuple(HeldSource(*row) for row in session.execute(sources)),
        rows=rows,
        rows_of=rows_of,
        things=_things(session, kind),
        activities=frozenset(session.scalars(select(Activity.id).where(Activity.removed_at.is_(None))))
        if kind == "activities"
        else frozenset(),
        items=dict(session.execute(lines).all()),
        apart=frozenset(
            (organisation, folded)
            for organisation, folded in session.execute(
                select(NotSame.organisation_id, NotSame.folded).where(
                    NotSame.removed_at.is_(None), NotSame.folded.is_not(None)
                )
            )
            if folded
        ),
        reports={
            source: report
            for report, source in session.execute(
                select(ReceivedReport.id, ReceivedReport.source_id).where(ReceivedReport.removed_at.is_(None))
            )
            if source
        },
    )


def kept_mappings(session: Session) -> tuple[tuple[str, str], ...]:
    """The mappings kept in the record: name and body, the newest first."""
    found = session.execute(
        select(SavedMapping.name, SavedMapping.body)
        .where(SavedMapping.removed_at.is_(None))
        .order_by(SavedMapping.row.desc())
    )
    return tuple((name, body) for name, body in found)


def _organisations(session: Session) -> tuple[HeldOrganisation, ...]:
    names: dict[UUID, list[str]] = defaultdict(list)
    short: dict[UUID, list[str]] = defaultdict(list)
    for organisation, name, use in session.execute(
        select(OrganisationName.organisation_id, OrganisationName.name, OrganisationName.use)
        .where(OrganisationName.removed_at.is_(None))
        .order_by(OrganisationName.row)
    ):
        (short if use == "acronym" else names)[organisation].append(name)
    roles: dict[UUID, set[str]] = defaultdict(set)
    for organisation, role in session.execute(
        select(OrganisationRole.organisation_id, OrganisationRole.role).where(OrganisationRole.removed_at.is_(None))
    ):
        roles[organisation].add(role)
    return tuple(
        HeldOrganisation(
            id,
            name,
            tuple(names[id]),
            tuple([acronym, *short[id]] if acronym else short[id]),
            frozenset(roles[id]),
        )
        for id, name, acronym in session.execute(
            select(Organisation.id, Organisation.name, Organisation.acronym)
            .where(Organisation.removed_at.is_(None))
            .order_by(Organisation.row)
        )
    )


def _places(session: Session) -> tuple[HeldPlace, ...]:
    codes: dict[UUID, list[str]] = defaultdict(list)
    for place, code in session.execute(
        select(PlaceCode.place_id, PlaceCode.code).where(PlaceCode.removed_at.is_(None)).order_by(PlaceCode.row)
    ):
        codes[place].append(code)
    return tuple(
        HeldPlace(
            id, name, kind, level, country, parent, tuple(dict.fromkeys([pcode, *codes[id]] if pcode else codes[id]))
        )
        for id, name, kind, level, country, parent, pcode in session.execute(
            select(Place.id, Place.name, Place.kind, Place.level, Place.country, Place.parent_id, Place.pcode)
            .where(Place.removed_at.is_(None))
            .order_by(Place.row)
        )
    )


_ENTITIES: dict[str, type[Entity]] = {"activity": Activity, "result": Result, "place": Place}


def _rows(session: Session, kind: str) -> tuple[dict[str, HeldRow], dict[UUID, tuple[tuple[str, HeldRow], ...]]]:
    rows: dict[str, HeldRow] = {}
    rows_of: dict[UUID, list[tuple[str, HeldRow]]] = defaultdict(list)
    names: dict[str, Any] = {
        "activity": Activity.title,
        "result": func.coalesce(Result.label, _title_of_activity(), ""),
        "place": Place.name,
    }
    for name, entity in _ENTITIES.items():
        found = session.execute(
            select(
                SourceRow.key,
                SourceRow.source_id,
                SourceRow.number,
                SourceRow.digest,
                SourceRow.entity,
                SourceRow.entity_id,
                names[name],
            )
            .join(Source, Source.id == SourceRow.source_id)
            .join(entity, entity.id == SourceRow.entity_id)
            .where(
                SourceRow.entity == name,
                SourceRow.removed_at.is_(None),
                Source.removed_at.is_(None),
                Source.kind == kind,
                entity.removed_at.is_(None),
            )
            .order_by(SourceRow.row)
        )
        for key, source, number, digest, kept, id, called in found:
            rows[key] = HeldRow(source, number, digest, kept, id, called)
            rows_of[source].append((key, rows[key]))
    return rows, {source: tuple(its) for source, its in rows_of.items()}


def _title_of_activity() -> Any:
    return select(Activity.title).where(Activity.id == Result.activity_id).correlate(Result).scalar_subquery()


def _things(session: Session, kind: str) -> dict[UUID, HeldThing]:
    """The things of those sources whose rows are recognised by key columns; rows known by their digest never change."""
    keyed = (
        select(SourceRow.entity_id)
        .join(Source, Source.id == SourceRow.source_id)
        .where(
            Source.kind == kind,
            Source.identity == "columns",
            Source.removed_at.is_(None),
            SourceRow.removed_at.is_(None),
        )
    )
    parts: dict[UUID, list[tuple[str, UUID, Mapping[str, Any]]]] = defaultdict(list)
    results = select(Result.id).where(Result.activity_id.in_(keyed) | Result.id.in_(keyed))
    for part, values in _values(session, Breakdown, Breakdown.result_id.in_(results)):
        parts[values["result_id"]].append(("breakdown", part, values))
    for part, values in _values(session, Result, Result.activity_id.in_(keyed)):
        parts[values["activity_id"]].append(("result", part, values))
        parts[values["activity_id"]].extend(parts.get(part, ()))
    for part, values in _values(session, ActivityFunding, ActivityFunding.activity_id.in_(keyed)):
        parts[values["activity_id"]].append(("activity_funding", part, values))
    things: dict[UUID, HeldThing] = {}
    for entity in _ENTITIES.values():
        for id, values in _values(session, entity, entity.id.in_(keyed)):
            things[id] = HeldThing(values, tuple(parts.get(id, ())))
    return things


def _values(session: Session, entity: type[Entity], where: Any) -> list[tuple[UUID, dict[str, Any]]]:
    """The described fields of rows that are not removed."""
    names = list(fields_of(entity))
    rows = session.execute(
        select(entity.id, *(getattr(entity, name) for name in names))
        .where(where, entity.removed_at.is_(None))
        .order_by(entity.row)
    )
    return [(id, dict(zip(names, values, strict=True))) for id, *values in rows]
