"""The answers of a frozen report: every value that stands in it, where it stands, and the selection behind it.

They are plain data, so that a later version of the program can read them, and two of them can be compared figure by
figure.
"""

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from db.queries.selection import Behind
from desktop.reports.document import (
    Chart,
    Count,
    Day,
    Document,
    Hidden,
    KeyFigures,
    Map,
    Missing,
    Money,
    Said,
    Share,
    Table,
    Value,
)

Selection = tuple[str, tuple[tuple[str, str], ...]]
"""What a figure's records are found again by: the kind, and the filters."""


@dataclass(frozen=True)
class Answer:
    """One value of a report: where it stands, what it says, and the number of its selection among the report's."""

    path: tuple[str, ...]
    value: str | int | None
    state: str
    behind: int | None = None


@dataclass(frozen=True)
class Answers:
    """All values of one report; `records` are the ids behind each selection, once they were looked up."""

    change: int
    language: str
    answers: tuple[Answer, ...]
    selections: tuple[Selection, ...] = ()
    records: tuple[tuple[UUID, ...], ...] = field(default=())


def answers_of(document: Document, change: int) -> Answers:
    """What a document answers, before the records behind it are looked up."""
    selections: dict[Selection, int] = {}
    found = []
    for path, value in _values(document):
        behind = getattr(value, "behind", None)
        number = None
        if isinstance(behind, Behind):
            number = selections.setdefault((behind.kind, behind.filters), len(selections))
        found.append(Answer(path, *plain(value), number))
    return Answers(change, document.language, tuple(found), tuple(selections))


def packed(answers: Answers) -> bytes:
    """The answers as they are kept."""
    body = {
        "change": answers.change,
        "language": answers.language,
        "answers": [[list(one.path), one.value, one.state, one.behind] for one in answers.answers],
        "selections": [[kind, [list(each) for each in filters]] for kind, filters in answers.selections],
        "records": [[id.hex for id in ids] for ids in answers.records],
    }
    return zlib.compress(json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode(), 9)


def unpacked(body: bytes) -> Answers:
    """The answers again."""
    found: Mapping[str, Any] = json.loads(zlib.decompress(body))
    return Answers(
        found["change"],
        found["language"],
        tuple(Answer(tuple(path), value, state, behind) for path, value, state, behind in found["answers"]),
        tuple((kind, tuple((key, value) for key, value in filters)) for kind, filters in found["selections"]),
        tuple(tuple(UUID(hex=id) for id in ids) for ids in found["records"]),
    )


def plain(value: Value) -> tuple[str | int | None, str]:
    """A value without words of any language around it, and whether it is shown, hidden or missing."""
    match value:
        case Said(text):
            return text, "shown"
        case Count(number):
            return number, "shown"
        case Share(ratio):
            return str(ratio), "shown"
        case Money(amount, currency):
            return f"{amount} {currency}", "shown"
        case Day(on):
            return on.isoformat(), "shown"
        case Hidden():
            return None, "hidden"
        case Missing():
            return None, "missing"
        case str():
            return value, "shown"


def _values(document: Document) -> Iterator[tuple[tuple[str, ...], Value]]:
    for block in document.blocks:
        match block:
            case KeyFigures(figures):
                yield from (((each.label, each.note), each.value) for each in figures)
            case Table():
                yield from _cells(block)
            case Chart(title=title, categories=categories, series=series):
                for one in series:
                    heads = (str(plain(category)[0]) for category in categories)
                    yield from (
                        ((title, head, one.label), value) for head, value in zip(heads, one.values, strict=True)
                    )
            case Map(title=title, areas=areas):
                yield from (((title, area.name.text), area.value) for area in areas if area.value is not None)
            case _:
                runs: Sequence[object] = getattr(block, "runs", ())
                yield from ((("",), run) for run in runs if isinstance(run, Count | Share | Money | Hidden))


def _cells(table: Table) -> Iterator[tuple[tuple[str, ...], Value]]:
    for number, row in enumerate(table.rows):
        head = str(plain(row.cells[0])[0] or number)
        for column, cell in zip(table.columns[1:], row.cells[1:], strict=True):
            yield (table.title, head, column.heading), cell
