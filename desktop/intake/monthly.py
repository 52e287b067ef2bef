"""A partner's monthly sheet: the activities it goes on with, and what was reached this month and since the beginning.

An activity is known again from month to month by its key columns or by what describes it; its figures by the month too.
So the same sheet plans nothing, next month's adds figures to the same activities, and a corrected one changes them.
"""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from uuid import UUID

from db.commands.arrivals import Made
from desktop.intake import activities, findings
from desktop.intake.fields import MEASURES
from desktop.intake.figures import Figure, add_figure, change_figure
from desktop.intake.findings import Finding, finding
from desktop.intake.identity import column_keys, digest
from desktop.intake.work import Traced, Work
from i18n.alike import same_key

_DESCRIBING = (
    *("activity_code", "activity_name", "project_code", "project_title", "sector", "subsector", "adm1_code"),
    *("adm1_name", "adm2_code", "adm2_name", "adm3_code", "adm3_name", "site_name"),
)


def problems(work: Work, index: int) -> list[Finding]:
    """Why a row cannot come in: as for an activity, and a month is needed."""
    found = activities.problems(work, index)
    if _month(work, index) is None:
        found.append(finding(findings.NO_PERIOD))
    return found


def keys(work: Work, good: Collection[int]) -> dict[int, str]:
    """What each row's figures are known by: its activity and its month."""
    named = column_keys(work.table, work.mapping.keys, good) or {
        index: "\x1f".join(str(work.get(name, index) or "").casefold() for name in _DESCRIBING) for index in good
    }
    months = {index: month for index in good if (month := _month(work, index))}
    return {
        index: f"month:{digest(same_key(activities.partner_of(work, index) or ''), named[index])}:{months[index]}"
        for index in good
    }


def beside(key: str) -> tuple[str, ...]:
    """The other keys that a row with this key may have left: its activity's, and those of its other figures."""
    figures = {measure.figure for measure in MEASURES.values() if measure.nature == "reached"}
    return _activity_key(key), *(f"{key}:{span}:{unit}" for _nature, span, unit in sorted(figures))


def build(work: Work, adding: Collection[int], changing: Collection[int], keys: dict[int, str]) -> None:
    """Add or change the figures of each row, and the activity they belong to where it is new or described anew."""
    drafts = {index: activities.draft(work, index) for index in sorted({*adding, *changing})}
    made = activities.build_around(work, drafts)
    new: dict[str, Made] = {}
    for index, one in drafts.items():
        month = _month(work, index)
        assert month is not None
        key = _activity_key(keys[index])
        descriptive = replace(one, figures=())
        told = sorted(work.read.values.keys() - MEASURES.keys() - {"period"})
        said = digest(*(str(work.get(name, index)) for name in told))
        held = work.held_row(key)
        before, seen = work.building.size, len(work.building.differences)
        activity: UUID | Made
        if held is not None:
            activity = held.id
            if held.digest != said:
                activities.change_activity(work, held.id, descriptive, made)
        elif key in new:
            activity = new[key]
        else:
            activity = new[key] = activities.add_activity(work, descriptive, made)
        work.traced.append(Traced(index, key, said, "activity", activity))
        _figures(work, index, keys[index], activity, _of_month(one.figures, month), index in changing)
        if index in changing and work.building.size == before:
            work.unchanged.add(index)
        work.differences[index] = tuple(work.building.differences[seen:])
    work.counts["activity"] = len(new)


def _figures(
    work: Work, index: int, key: str, activity: UUID | Made, figures: tuple[Figure, ...], changing: bool
) -> None:
    """Each figure of a row under its own key, so that a corrected one finds it."""
    for figure in figures:
        its_key = key if figure.measure.span == "period" and figure.unit != "households" else _own(key, figure)
        held = work.held_row(its_key) if changing else None
        if held is None:
            link = add_figure(work.building, figure, activity_id=activity)
            assert link is not None
            work.counts["result"] = work.counts.get("result", 0) + 1
        else:
            link = held.id
            thing = (work.held.things or {})[link]
            change_figure(work.building, link, thing.values, figure, thing.parts)
        work.traced.append(Traced(index, its_key, digest(work.texts[index]), "result", link))


def _activity_key(key: str) -> str:
    return key.rpartition(":")[0].replace("month:", "activity:", 1)


def _own(key: str, figure: Figure) -> str:
    return f"{key}:{figure.measure.span}:{figure.unit}"


def _of_month(figures: tuple[Figure, ...], month: date) -> tuple[Figure, ...]:
    """The figures with their time. A month without a figure is kept as missing: it was reported, and not counted."""
    last = last_day(month)
    timed = tuple(
        replace(figure, starts_on=month if figure.measure.span == "period" else None, ends_on=last)
        for figure in figures
    )
    if any(figure.measure.span == "period" for figure in timed):
        return timed
    return (Figure(MEASURES["reached"], None, "not_stated", starts_on=month, ends_on=last), *timed)


def last_day(month: date) -> date:
    """The last day of a month."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def _month(work: Work, index: int) -> date | None:
    """The month of a row: its own, or the file's."""
    month: date | None = work.get("period", index)
    if month is None and work.mapping.period:
        month = work.mapping.period[0].replace(day=1)
    return month
