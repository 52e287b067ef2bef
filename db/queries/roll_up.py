"""How figures roll up, as declared: over the periods of one part and place first, then over parts and places.

What may not be added is refused in words: stocks, periods that overlap, a whole beside its parts. A figure since the
beginning is never added to that of a period: the later of the two replaces what it holds.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from uuid import UUID

from db.errors import Value, shown
from i18n import N_, Words

_OPEN = date.min


@dataclass(frozen=True)
class Reason:
    """Why something is as it is, as a sentence with its values."""

    message: str
    gaps: tuple[tuple[str, "Value | Reason"], ...] = ()

    def said(self, words: Words) -> str:
        """The sentence as the reader's language says it."""
        values = {
            gap: value.said(words) if isinstance(value, Reason) else shown(value, words) for gap, value in self.gaps
        }
        return words.gettext(self.message).format(**values)


NO_FIGURE = Reason(N_("There is no figure for this period and place."))
STOCK = Reason(N_("Figures of people present on a day are never added up."))
STOCK_AND_FLOW = Reason(N_("Figures of a day and figures of a period stand side by side; they cannot be put together."))
PERIODS_NOT_DECLARED = Reason(N_("How this indicator rolls up over periods is not declared."))
PLACES_NOT_DECLARED = Reason(N_("How this indicator rolls up over places and parts is not declared."))
OVERLAPPING = Reason(N_("Some periods overlap, so that adding them would count people twice."))
SAME_TIME = Reason(N_("Several figures stand for the same time. Correct one of them."))
NESTED = Reason(N_("Figures of a place and of places within it stand side by side; adding them would count twice."))
BEGINNING_AND_PERIOD = Reason(
    N_("Later periods follow a figure since the beginning that the earlier periods do not add up to.")
)
BOTH_LIMITS = Reason(N_("Some figures are at least, others at most; together they say nothing."))

OTHER_UNIT = Reason(N_("It is counted in another unit."))
NO_PERIOD = Reason(N_("Its period is not known."))
BEYOND = Reason(N_("Its period reaches beyond the one asked for."))


@dataclass(frozen=True)
class Rule:
    """What an indicator declares about putting its figures together."""

    periods: str
    places: str
    unit: str = "persons"
    stock: bool = False


@dataclass(frozen=True)
class Figure:
    """A result that counts. Figures of one part and place follow each other in time."""

    id: UUID
    part: tuple[UUID | None, ...]
    place: UUID | None
    starts_on: date | None
    ends_on: date | None
    span: str
    value: int | None
    missing: str | None = None
    decimals: int = 0
    unit: str = "persons"
    qualifier: str = "exactly"
    stock: bool = False

    @property
    def first(self) -> date:
        """The first day counted; the earliest there is where that is not said."""
        return self.starts_on or _OPEN

    @property
    def last(self) -> date:
        """The last day counted."""
        return self.ends_on or _OPEN


@dataclass(frozen=True)
class Sum:
    """What was put together: a value with the figures it is made of; or why it could not be."""

    value: int | None
    decimals: int = 0
    qualifier: str = "exactly"
    why: Reason | None = None
    counted: tuple[UUID, ...] = ()
    missing: tuple[Figure, ...] = ()
    left_out: tuple[tuple[UUID, Reason], ...] = ()
    last: date = _OPEN
    stock: bool = False


Part = tuple[tuple[UUID | None, ...], UUID | None, Sum]
"""One part in one place, with what its periods come to."""


def roll_up(
    figures: Iterable[Figure],
    rule: Rule,
    first: date | None = None,
    last: date | None = None,
    above: Mapping[UUID, frozenset[UUID]] | None = None,
) -> Sum:
    """What the figures of a period come to; `above` names the places that each place lies in."""
    there = sorted(figures, key=lambda figure: (figure.last, figure.first, figure.id))
    left_out = [(figure.id, why) for figure in there if (why := _misfit(figure, rule, first, last))]
    out = {id for id, _why in left_out}
    series: dict[tuple[tuple[UUID | None, ...], UUID | None], list[Figure]] = defaultdict(list)
    for figure in there:
        if figure.id not in out:
            series[figure.part, figure.place].append(figure)
    parts: list[Part] = [(part, place, over_periods(each, rule)) for (part, place), each in series.items()]
    whole = over_places(parts, rule, above or {})
    return replace(whole, left_out=(*left_out, *whole.left_out))


def over_periods(figures: Sequence[Figure], rule: Rule) -> Sum:
    """The figures of one part in one place, put together over time."""
    known = [figure for figure in figures if figure.value is not None]
    missing = tuple(figure for figure in figures if figure.value is None)
    if not known:
        return Sum(None, missing=missing)
    if len(known) == 1:
        return _of(known, known[0].last, missing)
    stock = rule.stock or any(figure.stock for figure in known)
    if stock and not rule.stock and not all(figure.stock for figure in known):
        return Sum(None, why=STOCK_AND_FLOW, missing=missing)
    if stock and rule.periods == "sum":
        return Sum(None, why=STOCK, missing=missing)
    if rule.periods == "sum":
        return _added(known, missing)
    running = [figure for figure in known if figure.span == "cumulative"]
    if running and running[-1].last >= known[-1].last:
        return _latest(running, missing)
    match rule.periods:
        case "latest":
            return _latest(known, missing)
        case "largest":
            return _largest(known, missing)
        case _:
            return Sum(None, why=PERIODS_NOT_DECLARED, missing=missing)


