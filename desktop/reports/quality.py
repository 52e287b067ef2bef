"""Data quality, gathered: what is lacking among figures, activities, reports, files, partners and places.

It counts rows and never people, so the guard lets its figures pass. Which partner lacks what is for the office, and for
the partner itself.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from db.queries import Session, grant
from db.queries.quality import (
    Checked,
    behind_lacking,
    files_with_problems,
    missing_reasons,
    offices,
    offices_of,
    partners_of,
    quality,
    quarters_of,
)
from db.queries.quality_checks import CHECKS
from db.queries.scope import Scope
from db.record import Record
from desktop.guard.audiences import Audience
from desktop.guard.released import Absent
from desktop.guard.tables import Entry, Grid, Line, Named, Tables
from desktop.reports.document import Count, Said, Share
from desktop.reports.files_used import file_line
from desktop.reports.framing import frame_of, scope_names
from desktop.reports.notes import SOURCES
from desktop.reports.report import CITABLE, FRAME, Asked
from i18n import N_

KINDS = tuple(dict.fromkeys(check.kind for check in CHECKS))
TITLES = {f"{check.kind}_{check.code}": check.title for check in CHECKS}
"""What each check is called, by the name of its figure."""
TOLD = (
    ("results", "missing"),
    ("results", "no_sex"),
    ("results", "no_disability"),
    ("activities", "no_place"),
    ("activities", "no_start"),
    ("duties", "not_come"),
    ("duties", "came_late"),
)
"""What is said of each partner and each office."""
Owner = TypeVar("Owner", UUID, date)
"""Whose something is: a partner's, an office's, or a quarter's by its first day."""
NOTHING = N_("nothing to divide")
FOR_THOSE_CONCERNED = (Audience.INTERNAL, Audience.PARTNER)


@dataclass(frozen=True)
class Quality:
    """What the pages need besides the tables."""

    day: date
    kinds: tuple[str, ...]
    """Of which there is anything to look at."""
    offices: int


def gather(record: Record, asked: Asked) -> Tables:
    """Every check of the scope."""
    return record.read(_tables, asked)


def _tables(session: Session, asked: Asked) -> Tables:
    frame = frame_of(session, asked)
    found = _Found(session, asked.scope, frame.as_of, frame.change)
    concerned = asked.audience in FOR_THOSE_CONCERNED
    known = offices(session)
    files = files_with_problems(session, asked.scope) if concerned else ()
    grids = {
        **{f"lacking_{kind}": Grid(tuple(found.table(kind))) for kind in KINDS},
        "reasons": Grid(tuple(found.reasons(session))),
        "by_partner": Grid(tuple(found.by_partner(session)) if concerned else ()),
        "by_quarter": Grid(tuple(found.by_quarter(session))),
        "by_office": Grid(tuple(found.by_office(session, known)) if len(known) > 1 else ()),
        SOURCES: Grid(tuple(file_line(one, frame.change) for one in files)),
    }
    return Tables(
        grids=grids,
        figures={**found.figures(), **scope_names(session, asked)},
        plain={
            FRAME: frame,
            "quality": Quality(frame.as_of, tuple(kind for kind in KINDS if found.any(kind)), len(known)),
            CITABLE: tuple(TITLES.items()),
        },
    )


class _Found:
    """What the checks found, as numbers with the rows behind them."""

    def __init__(self, session: Session, scope: Scope, day: date, change: int) -> None:
        self._scope, self._day, self._change = scope, day, change
        self._checked: Mapping[tuple[str, str], Checked] = {
            (one.check.kind, one.check.code): one for one in quality(session, scope, day)
        }

    def any(self, kind: str) -> bool:
        """Whether there is anything of a kind to look at."""
        return any(one.among for (of, _code), one in self._checked.items() if of == kind)

    def figures(self) -> dict[str, Entry]:
        """Each number by its name, and the share that it is."""
        return {
            **{f"{kind}_{code}": self._count(one, len(one.lacking)) for (kind, code), one in self._checked.items()},
            **{f"{kind}_{code}_share": self._share(one) for (kind, code), one in self._checked.items()},
        }

    def table(self, kind: str) -> Iterator[Line]:
        """The checks of a kind: how many lack it, among how many, and the share of these."""
        for (of, code), one in self._checked.items():
            if of == kind:
                title = TITLES[f"{kind}_{code}"]
                yield Line((title, self._count(one, len(one.lacking)), self._among(one), self._share(one)))

    def reasons(self, session: Session) -> Iterator[Line]:
        """Why figures are missing."""
        one = self._checked["results", "missing"]
        for why, count in missing_reasons(session, one.lacking).items():
            yield Line((why, Count(count, self._count(one, len(one.lacking)).behind)))

    def by_partner(self, session: Session) -> Iterator[Line]:
        """Every partner that lacks something, by its name."""
        counted = self._whose(lambda kind: partners_of(session, kind), "partner_is")
        bodies = grant.bodies(session, counted)
        for id, body in sorted(bodies.items(), key=lambda each: each[1].name.casefold()):
            name = Named(id, Said(body.name, body.language), body.may_be_named)
            yield Line((name, *counted[id]))

    def by_office(self, session: Session, known: Mapping[UUID, str]) -> Iterator[Line]:
        """Every office whose rows lack something."""
        counted = self._whose(lambda kind: offices_of(session, kind), "office_is")
        yield from (Line((Said(name), *counted[id])) for id, name in known.items() if id in counted)

    def by_quarter(self, session: Session) -> Iterator[Line]:
        """Every quarter whose rows lack something."""
        counted = self._whose(lambda kind: quarters_of(session, kind), "quarter_is")
        yield from (Line((first, *counted[first])) for first in sorted(counted))

    def _whose(self, owners: Callable[[str], Mapping[UUID, Owner]], side: str) -> dict[Owner, list[Count]]:
        known = {kind: owners(kind) for kind in {kind for kind, _code in TOLD}}
        tallies = {
            (kind, code): Counter(known[kind][id] for id in self._checked[kind, code].lacking if id in known[kind])
            for kind, code in TOLD
        }
        met = dict.fromkeys(owner for tally in tallies.values() for owner in tally)
        return {
            owner: [self._count(self._checked[each], tally[owner], **{side: owner}) for each, tally in tallies.items()]
            for owner in met
        }

    def _count(self, one: Checked, many: int, **whose: object) -> Count:
        return Count(many, behind_lacking(one.check, self._scope, self._day, self._change, **whose))

    def _among(self, one: Checked) -> Count:
        return Count(one.among, behind_lacking(one.check, self._scope, self._day, self._change, among="all"))

    def _share(self, one: Checked) -> Entry:
        lacking = self._count(one, len(one.lacking))
        if not one.among:
            return Absent(NOTHING, lacking.behind)
        return Share(Decimal(lacking.value) / one.among, 1, lacking.behind, (lacking, self._among(one)))
