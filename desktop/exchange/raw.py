"""The raw export: every row of every kind as the record holds it, a sheet a kind, to be worked on and brought back.

Under the headings in the reader's language stand keys that no translation touches, so that a workbook in Arabic comes
back into a record in French. The first sheet says where it is from and that it is internal: nothing here passed the
guard, and what is sealed or confidential is not in it.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from db.fields import LONGEST, Field, Kind
from db.money import money_of
from db.queries.kinds import KINDS
from db.queries.raw import Called, Origin, called, every_kind, origin, raw_fields, raw_rows, targets
from db.record import Record
from desktop import VERSION
from desktop.reports.sheet import Cell, Sheet
from i18n import N_, Words
from i18n.folding import fold

YES_NO = (("yes", N_("Yes")), ("no", N_("No")))
_IN_A_CELL = 16_000
"""Letters that every spreadsheet takes in one cell, whatever script they are of; a longer text goes on beside it."""
_EXACT = 15
"""Digits that a spreadsheet keeps."""
_INTERNAL = N_(
    "Internal: these are the office's own records, as they are. Do not pass this file on: nothing in it was checked "
    "for who may read it."
)
_HOW = N_(
    "Change what is to be changed and bring the file in again. A row without an id is added. An emptied cell is "
    "emptied in the record; leave a column out to leave its field alone. Keep the grey keys under the headings."
)


@dataclass(frozen=True)
class Gathered:
    """Everything that a raw export writes."""

    origin: Origin
    rows: Mapping[str, Mapping[UUID, Mapping[str, Any]]]
    called: Mapping[str, Called]


def gather(record: Record, kinds: Sequence[str], *, blank: bool = False) -> Gathered:
    """The rows of these kinds, or of all; none of them for a workbook to be filled in."""
    asked = kinds or every_kind()
    linked = {table for kind in asked for table in targets(KINDS[kind].entity).values()}
    return Gathered(
        record.read(origin),
        {kind: {} if blank else record.read(raw_rows, kind) for kind in asked},
        record.read(called, linked),
    )


def sheets(gathered: Gathered, words: Words, on: date) -> list[Sheet]:
    """The workbook: what it is, then a sheet a kind."""
    names = {table: _unique(one) for table, one in gathered.called.items()}
    return [
        _about(gathered, words, on),
        *(_sheet(kind, rows, names, words, on) for kind, rows in gathered.rows.items()),
    ]


def _about(gathered: Gathered, words: Words, on: date) -> Sheet:
    says = words.gettext
    from_ = gathered.origin
    rows: tuple[tuple[Cell, ...], ...] = (
        (says("What it is for"), says(_INTERNAL), None),
        (says("How it is used"), says(_HOW), None),
        (says("Office"), from_.office, "office"),
        (says("Id of the office"), str(from_.office_id), "office_id"),
        (says("Made by"), from_.person, "person"),
        (says("Date"), on, "on"),
        (says("Version of the program"), VERSION, "program"),
        (says("Version of the record"), from_.schema, "schema"),
        (says("State it was written from"), str(from_.state), "state"),
    )
    headings = (says("About this file"), "", "")
    return Sheet(says("About this file"), headings, rows, words.direction, on, tags=("jalon", "", "key"), to_read=True)


def _sheet(
    kind: str,
    rows: Mapping[UUID, Mapping[str, Any]],
    names: Mapping[str, Mapping[UUID, str]],
    words: Words,
    on: date,
) -> Sheet:
    entity = KINDS[kind].entity
    fields, linked = raw_fields(entity), targets(entity)
    parts = {key: _parts(key, each, rows.values()) for key, each in fields.items()}
    columns = [(key, part) for key in fields for part in range(parts[key])]
    return Sheet(
        name=words.gettext(KINDS[kind].name),
        headings=(words.gettext("Id"), *(_heading(fields[key].name, part, words) for key, part in columns)),
        tags=(f"{kind}.id", *(f"{key}+{part + 1}" if part else key for key, part in columns)),
        rows=tuple(
            (str(id), *_cells(values, fields, {key: names[table] for key, table in linked.items()}, parts, words))
            for id, values in rows.items()
        ),
        direction=words.direction,
        as_of=on,
        choices=tuple(
            (at, titles)
            for at, (key, _part) in enumerate(columns, 1)
            if (titles := tuple(title for _code, title in titles_of(fields[key], words)))
        ),
    )


def titles_of(field: Field, words: Words) -> list[tuple[str, str]]:
    """The choices of a field as they are written; where two would read alike, as their codes."""
    choices = YES_NO if field.kind == Kind.YES_NO else field.choices if field.kind == Kind.CHOICE else ()
    said = [words.gettext(title) for _code, title in choices]
    return [
        (code, title if said.count(title) == 1 else code) for (code, _msgid), title in zip(choices, said, strict=True)
    ]


def _heading(name: str, part: int, words: Words) -> str:
    return words.gettext("{field} (continued)").format(field=words.gettext(name)) if part else words.gettext(name)


def _parts(key: str, field: Field, rows: Iterable[Mapping[str, Any]]) -> int:
    """How many columns a field takes."""
    if field.kind != Kind.DATA and LONGEST.get(field.kind, 0) <= _IN_A_CELL:
        return 1
    longest = max((len(_text(row[key])) for row in rows), default=0)
    return max(1, -(-longest // _IN_A_CELL))


def _text(value: Any) -> str:
    """A text as it is, data as JSON."""
    return value or "" if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _cells(
    values: Mapping[str, Any],
    fields: Mapping[str, Field],
    names: Mapping[str, Mapping[UUID, str]],
    parts: Mapping[str, int],
    words: Words,
) -> Iterator[Cell]:
    for key, field in fields.items():
        value = values[key]
        if value is not None and field.kind == Kind.MONEY:
            money = money_of(values, key)
            yield _number(money.amount) if money else _number(Decimal(value))
        elif isinstance(value, UUID):
            yield names[key].get(value, str(value))
        elif parts[key] > 1:
            text = _text(value)
            yield from (text[at * _IN_A_CELL : (at + 1) * _IN_A_CELL] or None for at in range(parts[key]))
        else:
            yield _cell(value, field, words)


def _cell(value: Any, field: Field, words: Words) -> Cell:
    match value:
        case None:
            return None
        case bool():
            return dict(titles_of(field, words))["yes" if value else "no"]
        case int():
            return _number(Decimal(value))
        case Decimal():
            return _number(value)
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value
        case dict() | list():
            return _text(value)
        case _:
            return dict(titles_of(field, words)).get(str(value), str(value))


def _number(value: Decimal) -> Cell:
    """A number, where a spreadsheet keeps all its digits; else its digits."""
    exact = len(value.as_tuple().digits) <= _EXACT and abs(value) < 10**_EXACT
    return value if exact else f"{value:f}"


def _unique(one: Called) -> dict[UUID, str]:
    """The names that only one thing has, however they are typed."""
    count = Counter(map(fold, one.names.values()))
    return {id: name for id, name in one.names.items() if fold(name) and count[fold(name)] == 1}
