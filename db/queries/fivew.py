"""What the 5W asks of the record: every activity in scope with who, what, where, when, for whom, and who pays."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from db.models import (
    Activity,
    ActivityFunding,
    ActivityTag,
    Breakdown,
    FrameworkItem,
    Organisation,
    Place,
    Result,
)
from db.models.activities import SENSITIVE
from db.models.results import COUNTS, PEOPLE
from db.queries.corrected import firsts
from db.queries.figures import FigureOfPeople, figures_of_people, of_sensitive_indicator
from db.queries.history import state
from db.queries.scope import Scope, activities_in
from db.queries.women_led import status_held


@dataclass(frozen=True)
class Body:
    """An organisation as the 5W names it; `women_led` is unknown where nobody assessed it."""

    id: UUID
    name: str
    acronym: str | None
    type: str | None
    may_be_named: bool | None
    women_led: str


@dataclass(frozen=True)
class Level:
    """One step of where an activity is, from the country down."""

    kind: str
    level: int
    name: str
    pcode: str | None
    country: str | None


@dataclass(frozen=True)
class PartOfFigure:
    """A part of a figure, and its count or why there is none."""

    cut: str
    sex: str | None
    age_band: str | None
    disability: bool | None
    value: int | None
    missing: str | None
    method: str


@dataclass(frozen=True)
class Figure:
    """A count of people of an activity, or why there is none."""

    id: UUID
    """Of the first figure of its line, where it corrects others; one for all that count from the beginning."""
    nature: str
    unit: str
    value: int | None
    missing: str | None
    counting: str
    sensitive: bool
    parts: tuple[PartOfFigure, ...]
    indicator: UUID | None = None
    running: UUID | None = None
    """The result itself, where it counts an indicator's people since the beginning and so holds earlier figures."""


