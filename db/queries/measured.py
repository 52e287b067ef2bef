"""What indicators come to for a report: baseline, target and actual, over its period and by period and place.

Each figure is rolled up as its indicator declares, and refused in words where it may not be; the figures that were put
together are named, so that a report adds up the same people that the record does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from db.calendar import quarter_of
from db.models import Aim, Framework, FrameworkItem, Indicator, IndicatorLink, Place, Result
from db.models.results import COUNTS
from db.queries.called import Called, called
from db.queries.indicator_reader import Reader
from db.queries.indicators import Aimed, RolledUp, aims_of, roll
from db.queries.paid import agreements_of, results_of
from db.queries.roll_up import BEYOND, Figure
from db.queries.scope import Scope


@dataclass(frozen=True)
class PlaceNamed:
    """A place that figures stand for."""

    id: UUID
    name: str
    language: str | None
    pcode: str | None


@dataclass(frozen=True)
class Measured:
    """An indicator with what it comes to."""

    id: UUID
    code: str | None
    name: Called
    level: str | None
    unit: str
    decimals: int
    direction: str
    counting: str
    roll_up_periods: str
    roll_up_places: str
    sensitivity: str
    means: str | None
    baseline: Aimed | None
    target: Aimed | None
    actual: RolledUp
    """In the period of the scope."""
    to_date: RolledUp
    """From the beginning to the end of that period."""
    periods: tuple[tuple[date, date, RolledUp], ...]
    places: tuple[tuple[PlaceNamed, RolledUp], ...]


@dataclass(frozen=True)
class Grain:
    """How finely figures are told: by quarters where they were counted by shorter periods, by provinces for places."""

    quarters: bool = False
    provinces: bool = False


def measured(
    session: Session, indicators: Sequence[UUID], scope: Scope, nature: str = "reached", grain: Grain | None = None
) -> tuple[Measured, ...]:
    """These indicators in the period, the place and for the money of a scope, in the order given."""
    names = called(session, Indicator.name, Indicator.name_language, indicators)
    held = {one.id: one for one in session.scalars(select(Indicator).where(Indicator.id.in_(indicators)))}
    reader, known = Reader(session, nature, scope), {row.id: row for row in session.execute(_PLACES)}
    return tuple(
        _measured(reader, held[id], names[id], scope, grain or Grain(), known) for id in indicators if id in held
    )


_PLACES = select(Place.id, Place.name, Place.name_language, Place.pcode, Place.level, Place.parent_id, Place.row)


def indicators_of(session: Session, scope: Scope) -> tuple[UUID, ...]:
    """The indicators that a scope is about: of the framework asked for; else of the donor's, and those reported on.

    In the order of the frameworks' lines, then by code.
    """
    if scope.framework:
        return _under(session, select(FrameworkItem.id).where(FrameworkItem.framework_id == scope.framework))
    found: list[UUID] = []
    if scope.contribution or scope.donor:
        frameworks = _frameworks(scope)
        found += _under(session, select(FrameworkItem.id).where(FrameworkItem.framework_id.in_(frameworks)))
    reported = select(Result.indicator_id).where(COUNTS, Result.indicator_id.is_not(None), *results_of(scope))
    aimed = select(Aim.indicator_id).where(Aim.removed_at.is_(None))
    if scope.contribution or scope.donor or scope.agreement or scope.partner:
        # A figure that names no money belongs to an indicator in scope, but brings none in.
        reported = reported.where(or_(Result.agreement_id.is_not(None), Result.activity_id.is_not(None)))
        aimed = aimed.where(Aim.agreement_id.in_(agreements_of(scope)))
    others = select(Indicator.id).where(
        Indicator.removed_at.is_(None), or_(Indicator.id.in_(reported), Indicator.id.in_(aimed))
    )
    found += session.scalars(others.order_by(Indicator.code, Indicator.row))
    return tuple(dict.fromkeys(found))


def log_frame_of(session: Session, scope: Scope) -> UUID | None:
    """The donor's own log frame: the newest of its contribution, or of itself."""
    return session.scalars(_frameworks(scope).order_by(Framework.row.desc()).limit(1)).first()


def indicators_by_line(session: Session, framework_id: UUID) -> dict[UUID, tuple[UUID, ...]]:
    """The indicators of each line of a framework: its own, then those of ours that stand for it."""
    found: dict[UUID, tuple[UUID, ...]] = {}
    lines = select(FrameworkItem.id).where(
        FrameworkItem.framework_id == framework_id, FrameworkItem.removed_at.is_(None)
    )
    own = select(Indicator.item_id, Indicator.id).where(Indicator.item_id.in_(lines), Indicator.removed_at.is_(None))
    linked = (
        select(IndicatorLink.item_id, IndicatorLink.indicator_id)
        .join(Indicator, Indicator.id == IndicatorLink.indicator_id)
        .where(IndicatorLink.item_id.in_(lines), IndicatorLink.removed_at.is_(None), Indicator.removed_at.is_(None))
    )
    for query in (own.order_by(Indicator.code, Indicator.row), linked.order_by(Indicator.code, Indicator.row)):
        for item, indicator in session.execute(query):
            if item is not None and indicator not in found.get(item, ()):
                found[item] = (*found.get(item, ()), indicator)
    return found


