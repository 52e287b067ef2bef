"""The counts of a row as figures with their parts: what was counted, over which time, and how it was split.

A blank is no zero: a figure that is not there is not added, unless its row has parts of it or says that it was hidden.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from db.models import Breakdown, Result
from desktop.intake.building import Building, Link
from desktop.intake.fields import Measure
from desktop.intake.work import Work

AGE_SCHEME = "IASC-ADV"
"""The advocacy split of `sadd_bands.csv`: children are 0 to 17."""


@dataclass(frozen=True)
class PartOfFigure:
    """A part of a figure, and its count or why there is none."""

    measure: Measure
    value: int | None
    missing: str | None
    method: str = "counted"


@dataclass(frozen=True)
class Figure:
    """A figure of a row: a count, or why there is none, with its parts."""

    measure: Measure
    value: int | None
    missing: str | None
    parts: tuple[PartOfFigure, ...] = ()
    unit: str = "persons"
    counting: str = "not_stated"
    sensitivity: str = "low"
    starts_on: date | None = None
    ends_on: date | None = None

    def values(self) -> dict[str, Any]:
        """The figure as a row of results, without what it hangs on."""
        return {
            "nature": self.measure.nature,
            "span": self.measure.span,
            "unit": self.unit,
            "value": self.value,
            "missing": self.missing,
            "counting": self.counting,
            "sensitivity": self.sensitivity,
            "starts_on": self.starts_on,
            "ends_on": self.ends_on,
        }


def figures_of(work: Work, index: int) -> tuple[Figure, ...]:
    """Every figure that a row has something to say about."""
    hidden = frozenset((work.get("hidden", index) or "").replace("|", " ").split())
    return tuple(found for columns in work.figures if (found := _figure(work, index, columns, hidden)) is not None)


def _figure(work: Work, index: int, columns: dict[str, Measure], hidden: frozenset[str]) -> Figure | None:
    method = work.code("sadd_method", index, "method") or "counted"
    whole: Figure | None = None
    parts = []
    for name, measure in columns.items():
        value = work.get(name, index)
        missing = None if value is not None else "hidden" if name in hidden else "not_stated"
        if measure.cut is None:
            whole = Figure(measure, value, missing)
        elif value is not None or missing == "hidden":
            parts.append(PartOfFigure(measure, value, missing, method))
    if whole is None or (whole.value is None and whole.missing != "hidden"):
        whole = Figure(_whole(columns), *_added_up(columns, parts))
    if whole.value is None and whole.missing == "not_stated" and not parts:
        return None
    unit = whole.measure.unit
    if unit == "persons":
        unit = work.code("unit", index, "unit") or unit
    return Figure(
        whole.measure,
        whole.value,
        whole.missing,
        parts=tuple(parts),
        unit=unit,
        counting=work.code("count_rule", index, "counting") or "not_stated",
        sensitivity=work.code("sensitivity", index, "sensitivity") or "low",
    )


def _whole(columns: dict[str, Measure]) -> Measure:
    nature, span, unit = next(iter(columns.values())).figure
    return Measure(nature, span, unit)


def _added_up(columns: dict[str, Measure], parts: list[PartOfFigure]) -> tuple[int | None, str | None]:
    """The sum of the parts by sex and age where all of them are there; one of them less, and the whole is not known."""
    needed = sum(measure.cut == "sex_age" for measure in columns.values())
    counts = [part.value for part in parts if part.measure.cut == "sex_age" and part.value is not None]
    return (sum(counts), None) if counts and len(counts) == needed else (None, "not_stated")


def add_figure(building: Building, figure: Figure, **links: Link | str | None) -> Link:
    """Add a figure with its parts."""
    result = building.add("result", **figure.values(), **links)
    for part in figure.parts:
        building.add("breakdown", result_id=result, **_part(part))
    return result


def change_figures(
    building: Building, activity: UUID, figures: Iterable[Figure], held: Iterable[tuple[str, UUID, Mapping[str, Any]]]
) -> None:
    """Make the held figures of an activity what its row says now; figures the row does not speak of stay."""
    parts = list(held)
    results = {_time_and_kind(values): (id, values) for entity, id, values in parts if entity == "result"}
    for figure in figures:
        said = figure.values()
        if (found := results.get(_time_and_kind(said))) is None:
            add_figure(building, figure, activity_id=activity)
            continue
        id, values = found
        change_figure(building, id, values, figure, parts)


def change_figure(
    building: Building,
    id: UUID,
    held: Mapping[str, Any],
    figure: Figure,
    parts: Iterable[tuple[str, UUID, Mapping[str, Any]]],
) -> None:
    """Make one held figure and its parts what the file says now."""
    building.change(Result, id, held, figure.values())
    left = {
        _cut(values): (part, values)
        for entity, part, values in parts
        if entity == "breakdown" and values["result_id"] == id
    }
    for part in figure.parts:
        said = _part(part)
        if (found := left.get(_cut(said))) is None:
            building.add("breakdown", result_id=id, **said)
        else:
            building.change(Breakdown, found[0], found[1], {"value": part.value, "missing": part.missing})


def _part(part: PartOfFigure) -> dict[str, Any]:
    measure = part.measure
    return {
        "cut": measure.cut,
        "sex": measure.sex,
        "age_scheme": AGE_SCHEME if measure.age_band else None,
        "age_band": measure.age_band,
        "disability": measure.disability,
        "value": part.value,
        "missing": part.missing,
        "method": part.method,
    }


def _time_and_kind(values: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(values[name] for name in ("nature", "span", "unit", "starts_on", "ends_on"))


def _cut(values: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(values[name] for name in ("cut", "sex", "age_band", "disability"))
