"""Counts of people turned into atoms, so that every figure of a report is a sum over the same pieces."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from db.models.results import MISSING
from db.queries.people_counted import CountOfPeople, PartOfCount
from db.queries.protection import ProtectionActivity
from db.queries.selection import Behind
from desktop.guard.tables import Atom, Counted, split_by
from desktop.reports.atoms import AtomBook
from i18n import N_

K = TypeVar("K")
NO_FIGURE = N_("no figure")
"""An activity that was counted in another way has no figure of this one: nothing that somebody failed to collect."""


class People:
    """The atoms of a report's activities, found again by activity and nature, and by sex and age."""

    def __init__(
        self,
        activities: Iterable[ProtectionActivity],
        natures: tuple[str, ...],
        book: AtomBook | None = None,
        alike: Callable[[ProtectionActivity], Hashable] | None = None,
    ) -> None:
        """`alike` is the same for activities that every table counts together, for readers who are told everything.

        Their people are one atom; what left for others is kept figure by figure, which is ten times as much.
        """
        self._book, self._alike = book or AtomBook(), alike
        self._groups: dict[Hashable, int] = {}
        self._group_of: dict[int, int] = {}
        self._joined: dict[Hashable, int] = {}
        self._sums: dict[int, int] = {}
        self._mine: set[int] = set()
        self._sets: dict[frozenset[int], frozenset[int]] = {}
        self._whole: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._why: dict[int, str] = {}
        """Why the count behind an atom is missing, as a message, where it is not simply that nobody collected it."""
        self._split: dict[tuple[str, str | None, str | None], list[int]] = defaultdict(list)
        for activity in activities:
            if alike:
                self._group_of[activity.row] = self._groups.setdefault(alike(activity), activity.row)
            counted = set()
            for count in activity.counts:
                counted.add(count.nature)
                self._add(activity, count)
            for nature in natures:
                if nature not in counted:
                    atom = self._atom(activity, f"{activity.id} {nature}", None)
                    self._whole[nature][self._group(activity)].append(atom)
                    self._why[atom] = NO_FIGURE
        for atom, total in self._sums.items():
            self.atoms[atom] = replace(self.atoms[atom], value=total)

    @property
    def atoms(self) -> list[Atom]:
        """All atoms of the report."""
        return self._book.atoms

    def of(self, activities: Iterable[ProtectionActivity], nature: str, behind: Behind | None = None) -> Counted:
        """The people of these activities, counted once each."""
        whole, group_of = self._whole[nature], self._group_of
        groups = {group_of.get(one.row, one.row) for one in activities}
        atoms = self._one_set([whole[group] for group in groups])
        reasons = set(map(self._why.get, atoms)) - {NO_FIGURE} or {NO_FIGURE}
        (reason,) = reasons if len(reasons) == 1 else (None,)
        return Counted(atoms, behind, reason) if reason else Counted(atoms, behind)

    def split(
        self, nature: str, sexes: Iterable[str | None], bands: Iterable[str | None], behind: Behind | None = None
    ) -> Counted:
        """The people of these sexes and age bands, wherever they were counted so."""
        wanted = [(nature, sex, band) for sex in sexes for band in bands]
        return Counted(self._one_set(self._split.get(key, ()) for key in wanted), behind)

    def _one_set(self, parts: Iterable[Iterable[int]]) -> frozenset[int]:
        """All of these atoms, in one object however many tables print their sum: such sets are what takes room."""
        # A set that has grown keeps twice the room that its copy needs.
        atoms = frozenset(set[int]().union(*parts))
        return self._sets.setdefault(atoms, atoms)

    def bands(self, nature: str) -> list[str | None]:
        """The age bands met, the youngest first and the unknown last."""
        met = {band for one, _sex, band in self._split if one == nature}
        return sorted(
            met, key=lambda band: (band is None, int("".join(filter(str.isdigit, (band or "").split("-")[0])) or 0))
        )

    def sexes(self, nature: str) -> list[str | None]:
        """The sexes met, in the order in which they are printed."""
        met = {sex for one, sex, _band in self._split if one == nature}
        return [sex for sex in ("female", "male", "other", None) if sex in met]

    def _group(self, activity: ProtectionActivity) -> int:
        return self._group_of.get(activity.row, activity.row)

    def _add(self, activity: ProtectionActivity, count: CountOfPeople) -> None:
        known = sum([part.value or 0 for part in count.parts])
        adds_up = bool(count.parts) and (count.value is None or known <= count.value)
        for part in count.parts:
            self._lay(activity, count, part.value, adds_up and (part.value is not None or count.value is None), part)
        if not adds_up:
            atom = self._lay(activity, count, count.value, True)
            if count.missing and count.missing != "not_collected":
                self._why[atom] = dict(MISSING)[count.missing]
        elif count.value is not None and known < count.value:
            self._lay(activity, count, count.value - known, True)

    def _lay(
        self,
        activity: ProtectionActivity,
        count: CountOfPeople,
        value: int | None,
        whole: bool,
        part: PartOfCount | None = None,
    ) -> int:
        """The atom of a count, or of a part of it, put where it is counted."""
        group = self._group(activity)
        place = (group, count.nature, whole, part and part[:2], count.sensitive) if self._alike else None
        if place and value is not None:
            if (known := self._joined.get(place)) is not None:
                self._sums[known] += value
                return known
            self._joined[place] = len(self.atoms)
            self._sums[len(self.atoms)] = value
        name = split_by(part.sex, part.age_band) if part else ""
        atom = self._atom(activity, str(count.id), value, count.sensitive, name, count.indicator)
        if whole:
            self._whole[count.nature][group].append(atom)
        if part:
            self._split[count.nature, part.sex, part.age_band].append(atom)
        return atom

    def _atom(
        self,
        activity: ProtectionActivity,
        key: str,
        value: int | None,
        sensitive: bool = False,
        part: str = "",
        indicator: UUID | None = None,
    ) -> int:
        if self._alike and value is not None:
            # Nobody else asks for what is many counts in one.
            self.atoms.append(Atom(len(self.atoms), value, activity.partner, sensitive, part))
            return len(self.atoms) - 1
        made = Atom(key, value, activity.partner, sensitive, part, indicator)
        # Parts of one count that have the same name are told apart by how many came before.
        nth = 0
        while (atom := self._book.add(made, nth)) in self._mine:
            nth += 1
        self._mine.add(atom)
        return atom


def grouped(
    activities: Iterable[ProtectionActivity], keys: Callable[[ProtectionActivity], Iterable[K]]
) -> dict[K, list[ProtectionActivity]]:
    """The activities by their keys, in the order met; one with several stands under each."""
    found: dict[K, list[ProtectionActivity]] = {}
    for activity in activities:
        for key in keys(activity):
            found.setdefault(key, []).append(activity)
    return found
