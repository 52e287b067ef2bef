"""The figures of indicators as they were counted: value, parts, whose people they are, and which figures follow which.

A report makes its atoms of them. A figure since the beginning holds those of the periods before it, so all figures of
one indicator, part and place are given together, whatever period a report is about.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from db.models import Activity, Agreement, Breakdown, Indicator, ReceivedReport, Result
from db.models.activities import SENSITIVE
from db.models.results import COUNTS, PEOPLE
from db.queries.corrected import firsts


@dataclass(frozen=True)
class FigurePart:
    """A part of a figure by sex and age in one scheme, or by disability; without a value, the code of why."""

    cut: str
    sex: str | None
    scheme: str | None
    band: str | None
    disability: bool | None
    value: int | None
    missing: str | None
    method: str


@dataclass(frozen=True)
class FigureOfPeople:
    """A count of people for an indicator; `first` is the first figure of its line, where it corrects others."""

    id: UUID
    first: UUID
    indicator: UUID
    series: Hashable
    """What it is one of a row of in time: the same indicator, part, place and nature."""
    span: str
    starts_on: date | None
    ends_on: date | None
    value: int | None
    missing: str | None
    sensitive: bool
    partner: UUID | None
    parts: tuple[FigurePart, ...]


def of_sensitive_indicator() -> ColumnElement[bool]:
    """Whether a result counts for an indicator of survivors, cases or incidents."""
    indicators = select(Indicator.id).where(Indicator.sensitivity.in_(SENSITIVE))
    return func.coalesce(Result.indicator_id.in_(indicators), False)


def figures_of_people(session: Session, indicators: Iterable[UUID]) -> tuple[FigureOfPeople, ...]:
    """All whole counts of people of these indicators and of those that roll up into them, in the order of time."""
    wanted = select(Indicator.id).where(Indicator.id.in_(list(indicators))).cte(recursive=True)
    # A union drops what it has met, so that a ring of indicators comes to an end.
    wanted = wanted.union(select(Indicator.id).where(Indicator.parent_id == wanted.c.id))
    chosen = (
        COUNTS,
        Result.indicator_id.in_(select(wanted.c.id)),
        Result.unit.in_(PEOPLE),
        Result.decimals == 0,
    )
    parts: dict[UUID, list[FigurePart]] = defaultdict(list)
    for row in session.execute(
        select(
            Breakdown.result_id,
            Breakdown.cut,
            Breakdown.sex,
            Breakdown.age_scheme,
            Breakdown.age_band,
            Breakdown.disability,
            Breakdown.value,
            Breakdown.missing,
            Breakdown.method,
        )
        .where(Breakdown.removed_at.is_(None), Breakdown.result_id.in_(select(Result.id).where(*chosen)))
        .order_by(Breakdown.row)
    ):
        parts[row.result_id].append(FigurePart(*row[1:]))
    first = firsts(session)
    sensitive = (
        Result.sensitivity.in_(SENSITIVE)
        | Indicator.sensitivity.in_(SENSITIVE)
        | func.coalesce(Activity.sensitivity.in_(SENSITIVE), False)
    )
    rows = session.execute(
        select(
            Result,
            ReceivedReport.organisation_id,
            func.coalesce(Activity.partner_id, Agreement.partner_id, ReceivedReport.organisation_id),
            sensitive,
        )
        .join(Indicator, Indicator.id == Result.indicator_id)
        .outerjoin(Activity, Activity.id == Result.activity_id)
        .outerjoin(Agreement, Agreement.id == Result.agreement_id)
        .outerjoin(ReceivedReport, ReceivedReport.id == Result.report_id)
        .where(*chosen)
        .order_by(Result.ends_on, Result.span.desc(), Result.row)
    )
    return tuple(
        FigureOfPeople(
            one.id,
            first.get(one.id, one.id),
            one.indicator_id,
            (
                one.indicator_id,
                organisation if one.agreement_id is None else None,
                one.agreement_id,
                one.activity_id,
                one.place_id,
                one.nature,
            ),
            one.span,
            one.starts_on,
            one.ends_on,
            one.value,
            one.missing,
            bool(kept_close),
            partner,
            tuple(parts[one.id]),
        )
        for one, organisation, partner, kept_close in rows
        if one.indicator_id
    )
