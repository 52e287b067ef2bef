"""Indicators: what has to hold of one, bringing in those that come with Jalon, and how far an action has come."""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

import resources
from db.base import Entity, new_id, there
from db.commands.checking import complete, fill
from db.deeds import called, deed
from db.errors import InvalidValue
from db.fields import fields_of
from db.models.frameworks import Framework, FrameworkItem
from db.models.indicators import Indicator, Progress
from db.models.texts import Text
from i18n import LANGUAGES, N_

ORIGINAL = "fr"


class RollsIntoItself(InvalidValue):
    message = N_("“{field}”: an indicator cannot roll up into itself.")


class UnitsDiffer(InvalidValue):
    message = N_("An indicator rolls up only into one of the same unit.")


class StocksAreNotAdded(InvalidValue):
    message = N_("“{field}”: people present on a day are never added up. Choose the latest or the largest.")


@dataclass(frozen=True)
class CarriedIndicator:
    """An indicator that comes with Jalon, under the theme it belongs to."""

    framework: str
    item: str | None
    code: str
    names: Mapping[str, str]
    values: Mapping[str, str]


@lru_cache
def indicators() -> tuple[CarriedIndicator, ...]:
    """The indicators that come with Jalon, in our own words."""
    with resources.path("indicators.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            CarriedIndicator(
                row["framework"],
                row["item"] or None,
                row["code"],
                {language: row[f"label_{language}"] for language in LANGUAGES},
                {key: row[key] for key in ("unit", "counting", "roll_up_periods", "roll_up_places", "sensitivity")}
                | {"notes": row["split_by"]},
            )
            for row in csv.DictReader(file)
        )


def rolls_up_soundly(session: Session, indicator: Indicator) -> None:
    """No rings, one unit from top to bottom, and no sums of stocks."""
    described = fields_of(Indicator)
    for key in ("roll_up_periods", "roll_up_places"):
        if indicator.counting == "stock" and getattr(indicator, key) == "sum":
            raise StocksAreNotAdded(described[key].name)
    above = indicator.parent_id
    met: set[UUID] = set()
    while above is not None and above not in met:
        if above == indicator.id:
            raise RollsIntoItself(described["parent_id"].name)
        met.add(above)
        above, unit = session.execute(select(Indicator.parent_id, Indicator.unit).where(Indicator.id == above)).one()
        if unit != (indicator.unit or "persons"):
            raise UnitsDiffer(described["unit"].name)
    below = select(Indicator.unit).where(
        Indicator.parent_id == indicator.id, Indicator.removed_at.is_(None), Indicator.unit != indicator.unit
    )
    if session.scalar(below.limit(1)):
        raise UnitsDiffer(described["unit"].name)


RULES: Mapping[type[Entity], tuple[Callable[[Session, Any], None], ...]] = {Indicator: (rolls_up_soundly,)}


@deed(N_("Bring in the indicators of {framework}"))
def bring_indicators(session: Session, framework_id: UUID, _values: Mapping[str, Any] | None = None) -> None:
    """Bring in the carried indicators of a framework that the record does not hold yet, under its lines."""
    framework = there(session, Framework, framework_id)
    called(session, framework=framework.name)
    items: dict[str, UUID] = dict(
        session.execute(
            select(FrameworkItem.code, FrameworkItem.id).where(
                FrameworkItem.framework_id == framework_id, FrameworkItem.removed_at.is_(None)
            )
        ).all()
    )
    known = set(session.scalars(select(Indicator.code).where(Indicator.removed_at.is_(None))))
    for carried in indicators():
        if carried.framework == framework.code and carried.code not in known:
            _add(session, carried, items.get(carried.item or ""))
    session.flush()


@deed(N_("Record the progress of “{what}”"))
def record_progress(session: Session, item_id: UUID, values: Mapping[str, Any]) -> UUID:
    """Say how far an action has come; whoever is at the program says so, unless another is named."""
    item = there(session, FrameworkItem, item_id)
    progress = Progress(id=new_id())
    fill(progress, {"person_id": session.info.get("person"), **values, "item_id": item_id})
    complete(progress)
    session.add(progress)
    session.flush()
    called(session, what=item.name)
    return progress.id


def _add(session: Session, carried: CarriedIndicator, item: UUID | None) -> None:
    indicator = Indicator(id=new_id())
    own = {"code": carried.code, "name": carried.names[ORIGINAL], "name_language": ORIGINAL, "item_id": item}
    fill(indicator, {**carried.values, **own})
    session.add(indicator)
    for language, body in carried.names.items():
        if language != ORIGINAL:
            text = Text(owner_id=indicator.id)
            standing = "reviewed" if language == "en" else "draft"
            fill(
                text,
                {"owner": "indicator", "field": "name", "language": language, "body": body, "status": standing},
            )
            session.add(text)
