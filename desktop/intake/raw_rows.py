"""The rows of a raw workbook with typed values, and the things that their links mean.

A name is looked for among the things that the file brings with their ids, then in the record, then among what the file
adds. Another office numbers the same frameworks and places differently: those that say the same by their codes are
taken for the one that is held.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from db.base import Entity
from db.commands.arrivals import Made
from db.fields import Field, Kind
from db.links import NAMES
from db.money import CURRENCY
from db.queries.kinds import KINDS
from db.queries.names import CALLED
from db.queries.raw import HeldRaw, raw_fields, targets
from desktop.intake import raw_findings
from desktop.intake.findings import Field as Named
from desktop.intake.findings import Finding, finding
from desktop.intake.raw_sheets import ID, RawSheet
from desktop.intake.raw_values import Link, canonical, in_minor_units, read_cell
from desktop.intake.read import text_of
from i18n.folding import fold

_SAME_BY = {
    "framework": ("code", "version"),
    "framework_item": ("framework_id", "code"),
    "place": ("pcode",),
    "indicator": ("code",),
}
"""Things that come with codes of their own, which are the same wherever they were typed in; wholes before parts."""


@dataclass
class Row:
    """A row being read: `id` is its own or none, `key` the number by which others link to it when it is new."""

    sheet: RawSheet
    number: int
    key: int
    id: UUID | None
    values: dict[str, Any]
    problems: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.entity: type[Entity] = KINDS[self.sheet.kind].entity
        self.table: str = self.entity.__tablename__
        self.fields: Mapping[str, Field] = raw_fields(self.entity)

    def heading(self, key: str) -> str:
        """What the file calls a field."""
        return self.sheet.headings[self.sheet.columns[key][0]] if key in self.sheet.columns else ""

    def named(self, key: str) -> Named:
        """A field as a finding names it."""
        return Named("", self.heading(key) or self.fields[key].name)


def read_rows(sheets: Sequence[RawSheet]) -> list[Row]:
    """Every row, its cells typed; links are still what is written."""
    rows: list[Row] = []
    ids: set[UUID] = set()
    for sheet in sheets:
        for number, cells in sheet.rows:
            row = Row(sheet, number, len(rows), None, {})
            for key, places in sheet.columns.items():
                its = [cells[place] if place < len(cells) else "" for place in places]
                if key == ID:
                    _identify(row, text_of(its[0]), ids)
                else:
                    _put(row, key, read_cell(row.fields[key], row.heading(key), its))
            rows.append(row)
    return rows


def _identify(row: Row, text: str, taken: set[UUID]) -> None:
    if not text:
        return
    try:
        row.id = UUID(text)
    except ValueError:
        row.problems.append(finding(raw_findings.NOT_AN_ID, value=text))
        return
    if row.id in taken:
        row.problems.append(finding(raw_findings.SAME_ID_TWICE))
    taken.add(row.id)


def _put(row: Row, key: str, value: Any) -> None:
    if isinstance(value, Finding):
        row.problems.append(value)
    else:
        row.values[key] = value


def settle(rows: Sequence[Row], held: HeldRaw) -> Mapping[UUID, UUID]:
    """Turn links into ids and amounts into minor units; answers which ids stand for things held under another."""
    otherwise: dict[UUID, UUID] = {}
    lookup = _Lookup(rows, held, otherwise)
    tables = [*_SAME_BY, *{row.table: None for row in rows if row.table not in _SAME_BY}]
    for table in tables:
        for row in (each for each in rows if each.table == table):
            for key, to in targets(row.entity).items():
                if isinstance(link := row.values.get(key), Link):
                    _put(row, key, lookup.find(to, link.text, row.named(key)))
                    if isinstance(row.values[key], Link):
                        del row.values[key]
            _put_minor(row, held)
        otherwise |= _same_things([row for row in rows if row.table == table], held)
    for row in rows if otherwise else ():
        row.values = {
            key: otherwise.get(said, said) if isinstance(said, UUID) else said for key, said in row.values.items()
        }
    return otherwise


def _put_minor(row: Row, held: HeldRaw) -> None:
    """An amount is of the currency beside it, or else of the one that is held."""
    known = held.tables[row.table].rows.get(row.id, {}) if row.id else {}
    currency = row.values.get(CURRENCY, known.get(CURRENCY))
    for key, each in row.fields.items():
        if each.kind == Kind.MONEY and row.values.get(key) is not None:
            amount = in_minor_units(each, row.values.pop(key), currency)
            _put(row, key, amount)


def _same_things(rows: Iterable[Row], held: HeldRaw) -> dict[UUID, UUID]:
    """Which of these rows are things that are held under another id."""
    found: dict[UUID, UUID] = {}
    known: dict[tuple[Any, ...], UUID] = {}
    for row in rows:
        keys, there = _SAME_BY.get(row.table, ()), held.tables[row.table].rows
        if keys and not known:
            known = {tuple(canonical(values[key]) for key in keys): id for id, values in there.items()}
        its = tuple(canonical(row.values.get(key)) for key in keys)
        if row.id and row.id not in there and its in known and its[0] is not None:
            found[row.id] = known[its]
    return found


class _Lookup:
    """What a link's text means."""

    def __init__(self, rows: Sequence[Row], held: HeldRaw, otherwise: Mapping[UUID, UUID]) -> None:
        self._held, self._otherwise = held, otherwise
        self._ids = {row.id for row in rows if row.id}
        self._brought: dict[tuple[str, str], list[UUID | Made]] = defaultdict(list)
        self._added: dict[tuple[str, str], list[UUID | Made]] = defaultdict(list)
        self._its_ways: dict[tuple[str, str], list[UUID | Made]] = defaultdict(list)
        for row in rows:
            link = row.id or Made(row.key)
            name = next((str(said) for key in NAMES if (said := row.values.get(key)) not in (None, "")), "")
            (self._brought if row.id else self._added)[row.table, fold(name)].append(link)
            for way in {fold(said) for key in CALLED if isinstance(said := row.values.get(key), str)}:
                self._its_ways[row.table, way].append(link)
        self._names = {table: _by_fold(one.names.items()) for table, one in held.called.items()}
        self._ways = {table: _by_fold(one.ways) for table, one in held.called.items()}

    def find(self, table: str, text: str, named: Named) -> UUID | Made | Finding:
        """The one thing of this table that goes by this text."""
        try:
            id = UUID(text)
        except ValueError:
            pass
        else:
            id = self._otherwise.get(id, id)
            known = id in self._ids or id in self._held.called[table].names
            return id if known else finding(raw_findings.NOBODY_CALLED, field=named, value=text)
        name = fold(text)
        for found in (
            self._brought.get((table, name), ()),
            self._names[table].get(name, ()),
            self._added.get((table, name), ()),
            self._ways[table].get(name, ()),
            self._its_ways.get((table, name), ()),
        ):
            if len(found) == 1:
                (one,) = found
                return self._otherwise.get(one, one) if isinstance(one, UUID) else one
            if found:
                return finding(raw_findings.SEVERAL_CALLED, field=named, value=text)
        return finding(raw_findings.NOBODY_CALLED, field=named, value=text)


def _by_fold(names: Iterable[tuple[UUID, str]]) -> dict[str, list[UUID]]:
    found: dict[str, dict[UUID, None]] = defaultdict(dict)
    for id, name in names:
        found[fold(name)][id] = None
    return {name: list(ids) for name, ids in found.items()}
