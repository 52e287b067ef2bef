"""What may leave: the same tables after the guard, with every hidden count gone for good.

Only `desktop.guard.release` makes a `Released`; a report's `build` takes nothing else. It is plain and pickled to the
process that builds and renders, in as many languages as are asked for. A hidden count is nowhere in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from desktop.guard.audiences import Profile


@dataclass(frozen=True)
class Known:
    """A count that is shown."""

    count: int
    missing: int = 0
    """How many of the atoms under it had no value and are not in the sum."""
    behind: object = None


@dataclass(frozen=True)
class Ratio:
    """A share that is shown, already rounded to its decimals of a per cent so that no file carries more of it."""

    ratio: Decimal
    decimals: int
    behind: object = None
    of: tuple[Known, Known] | None = field(default=None, compare=False)
    """The part and the whole, which are shown wherever it is."""


@dataclass(frozen=True)
class Withheld:
    """A count or share that is hidden. There is one mark, whatever the reason; print no other."""

    behind: object = None


@dataclass(frozen=True)
class Absent:
    """No figure: nothing was collected, or a sensitive kind that does not leave. `reason` is a message to translate."""

    reason: str
    behind: object = None


@dataclass(frozen=True)
class Unnamed:
    """A partner that may not be named; the same number wherever it stands in one report."""

    number: int


@dataclass(frozen=True)
class ReleasedLine:
    """A row as it may leave; `total` as it was asked."""

    cells: tuple[object, ...]
    total: bool = False


@dataclass(frozen=True)
class ReleasedCell:
    """What the world may know of one cell: the pieces it is a sum of, and its value unless hidden.

    Pieces are numbered by which cells they stand in and nothing else. Where it is shown rounded, it is `value` at
    least, and `spread` more at most. `least` is what everybody knows of a hidden count; `width` is how wide the
    interval must stay that can be worked out for it.
    """

    pieces: frozenset[int]
    value: int | None
    least: int
    width: int
    spread: int = 0


@dataclass(frozen=True)
class EarlierFile:
    """A file that left before, as the writer may know it again."""

    name: str
    language: str
    format: str
    at: datetime


@dataclass(frozen=True)
class Standing:
    """A count by the table or figure it stands in, and what is behind it."""

    where: str
    behind: object = None


@dataclass(frozen=True)
class Notes:
    """What was hidden and why, in numbers of cells of people.

    For the writer alone, before release: print `hidden`, `left_out`, `missing` and `unnamed`, but never how many of
    the hidden were `small`, since that would tell which.
    """

    cells: int = 0
    """Distinct cells of people that hold a figure."""
    small: int = 0
    """Hidden because the count itself is small."""
    complementary: int = 0
    """Hidden because a small count could be worked out from it."""
    left_out: int = 0
    """Atoms of a sensitive kind that do not leave; they are in no sum."""
    missing: int = 0
    """Atoms without a value."""
    unnamed: int = 0
    """Partners that may not be named."""
    earlier: int = 0
    """Of the complementary, those that only what left earlier forces to be hidden."""
    held_back: tuple[Standing, ...] = ()
    """Which these are, wherever they stand."""
    because_of: tuple[EarlierFile, ...] = ()
    """The earlier files that tell of the same people."""
    given_away: int = 0
    """Hidden counts of which earlier files let more be worked out than may be, whatever is hidden now."""
    not_weighed: tuple[EarlierFile, ...] = ()
    """Files of before the register: nobody knows what can be worked out with them."""
    excepted: tuple[Standing, ...] = ()
    """Counts below the threshold that are shown by a written exception, wherever they stand."""
    permitted: tuple[UUID, ...] = ()
    """The authorisations and exceptions without which less would be shown."""
    rounded_to: int = 0
    """Counts are rounded to the nearest multiple of this and need not add up; 0 where they are not."""

    @property
    def hidden(self) -> int:
        """All hidden cells."""
        return self.small + self.complementary

    @property
    def share(self) -> Decimal:
        """The part of all cells of people that is hidden."""
        return Decimal(self.hidden) / self.cells if self.cells else Decimal(0)


@dataclass(frozen=True)
class Released:
    """A report's tables, as they may leave to one audience."""

    profile: Profile
    grids: Mapping[str, tuple[ReleasedLine, ...]]
    figures: Mapping[str, object]
    plain: Mapping[str, object]
    notes: Notes
    cells: tuple[ReleasedCell, ...]
    """What an attacker has to work with, for `desktop.guard.audit`: these tables', then what the same readers hold of
    earlier files."""