@dataclass(frozen=True)
class FiveWActivity:
    """An activity as a row of the 5W, before anything is hidden or put in words."""

    id: UUID
    title: str
    project: str | None
    description: str | None
    sector: str | None
    sector_stated: str | None
    partner: Body | None
    reporter: Body | None
    where: tuple[Level, ...]
    starts_on: date | None
    starts_on_missing: str | None
    ends_on: date | None
    status: str | None
    status_stated: str | None
    population: str | None
    modality: str | None
    response_plan: str | None
    sensitivity: str
    funding: tuple[tuple[str, str | None], ...]
    """Each kind of funding, with the name of the donor where it is one."""
    framework_codes: tuple[str, ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class FiveW:
    """The answer, and the day of the data."""

    activities: tuple[FiveWActivity, ...]
    as_of: date
    running: tuple[FigureOfPeople, ...] = ()
    """All figures of the indicators that are counted since the beginning, for who makes atoms of them."""


def fivew(session: Session, scope: Scope) -> FiveW:
    """Every activity in scope, in the order in which they came into the record."""
    chosen = activities_in(scope)
    ids = select(Activity.id).where(*chosen)
    bodies, places = _bodies(session), _places(session)
    funding, tags, figures = _funding(session, ids), _tags(session, ids), _figures(session, ids, scope)
    activities = tuple(
        FiveWActivity(
            id=one.id,
            title=one.title,
            project=one.project,
            description=one.description,
            sector=one.sector,
            sector_stated=one.sector_stated,
            partner=bodies.get(one.partner_id),
            reporter=bodies.get(one.reporter_id),
            where=_line(places, one.place_id),
            starts_on=one.starts_on,
            starts_on_missing=one.starts_on_missing,
            ends_on=one.ends_on,
            status=one.status,
            status_stated=one.status_stated,
            population=one.population,
            modality=one.modality,
            response_plan=one.response_plan,
            sensitivity=one.sensitivity,
            funding=tuple(funding[one.id]),
            framework_codes=tuple(tags[one.id]),
            figures=tuple(figures[one.id]),
        )
        for one in session.execute(select(*Activity.__table__.c).where(*chosen).order_by(Activity.row))
    )
    since = {one.indicator for each in figures.values() for one in each if one.running and one.indicator}
    return FiveW(activities, state(session).on, figures_of_people(session, since) if since else ())


def _bodies(session: Session) -> Mapping[UUID | None, Body]:
    rows = session.execute(
        select(
            Organisation.id,
            Organisation.name,
            Organisation.acronym,
            Organisation.type,
            Organisation.may_be_named,
            status_held(),
        )
    )
    return {row.id: Body(*row) for row in rows}


def _places(session: Session) -> Mapping[UUID, tuple[UUID | None, Level]]:
    rows = session.execute(
        select(Place.id, Place.parent_id, Place.kind, Place.level, Place.name, Place.pcode, Place.country)
    )
    return {row.id: (row.parent_id, Level(row.kind, row.level, row.name, row.pcode, row.country)) for row in rows}


def _line(places: Mapping[UUID, tuple[UUID | None, Level]], place: UUID | None) -> tuple[Level, ...]:
    """The levels from the top down to a place; a ring of parents, which only a damaged record has, ends it."""
    line: dict[UUID, Level] = {}
    while place is not None and place in places and place not in line:
        parent, line[place] = places[place]
        place = parent
    return tuple(line.values())[::-1]


def _funding(session: Session, ids: Select[UUID]) -> Mapping[UUID, list[tuple[str, str | None]]]:
    found: defaultdict[UUID, list[tuple[str, str | None]]] = defaultdict(list)
    for activity, kind, donor in session.execute(
        select(ActivityFunding.activity_id, ActivityFunding.kind, Organisation.name)
        .outerjoin(Organisation, Organisation.id == ActivityFunding.donor_id)
        .where(ActivityFunding.removed_at.is_(None), ActivityFunding.activity_id.in_(ids))
        .order_by(ActivityFunding.row)
    ):
        found[activity].append((kind, donor))
    return found


def _tags(session: Session, ids: Select[UUID]) -> Mapping[UUID, list[str]]:
    found = defaultdict(list)
    for activity, code in session.execute(
        select(ActivityTag.activity_id, FrameworkItem.code)
        .join(FrameworkItem, FrameworkItem.id == ActivityTag.item_id)
        .where(ActivityTag.removed_at.is_(None), ActivityTag.activity_id.in_(ids))
        .order_by(ActivityTag.row)
    ):
        found[activity].append(code)
    return found


def _figures(session: Session, ids: Select[UUID], scope: Scope) -> Mapping[UUID, list[Figure]]:
    """Counts of people: those of periods in scope, and the latest cumulative one where no period was counted."""
    conditions: list[Any] = [
        COUNTS,
        Result.activity_id.in_(ids),
        Result.unit.in_(PEOPLE),
        Result.decimals == 0,
        Result.nature != "background",
        Result.span.in_(("period", "cumulative")),
    ]
    if scope.starts_on:
        conditions.append(Result.ends_on.is_(None) | (Result.ends_on >= scope.starts_on))
    if scope.ends_on:
        conditions.append(Result.starts_on.is_(None) | (Result.starts_on <= scope.ends_on))
    parts = defaultdict(list)
    for part in session.execute(
        select(
            Breakdown.result_id,
            Breakdown.cut,
            Breakdown.sex,
            Breakdown.age_band,
            Breakdown.disability,
            Breakdown.value,
            Breakdown.missing,
            Breakdown.method,
        )
        .where(Breakdown.removed_at.is_(None), Breakdown.result_id.in_(select(Result.id).where(*conditions)))
        .order_by(Breakdown.row)
    ):
        values = part.cut, part.sex, part.age_band, part.disability, part.value, part.missing, part.method
        parts[part.result_id].append(PartOfFigure(*values))
    periods: defaultdict[UUID, list[Figure]] = defaultdict(list)
    cumulative: defaultdict[UUID, dict[tuple[str, str], Figure]] = defaultdict(dict)
    sensitive = Result.sensitivity.in_(SENSITIVE) | Activity.sensitivity.in_(SENSITIVE) | of_sensitive_indicator()
    first = firsts(session)
    query = select(*Result.__table__.c, sensitive.label("sensitive")).join(Activity, Activity.id == Result.activity_id)
    for row in session.execute(query.where(*conditions).order_by(Result.ends_on, Result.row)):
        beginning = uuid5(row.activity_id, f"{row.nature} {row.unit}")
        figure = Figure(
            id=first.get(row.id, row.id) if row.span == "period" else beginning,
            nature=row.nature,
            unit=row.unit,
            value=row.value,
            missing=row.missing,
            counting=row.counting,
            sensitive=row.sensitive,
            parts=tuple(parts[row.id]),
            indicator=row.indicator_id,
            running=row.id if row.span == "cumulative" and row.indicator_id else None,
        )
        if row.span == "period":
            periods[row.activity_id].append(figure)
        else:
            cumulative[row.activity_id][figure.nature, figure.unit] = figure
    for activity, latest in cumulative.items():
        counted = {(figure.nature, figure.unit) for figure in periods[activity]}
        periods[activity] += [figure for kind, figure in latest.items() if kind not in counted]
    return periods
