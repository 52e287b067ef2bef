"""How a plan is made: equal rows found, cells read, each row judged, and what is new gathered as one arrival."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from uuid import UUID

from db.commands.arrivals import Arrival
from db.queries.arrivals import Held
from desktop.intake import activities, background, findings, monthly, place_list
from desktop.intake.building import Cast
from desktop.intake.errors import ColumnMissing, EmptyFile
from desktop.intake.fields import MEASURES, READS
from desktop.intake.findings import Finding, finding
from desktop.intake.headings import Table, table_of
from desktop.intake.identity import OVER, PROBLEM, column_keys, digest, groups_of_equals, row_keys, texts
from desktop.intake.mapping import Holds, columns_of
from desktop.intake.mapping import Mapping as Reading
from desktop.intake.matching import Organisations, TakenAsOne
from desktop.intake.plan import Decisions, Doubles, Plan, PlannedRow, Verdict
from desktop.intake.read import read_columns
from desktop.intake.remarks import remarks
from desktop.intake.tracing import earlier_files, gone_from, trace
from desktop.intake.vocabulary import guess
from desktop.intake.whereabouts import Places
from desktop.intake.work import Traced, Work
from desktop.intake.workbook import Row, Workbook
from i18n.alike import same_key

Keys = dict[int, str]


@dataclass(frozen=True)
class _Kind:
    """What rows of one kind are: why one cannot come in, and what it adds."""

    needs: tuple[tuple[str, ...], ...]
    """Fields one of which has to be known for any row to come in."""
    problems: Callable[[Work, int], list[Finding]]
    build: Callable[[Work, Collection[int], Collection[int], Keys], None]
    keys: Callable[[Work, Collection[int]], Keys] | None = None
    beside: Callable[[str], tuple[str, ...]] = lambda key: ()
    """Other keys that a row with this key leaves."""


_ACTIVITY = (
    ("prog_org_name", "impl_org_name", "reporting_org_name"),
    ("activity_name", "project_title", "sector", "subsector"),
)
_KINDS = {
    Holds.ACTIVITIES: _Kind(_ACTIVITY, activities.problems, activities.build),
    Holds.MONTHLY: _Kind(_ACTIVITY, monthly.problems, monthly.build, monthly.keys, monthly.beside),
    Holds.BACKGROUND: _Kind((("figure",), ("date_reported",)), background.problems, background.build),
    Holds.PLACES: _Kind(
        (("place_code",), ("place_name",), ("place_level",)), place_list.problems, place_list.build, place_list.keys
    ),
}


def plan(
    workbook: Workbook,
    mapping: Reading,
    held: Held,
    decisions: Decisions | None = None,
    sheet: str | None = None,
) -> Plan:
    """What bringing this file in under this mapping would do to the record."""
    decisions = decisions or Decisions()
    table = _corrected(table_of(workbook, mapping, sheet), decisions)
    if not table.rows:
        raise EmptyFile(name=workbook.name)
    mapping = _with_what_stands_above(_with_what_came_back(mapping, table), table)
    rows = texts(table, mapping.constants)
    read = read_columns(
        [row for _number, row in table.rows], columns_of(mapping, table.headings), mapping, table.headings
    )
    cast = Cast(Organisations(held, decisions.told))
    work = Work(workbook.name, table, mapping, held, read, rows, cast, Places(held), decisions.received_on)
    kind = _KINDS[mapping.holds]
    for fields in kind.needs:
        if not any(map(work.has, fields)):
            raise ColumnMissing(workbook.name, fields[0])

    groups = groups_of_equals(rows)
    kept = {group[0] for group in groups if table.rows[group[0]][0] in decisions.keep_doubles}
    doubles = {index for group in groups if group[0] not in kept for index in group[1:]}
    problems = {
        index: tuple(found)
        for index in range(len(rows))
        if index not in doubles and (found := [*read.problems.get(index, ()), *kind.problems(work, index)])
    }
    good = [index for index in range(len(rows)) if index not in doubles and index not in problems]
    keys, identity = _keys(work, good, kind)
    before = {index: known for index in good if (known := work.held_row(keys[index]))}
    same = {index for index, known in before.items() if known.digest == digest(rows[index])}
    ours = {index for index in good if index not in before and work.is_ours(index)}
    adding = [index for index in good if index not in before and index not in ours]
    changing = [index for index in before if index not in same]
    kind.build(work, adding, changing, keys)
    if work.building.size:
        cast.remember(work.building, decisions.told.apart)

    remarked = remarks(work, good) if mapping.holds in (Holds.ACTIVITIES, Holds.MONTHLY) else {}
    verdicts = {
        **dict.fromkeys(adding, Verdict.ADD),
        **dict.fromkeys(changing, Verdict.CHANGE),
        **dict.fromkeys(same | ours | work.unchanged, Verdict.HELD),
        **dict.fromkeys(doubles, Verdict.DOUBLE),
        **dict.fromkeys(problems, Verdict.PROBLEM),
    }
    reporter, replaceable = earlier_files(work)
    held_on = [
        Traced(index, key, known.digest, known.entity, known.id)
        for index in sorted(same)
        for key in (keys[index], *kind.beside(keys[index]))
        if (known := work.held_row(key))
    ]
    gone = gone_from(work, {traced.key for traced in [*work.traced, *held_on]}, decisions.replaces)
    work.building.removed.extend((one.entity, one.id) for one in gone)
    planned = Plan(
        file=workbook.name,
        mapping=mapping,
        table=table,
        rows=tuple(
            PlannedRow(
                number,
                verdicts[index],
                problems.get(index, ()),
                tuple(remarked.get(index, ())),
                work.differences.get(index, ()),
            )
            for index, (number, _row) in enumerate(table.rows)
        ),
        doubles=tuple(
            Doubles(table.rows[first][0], tuple(table.rows[index][0] for index in others), first in kept)
            for first, *others in groups
        ),
        adds={"activity": 0, "place": len(work.places.new), **cast.added(), **work.counts},
        taken_as_one=(*cast.organisations.taken_as_one(), *_by_acronym(work)),
        proposals=cast.organisations.proposals(),
        notes=tuple(_notes(work, len(ours))),
        replaceable=replaceable,
        gone=gone,
        arrival=Arrival(workbook.name, mapping.holds.value, frozenset(source.id for source in held.sources)),
    )
    if work.building.size:
        work.traced.extend(held_on)
        planned = trace(work, planned, workbook.digest, identity, reporter, decisions)
        planned = replace(
            planned,
            arrival=replace(
                planned.arrival,
                added=tuple(work.building.added),
                changed=tuple(work.building.changed),
                removed=tuple(work.building.removed),
            ),
        )
    return planned


def _corrected(table: Table, decisions: Decisions) -> Table:
    """The rows with what a person put right in them."""
    if not decisions.corrections:
        return table
    return replace(table, rows=tuple((number, _row(number, row, decisions)) for number, row in table.rows))


def _row(number: int, row: Row, decisions: Decisions) -> Row:
    return tuple(decisions.corrections.get((number, column), cell) for column, cell in enumerate(row, start=1))


def _with_what_came_back(mapping: Reading, table: Table) -> Reading:
    """In a problems file, what stood above the first file's table stands in columns of its own."""
    guesses = {heading: found.field for heading in table.headings if (found := guess(heading))}
    if PROBLEM not in guesses.values():
        return mapping
    there = columns_of(mapping, table.headings)
    more = tuple((heading, field) for heading, field in guesses.items() if field in OVER and field not in there)
    return replace(mapping, columns=mapping.columns + more)


