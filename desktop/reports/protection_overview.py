"""The protection overview, gathered: who does what where for whom in protection, as tables of counts for the guard.

How it is said stands in `protection_pages`. Counts of different natures (reached, declared, planned) are never added
to each other: each has its own column and its own table of areas by place.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence, Sized
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from db.models.activities import PROTECTION
from db.models.results import NATURES as NATURE_TITLES
from db.queries import Session
from db.queries.protection import Partner, Protection, ProtectionActivity, protection
from db.queries.scope import Scope, told
from db.queries.selection import Behind
from db.record import Record
from desktop.guard.audiences import Audience
from desktop.guard.tables import Counted, Entry, Grid, Line, Named, Part, Tables
from desktop.reports.arithmetic import WORKED
from desktop.reports.atoms import AtomBook
from desktop.reports.changes import CHANGES, changed
from desktop.reports.coarser import BANDS, broad
from desktop.reports.document import Count, Said
from desktop.reports.files_used import file_line
from desktop.reports.framing import frame_of, scope_names
from desktop.reports.people import People, grouped
from desktop.reports.protection_shares import Share, shares
from desktop.reports.report import CITABLE, FRAME, Asked
from i18n import N_

NATURES = ("reached", "declared", "planned")
WOMEN_LED = ("met", "not_met", "unknown")
TOTAL = "total"


@dataclass(frozen=True)
class Band:
    """The head of a line of the table by sex and age."""

    code: str | None


@dataclass(frozen=True)
class Overview:
    """What the pages need besides the tables: what was asked, what the columns are, and what the notes say."""

    scope: Scope
    natures: tuple[str, ...]
    areas: tuple[str, ...]
    sexes: dict[str, tuple[str | None, ...]]
    assessed: int
    countings: dict[str, tuple[str, ...]]
    starts_unknown: int
    several_donors: int
    without_figure: dict[str, int]
    definitions: tuple[str, ...]


def gather(record: Record, asked: Asked) -> Tables:
    """Everything the overview prints, before the guard."""
    return record.read(_tables, asked)


def _tables(session: Session, asked: Asked) -> Tables:
    found = protection(session, asked.scope)
    natures = tuple(
        nature for nature in NATURES if any(count.nature == nature for one in found.activities for count in one.counts)
    ) or ("declared",)
    frame = frame_of(session, asked)
    crossed = _Crossed(found, natures, asked, frame.change)
    grids = crossed.grids()
    if asked.since:
        then = protection(session, replace(asked.scope, ends_on=asked.since))
        grids[CHANGES] = Grid(tuple(crossed.changes(then, asked.since)))
    return Tables(
        tuple(crossed.people.atoms),
        grids,
        crossed.figures() | scope_names(session, asked),
        {FRAME: frame, "overview": crossed.overview(asked.scope), CITABLE: crossed.citable()},
    )


class _Crossed:
    """One answer of the record, crossed in every way the overview prints it."""

    def __init__(self, found: Protection, natures: tuple[str, ...], asked: Asked, change: int) -> None:
        scope, self._coarser = asked.scope, asked.coarser
        self.found = found
        self.natures = natures
        self._book = AtomBook()
        # What changed since an earlier day is told count by count.
        alike = _stands_in if asked.audience is Audience.INTERNAL and asked.since is None else None
        self.people = People(found.activities, natures, self._book, alike)
        self.areas = [area for area in PROTECTION if any(one.sector == area for one in found.activities)]
        self._change = change
        self._sides = told(replace(scope, framework=None))
        self._shares = {nature: tuple(self._shares_of(nature)) for nature in natures}

    def grids(self) -> dict[str, Grid]:
        """Every table, by name."""
        found = self.found
        types = grouped(found.activities, lambda one: (self._type(one),))
        donors = grouped(found.activities, lambda one: one.funding)
        by_partner = grouped(found.activities, lambda one: (one.partner,))
        grids = {
            "types": Grid(
                (
                    *(self._line(kind or "", chosen, "type", kind) for kind, chosen in types.items()),
                    Line((TOTAL, self._things(found.activities), *self._counts(found.activities)), total=True),
                ),
                descending=2,
            ),
            "donors": Grid(
                tuple(
                    self._line(self._donor(*funding), chosen, "funding", funding[1] or funding[0])
                    for funding, chosen in donors.items()
                ),
                descending=2,
            ),
            "women_led": Grid(tuple(self._status(status) for status in WOMEN_LED)),
            "partners": Grid(
                tuple(self._partner(one, by_partner[one.id]) for one in found.partners.values()), descending=4
            ),
            "sources": Grid(tuple(file_line(one, self._change) for one in found.sources)),
            WORKED: Grid(tuple(self.worked()) if self.areas else ()),
        }
        for nature in self.natures:
            grids[f"places_{nature}"] = self._places(nature)
            if self.people.sexes(nature):
                grids[f"sex_age_{nature}"] = self._sex_age(nature)
        return grids

    def figures(self) -> dict[str, Entry]:
        """The key figures."""
        activities, partners = self.found.activities, self.found.partners.values()
        figures: dict[str, Entry] = {
            "activities": self._things(activities),
            "places": self._things({one.place for one in activities if one.place}),
            "partners": self._things(self.found.partners),
            "women_led": self._things([one for one in partners if one.women_led == "met"], ("women_led", "met")),
        }
        for nature in self.natures:
            figures[f"people_{nature}"] = self._count(activities, nature)
            for name, _title, part, whole in self._shares[nature]:
                figures[f"{name}_{nature}"] = Part(part, whole)
        return figures

    def worked(self) -> Iterator[Line]:
        """The arithmetic of the shares."""
        for nature in self.natures:
            for _name, title, part, whole in self._shares[nature]:
                yield Line((title, part, whole, Part(part, whole)))

    def _shares_of(self, nature: str) -> Iterator[Share]:
        whole, led = self.found.activities, self._led("met")
        counted = (self._count(led, nature, ("women_led", "met")), self._count(whole, nature))
        return shares(self.people, nature, *counted, self._behind(("nature", nature)))

    def changes(self, then: Protection, since: date) -> Iterator[Line]:
        """The same figures as they were on an earlier day."""
        before, until = People(then.activities, self.natures, self._book), ("to", since.isoformat())
        for nature in self.natures:
            now = self._count(self.found.activities, nature)
            was = before.of(then.activities, nature, self._behind(until, ("nature", nature)))
            yield changed(dict(NATURE_TITLES)[nature], now, was)
        places = {one.place for one in then.activities if one.place}
        figures = self.figures()
        for name, title, things in (
            ("activities", N_("Activities"), then.activities),
            ("places", N_("Places"), places),
            ("partners", N_("Partners"), then.partners),
        ):
            yield changed(title, figures[name], self._things(things, until))

    def citable(self) -> tuple[tuple[str, str], ...]:
        """The figures that prose can cite."""
        people = tuple((f"people_{nature}", title) for nature, title in NATURE_TITLES if nature in self.natures)
        shares = tuple(
            (f"{name}_{nature}", title)
            for nature in self.natures
            for name, title, _part, _whole in self._shares[nature]
        )
        things = (("activities", N_("Activities")), ("places", N_("Places")), ("partners", N_("Partners")))
        return (*people, *shares, *things)

    def overview(self, scope: Scope) -> Overview:
        """What the pages say around the tables."""
        found, natures = self.found, self.natures
        counts = [(one.row, count) for one in found.activities for count in one.counts]
        known = {(row, count.nature) for row, count in counts if count.value is not None or count.parts}
        return Overview(
            scope,
            natures,
            tuple(self.areas),
            {nature: tuple(self.people.sexes(nature)) for nature in natures},
            sum(partner.women_led != "unknown" for partner in found.partners.values()),
            {
                nature: tuple(dict.fromkeys(count.counting for _row, count in counts if count.nature == nature))
                for nature in natures
            },
            sum(not one.start_known for one in found.activities),
            sum(len(one.funding) > 1 for one in found.activities),
            {nature: sum((one.row, nature) not in known for one in found.activities) for nature in natures},
            tuple(sorted({one.definition for one in found.partners.values() if one.definition})),
        )

    def _behind(self, *extra: tuple[str, str]) -> Behind:
        """The activities of the scope, of one line and column."""
        figure = ";".join(f"{key}={value}" for key, value in (self._sides | dict(extra)).items())
        return Behind("activities", (("figure", figure),), self._change)

    def _things(self, chosen: Sized, *extra: tuple[str, str]) -> Count:
        """How many activities, or partners or places of activities, there are."""
        return Count(len(chosen), self._behind(*extra))

    def _count(self, chosen: Iterable[ProtectionActivity], nature: str, *extra: tuple[str, str]) -> Counted:
        return self.people.of(chosen, nature, self._behind(("nature", nature), *extra))

    def _counts(self, chosen: Iterable[ProtectionActivity], *extra: tuple[str, str]) -> list[Counted]:
        chosen = tuple(chosen)
        return [self._count(chosen, nature, *extra) for nature in self.natures]

    def _line(self, head: Entry, chosen: list[ProtectionActivity], key: str, value: object) -> Line:
        which = (key, str(value or ""))
        return Line((head, self._things(chosen, which), *self._counts(chosen, which)))

    def _type(self, activity: ProtectionActivity) -> str | None:
        return self.found.partners[activity.partner].type if activity.partner else None

    def _led(self, status: str) -> list[ProtectionActivity]:
        partners = self.found.partners
        return [one for one in self.found.activities if one.partner and partners[one.partner].women_led == status]

    def _donor(self, kind: str, donor: UUID | None) -> Entry:
        known = self.found.donors.get(donor) if donor else None
        return Said(known.name, known.language) if known else kind

    def _partner(self, partner: Partner, chosen: list[ProtectionActivity]) -> Line:
        named = Named(partner.id, Said(partner.name, partner.language), partner.may_be_named)
        which = ("partner", str(partner.id))
        counts = self._counts(chosen, which)
        return Line((named, partner.type or "", partner.women_led, self._things(chosen, which), *counts))

    def _status(self, status: str) -> Line:
        chosen = self._led(status)
        which = ("women_led", status)
        partners = [one for one in self.found.partners.values() if one.women_led == status]
        things = (self._things(partners, which), self._things(chosen, which))
        return Line((status, *things, *self._counts(chosen, which)))

    def _places(self, nature: str) -> Grid:
        """Places down, areas of responsibility across, totals on both sides."""

        def line(
            head: Entry, chosen: Sequence[ProtectionActivity], *extra: tuple[str, str], total: bool = False
        ) -> Line:
            by_area = grouped(chosen, lambda one: (one.sector,))
            cells = [self._count(by_area.get(area, ()), nature, *extra, ("area", area)) for area in self.areas]
            return Line((head, *cells, self._count(chosen, nature, *extra)), total)

        by_place = grouped(self.found.activities, lambda one: (one.place,))
        lines = [line(place, by_place.get(id, ()), ("place", str(id))) for id, place in self.found.places.items()]
        if unplaced := by_place.get(None):
            lines.append(line("", unplaced, ("place", "")))
        total = line(TOTAL, self.found.activities, total=True)
        return Grid((*lines, total), descending=len(self.areas) + 1, crosses=(N_("Place"), N_("Area")))

    def _sex_age(self, nature: str) -> Grid:
        """Age bands down, sexes across: only what was counted so."""
        people, sexes, bands = self.people, self.people.sexes(nature), self.people.bands(nature)
        heads: dict[str | None, list[str | None]] = {}
        for band in bands:
            heads.setdefault(broad(band) or band if BANDS in self._coarser else band, []).append(band)

        behind = self._behind(("nature", nature))

        def line(head: Entry, chosen: list[str | None], total: bool = False) -> Line:
            by_sex = (people.split(nature, [sex], chosen, behind) for sex in sexes)
            return Line((head, *by_sex, people.split(nature, sexes, chosen, behind)), total)

        lines = (line(Band(head), its) for head, its in heads.items())
        return Grid((*lines, line(TOTAL, bands, total=True)), crosses=(N_("Sex"), N_("Age")))


def _stands_in(activity: ProtectionActivity) -> Hashable:
    """What tells the tables which lines an activity stands in; a partner has one type and one status."""
    return activity.sector, activity.partner, activity.place, activity.funding
