"""What there is to know around results: the lines a partner's report begins with, what does not fit, and satisfaction.

A remark is said beside what was typed; it refuses nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from db.base import there
from db.errors import NotThere
from db.fields import fields_of
from db.models.duties import ReceivedReport
from db.models.engagements import Tag
from db.models.indicators import Aim, Feedback, Indicator
from db.models.places import Place
from db.models.results import COUNTS, Breakdown, Result
from db.queries.roll_up import Reason
from i18n import N_

DOES_NOT_ADD_UP = N_(
    "“{indicator}”: {before} until then and {now} in this period do not come to {cumulative} since the beginning."
)
MORE_THAN_EVER = N_("“{indicator}”: {now} in this period are more than {cumulative} since the beginning.")
PERIOD_TWICE = N_("Another report of this partner covers some of this period under the same agreement.")


@dataclass(frozen=True)
class PrefilledLine:
    """A line that a report of this partner has to have: the indicator, where, and what was said last."""

    indicator_id: UUID
    code: str | None
    name: str
    unit: str
    decimals: int
    place_id: UUID | None
    place: str | None
    cumulative: int | None
    until: date | None


@dataclass(frozen=True)
class Satisfaction:
    """How many of those asked were satisfied. A share that was only stated has no number behind it, but a caveat."""

    satisfied: int | None
    asked: int | None
    stated: Decimal | None
    caveat: str | None

    @property
    def share(self) -> Decimal | None:
        """The satisfied part of those asked, between 0 and 1; None without a number to divide by."""
        return Decimal(self.satisfied) / self.asked if self.satisfied is not None and self.asked else None


@dataclass(frozen=True)
class Said:
    """What people said of a service when they were asked about it."""

    id: UUID
    title: str
    on: date
    satisfaction: Satisfaction


def lines_for(session: Session, organisation_id: UUID, agreement_id: UUID | None = None) -> tuple[PrefilledLine, ...]:
    """The lines that the next report begins with: what the agreement aims at, serves, or was reported on before."""
    if agreement_id is None:
        reports = select(ReceivedReport.id).where(
            ReceivedReport.organisation_id == organisation_id, ReceivedReport.removed_at.is_(None)
        )
        of_them: ColumnElement[bool] = Result.report_id.in_(reports)
        aimed: set[tuple[UUID, UUID | None]] = set()
    else:
        of_them = Result.agreement_id == agreement_id
        aims = select(Aim.indicator_id, Aim.place_id).where(Aim.agreement_id == agreement_id, Aim.removed_at.is_(None))
        aimed = {(indicator, place) for indicator, place in session.execute(aims)}
        served = select(Tag.item_id).where(Tag.agreement_id == agreement_id, Tag.removed_at.is_(None))
        serving = session.scalars(
            select(Indicator.id).where(Indicator.item_id.in_(served), Indicator.removed_at.is_(None))
        )
        aimed |= {(indicator, None) for indicator in serving if indicator not in {one for one, _place in aimed}}
    said: dict[tuple[UUID, UUID | None], tuple[int | None, date | None]] = {}
    for row in session.execute(
        select(Result.indicator_id, Result.place_id, Result.span, Result.value, Result.ends_on)
        .where(COUNTS, of_them, Result.indicator_id.is_not(None), Result.nature == "reached")
        .order_by(Result.ends_on, Result.row)
    ):
        key = row.indicator_id, row.place_id
        said.setdefault(key, (None, None))
        if row.span == "cumulative":
            said[key] = row.value, row.ends_on
    reported = {indicator for indicator, _place in said}
    # What was aimed at everywhere is reported place by place: the line without a place then only stands in the way.
    wanted = {*said, *(key for key in aimed if key[1] is not None or key[0] not in reported)}
    return _prefilled(session, wanted, said)


def line_of(session: Session, indicator_id: UUID) -> PrefilledLine:
    """A line for one more indicator, of which nothing was said yet."""
    lines = _prefilled(session, {(indicator_id, None)}, {})
    if not lines:
        raise NotThere
    return lines[0]


def parts_of(session: Session, result_id: UUID) -> list[dict[str, Any]]:
    """The parts of a figure, each with its fields."""
    parts = session.scalars(
        select(Breakdown)
        .where(Breakdown.result_id == result_id, Breakdown.removed_at.is_(None))
        .order_by(Breakdown.row)
    )
    return [{key: getattr(part, key) for key in fields_of(Breakdown) if key != "result_id"} for part in parts]


def remarks(session: Session, report_id: UUID) -> tuple[Reason, ...]:
    """What does not fit in a report: this period and before against since the beginning, and a period told twice."""
    report = there(session, ReceivedReport, report_id)
    found = []
    same = select(ReceivedReport.id).where(
        ReceivedReport.organisation_id == report.organisation_id, ReceivedReport.removed_at.is_(None)
    )
    same = same.where(ReceivedReport.agreement_id.is_not_distinct_from(report.agreement_id))
    overlapping = same.where(
        ReceivedReport.id != report_id,
        ReceivedReport.starts_on <= report.ends_on,
        ReceivedReport.ends_on >= report.starts_on,
    )
    if session.scalar(overlapping.limit(1)):
        found.append(Reason(PERIOD_TWICE))
    rows = session.execute(
        select(Result.indicator_id, Result.place_id, Result.span, Result.value, Indicator.name)
        .join(Indicator, Indicator.id == Result.indicator_id)
        .where(COUNTS, Result.report_id == report_id, Result.value.is_not(None))
        .order_by(Result.row)
    ).all()
    now = {(row.indicator_id, row.place_id): row.value for row in rows if row.span == "period"}
    for row in rows:
        key = row.indicator_id, row.place_id
        if row.span != "cumulative" or key not in now:
            continue
        before = session.scalars(
            select(Result.value)
            .where(
                COUNTS,
                Result.report_id.in_(same),
                Result.indicator_id == row.indicator_id,
                Result.place_id.is_not_distinct_from(row.place_id),
                Result.span == "cumulative",
                Result.ends_on < report.starts_on,
            )
            .order_by(Result.ends_on.desc(), Result.row.desc())
        ).first()
        values = (("indicator", row.name), ("now", now[key]), ("cumulative", row.value))
        if before is not None and before + now[key] != row.value:
            found.append(Reason(DOES_NOT_ADD_UP, (*values, ("before", before))))
        elif before is None and now[key] > row.value:
            found.append(Reason(MORE_THAN_EVER, values))
    return tuple(found)


def satisfaction(session: Session, activity_id: UUID) -> tuple[Said, ...]:
    """What people said of an activity, the newest first."""
    found = session.scalars(
        select(Feedback)
        .where(Feedback.activity_id == activity_id, Feedback.removed_at.is_(None))
        .order_by(Feedback.on.desc(), Feedback.row.desc())
    )
    return tuple(
        Said(
            each.id,
            each.title,
            each.on,
            Satisfaction(each.satisfied, each.asked, each.share, each.notes if each.asked is None else None),
        )
        for each in found
    )


def _prefilled(
    session: Session,
    wanted: set[tuple[UUID, UUID | None]],
    said: Mapping[tuple[UUID, UUID | None], tuple[int | None, date | None]],
) -> tuple[PrefilledLine, ...]:
    indicators: Mapping[UUID, Any] = {
        each.id: each
        for each in session.execute(
            select(*Indicator.__table__.c).where(
                Indicator.id.in_({indicator for indicator, _place in wanted}), Indicator.removed_at.is_(None)
            )
        )
    }
    named = select(Place.id, Place.name).where(Place.id.in_({place for _one, place in wanted if place}))
    places: dict[UUID, str] = dict(session.execute(named).all())
    lines = [
        PrefilledLine(
            indicator_id=indicator,
            code=indicators[indicator].code,
            name=indicators[indicator].name,
            unit=indicators[indicator].unit,
            decimals=indicators[indicator].decimals,
            place_id=place,
            place=places.get(place) if place else None,
            cumulative=said.get((indicator, place), (None, None))[0],
            until=said.get((indicator, place), (None, None))[1],
        )
        for indicator, place in wanted
        if indicator in indicators
    ]
    return tuple(sorted(lines, key=lambda line: (line.code or "~", line.name, line.place or "", str(line.place_id))))
