"""What two offices seem to have reported both: one partner, one place, one period, under two ids.

It is pointed out and brought in all the same: only people know whether they mean the same work.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from db.queries.raw import HeldRaw
from desktop.intake import raw_findings
from desktop.intake.findings import Finding, finding
from desktop.intake.raw_rows import Row
from i18n.folding import fold

_ENDLESS = date.max
_WORK, _BODY = "activity", "organisation"


def reported_twice(rows: Sequence[Row], held: HeldRaw) -> dict[int, list[Finding]]:
    """What there is to say of rows that another office adds, by their numbers."""
    said: dict[int, list[Finding]] = defaultdict(list)
    named = set(map(fold, held.called[_BODY].names.values())) if _BODY in held.called else set()
    names = {row.id: str(row.values.get("name")) for row in rows if row.id and row.values.get("name")}
    ours: dict[tuple[str | None, str | None], list[Mapping[str, Any]]] = defaultdict(list)
    for values in held.tables[_WORK].rows.values() if _WORK in held.tables else ():
        ours[_of(values, held, {})].append(values)
    for row in rows:
        if row.table == _WORK and None not in (its := _of(row.values, held, names)):
            same = (values for values in ours.get(its, ()) if _overlap(values, row.values))
            said[row.key] += [finding(raw_findings.SAME_REPORT, ours=str(values["title"])) for values in same]
        if row.table == _BODY and fold(str(row.values.get("name"))) in named:
            said[row.key].append(finding(raw_findings.SAME_NAME))
    return said


def _of(values: Mapping[str, Any], held: HeldRaw, names: Mapping[UUID, str]) -> tuple[str | None, str | None]:
    """The partner and the place by their names: two offices number them differently."""
    return _name(_BODY, values.get("partner_id"), held, names), _name("place", values.get("place_id"), held, names)


def _name(table: str, id: Any, held: HeldRaw, names: Mapping[UUID, str]) -> str | None:
    name = names.get(id) or (held.called[table].names.get(id) if table in held.called else None)
    return fold(name) if name else None


def _overlap(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    starts = max(one.get("starts_on") or date.min, other.get("starts_on") or date.min)
    return starts <= min(one.get("ends_on") or _ENDLESS, other.get("ends_on") or _ENDLESS)