def _with_what_stands_above(mapping: Reading, table: Table) -> Reading:
    """Values that labelled cells over the table give for all rows; what the mapping itself says goes before them."""
    columns = columns_of(mapping, table.headings)
    for field, value in table.above:
        if field in READS and field not in columns and field not in MEASURES and mapping.constant(field) is None:
            mapping = mapping.with_constant(field, value)
    return mapping


def _keys(work: Work, good: Collection[int], kind: _Kind) -> tuple[Keys, str]:
    """By what each row is known again, and how: by columns, or by all of the row."""
    if kind.keys:
        return kind.keys(work, good), "columns"
    named = column_keys(work.table, work.mapping.keys, good) if work.mapping.keys else None
    if named is None:
        return row_keys(work.texts, good), "row"
    scope = work.mapping_name or "", same_key(work.mapping.constant("reporting_org_name") or "")
    return {index: f"columns:{digest(*scope, key)}" for index, key in named.items()}, "columns"


def _notes(work: Work, ours: int) -> list[Finding]:
    """What is said once of the whole file."""
    notes = [finding(findings.OUR_OWN, count=ours)] if ours else []
    if work.mapping.holds is Holds.ACTIVITIES and not work.has("date_start"):
        notes.append(finding(findings.NO_START_COLUMN))
    mapped = columns_of(work.mapping, work.table.headings)
    brought = {column for field, column in mapped.items() if field in READS}
    left = [heading for column, heading in enumerate(work.table.headings) if heading.strip() and column not in brought]
    if left:
        notes.append(finding(findings.NOT_BROUGHT, columns=tuple(map(_short, left))))
    return notes


def _by_acronym(work: Work) -> list[TakenAsOne]:
    """Organisations that cells of donors name by their acronym, as the mapping allows."""
    found = []
    for name, acronyms in work.named_by_acronym.items():
        who = work.cast.organisations.whose(name, 0)
        found.append(TakenAsOne(name, tuple(acronyms), who if isinstance(who, UUID) else None))
    return found


def _short(heading: str) -> str:
    """The first words of a heading: instructions under them may fill a page."""
    line = " ".join(heading.strip().partition("\n")[0].split())
    return line if len(line) <= 40 else f"{line[:39].rstrip()}…"
