"""What bringing a raw workbook in would do: rows to add, rows that change, and where the record says otherwise.

A workbook written from a state of this record changes what was changed in it and nothing that was changed here since;
where both were, it is a conflict, and where the state is another office's, every difference is one. Conflicts are shown
and stay as they are, unless somebody takes theirs. What changes by deeds of its own is left alone even then.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from db.base import Entity
from db.commands.amending import AMENDED
from db.commands.arrivals import Added, Arrival, Changed, Made
from db.commands.entries import BY_DEED
from db.fields import Kind
from db.models import Agreement, Document
from db.queries.agreed_lines import TERMS, unplanned
from db.queries.entries import blank
from db.queries.kinds import KINDS
from db.queries.raw import OWNER, HeldRaw, raw_fields, targets
from db.queries.settled import WHOLE
from desktop.intake import findings, raw_findings
from desktop.intake.findings import Finding, Named, Ours, finding
from desktop.intake.plan import Verdict
from desktop.intake.raw_doubles import reported_twice
from desktop.intake.raw_plan import RawPlan, RawRow
from desktop.intake.raw_rows import Row, read_rows, settle
from desktop.intake.raw_sheets import About, RawSheet
from desktop.intake.raw_values import canonical, problem_with, same
from desktop.intake.workbook import Workbook

KIND = "raw"


def plan_raw(
    workbook: Workbook,
    sheets: Sequence[RawSheet],
    told: About,
    held: HeldRaw,
    received_on: date,
    *,
    take_theirs: bool = False,
) -> RawPlan:
    """What bringing these sheets in would do to the record."""
    rows = read_rows(sheets)
    otherwise = settle(rows, held)
    foreign = told.state is not None and not held.knows
    judge = _Judge(held, otherwise, foreign, take_theirs)
    judged = [judge.row(row) for row in rows]
    notes = []
    if foreign:
        notes.append(finding(raw_findings.FOREIGN, office=told.office))
        new = [row for row, one in zip(rows, judged, strict=True) if one.verdict is Verdict.ADD]
        remarks = reported_twice(new, held)
        judged = [
            replace(one, remarks=(*one.remarks, *remarks[row.key])) for row, one in zip(rows, judged, strict=True)
        ]
    if otherwise:
        notes.append(finding(raw_findings.KNOWN_OTHERWISE, count=len(otherwise)))
    if left := tuple(heading for sheet in sheets for heading in sheet.left):
        notes.append(finding(findings.NOT_BROUGHT, columns=left))
    added, changed = judge.added, judge.changed
    if added or changed:
        source = {
            "name": workbook.name[:500],
            "kind": KIND,
            "digest": workbook.digest,
            "received_on": received_on,
            "rows": len(rows),
            "problems": sum(one.verdict is Verdict.PROBLEM for one in judged),
        }
        added = [*added, Added("source", len(rows), source)]
    arrival = Arrival(workbook.name, KIND, held.seen, tuple(added), tuple(changed))
    return RawPlan(workbook.name, {sheet.name: sheet.kind for sheet in sheets}, tuple(judged), tuple(notes), arrival)


class _Judge:
    """Says of each row what becomes of it, and gathers what is to be done."""

    def __init__(self, held: HeldRaw, otherwise: Mapping[UUID, UUID], foreign: bool, take_theirs: bool) -> None:
        self._held, self._otherwise = held, otherwise
        self._foreign, self._take_theirs = foreign, take_theirs
        self._alike: dict[tuple[str, str], dict[Any, list[Mapping[str, Any]]]] = {}
        self.added: list[Added] = []
        self.changed: list[Changed] = []

    def row(self, row: Row) -> RawRow:
        """What becomes of a row."""
        table = self._held.tables[row.table]
        problems = [*row.problems, *self._unfit(row)]
        changes: dict[str, Any] = {}
        conflicts: dict[str, Any] = {}
        left: dict[str, Any] = {}
        before = table.rows.get(row.id, {}) if row.id else {}
        if row.id in table.removed:
            problems.append(finding(raw_findings.REMOVED_HERE))
        elif before and row.id:
            changes, conflicts = self._differences(row, before)
            if self._foreign:
                left = self._left_alone(row, changes | conflicts)
                changes = {key: value for key, value in changes.items() if key not in left}
                conflicts = {key: value for key, value in conflicts.items() if key not in left}
            else:
                problems += [self._by_deed(row, key) for key in BY_DEED.get(row.entity, ()) if key in changes]
            problems += _turned_round(row, {**before, **changes})
        elif not problems:
            problems += self._lacking(row)
        verdict = self._verdict(row, before, changes, problems)
        if verdict is Verdict.CHANGE and row.id:
            self.changed.append(Changed(row.table, row.id, changes))
        if verdict is Verdict.ADD:
            self._add(row)
        return RawRow(
            row.sheet.name,
            row.number,
            verdict,
            tuple(problems),
            tuple(self._said(row, key, before, value) for key, value in changes.items()) if not problems else (),
            tuple(self._said_twice(raw_findings.CONFLICT, row, key, before, value) for key, value in conflicts.items()),
            tuple(self._said_twice(raw_findings.LEFT_ALONE, row, key, before, value) for key, value in left.items()),
        )

    def _verdict(self, row: Row, before: Mapping[str, Any], changes: object, problems: object) -> Verdict:
        if problems:
            return Verdict.PROBLEM
        if before:
            return Verdict.CHANGE if changes else Verdict.HELD
        owner = row.values.get(OWNER)
        known = row.id in self._otherwise or (owner and UUID(owner) in self._otherwise)
        return Verdict.HELD if known or (row.id is None and self._is_there(row)) else Verdict.ADD

    def _differences(self, row: Row, before: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """What the file changes, and what it has otherwise than the record without having changed it, or both did."""
        once = self._held.tables[row.table].once.get(row.id, {}) if row.id else {}
        changes: dict[str, Any] = {}
        conflicts: dict[str, Any] = {}
        for key, value in row.values.items():
            if same(value, before[key]) or (key in once and same(value, once[key])):
                continue
            settled = not (self._foreign or key in once) or self._take_theirs
            (changes if settled else conflicts)[key] = value
        return changes, conflicts

    def _left_alone(self, row: Row, differ: Mapping[str, Any]) -> dict[str, Any]:
        """What no other office changes of a row that is held: who may do what, and what was signed or reviewed."""
        settled = row.id in self._held.tables[row.table].settled
        apart = {*BY_DEED.get(row.entity, ()), *(_terms(row.entity) if settled else ())}
        return {key: value for key, value in differ.items() if key in apart}

    def _unfit(self, row: Row) -> Iterator[Finding]:
        defaults = blank(row.entity)
        for key, value in row.values.items():
            if value is None and key in defaults:
                row.values[key] = defaults[key]
            elif not isinstance(value, Made) and (unfit := problem_with(row.fields[key], value)):
                yield unfit
            elif key == OWNER and not _is_id(value):
                yield finding(raw_findings.NOT_AN_ID, value=value)

    def _lacking(self, row: Row) -> Iterator[Finding]:
        """Why a row cannot be added."""
        for key, field in row.fields.items():
            if key not in row.values and (lacking := problem_with(field, None)):
                yield lacking
        if row.entity is Document and row.id not in self._otherwise:
            yield finding(raw_findings.FILES_STAY)
        yield from _turned_round(row, row.values)
        yield from self._onto_what_is_settled(row)
        defaults = blank(row.entity)
        # An id that this record never gave, in its own workbook, was invented; another office's rows come as they are.
        for key in () if row.id and self._foreign else BY_DEED.get(row.entity, ()):
            if row.values.get(key) not in (None, defaults.get(key)):
                yield self._by_deed(row, key)

    def _onto_what_is_settled(self, row: Row) -> Iterator[Finding]:
        """Another office adds nothing to what was signed or reviewed here, but for a payment that nobody planned."""
        key = WHOLE.get(row.entity, "")
        whole = row.values.get(key)
        if self._foreign and whole in self._held.tables[row.table].closed and not unplanned(row.entity, row.values):
            yield finding(raw_findings.SETTLED_HERE, whole=self._shown(row, key, whole))

    def _by_deed(self, row: Row, key: str) -> Finding:
        return finding(raw_findings.BY_ITS_OWN_DEED, field=row.named(key))

    def _is_there(self, row: Row) -> bool:
        """Whether a row without an id says what a row of the record says already."""
        given = {key: canonical(value) for key, value in row.values.items() if value is not None}
        key = next((key for key in given if not isinstance(given[key], bool)), None)
        if key is None or any(isinstance(value, Made) for value in given.values()):
            return False
        place = (row.table, key)
        if place not in self._alike:
            alike: dict[Any, list[Mapping[str, Any]]] = defaultdict(list)
            for values in self._held.tables[row.table].rows.values():
                alike[canonical(values[key])].append(values)
            self._alike[place] = alike
        there = self._alike[place].get(given[key], ())
        return any(all(canonical(one[each]) == value for each, value in given.items()) for one in there)

    def _add(self, row: Row) -> None:
        values = {key: value for key, value in row.values.items() if value is not None}
        if OWNER in values:
            values[OWNER] = UUID(values[OWNER])
        if row.id:
            values["id"] = row.id
        self.added.append(Added(row.table, row.key, values))
        role = KINDS[row.sheet.kind].filters.get("role")
        if role and not row.id:
            # Numbers after those of all rows: nothing links to a role.
            links = {"organisation_id": Made(row.key), "role": role}
            self.added.append(Added("organisation_role", -1 - row.key, links))

    def _said(self, row: Row, key: str, before: Mapping[str, Any], value: Any) -> Finding:
        return finding(
            findings.CHANGES,
            field=row.named(key),
            before=self._shown(row, key, before[key]),
            after=self._shown(row, key, value),
        )

    def _said_twice(self, what: str, row: Row, key: str, before: Mapping[str, Any], value: Any) -> Finding:
        return finding(
            what,
            field=row.named(key),
            ours=self._shown(row, key, before[key]),
            theirs=self._shown(row, key, value),
        )

    def _shown(self, row: Row, key: str, value: Any) -> Named:
        field = row.fields[key]
        match value:
            case None:
                return Ours(findings.NOTHING)
            case bool():
                return Ours("Yes" if value else "No")
            case UUID():
                return self._held.called[targets(row.entity)[key]].names.get(value, str(value))
            case int() if field.kind != Kind.MONEY:
                return value
            case date():
                return value
            case _:
                return Ours(field.title_of(value)) if field.choices else str(value)


def _terms(entity: type[Entity]) -> Iterable[str]:
    """The fields of a thing that no longer change by typing once it is settled."""
    if entity is Agreement:
        return AMENDED
    line = next((line for line in TERMS if entity is line), None)
    return ("agreement_id", *TERMS[line]) if line else raw_fields(entity)


def _turned_round(row: Row, values: Mapping[str, Any]) -> Iterator[Finding]:
    starts, ends = values.get("starts_on"), values.get("ends_on")
    if starts and ends and ends < starts:
        yield finding(findings.END_BEFORE_START, end=ends, start=starts)


def _is_id(value: Any) -> bool:
    try:
        return bool(UUID(value))
    except (TypeError, ValueError):
        return False
