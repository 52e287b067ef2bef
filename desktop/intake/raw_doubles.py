"""What two offices seem to have entered both, under two ids: one partner, place and period, an organisation, a place.

It is pointed out and brought in all the same: only people know whether they mean the same. What was typed twice is
compared by every name that is known of it, for two offices number and write the same things differently.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from db.queries.raw import HeldRaw
from desktop.intake import raw_findings
from desktop.intake.findings import Finding, finding
from desktop.intake.raw_rows import Row
from i18n.folding import fold

_ENDLESS = date.max
_WORK, _REPORT, _BODY, _PLACE = "activity", "received_report", "organisation", "place"

Known = UUID | str
"""What a link means: something that is held, or else the folded name of something that arrives."""


def reported_twice(rows: Sequence[Row], held: HeldRaw) -> dict[int, list[Finding]]:
    """What there is to say of rows that another office adds, by their numbers."""
    looking = _Looking(rows, held)
    by_table = {_WORK: looking.work, _REPORT: looking.report, _BODY: looking.body, _PLACE: looking.place}
    return defaultdict(list, {row.key: list(by_table[row.table](row)) for row in rows if row.table in by_table})


class _Looking:
    """What is held, by what the same thing of another office would share."""

    def __init__(self, rows: Sequence[Row], held: HeldRaw) -> None:
        self._held = held
        self._names = {row.id: str(row.values["name"]) for row in rows if row.id and row.values.get("name")}
        self._ways: dict[str, dict[str, UUID]] = {}
        for table, called in held.called.items():
            names = [*called.names.items(), *called.ways]
            self._ways[table] = {fold(name): id for id, name in reversed(names)}
        self._work = self._ours(_WORK, self._whose_work)
        self._reports = self._ours(_REPORT, self._whose)
        self._places = self._ours(_PLACE, self._where)

    def work(self, row: Row) -> Iterator[Finding]:
        """Work of the same partner in the same place, at a time that both cover."""
        its = self._whose_work(row.values)
        for values in self._work.get(its, ()) if None not in its else ():
            if _overlap(values, row.values):
                yield finding(raw_findings.SAME_REPORT, ours=str(values["title"]))

    def report(self, row: Row) -> Iterator[Finding]:
        """A report of the same partner, for a time that both cover."""
        its = self._whose(row.values)
        for values in self._reports.get(its, ()) if its else ():
            if _overlap(values, row.values):
                yield finding(raw_findings.SAME_RECEIVED, start=values["starts_on"], end=values["ends_on"])

    def body(self, row: Row) -> Iterator[Finding]:
        """An organisation of the same name."""
        if fold(str(row.values.get("name"))) in self._ways.get(_BODY, ()):
            yield finding(raw_findings.SAME_NAME)

    def place(self, row: Row) -> Iterator[Finding]:
        """A place of the same name and kind, in the same one."""
        if self._where(row.values) in self._places:
            yield finding(raw_findings.SAME_NAME)

    def _ours(self, table: str, key: Any) -> dict[Any, list[Mapping[str, Any]]]:
        found: dict[Any, list[Mapping[str, Any]]] = defaultdict(list)
        for values in self._held.tables[table].rows.values() if table in self._held.tables else ():
            found[key(values)].append(values)
        return dict(found)

    def _whose_work(self, values: Mapping[str, Any]) -> tuple[Known | None, Known | None]:
        return self._meant(_BODY, values.get("partner_id")), self._meant(_PLACE, values.get("place_id"))

    def _whose(self, values: Mapping[str, Any]) -> Known | None:
        return self._meant(_BODY, values.get("organisation_id"))

    def _where(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        return fold(str(values.get("name"))), values.get("kind"), self._meant(_PLACE, values.get("parent_id"))

    def _meant(self, table: str, id: Any) -> Known | None:
        """What is held under this id, or else under the name that the file gives it."""
        called = self._held.called.get(table)
        if called is not None and id in called.names:
            return UUID(str(id))
        name = fold(self._names[id]) if id in self._names else None
        return self._ways.get(table, {}).get(name, name) if name else None


def _overlap(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    starts = max(one.get("starts_on") or date.min, other.get("starts_on") or date.min)
    return starts <= min(one.get("ends_on") or _ENDLESS, other.get("ends_on") or _ENDLESS)