def over_places(parts: Sequence[Part], rule: Rule, above: Mapping[UUID, frozenset[UUID]]) -> Sum:
    """Parts and places put together."""
    missing = tuple(figure for _part, _place, each in parts for figure in each.missing)
    left_out = tuple(one for _part, _place, each in parts for one in each.left_out)
    refused = next((each.why for _part, _place, each in parts if each.why), None)
    known = [(part, place, each) for part, place, each in parts if each.value is not None]
    kept = Sum(None, missing=missing, left_out=left_out)
    if refused or not known:
        return replace(kept, why=refused or NO_FIGURE)
    if len(known) == 1:
        return replace(known[0][2], missing=missing, left_out=left_out)
    sums = [each for _part, _place, each in known]
    if rule.places == "sum" and (rule.stock or any(each.stock for each in sums)):
        return replace(kept, why=STOCK)
    if rule.places == "sum" and _nested([(part, place) for part, place, _each in known], above):
        return replace(kept, why=NESTED)
    decimals = max(each.decimals for each in sums)
    values = [_scaled(each, decimals) for each in sums]
    match rule.places:
        case "sum":
            used, value = sums, sum(values)
        case "largest":
            value = max(values)
            used = [each for each, scaled in zip(sums, values, strict=True) if scaled == value]
        case "latest":
            newest = max(each.last for each in sums)
            used = [each for each in sums if each.last == newest]
            latest = {_scaled(each, decimals) for each in used}
            if len(latest) > 1:
                return replace(kept, why=SAME_TIME)
            (value,) = latest
        case _:
            return replace(kept, why=PLACES_NOT_DECLARED)
    qualifier = _qualifier({each.qualifier for each in used})
    if qualifier is None:
        return replace(kept, why=BOTH_LIMITS)
    # Of several that are equal, the figure is one: what stands behind it comes to it and to no more.
    counted = tuple(id for each in (used if rule.places == "sum" else used[:1]) for id in each.counted)
    newest = max(each.last for each in sums)
    return replace(kept, value=value, decimals=decimals, qualifier=qualifier, counted=counted, last=newest)


def _misfit(figure: Figure, rule: Rule, first: date | None, last: date | None) -> Reason | None:
    """Why a figure is left out altogether."""
    if figure.unit != rule.unit:
        return OTHER_UNIT
    if (first or last) and (figure.ends_on is None or (figure.starts_on is None and figure.span != "moment" and first)):
        return NO_PERIOD
    begins = figure.last if figure.span == "moment" else figure.first
    if (first and begins < first) or (last and figure.last > last):
        return BEYOND
    return None


def _added(known: Sequence[Figure], missing: tuple[Figure, ...]) -> Sum:
    """Periods added up; a figure since the beginning stands for all periods up to its day."""
    periods = [figure for figure in known if figure.span != "cumulative"]
    running = [figure for figure in known if figure.span == "cumulative"]
    if running:
        held = _latest(running, missing)
        later = [figure for figure in periods if figure.last > held.last]
        if held.why or not later:
            return held
        earlier = [figure for figure in periods if figure.last <= held.last]
        if not earlier or _added(earlier, ()).value is None or not _equal(_added(earlier, ()), held):
            return Sum(None, why=BEGINNING_AND_PERIOD, missing=missing)
    if any(one.ends_on is None or one.last >= other.first for one, other in pairwise(sorted(periods, key=_by_start))):
        return Sum(None, why=OVERLAPPING, missing=missing)
    return _of(periods, periods[-1].last, missing)


def _latest(known: Sequence[Figure], missing: tuple[Figure, ...]) -> Sum:
    newest = [figure for figure in known if figure.last == known[-1].last]
    if len(newest) > 1:
        return Sum(None, why=SAME_TIME, missing=missing)
    # What a later figure since the beginning holds is no longer missing.
    held = newest[0].span == "cumulative"
    left = tuple(figure for figure in missing if not held or figure.last > newest[0].last)
    return _of(newest, newest[0].last, left)


def _largest(known: Sequence[Figure], missing: tuple[Figure, ...]) -> Sum:
    decimals = max(figure.decimals for figure in known)
    values = {figure.id: _scaled(_of([figure], figure.last, ()), decimals) for figure in known}
    largest = max(values.values())
    return _of([figure for figure in known if values[figure.id] == largest][:1], known[-1].last, missing)


def _of(figures: Sequence[Figure], last: date, missing: tuple[Figure, ...]) -> Sum:
    """These figures added, as one."""
    decimals = max(figure.decimals for figure in figures)
    qualifier = _qualifier({figure.qualifier for figure in figures})
    if qualifier is None:
        return Sum(None, why=BOTH_LIMITS, missing=missing)
    value = sum((figure.value or 0) * 10 ** (decimals - figure.decimals) for figure in figures)
    counted = tuple(figure.id for figure in figures)
    stock = any(figure.stock for figure in figures)
    return Sum(value, decimals, qualifier, counted=counted, missing=missing, last=last, stock=stock)


def _qualifier(said: set[str]) -> str | None:
    limits = said - {"exactly"}
    return None if len(limits) > 1 else next(iter(limits), "exactly")


def _nested(
    parts: Sequence[tuple[tuple[UUID | None, ...], UUID | None]], above: Mapping[UUID, frozenset[UUID]]
) -> bool:
    """Whether one part has figures both of a place and of a place within it; no place is everywhere."""
    places = defaultdict(set)
    for part, place in parts:
        places[part].add(place)
    return any(
        (None in its and len(its) > 1) or any(above.get(place, frozenset()) & its for place in its if place)
        for its in places.values()
    )


def _scaled(each: Sum, decimals: int) -> int:
    return (each.value or 0) * int(10 ** (decimals - each.decimals))


def _equal(one: Sum, other: Sum) -> bool:
    decimals = max(one.decimals, other.decimals)
    return _scaled(one, decimals) == _scaled(other, decimals)


def _by_start(figure: Figure) -> tuple[date, date, UUID]:
    return figure.first, figure.last, figure.id
