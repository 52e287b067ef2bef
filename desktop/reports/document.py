"""What a report says: a small tree of typed values that every renderer draws.

A node holds no font, colour, size or position, so that PDF, Word, Excel and text say the same thing. Numbers stay
numbers until a renderer writes them with the words of the document's language. The tree holds no live object and can
be pickled: rendering runs in another process.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum


@dataclass(frozen=True)
class Count:
    """A whole number of people, activities or things."""

    value: int


@dataclass(frozen=True)
class Share:
    """A part of a whole, 0 to 1, written as a percentage with this many decimals."""

    ratio: Decimal
    decimals: int = 0


@dataclass(frozen=True)
class Money:
    """An amount in major units of an ISO 4217 currency."""

    amount: Decimal
    currency: str


@dataclass(frozen=True)
class Day:
    """One day, written in the document's language."""

    on: date


@dataclass(frozen=True)
class Said:
    """Words of a person or a file: shown as they are, kept apart from the sentence's direction, never marked up."""

    text: str
    language: str | None = None


@dataclass(frozen=True)
class Hidden:
    """A count that may not be shown; every hidden cell carries the same mark, whatever the reason."""


@dataclass(frozen=True)
class Missing:
    """A value that is not there, with its reason in the document's language ("not collected"); never zero."""

    reason: str


@dataclass(frozen=True)
class Strong:
    """A stretch of a sentence that stands out."""

    text: str


Value = str | Said | Count | Share | Money | Day | Hidden | Missing
Run = str | Strong | Said
"""A string is a sentence of ours, already in the document's language and typography."""


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
    """A paragraph of running words."""

    runs: tuple[Run, ...]


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


@dataclass(frozen=True)
class Series:
    """One row of bars; a hidden or missing value is drawn as its mark, not as nothing."""

    label: str
    values: tuple[Count | Hidden | Missing, ...]


@dataclass(frozen=True)
class Chart:
    """Bars of one or more series over categories: vectors on paper, live in Excel. `description` is read aloud."""

    title: str
    categories: tuple[Value, ...]
    series: tuple[Series, ...]
    description: str
    stacked: bool = False
    note: str = ""


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
class PageBreak:
    """What follows starts on a new page."""


Block = Heading | Paragraph | Bullets | KeyFigures | Table | Chart | Map | PageBreak


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


def numbers(blocks: Sequence[Block]) -> list[Count | Share | Money]:
    """Every number of the blocks in reading order, for tests and for comparing two versions."""
    found: list[Value] = []
    for block in blocks:
        match block:
            case KeyFigures(figures):
                found += [figure.value for figure in figures]
            case Table(rows=rows):
                found += [cell for row in rows for cell in row.cells]
            case Chart(series=series):
                found += [value for one in series for value in one.values]
            case Map(areas=areas):
                found += [area.value for area in areas if area.value is not None]
            case Heading() | Paragraph() | Bullets() | PageBreak():
                pass
    return [value for value in found if isinstance(value, Count | Share | Money)]
