"""The frameworks and programmes that Jalon carries as data: our own short labels, each with its certainty and source.

Labels were written in French, the language of what was read; other languages are translations with their standing.
Nothing here is the official wording of anybody. A programme is a framework whose lines have figures.
"""

import csv
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import resources
from db.errors import RecordError
from i18n import LANGUAGES, N_

ORIGINAL = "fr"


class NotCarried(RecordError):
    message = N_("No framework called {code} comes with this program.")


@dataclass(frozen=True)
class CarriedText:
    """A label in another language, and how far it can be relied on."""

    language: str
    body: str
    standing: str


@dataclass(frozen=True)
class Figure:
    """What a programme published for a line."""

    value: int
    unit: str
    qualifier: str
    nature: str
    span: str


@dataclass(frozen=True)
class CarriedLine:
    """A line of a framework, with the row of the file it stands in."""

    code: str
    parent: str | None
    kind: str
    horizon: str | None
    name: str
    texts: tuple[CarriedText, ...]
    certainty: str | None
    other_place: str | None
    source: str
    notes: str | None
    figure: Figure | None
    row: int
    digest: str


@dataclass(frozen=True)
class CarriedFramework:
    """A framework: its own line, and those under it in the order of the file."""

    code: str
    own: CarriedLine
    lines: tuple[CarriedLine, ...]


@lru_cache
def frameworks() -> tuple[CarriedFramework, ...]:
    """The roadmap, the plans, the goals and the themes that activities can be tagged with."""
    return _read("frameworks.csv")


def framework_called(code: str) -> CarriedFramework:
    """A carried framework by its code."""
    found = next((each for each in carried() if each.code == code), None)
    if found is None:
        raise NotCarried(code=code)
    return found


@lru_cache
def compass() -> CarriedFramework:
    """COMPASS with its published figures, those of its first year above all."""
    (programme,) = _read("compass.csv")
    return programme


def carried() -> tuple[CarriedFramework, ...]:
    """Everything that can be brought in, the programme included."""
    return (*frameworks(), compass())


def _read(name: str) -> tuple[CarriedFramework, ...]:
    with resources.path(name).open(encoding="utf-8", newline="") as file:
        rows = list(enumerate(csv.DictReader(file), start=2))
    return tuple(_framework(code, its) for code, its in groupby(rows, key=lambda row: row[1]["framework"]))


def _framework(code: str, rows: Iterable[tuple[int, Mapping[str, str]]]) -> CarriedFramework:
    own, *lines = (_line(number, row) for number, row in rows)
    return CarriedFramework(code, own, tuple(lines))


def _line(number: int, row: Mapping[str, str]) -> CarriedLine:
    reviewed = row["reviewed"].split()
    return CarriedLine(
        code=row["item"],
        parent=row["parent"] or None,
        kind=row["kind"],
        horizon=row["horizon"] or None,
        name=row[f"label_{ORIGINAL}"],
        texts=tuple(
            CarriedText(language, row[f"label_{language}"], "reviewed" if language in reviewed else "draft")
            for language in LANGUAGES
            if language != ORIGINAL
        ),
        certainty=row["placement"] or None,
        other_place=row["alt_cell"] or None,
        source=row["source"],
        notes=row["note"] or None,
        figure=_figure(row) if row.get("value") else None,
        row=number,
        digest=hashlib.sha256("\x1f".join(row.values()).encode()).hexdigest(),
    )


def _figure(row: Mapping[str, str]) -> Figure:
    return Figure(int(row["value"]), row["unit"], row["qualifier"], row["nature"], row["span"])
