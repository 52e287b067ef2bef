"""What a report wants to say, before the guard: counts of people as sets of atoms, and everything else as it is.

A report's `gather` answers in `Tables`. Every count of people in it, in whatever table, key figure, chart, map or
percentage, is a set of `Atom`s, so that the guard sees which figures give each other away. All else (activities,
organisations, money, dates, texts, the writer's own words) stands in the tables as itself and passes unchanged.

    tables = Tables(
        atoms=(Atom("a1", 8), Atom("a2", 40, owner=partner.id), Atom("a3", None)),
        figures={"reached": Counted(frozenset({0, 1, 2}), behind=selection)},
        grids={"by_partner": Grid((Line((Named(partner.id, Said(partner.name), None), Counted(frozenset({1})))),))},
        plain={"title": Said("…")},
    )
    released = release(tables, Audience.PUBLIC)
    released.figures["reached"]        # Known(48, missing=1, behind=selection)
    released.grids["by_partner"]       # the same lines, with Known, Ratio, Withheld, Absent or Unnamed in them

Charts and maps have no shape of their own here: draw them from the released grid that prints the same cells.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import cache

from db.queries.authorisations import Permits
from db.queries.released import Earlier
from i18n import N_


@dataclass(frozen=True, slots=True)
class Atom:
    """The finest count that figures are sums of: an activity's people, or one part of them by sex and age.

    Parts of one total are atoms, and so is what of the total is not split; the total is a cell over all of them. Where
    the parts do not add up to the stated total, total and parts are atoms that no cell mixes.
    """

    key: Hashable
    """Which count of people this is or is a part of: ids and codes, the same in every report of the record, whatever
    was renamed or put in another order, and still the same once the count was corrected."""
    value: int | None
    """Never below zero; None when it is missing, which is not zero."""
    owner: Hashable = None
    """The partner whose people these are; its own report hides none of them from it."""
    sensitive: bool = False
    """A count of survivors, cases or incidents in the sense of the profile (`resources/thresholds.csv`)."""
    part: str = ""
    """Which part of that count, by its codes; empty for what of it is not split."""
    indicator: Hashable = None
    """The indicator it is a result of, which its donor may be shown below the threshold."""

    def __post_init__(self) -> None:
        if self.value is not None and self.value < 0:
            raise ValueError(f"{self.key}: a count of people is never below zero")


@cache
def split_by(sex: str | None, age_band: str | None, disability: bool | None = None) -> str:
    """How reports and exports name the same part of a count: by codes, and never as what is not split."""
    return "/".join((sex or "-", age_band or "-", {True: "yes", False: "no", None: "-"}[disability]))


@dataclass(frozen=True)
class Counted:
    """A count of people: the sum of these atoms (positions in `Tables.atoms`). No atoms at all is a plain zero."""

    atoms: frozenset[int]
    behind: object = None
    """The selection behind the figure, handed through unread."""
    absent: str = N_("not collected")
    """Why there is no figure where every atom is missing, as a message of the catalogues."""


@dataclass(frozen=True)
class Part:
    """The share that `part` is of `whole` (a part of the same atoms), printed with this many decimals.

    It tells as much as the part, the whole and the rest, so it is shown only where none of the three is hidden.
    """

    part: Counted
    whole: Counted
    decimals: int = 0


@dataclass(frozen=True)
class Named:
    """A partner's name in a table; it goes out as itself, or as `Unnamed` where the partner may not be named."""

    partner: Hashable
    name: object
    may_be_named: bool | None
    """None where nobody has said: no for the public, yes otherwise."""


Entry = Counted | Part | Named | object
"""What stands in a table. Whatever is none of the first three passes unchanged."""


@dataclass(frozen=True)
class Line:
    """A row of a grid. A total keeps its place when rows are put in order, and is hidden last."""

    cells: tuple[Entry, ...]
    total: bool = False


@dataclass(frozen=True)
class Grid:
    """A table's rows.

    `descending` names the column whose released values order the rows between two totals, hidden ones last. Never
    order rows by a count before the guard: the order would tell what is hidden. Otherwise rows keep their order, but
    for partners that may not be named, which come last.
    """

    lines: tuple[Line, ...]
    descending: int | None = None
    crosses: tuple[str, ...] = ()
    """What its counts of people are split by, as messages of the catalogues: three at most where it leaves."""


@dataclass(frozen=True)
class Tables:
    """All a report wants to say."""

    atoms: tuple[Atom, ...] = ()
    grids: Mapping[str, Grid] = field(default_factory=dict)
    figures: Mapping[str, Entry] = field(default_factory=dict)
    plain: Mapping[str, object] = field(default_factory=dict)
    """What is no count of people, the writer's own words among it: passes unchanged."""
    earlier: Earlier | None = None
    """What the same readers hold already; None where nothing leaves or nobody asked."""
    permits: Permits = field(default_factory=Permits)
    """What the reader may be told by written authorisation."""
