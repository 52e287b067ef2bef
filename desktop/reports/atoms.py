"""Figures of people turned into atoms: the same ones in every report, since each goes by its first figure's id.

A figure since the beginning is made of the atoms of the periods it holds and of what it has more, so that no report
shows a small period by the difference of two large sums. Disability runs across sex and age: atoms of its own, which
are never added to the others.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from db.queries.figures import FigureOfPeople, FigurePart
from desktop.guard.tables import Atom, split_by


class AtomBook:
    """The atoms of one report: the same part of the same count is one atom, whoever asks for it."""

    def __init__(self) -> None:
        self.atoms: list[Atom] = []
        self._known: dict[tuple[Hashable, str, int], int] = {}

    def add(self, atom: Atom, nth: int = 0) -> int:
        """Where this atom stands; `nth` tells parts of one count apart that have the same name."""
        known = self._known.setdefault((atom.key, atom.part, nth), len(self.atoms))
        if known == len(self.atoms):
            self.atoms.append(atom)
        return known


@dataclass(frozen=True)
class Piece:
    """Of one figure, the people of one sex and age band, or those of whom this is not known."""

    sex: str | None
    scheme: str | None
    band: str | None
    atoms: frozenset[int]
    split: bool = True
    """Whether anybody split them at all."""
    missing: str | None = None
    estimated: bool = False


class FigureAtoms:
    """The atoms of figures, found again by the figures' ids; all figures of a row in time are given at once."""

    def __init__(self, figures: Iterable[FigureOfPeople], book: AtomBook) -> None:
        self.book = book
        self._met: Counter[tuple[UUID, str, str]] = Counter()
        self._pieces: dict[UUID, tuple[Piece, ...]] = {}
        self._whole: dict[UUID, frozenset[int]] = {}
        self._disabled: dict[UUID, frozenset[int]] = {}
        before: dict[Hashable, list[FigureOfPeople]] = defaultdict(list)
        for figure in figures:
            self._lay(figure, before[figure.series])
            before[figure.series].append(figure)

    def of(self, results: Iterable[UUID]) -> frozenset[int]:
        """The people of these figures."""
        return frozenset[int]().union(*(self._whole.get(one, frozenset()) for one in results))

    def pieces(self, results: Iterable[UUID]) -> list[Piece]:
        """The people of these figures by sex and age, as each was split."""
        return [piece for one in results for piece in self._pieces.get(one, ())]

    def disabled(self, results: Iterable[UUID]) -> frozenset[int]:
        """The people with a disability, as far as anybody counted them."""
        return frozenset[int]().union(*(self._disabled.get(one, frozenset()) for one in results))

    def value(self, atoms: Iterable[int]) -> int:
        """What these atoms come to."""
        return sum(self.book.atoms[atom].value or 0 for atom in atoms)

    def _lay(self, figure: FigureOfPeople, before: Sequence[FigureOfPeople]) -> None:
        parts = [part for part in figure.parts if part.cut == "sex_age"]
        held = _held(figure, before)
        more = self._more(figure, parts, held) if held else None
        if more is None:
            held, more = (), self._all(figure, parts)
        self._pieces[figure.id] = (*(piece for one in held for piece in self._pieces[one.id]), *more)
        # What is missing of a figure that is known is among those whom nobody split.
        counted = [piece.atoms for piece in more if piece.missing is None or figure.value is None]
        self._whole[figure.id] = self.of(one.id for one in held).union(*counted)
        self._disabled[figure.id] = frozenset(
            self._atom(figure, part.value, split_by(part.sex, part.band, True), "disability")
            for part in figure.parts
            if part.cut == "disability" and part.disability
        ) or frozenset[int]().union(*(self._disabled[one.id] for one in held))

    def _all(self, figure: FigureOfPeople, parts: Sequence[FigurePart]) -> list[Piece]:
        """A figure by itself: its parts and whoever was not split, or one whole where the parts come to more."""
        known = sum(part.value or 0 for part in parts)
        if not parts or (figure.value is not None and known > figure.value):
            return [self._unsplit(figure, figure.value)]
        pieces = [
            Piece(
                part.sex,
                part.scheme,
                part.band,
                frozenset({self._atom(figure, part.value, split_by(part.sex, part.band))}),
                missing=None if part.value is not None else part.missing or "not_stated",
                estimated=part.method == "estimated",
            )
            for part in parts
        ]
        rest = (figure.value or known) - known
        return [*pieces, self._unsplit(figure, rest)] if rest else pieces

    def _more(
        self, figure: FigureOfPeople, parts: Sequence[FigurePart], held: Sequence[FigureOfPeople]
    ) -> list[Piece] | None:
        """What a figure has more than those it holds, part by part; None where it cannot hold them."""
        left: Counter[tuple[str | None, str | None, str | None]] = Counter()
        rest = (figure.value or 0) - sum(part.value or 0 for part in parts)
        for part in parts:
            left[part.sex, part.scheme, part.band] += part.value or 0
        for one in held:
            for piece in self._pieces[one.id]:
                value = self.value(piece.atoms)
                if piece.split and parts:
                    left[piece.sex, piece.scheme, piece.band] -= value
                else:
                    rest -= value
        if any(part.value is None for part in parts) or min(rest, *left.values(), 0) < 0:
            return None
        more = [
            Piece(sex, scheme, band, frozenset({self._atom(figure, value, split_by(sex, band))}))
            for (sex, scheme, band), value in left.items()
            if value
        ]
        return [*more, self._unsplit(figure, rest)] if rest else more

    def _unsplit(self, figure: FigureOfPeople, value: int | None) -> Piece:
        missing = None if value is not None else figure.missing or "not_stated"
        return Piece(None, None, None, frozenset({self._atom(figure, value)}), False, missing)

    def _atom(self, figure: FigureOfPeople, value: int | None, part: str = "", cut: str = "") -> int:
        key = f"{figure.first} {cut}" if cut else str(figure.first)
        self._met[figure.id, key, part] += 1
        atom = Atom(key, value, figure.partner, figure.sensitive, part, figure.indicator)
        return self.book.add(atom, self._met[figure.id, key, part] - 1)


def _held(figure: FigureOfPeople, before: Sequence[FigureOfPeople]) -> tuple[FigureOfPeople, ...]:
    """The figures that one since the beginning holds: the last such before it, and the periods that follow that."""
    if figure.span != "cumulative" or figure.value is None or figure.ends_on is None:
        return ()
    known = [one for one in before if one.value is not None and one.ends_on and one.ends_on <= figure.ends_on]
    running = [one for one in known if one.span == "cumulative" and one.ends_on and one.ends_on < figure.ends_on]
    since = running[-1].ends_on if running else None
    periods: list[FigureOfPeople] = []
    last = since or date.min
    for one in known:
        if one.span == "period" and one.starts_on and one.ends_on and one.starts_on > last:
            periods.append(one)
            last = one.ends_on
    held = (*running[-1:], *periods)
    return held if sum(one.value or 0 for one in held) <= figure.value else ()
