"""One activity as its form shows it, and finding a place for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from db.base import there
from db.fields import fields_of
from db.models.activities import Activity, ActivityFunding
from db.models.organisations import Organisation
from db.models.places import Place
from db.models.results import COUNTS, Breakdown, Result
from db.models.sources import Source, SourceRow
from i18n.folding import fold


@dataclass(frozen=True)
class Figure:
    """One figure of an activity, with its parts."""

    nature: str
    value: int | None
    missing: str | None
    unit: str
    parts: tuple[tuple[str | None, str | None, int | None], ...]


@dataclass(frozen=True)
class ActivityPage:
    """An activity with what stands around it. Links come with the names behind them."""

    values: Mapping[str, Any]
    partner: str | None
    place: str | None
    funding: tuple[tuple[str, UUID | None, str | None], ...]
    figures: tuple[Figure, ...]
    source: tuple[str, int] | None

    @property
    def declared(self) -> int | None:
        """The people declared for the whole activity, where a figure says so."""
        return next((figure.value for figure in self.figures if figure.nature == "declared"), None)


def activity_page(session: Session, id: UUID) -> ActivityPage:
    """One activity with everything its form shows."""
    activity = there(session, Activity, id)
    funding = session.execute(
        select(ActivityFunding.kind, ActivityFunding.donor_id, Organisation.name)
        .outerjoin(Organisation, Organisation.id == ActivityFunding.donor_id)
        .where(ActivityFunding.activity_id == id, ActivityFunding.removed_at.is_(None))
        .order_by(ActivityFunding.row)
    )
    results = session.scalars(select(Result).where(Result.activity_id == id, COUNTS).order_by(Result.row))
    source = session.execute(
        select(Source.name, SourceRow.number)
        .join(SourceRow, SourceRow.source_id == Source.id)
        .where(SourceRow.entity == "activity", SourceRow.entity_id == id, SourceRow.removed_at.is_(None))
        .order_by(SourceRow.row.desc())
    ).first()
    return ActivityPage(
        values={key: getattr(activity, key) for key in fields_of(Activity)},
        partner=session.scalar(select(Organisation.name).where(Organisation.id == activity.partner_id)),
        place=session.scalar(select(Place.name).where(Place.id == activity.place_id)),
        funding=tuple((kind, donor_id, name) for kind, donor_id, name in funding),
        figures=tuple(
            Figure(each.nature, each.value, each.missing, each.unit, _parts(session, each.id)) for each in results
        ),
        source=(source[0], source[1]) if source else None,
    )


def places_like(session: Session, text: str) -> tuple[tuple[UUID, str], ...]:
    """The first places whose name holds this text or whose code begins with it, each with the place it lies in."""
    above = aliased(Place)
    found = session.execute(
        select(Place.id, Place.name, Place.pcode, above.name)
        .outerjoin(above, above.id == Place.parent_id)
        .where(
            Place.removed_at.is_(None),
            Place.folded.contains(fold(text), autoescape=True)
            | Place.pcode.startswith(text.strip().upper(), autoescape=True),
        )
        .order_by(Place.level, Place.sort_key, Place.row)
        .limit(30)
    )
    return tuple((id, _named(name, code, parent)) for id, name, code, parent in found)


def _named(name: str, code: str | None, parent: str | None) -> str:
    return " · ".join(part for part in (name, parent, code) if part)


def _parts(session: Session, result_id: UUID) -> tuple[tuple[str | None, str | None, int | None], ...]:
    parts = session.execute(
        select(Breakdown.sex, Breakdown.age_band, Breakdown.value)
        .where(Breakdown.result_id == result_id, Breakdown.removed_at.is_(None))
        .order_by(Breakdown.row)
    )
    return tuple((sex, age, value) for sex, age, value in parts)
