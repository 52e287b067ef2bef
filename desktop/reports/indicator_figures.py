"""What indicators come to, for any report: baseline, target, actual, by period and place, as figures for the guard.

People are sums over the same atoms in every table; money of nobody is mixed in. What may not be put together is refused
in words and stands as missing. Nothing else of an indicator than its names and rules passes the guard unseen.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from db.models.activities import SENSITIVE
from db.models.results import MISSING, PEOPLE
from db.queries import Session
from db.queries.called import Called
from db.queries.figures import figures_of_people
from db.queries.history import as_of
from db.queries.indicators import Aimed, MissingPart, RolledUp
from db.queries.measured import Grain, Measured, measured
from db.queries.roll_up import NO_FIGURE, Reason
from db.queries.scope import Scope
from db.queries.selection import Behind
from desktop.guard.released import Absent
from desktop.guard.tables import Atom, Counted, Entry, Grid, Line
from desktop.reports import coarser
from desktop.reports.atoms import AtomBook, FigureAtoms
from desktop.reports.document import Count, Said, Share
from desktop.reports.people_split import split_lines
from desktop.reports.report import Asked
from i18n import N_

INDICATORS, PERIODS, PLACES, SPLIT = "indicators", "indicator_periods", "indicator_places", "people_split"
"""Names of the grids and, the first, of the plain answer that describes the lines of all of them."""
TARGET = "_target"
"""What the name of an indicator's target ends with, after that of its figure."""
NONE_YET = N_("no figure")
NOT_PUT_TOGETHER = N_("not put together")
NOT_WHOLE = N_("no whole number of people")


@dataclass(frozen=True)
class Refused:
    """Figures that may not be put together, and why."""

    why: Reason
    behind: object = None


@dataclass(frozen=True)
class Fraction:
    """A number with decimals that is no share and no count."""

    value: Decimal
    behind: object = None


@dataclass(frozen=True)
class Described:
    """An indicator without its figures: what it is called, how it is counted, what stands in the way of its sum."""

    id: UUID
    code: str | None
    name: Called
    level: str | None
    unit: str
    counting: str
    rising: bool
    roll_up_periods: str
    roll_up_places: str
    means: str | None
    sources: tuple[str, ...]
    qualifier: str
    why: Reason | None
    missing: tuple[MissingPart, ...]
    left_out: tuple[tuple[Reason, int], ...]

    @property
    def people(self) -> bool:
        """Whether it counts people."""
        return self.unit in PEOPLE


@dataclass(frozen=True)
class IndicatorFigures:
    """Indicators as a report prints them, before the guard."""

    grids: dict[str, Grid]
    figures: dict[str, Entry]
    described: tuple[Described, ...]
    citable: tuple[tuple[str, str | Said], ...]


def indicator_figures(
    session: Session,
    indicators: Sequence[UUID],
    scope: Scope,
    book: AtomBook,
    atoms: FigureAtoms | None = None,
    grain: Grain | None = None,
) -> IndicatorFigures:
    """These indicators in a scope; their atoms stand in `book`."""
    found = measured(session, indicators, scope, grain=grain)
    atoms = atoms or FigureAtoms(figures_of_people(session, indicators), book)
    change = as_of(session)
    lines, periods, places, split = list[Line](), list[Line](), list[Line](), list[Line]()
    figures: dict[str, Entry] = {}
    citable: list[tuple[str, str | Said]] = []
    for at, one in enumerate(found):
        actual, to_date = entry(one, one.actual, atoms), entry(one, one.to_date, atoms)
        target = _aimed(one, one.target, change)
        lines.append(Line((at, _baseline(one, book, change), target, actual, to_date)))
        periods += (Line((at, first, last, entry(one, each, atoms))) for first, last, each in one.periods)
        places += (Line((at, where, entry(one, each, atoms))) for where, each in one.places)
        if one.unit in PEOPLE and one.actual.counted:
            split += split_lines(at, atoms, one.actual)
        name = figure_name(one.id)
        figures |= {name: _citable(actual), f"{name}{TARGET}": _citable(target)}
        citable.append((name, Said(one.name.text, one.name.language)))
    grids = {INDICATORS: lines, PERIODS: periods, PLACES: places, SPLIT: split}
    return IndicatorFigures(
        {name: Grid(tuple(its)) for name, its in grids.items()},
        figures,
        tuple(map(_described, found)),
        tuple(citable),
    )


