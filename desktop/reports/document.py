"""What a report says: a small tree of typed values that every renderer draws.

A node holds no font, colour, size or position, so that PDF, Word, Excel and text say the same thing. Numbers stay
numbers until a renderer writes them with the words of the document's language. The tree holds no live object and can
be pickled: rendering runs in another process.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import assert_never

from desktop.reports.values import (
    Count,
    Day,
    Emphasis,
    Hidden,
    Measure,
    Missing,
    Money,
    Run,
    Said,
    Share,
    Strong,
    Value,
)

__all__ = [
    "Count",
    "Day",
    "Emphasis",
    "Hidden",
    "Measure",
    "Missing",
    "Money",
    "Run",
    "Said",
    "Share",
    "Strong",
    "Value",
]
"""What stands in `values` and belongs to the tree."""


class Paper(Enum):
    """The sheet that a report is printed on."""

    A4 = "a4"
    LETTER = "letter"


class Calendar(Enum):
    """A second calendar whose date stands beside the Gregorian one."""

    PERSIAN = "persian"
    UMALQURA = "islamic-umalqura"
    ETHIOPIC = "ethiopic"


class Align(Enum):
    """Where a column's values stand; START and END follow the direction of the page."""

    START = "start"
    END = "end"


class RowKind(Enum):
    """What a row of a table is, so that each renderer can set it off."""

    BODY = "body"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


@dataclass(frozen=True)
class Column:
    """A column of a table; `weight` is its wish for width beside the others."""

    heading: str
    align: Align = Align.START
    weight: float = 1.0


@dataclass(frozen=True)
class Row:
    """A row of values, one a column; the first is the row's head."""

    cells: tuple[Value, ...]
    kind: RowKind = RowKind.BODY


@dataclass(frozen=True)
class Heading:
    """Opens a part; level 1 or 2. Feeds the contents, the outline and Word's navigation."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of running words; `language` where it is not the document's, which its page then says."""

    runs: tuple[Run, ...]
    language: str | None = None


@dataclass(frozen=True)
class Bullets:
    """A list of short points, each a few runs."""

    items: tuple[tuple[Run, ...], ...]


@dataclass(frozen=True)
class KeyFigure:
    """A figure that a reader should take home, with what it counts and a remark."""

    value: Value
    label: str
    note: str = ""


@dataclass(frozen=True)
class KeyFigures:
    """Key figures side by side."""

    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True)
class Table:
    """A table whose head repeats on every page. `note` stands under it."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    name: str = ""
    """A short name in ASCII for attached data; unique in the document."""

    def __post_init__(self) -> None:
        if any(len(row.cells) != len(self.columns) for row in self.rows):
            raise ValueError(f"a row of the table {self.name or self.title} has not one cell a column")


class ChartKind(Enum):
    """How a chart draws its series: side by side, end to end, as lines, as two sexes back to back, as shares of all."""

    BARS = "bars"
    STACKED = "stacked"
    LINES = "lines"
    PYRAMID = "pyramid"
    SHARES = "shares"


@dataclass(frozen=True)
class Series:
    """One row of bars, or one line; a hidden or missing value is drawn as its mark, not as nothing."""

    label: str
    values: tuple[Measure, ...]


@dataclass(frozen=True)
class Chart:
    """Series over categories: vectors on paper, live in Word and Excel. `description` is read aloud."""

    title: str
    categories: tuple[Value, ...]
    series: tuple[Series, ...]
    description: str
    kind: ChartKind = ChartKind.BARS
    note: str = ""
    tabled: bool = False
    """Whether a table beside it tells its values; else those that it has no room for stand in one under it."""

    def __post_init__(self) -> None:
        if any(len(one.values) != len(self.categories) for one in self.series):
            raise ValueError(f"a series of the chart {self.title} has not one value a category")
        if self.kind is ChartKind.PYRAMID and len(self.series) != 2:
            raise ValueError(f"the pyramid {self.title} has not two series")


@dataclass(frozen=True)
class Area:
    """A place on a map: its name, its rings of (longitude, latitude), and its value (None: not concerned)."""

    name: Said
    rings: tuple[tuple[tuple[float, float], ...], ...]
    value: Count | Hidden | Missing | None


@dataclass(frozen=True)
class Map:
    """Places shaded by a count. Renderers without drawing print it as a list. `note` carries the borders disclaimer."""

    title: str
    areas: tuple[Area, ...]
    description: str
    note: str = ""


@dataclass(frozen=True)
class Image:
    """A picture, PNG or JPEG; renderers trust none and draw a copy of their own. `description` is read aloud."""

    content: bytes
    description: str
    width: float = 1.0
    """The part of the text's width that it may take."""


@dataclass(frozen=True)
class SignatureLine:
    """A line to sign on: in what role, who, and on what day where that is known."""

    role: str
    name: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Signatures:
    """Lines to sign on, kept together on a page."""

    lines: tuple[SignatureLine, ...]


@dataclass(frozen=True)
class PageBreak:
    """What follows starts on a new page."""


Block = Heading | Paragraph | Bullets | KeyFigures | Table | Chart | Map | Image | Signatures | PageBreak


@dataclass(frozen=True)
class Attachment:
    """A file that travels inside the document (PDF) and is announced on its page."""

    name: str
    media_type: str
    description: str
    content: bytes


@dataclass(frozen=True)
class Document:
    """A whole report: what stands on its first page, its blocks, and what is written around them.

    `as_of` is the moment of the data, never the moment of printing, so that the same answers give the same bytes.
    """

    title: str
    language: str
    as_of: date
    blocks: tuple[Block, ...]
    subtitle: str = ""
    cover: tuple[tuple[str, Value], ...] = ()
    """Lines of the first page: what it is, and its value (reference, office, period, audience)."""
    author: str = ""
    running_foot: str = ""
    contents: bool = True
    typography: str | None = None
    """The name of a typography profile where the reader's differs from the language's own."""
    attachments: tuple[Attachment, ...] = field(default=())
    logos: tuple[Image, ...] = ()
    """Pictures side by side above the title; each may be as wide as its `width` says."""
    paper: Paper = Paper.A4
    calendar: Calendar | None = None
    banner: str = ""
    """A short line on every page, such as "Draft, not approved"."""
    claims_ua: bool = False
    """Whether the PDF says of itself that it keeps to PDF/UA-1; PDF/A-3b it is either way."""


def numbers(blocks: Sequence[Block]) -> list[Count | Share | Money]:
    """Every number of the blocks in reading order, for tests and for comparing two versions."""
    found: list[Value] = []
    for block in blocks:
        match block:
            case Paragraph(runs):
                found += (run for run in runs if not isinstance(run, Strong | Emphasis))
            case Bullets(items):
                found += (run for item in items for run in item if not isinstance(run, Strong | Emphasis))
            case KeyFigures(figures):
                found += [figure.value for figure in figures]
            case Table(rows=rows):
                found += [cell for row in rows for cell in row.cells]
            case Chart(series=series):
                found += [value for one in series for value in one.values]
            case Map(areas=areas):
                found += [area.value for area in areas if area.value is not None]
            case Heading() | Image() | Signatures() | PageBreak():
                pass
            case _:
                assert_never(block)
    return [value for value in found if isinstance(value, Count | Share | Money)]
