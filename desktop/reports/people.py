"""Counts of people turned into atoms, so that every figure of a report is a sum over the same pieces."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from uuid import UUID

from db.models.results import MISSING
from db.queries.protection import CountOfPeople, ProtectionActivity
from db.queries.selection import Behind
from desktop.guard.tables import Atom, Counted, split_by
from desktop.reports.atoms import AtomBook
from i18n import N_

NO_FIGURE = N_("no figure")
"""An activity that was counted in another way has no figure of this one: nothing that somebody failed to collect."""


class People:
    """The atoms of a report's activities, found again by activity and nature, and by sex and age."""

    def __init__(
        self, activities: Iterable[ProtectionActivity], natures: tuple[str, ...], book: AtomBook | None = None
    ) -> None:
        self._book = book or AtomBook()
        self._met: Counter[tuple[str, str]] = Counter()
        self._whole: dict[str, dict[UUID, set[int]]] = defaultdict(lambda: defaultdict(set))
        self._why: dict[int, str] = {}
        """Why the count behind an atom is missing, as a message, where it is not simply that nobody collected it."""
        self._split: dict[tuple[str, str | None, str | None], set[int]] = defaultdict(set)
        for activity in activities:
            counted = set()
            for count in activity.counts:
                counted.add(count.nature)
                self._add(activity, count)
            for nature in natures:
                if nature not in counted:
                    atom = self._atom(activity, f"{activity.id} {nature}", None)
                    self._whole[nature][activity.id].add(atom)
                    self._why[atom] = NO_FIGURE

    @property
    def atoms(self) -> list[Atom]:
        """All atoms of the report."""
        return self._book.atoms

    def of(self, activities: Iterable[ProtectionActivity], nature: str, behind: Behind | None = None) -> Counted:
        """The people of these activities, counted once each."""
        whole = self._whole[nature]
        atoms = frozenset[int]().union(*[whole[one.id] for one in activities])
        reasons = set(map(self._why.get, atoms)) - {NO_FIGURE} or {NO_FIGURE}
        (reason,) = reasons if len(reasons) == 1 else (None,)
        return Counted(atoms, behind, reason) if reason else Counted(atoms, behind)

    def split(
        self, nature: str, sexes: Iterable[str | None], bands: Iterable[str | None], behind: Behind | None = None
    ) -> Counted:
        """The people of these sexes and age bands, wherever they were counted so."""
        wanted = [(nature, sex, band) for sex in sexes for band in bands]
        return Counted(frozenset().union(*(self._split.get(key, set()) for key in wanted)), behind)

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

    def _add(self, activity: ProtectionActivity, count: CountOfPeople) -> None:
        whole, key = self._whole[count.nature][activity.id], str(count.id)

        def made(value: int | None, part: str = "") -> int:
            return self._atom(activity, key, value, count.sensitive, part, count.indicator)

        parts = [(part, made(part.value, split_by(part.sex, part.age_band))) for part in count.parts]
        for part, atom in parts:
            self._split[count.nature, part.sex, part.age_band].add(atom)
        known = sum(part.value or 0 for part in count.parts)
        if parts and (count.value is None or known <= count.value):
            whole.update(atom for part, atom in parts if part.value is not None or count.value is None)
            if count.value is not None and known < count.value:
                whole.add(made(count.value - known))
        else:
            atom = made(count.value)
            whole.add(atom)
            if count.missing and count.missing != "not_collected":
                self._why[atom] = dict(MISSING)[count.missing]

    def _atom(
        self,
        activity: ProtectionActivity,
        key: str,
        value: int | None,
        sensitive: bool = False,
        part: str = "",
        indicator: UUID | None = None,
    ) -> int:
        nth = self._met.get((key, part), 0)
        self._met[key, part] = nth + 1
        return self._book.add(Atom(key, value, activity.partner, sensitive, part, indicator), nth)
