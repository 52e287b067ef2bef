"""The counts of one activity in the columns of a 5W, as sums of atoms that the guard can weigh.

Whole and parts share their atoms, so that no hidden part can be worked out from the others. Columns of parts are for
people reached; a whole of another nature stands alone.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from uuid import UUID

from db.queries.fivew import Figure, FiveWActivity, PartOfFigure
from desktop.guard.tables import Atom, Counted, split_by
from desktop.reports.atoms import AtomBook, FigureAtoms

_WHOLES = {"planned": "targeted", "declared": "declared", "reached": "reached"}
_SEXES = {
    "female": ("reached_women", "reached_girls", "reached_elderly_f"),
    "male": ("reached_men", "reached_boys", "reached_elderly_m"),
}
_BAND = re.compile(r"(\d+)(?:-(\d+)|\+)")
_ADULT, _OLDER = 18, 60


@dataclass(frozen=True)
class Counts:
    """The counted columns of a row, and what is said about them."""

    cells: dict[str, Counted]
    unit: str | None
    counting: str | None
    method: str | None
    natures: tuple[str, ...]
    hidden: tuple[str, ...]
    """Columns whose counts were hidden already when they came into the record."""


def count(activity: FiveWActivity, book: AtomBook, running: FigureAtoms) -> Counts:
    """The counts of an activity: one unit of people, and households beside it. Its atoms stand in `book`."""
    units = [figure.unit for figure in activity.figures if figure.unit != "households"]
    unit = "persons" if "persons" in units else next(iter(units), None)
    people = [figure for figure in activity.figures if figure.unit == unit]
    households = [one for one in activity.figures if one.unit == "households" and one.nature == "reached"]
    row = _Row(activity, book, running)
    for figure in people:
        row.add(_WHOLES[figure.nature], figure)
    for figure in households:
        row.add("reached_hh", figure)
    countings = {figure.counting for figure in people}
    methods = {part.method for figure in people if figure.nature == "reached" for part in figure.parts}
    return Counts(
        cells={field: Counted(frozenset(members)) for field, members in row.members.items()},
        unit=unit,
        counting=None if not people else countings.pop() if len(countings) == 1 else "not_stated",
        # A split is as good as its weakest part.
        method="estimated" if "estimated" in methods else next(iter(methods), None),
        natures=tuple(dict.fromkeys(figure.nature for figure in people)),
        hidden=tuple(field for field in row.hidden if all(book.atoms[one].value is None for one in row.members[field])),
    )


class _Row:
    """The atoms of one activity, by the columns they stand in."""

    def __init__(self, activity: FiveWActivity, book: AtomBook, running: FigureAtoms) -> None:
        self._activity = activity
        self._book, self._running = book, running
        self._met: Counter[tuple[str, str]] = Counter()
        self.members: defaultdict[str, set[int]] = defaultdict(set)
        self.hidden: dict[str, None] = {}

    def add(self, field: str, figure: Figure) -> None:
        """A figure in its column and, for people reached, its parts in theirs.

        Parts are told apart in every figure, as in reports, so that the same people are the same atoms there and here.
        """
        if figure.running:
            self._add_running(field, figure, figure.running)
        else:
            self._add_parts(field, figure)
        if field == "reached":
            # These overlap with sex and age, and are never added to them.
            for part in figure.parts:
                if part.cut == "older" or (part.cut == "disability" and not figure.running):
                    name = split_by(part.sex, part.age_band, part.disability)
                    atom = self._atom(f"{figure.id} {part.cut}", part.value, figure, name)
                    self._stand(_columns(part), atom, part.missing)

    def _add_running(self, field: str, figure: Figure, result: UUID) -> None:
        """What counts from the beginning is made of the figures it holds, as in the reports on its indicator."""
        self.members[field] |= self._running.of([result])
        if figure.missing == "hidden":
            self.hidden[field] = None
        if field != "reached":
            return
        for part in figure.parts:
            if part.cut != "older":
                # A part of zero has no atoms of its own, and is no part that nobody collected.
                for column in _columns(part):
                    self.members[column] |= set()
                    if part.missing == "hidden":
                        self.hidden[column] = None
        for piece in self._running.pieces([result]):
            if piece.split:
                for column in _columns_of(piece.sex, piece.band):
                    self.members[column] |= piece.atoms
        if disabled := self._running.disabled([result]):
            self.members["reached_disability"] |= disabled

    def _add_parts(self, field: str, figure: Figure) -> None:
        parts = [part for part in figure.parts if part.cut == "sex_age"]
        split = sum(part.value or 0 for part in parts)
        pieces = {self._atom(figure.id, part.value, figure, split_by(part.sex, part.age_band)): part for part in parts}
        if field == "reached":
            for atom, part in pieces.items():
                self._stand(_columns(part), atom, part.missing)
        if figure.value is not None and parts and split <= figure.value:
            whole = {atom for atom, part in pieces.items() if part.value is not None}
            if split < figure.value:
                whole.add(self._atom(figure.id, figure.value - split, figure))
            self.members[field] |= whole
        else:
            self._stand((field,), self._atom(figure.id, figure.value, figure), figure.missing)

    def _stand(self, fields: tuple[str, ...], atom: int, missing: str | None) -> None:
        for field in fields:
            self.members[field].add(atom)
            if missing == "hidden":
                self.hidden[field] = None

    def _atom(self, key: object, value: int | None, figure: Figure, part: str = "") -> int:
        owner = self._activity.partner.id if self._activity.partner else None
        self._met[str(key), part] += 1
        atom = Atom(str(key), value, owner, figure.sensitive, part, figure.indicator)
        return self._book.add(atom, self._met[str(key), part] - 1)


def _columns(part: PartOfFigure) -> tuple[str, ...]:
    """The columns a part stands in; a band that straddles eighteen, or has no age, stands in none."""
    if part.cut == "disability":
        return ("reached_disability",) if part.disability else ()
    columns = _columns_of(part.sex, part.age_band)
    return (_SEXES[part.sex][2],) if columns and part.cut == "older" and part.sex in _SEXES else columns


def _columns_of(sex: str | None, age_band: str | None) -> tuple[str, ...]:
    if sex == "other":
        return ("reached_nb",)
    band = _BAND.fullmatch(age_band or "")
    if band is None or sex not in _SEXES:
        return ()
    adults, children, older = _SEXES[sex]
    youngest, oldest = int(band[1]), int(band[2] or 200)
    if youngest >= _OLDER:
        return adults, older
    return (adults,) if youngest >= _ADULT else (children,) if oldest < _ADULT else ()