def _frameworks(scope: Scope) -> Select[UUID]:
    own = Framework.contribution_id == scope.contribution if scope.contribution else Framework.donor_id == scope.donor
    return select(Framework.id).where(own, Framework.removed_at.is_(None))


def _under(session: Session, lines: Select[UUID]) -> tuple[UUID, ...]:
    """The indicators of these lines, in the lines' order."""
    ordered = session.scalars(
        select(FrameworkItem.id)
        .where(FrameworkItem.id.in_(lines), FrameworkItem.removed_at.is_(None))
        .order_by(FrameworkItem.framework_id, FrameworkItem.position, FrameworkItem.row)
    ).all()
    frameworks = session.scalars(select(FrameworkItem.framework_id).where(FrameworkItem.id.in_(lines)).distinct()).all()
    by_line = {line: its for each in frameworks for line, its in indicators_by_line(session, each).items()}
    return tuple(dict.fromkeys(one for line in ordered for one in by_line.get(line, ())))


def _measured(
    reader: Reader, indicator: Indicator, name: Called, scope: Scope, grain: Grain, known: Mapping[UUID, Any]
) -> Measured:
    first, last, place = scope.starts_on, scope.ends_on, scope.place
    aims = aims_of(reader.session, indicator.id)
    there = reader.asked(indicator.id, first, last, place)
    inside = [
        figure
        for figure in there
        if (first is None or figure.starts_on is None or figure.starts_on >= first)
        and (last is None or (figure.ends_on is not None and figure.ends_on <= last))
    ]
    counted = {_place(known, where, place, reader, grain) for one in inside if (where := one.place) in known and where}
    places = sorted((known[id] for id in counted), key=lambda row: (row.name, row.row))
    return Measured(
        indicator.id,
        indicator.code,
        name,
        indicator.level,
        indicator.unit,
        indicator.decimals,
        indicator.direction,
        indicator.counting,
        indicator.roll_up_periods,
        indicator.roll_up_places,
        indicator.sensitivity,
        indicator.means,
        _aim(aims, "baseline", scope),
        _aim(aims, "target", scope),
        _without_running(roll(reader, indicator.id, first, last, place), there),
        roll(reader, indicator.id, None, last, place),
        tuple(
            (since, until, roll(reader, indicator.id, since, until, place))
            for since, until in _periods(inside, scope, grain)
        ),
        tuple(
            (
                PlaceNamed(row.id, row.name, row.name_language, row.pcode),
                roll(reader, indicator.id, first, last, row.id),
            )
            for row in places
        ),
    )


def _periods(counted: Iterable[Figure], scope: Scope, grain: Grain) -> Iterable[tuple[date, date]]:
    """The periods that figures were counted for, or the quarters they lie in, as far as these are in scope."""
    told = {(one.ends_on, one.starts_on or one.ends_on) for one in counted if one.ends_on and one.span != "cumulative"}
    found: dict[tuple[date, date], None] = {}
    for until, since in sorted(told):
        first, last = quarter_of(since, until) if grain.quarters else (since, until)
        found[max(first, scope.starts_on or first), min(last, scope.ends_on or last)] = None
    return found


def _place(known: Mapping[UUID, Any], place: UUID, scope: UUID | None, reader: Reader, grain: Grain) -> UUID:
    """The place that a figure is told for, or the province it lies in, unless that reaches out of the scope."""
    above = known[place].parent_id
    if not grain.provinces or known[place].level <= 1 or above not in known:
        return place
    return place if scope and scope != above and scope not in reader.above.get(above, frozenset()) else above


def _without_running(found: RolledUp, there: Iterable[Figure]) -> RolledUp:
    """The same without the remark that figures since the beginning begin before the period: they do."""
    running = {figure.id for figure in there if figure.span == "cumulative"}
    return replace(
        found, left_out=tuple(one for one in found.left_out if one[1] is not BEYOND or one[0] not in running)
    )


def _aim(aims: Sequence[Aimed], kind: str, scope: Scope) -> Aimed | None:
    """The aim for a scope: set for its place and agreement or for none, and of its period; the widest such."""
    fitting = [
        one
        for one in aims
        if one.kind == kind
        and one.value is not None
        and one.place_id == scope.place
        and (scope.agreement is None or one.agreement_id in (None, scope.agreement))
    ]
    if kind == "baseline":
        return fitting[-1] if fitting else None
    inside = [
        one
        for one in fitting
        if (scope.starts_on is None or one.ends_on is None or one.ends_on >= scope.starts_on)
        and (scope.ends_on is None or one.starts_on is None or one.starts_on <= scope.ends_on)
    ]
    # What is set for the whole, and for the longest time, before what is set for a part of it.
    inside.sort(key=lambda one: (one.agreement_id is not None, (one.starts_on or date.min) - (one.ends_on or date.max)))
    return inside[0] if inside else None
