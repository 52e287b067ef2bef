"""What the protection overview asks of the record: activities of the protection cluster in scope, with their counts."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, String, select, type_coerce
from sqlalchemy.orm import Session

from db.models import (
    Activity,
    ActivityFunding,
    Organisation,
    Place,
    Result,
    Source,
    SourceRow,
    WomenLedAssessment,
)
from db.models.activities import PROTECTION
from db.queries.people_counted import CountOfPeople, counted
from db.queries.scope import Scope, activities_in
from db.queries.women_led import held, status_held


class ProtectionActivity(NamedTuple):
    """An activity with what the tables cross it by."""

    row: int
    id: UUID
    sector: str
    partner: UUID | None
    place: UUID | None
    start_known: bool
    funding: tuple[tuple[str, UUID | None], ...]
    counts: tuple[CountOfPeople, ...]
    title: str = ""


@dataclass(frozen=True)
class Partner:
    """A partner as a report prints it; `women_led` is unknown where nobody assessed it."""

    id: UUID
    name: str
    language: str | None
    type: str | None
    may_be_named: bool | None
    women_led: str
    definition: str | None


@dataclass(frozen=True)
class NamedPlace:
    """A place that figures are grouped by."""

    id: UUID
    name: str
    language: str | None
    pcode: str | None
    level: int


@dataclass(frozen=True)
class FileUsed:
    """A source of what is printed, with what was left out of it."""

    name: str
    citation: str | None
    kind: str
    starts_on: date | None
    ends_on: date | None
    doubles: int
    problems: int
    reporter: UUID | None
    """The partner it is from, whom its name may name."""
    may_be_named: bool | None


@dataclass(frozen=True)
class Protection:
    """The answer: activities and everything their ids point at."""

    activities: tuple[ProtectionActivity, ...]
    partners: Mapping[UUID, Partner]
    donors: Mapping[UUID, Partner]
    places: Mapping[UUID, NamedPlace]
    sources: tuple[FileUsed, ...]


def protection(session: Session, scope: Scope) -> Protection:
    """Activities of the protection cluster in scope, grouped by the shallowest places that tell them apart."""
    return counted_activities(session, scope, (*activities_in(scope), Activity.sector.in_(PROTECTION)))


def counted_activities(session: Session, scope: Scope, chosen: Sequence[ColumnElement[bool]]) -> Protection:
    """Any activities that fulfil these conditions, with their counts in the period of a scope."""
    # Past the mapper, which costs as much again for a million rows; ids stay text where they only lead to others, and
    # each partner and place is one object, however many activities name it.
    plain, named = session.connection(), cache(UUID)
    rows = plain.execute(
        select(
            Activity.row,
            type_coerce(Activity.id, String).label("id"),
            Activity.sector,
            type_coerce(Activity.partner_id, String).label("partner"),
            type_coerce(Activity.place_id, String).label("place"),
            Activity.starts_on.is_not(None).label("start_known"),
            Activity.title,
        )
        .where(*chosen)
        .order_by(Activity.row)
    ).all()
    ids = select(Activity.id).where(*chosen)
    counts = counted(session, scope, ids)
    funding: dict[str, list[tuple[str, UUID | None]]] = defaultdict(list)
    for activity, kind, donor in plain.execute(
        select(
            type_coerce(ActivityFunding.activity_id, String),
            ActivityFunding.kind,
            type_coerce(ActivityFunding.donor_id, String),
        )
        .where(ActivityFunding.removed_at.is_(None), ActivityFunding.activity_id.in_(ids))
        .order_by(ActivityFunding.row)
    ):
        funding[activity].append((kind, named(donor) if donor else None))
    used = Counter(row.place for row in rows if row.place)
    group = _grouping(session, {named(place): number for place, number in used.items()}, scope.place)
    grouped = {place: group[named(place)].id for place in used}
    activities = tuple(
        ProtectionActivity(
            row.row,
            UUID(row.id),
            row.sector,
            named(row.partner) if row.partner else None,
            grouped.get(row.place),
            row.start_known,
            tuple(dict.fromkeys(funding.get(row.id, ()))) or (("not_stated", None),),
            tuple(counts.get(row.id, ())),
            row.title,
        )
        for row in rows
    )
    return Protection(
        activities,
        _organisations(session, {activity.partner for activity in activities if activity.partner}),
        _organisations(session, {donor for activity in activities for _kind, donor in activity.funding if donor}),
        {place.id: place for place in group.values()},
        _sources(session, ids),
    )


def _grouping(session: Session, used: Mapping[UUID, int], scope: UUID | None) -> dict[UUID, NamedPlace]:
    """For each place used, the place it is printed under: the shallowest level below the scope with more than one."""
    tree = {
        row.id: row
        for row in session.execute(
            select(Place.id, Place.name, Place.name_language, Place.pcode, Place.level, Place.parent_id)
        )
    }

    def line(place: UUID) -> list[UUID]:
        above = [place]
        while above[-1] != scope and (parent := tree[above[-1]].parent_id) in tree and parent not in (scope, *above):
            above.append(parent)
        return above[::-1]

    lines = {place: [step for step in line(place) if tree[step].level > 0 or step == place] for place in used}
    depth = 0
    while lines and len({steps[min(depth, len(steps) - 1)] for steps in lines.values()}) == 1:
        if depth >= max(len(steps) for steps in lines.values()) - 1:
            depth = 0
            break
        depth += 1
    grouped = {}
    for place, steps in lines.items():
        row = tree[steps[min(depth, len(steps) - 1)]]
        grouped[place] = NamedPlace(row.id, row.name, row.name_language, row.pcode, row.level)
    return grouped


def _organisations(session: Session, ids: set[UUID]) -> dict[UUID, Partner]:
    rows = session.execute(
        select(
            Organisation.id,
            Organisation.name,
            Organisation.name_language,
            Organisation.type,
            Organisation.may_be_named,
            status_held(),
            held(WomenLedAssessment.definition + " " + WomenLedAssessment.definition_version),
        ).order_by(Organisation.sort_key, Organisation.row)
    )
    return {row.id: Partner(*row) for row in rows if row.id in ids}


def _sources(session: Session, ids: object) -> tuple[FileUsed, ...]:
    """The sources that the activities came from or were counted in, oldest first."""
    results = select(Result.id).where(Result.activity_id.in_(ids))  # type: ignore[arg-type]
    used = select(SourceRow.source_id).where(
        SourceRow.removed_at.is_(None),
        SourceRow.entity_id.in_(ids) | SourceRow.entity_id.in_(results),  # type: ignore[arg-type]
    )
    found = session.execute(
        select(Source, Organisation.may_be_named)
        .outerjoin(Organisation, Organisation.id == Source.reporter_id)
        .where(Source.removed_at.is_(None), Source.id.in_(used))
        .order_by(Source.row)
    )
    return tuple(
        FileUsed(
            source.name,
            source.citation,
            source.kind,
            source.starts_on,
            source.ends_on,
            source.doubles or 0,
            source.problems or 0,
            source.reporter_id,
            may_be_named,
        )
        for source, may_be_named in found
    )