def figure_name(indicator: UUID) -> str:
    """How prose and forms cite what an indicator comes to."""
    return f"indicator_{indicator.hex}"


def grain_of(asked: Asked) -> Grain:
    """How finely the writer wants figures told."""
    return Grain(quarters=coarser.PERIODS in asked.coarser, provinces=coarser.PLACES in asked.coarser)


def entry(one: Measured, rolled: RolledUp, atoms: FigureAtoms) -> Entry:
    """What an indicator comes to, as it stands in a table before the guard."""
    if rolled.value is None:
        if rolled.why and rolled.why is not NO_FIGURE:
            return Refused(rolled.why, rolled.behind)
        reasons = {part.reason for part in rolled.missing}
        return Absent(dict(MISSING)[reasons.pop()] if len(reasons) == 1 else NONE_YET, rolled.behind)
    if one.unit in PEOPLE:
        counted = atoms.of(rolled.counted)
        # What is counted in tenths has no atoms: people who are no whole number cannot be guarded.
        return (
            Counted(counted, rolled.behind)
            if atoms.value(counted) == rolled.value
            else Absent(NOT_WHOLE, rolled.behind)
        )
    return _number(one, rolled.value, rolled.behind)


def _number(one: Measured, value: Decimal, behind: Behind) -> Entry:
    if one.unit == "percent":
        return Share(value / 100, one.decimals, behind)
    return Count(int(value), behind) if value == value.to_integral_value() else Fraction(value, behind)


def _baseline(one: Measured, book: AtomBook, change: int) -> Entry:
    """A baseline of people is people who were counted once: it goes through the guard like any other."""
    aim = one.baseline
    if aim is None or aim.value is None or one.unit not in PEOPLE:
        return _aimed(one, aim, change)
    if aim.value != aim.value.to_integral_value() or aim.value < 0:
        return Absent(NOT_WHOLE)
    atom = book.add(Atom(str(aim.id), int(aim.value), None, one.sensitivity in SENSITIVE, "", one.id))
    return Counted(frozenset({atom}), _behind_aims(one, change))


def _aimed(one: Measured, aim: Aimed | None, change: int) -> Entry:
    if aim is None or aim.value is None:
        return Absent(N_("not set"))
    return _number(one, aim.value, _behind_aims(one, change))


def _behind_aims(one: Measured, change: int) -> Behind:
    return Behind("aims", (("indicator_id", str(one.id)),), change)


def _citable(found: Entry) -> Entry:
    match found:
        case Refused(_why, behind):
            return Absent(NOT_PUT_TOGETHER, behind)
        case Fraction(value):
            return Said(str(value))
        case _:
            return found


def _described(one: Measured) -> Described:
    reasons: dict[Reason, int] = {}
    for _result, why in one.actual.left_out:
        reasons[why] = reasons.get(why, 0) + 1
    return Described(
        one.id,
        one.code,
        one.name,
        one.level,
        one.unit,
        one.counting,
        one.direction == "increase",
        one.roll_up_periods,
        one.roll_up_places,
        one.means,
        _sources((one.baseline, one.target)),
        one.actual.qualifier,
        None if one.actual.why is NO_FIGURE else one.actual.why,
        one.actual.missing,
        tuple(reasons.items()),
    )


def _sources(aims: Iterable[Aimed | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(aim.source for aim in aims if aim and aim.source))


def days_of(line: Sequence[object]) -> tuple[date, date]:
    """The period of a line of `PERIODS`."""
    _at, first, last, *_entry = line
    assert isinstance(first, date) and isinstance(last, date)
    return first, last
