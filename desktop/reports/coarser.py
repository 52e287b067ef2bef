"""Coarser lines, proposed to a writer before anything is hidden: children and adults, the places above, quarters.

Tables of many small cells hide many. A report that can be told more coarsely names its ways (`Report.coarsens`) and
heeds those that were chosen (`Asked.coarser`); what each would spare is counted by weighing the report again.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from desktop.guard.release import release
from desktop.guard.released import Notes
from desktop.guard.tables import Tables
from desktop.reports.report import Asked
from i18n import N_, Words

BANDS, PLACES, PERIODS = "bands", "places", "periods"
COARSER: Mapping[str, str] = {
    BANDS: N_("Children and adults instead of age bands"),
    PLACES: N_("Provinces instead of the places below them"),
    PERIODS: N_("Quarters instead of shorter periods"),
}
_BAND = re.compile(r"(\d+)(?:-(\d+)|\+)")
_ADULT = 18


@dataclass(frozen=True)
class Proposal:
    """One way to tell the report more coarsely, and how many fewer of its figures would be hidden."""

    coarser: str
    fewer: int
    hidden: int
    cells: int


def proposals(now: Notes, alternatives: Mapping[str, Tables], asked: Asked) -> tuple[Proposal, ...]:
    """What each alternative would spare, the best first; none that spares nothing.

    The alternatives are the same report gathered with one more of `Report.coarsens` in `Asked.coarser`.
    """
    found = []
    for coarser, tables in alternatives.items():
        notes = release(tables, asked.audience, asked.scope.partner, asked.method).notes
        if notes.hidden < now.hidden:
            found.append(Proposal(coarser, now.hidden - notes.hidden, notes.hidden, notes.cells))
    return tuple(sorted(found, key=lambda one: -one.fewer))


def proposed(proposal: Proposal, words: Words) -> str:
    """A proposal as a sentence."""
    said = words.ngettext(
        "{way}: {count} fewer figure would be hidden.", "{way}: {count} fewer figures would be hidden.", proposal.fewer
    )
    return said.format(way=words.gettext(COARSER[proposal.coarser]), count=words.number(proposal.fewer))


@cache
def broad(band: str | None) -> str | None:
    """The band of children or of adults that an age band lies in; None where it lies in neither."""
    found = _BAND.fullmatch(band or "")
    if found is None:
        return None
    youngest, oldest = int(found[1]), int(found[2] or 200)
    return "18+" if youngest >= _ADULT else "0-17" if oldest < _ADULT else None
