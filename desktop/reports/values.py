"""What a report can say in one place: typed values and stretches of a sentence.

Apart from the blocks, because whoever turns an answer into words needs these and no more.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Count:
    """A whole number of people, activities or things."""

    value: int
    behind: object = field(default=None, compare=False, repr=False)
    """The selection behind a figure, for whoever looks at it in the window; no renderer reads it."""


@dataclass(frozen=True)
class Money:
    """An amount in major units of an ISO 4217 currency."""

    amount: Decimal
    currency: str
    behind: object = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Share:
    """A part of a whole, 0 to 1, written as a percentage with this many decimals."""

    ratio: Decimal
    decimals: int = 0
    behind: object = field(default=None, compare=False, repr=False)
    of: tuple[Count | Money, Count | Money] | None = field(default=None, compare=False, repr=False)
    """The part and the whole it was worked out from, where it was and both may be told."""


@dataclass(frozen=True)
class Day:
    """One day, written in the document's language."""

    on: date


@dataclass(frozen=True)
class Said:
    """Words of a person or a file: shown as they are, kept apart from the sentence's direction, never marked up."""

    text: str
    language: str | None = None
    behind: object = field(default=None, compare=False, repr=False)
    """The selection behind a figure that only words can say, such as "more than 780"."""


@dataclass(frozen=True)
class Hidden:
    """A count that may not be shown; every hidden cell carries the same mark, whatever the reason."""

    behind: object = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Missing:
    """A value that is not there, with its reason in the document's language ("not collected"); never zero."""

    reason: str
    behind: object = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Strong:
    """A stretch of a sentence that stands out."""

    text: str


@dataclass(frozen=True)
class Emphasis:
    """A stretch of a sentence said with another voice, such as a title or a word of another language."""

    text: str


Value = str | Said | Count | Share | Money | Day | Hidden | Missing
Run = Value | Strong | Emphasis
"""A string is a sentence of ours, already in the document's language and typography; a figure stays a figure."""
Measure = Count | Share | Money | Hidden | Missing
"""What a chart draws; of one chart all of one unit, but for what is hidden or missing."""
