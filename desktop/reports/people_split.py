"""People by sex and by child or adult, and with a disability: one line for each indicator, in every report alike.

Whoever was not split stands in a column of their own, so that the line adds up; a band that reaches across eighteen is
of no known age here. People with a disability are among all the others and are never added to them.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import cache

from db.bands import Aged, age_rolled
from db.errors import RecordError
from db.models.results import NATURES
from db.queries.indicators import RolledUp
from db.queries.protection import ProtectionActivity
from db.queries.selection import Behind
from desktop.guard.released import Released
from desktop.guard.tables import Counted, Line
from desktop.reports.atoms import FigureAtoms, Piece
from desktop.reports.coarser import broad
from desktop.reports.document import Align, Block, Column, Row, Table
from desktop.reports.people import People
from desktop.reports.saying import said, title
from i18n import N_, Words

CHILDREN, ADULTS = "0-17", "18+"
_SCHEME = "IASC-ADV"
COLUMNS: tuple[tuple[str | None, str | None, str], ...] = (
    ("female", ADULTS, N_("Women")),
    ("female", CHILDREN, N_("Girls")),
    ("male", ADULTS, N_("Men")),
    ("male", CHILDREN, N_("Boys")),
    (None, None, N_("Other, or sex or age not known")),
)


def split_lines(at: int, atoms: FigureAtoms, rolled: RolledUp) -> Iterator[Line]:
    """The line of an indicator, by its place among the others; none where nobody was split."""
    pieces = atoms.pieces(rolled.counted)
    disabled = atoms.disabled(rolled.counted)
    if not (disabled or any(piece.split for piece in pieces)):
        return
    cells = [Counted(_of(pieces, sex, band), rolled.behind) for sex, band, _title in COLUMNS[:-1]]
    told = frozenset[int]().union(*(cell.atoms for cell in cells))
    whole = atoms.of(rolled.counted)
    yield Line(
        (
            at,
            *cells,
            Counted(whole - told, rolled.behind),
            Counted(whole, rolled.behind),
            Counted(disabled, rolled.behind) if disabled else None,
        )
    )


def nature_line(
    nature: str, people: People, activities: Collection[ProtectionActivity], behind: Behind
) -> Iterator[Line]:
    """The same line for the people of activities; none where nobody was split."""
    bands, sexes = people.bands(nature), people.sexes(nature)
    if not bands:
        return
    whole = people.of(activities, nature, behind)
    cells = [
        Counted(people.split(nature, [sex], [one for one in bands if broad(one) == band]).atoms & whole.atoms, behind)
        for sex, band, _title in COLUMNS[:-1]
    ]
    told = frozenset[int]().union(*(cell.atoms for cell in cells))
    if sexes:
        yield Line((nature, *cells, Counted(whole.atoms - told, behind), whole, None))


def activities_split(released: Released, words: Words) -> Iterator[Block]:
    """The people of activities, by sex and by child or adult."""
    rows = [
        Row((title(str(line.cells[0]), NATURES, words), *(said(cell, words) for cell in line.cells[1:-1])))
        for line in released.grids["activities_split"]
    ]
    if rows:
        yield Table(
            words.gettext("People of the activities, by sex and age"),
            (Column(words.gettext("Nature of the figure"), weight=2.6), *split_columns(words)[:-1]),
            tuple(rows),
            name="activities_split",
        )


def split_columns(words: Words) -> tuple[Column, ...]:
    """The columns of these lines, after the first."""
    titles = (*(title for _sex, _band, title in COLUMNS), N_("Total"), N_("Of whom with a disability"))
    return tuple(Column(words.gettext(title), Align.END) for title in titles)


def _of(pieces: Sequence[Piece], sex: str | None, band: str | None) -> frozenset[int]:
    return frozenset[int]().union(
        *(piece.atoms for piece in pieces if piece.sex == sex and coarse(piece.scheme, piece.band) == band)
    )


@cache
def coarse(scheme: str | None, band: str | None) -> str | None:
    """Whether a band is of children or of adults; None where it is neither, or of no known age."""
    if not scheme or not band:
        return None
    try:
        (found,) = age_rolled([Aged(None, band, 0)], scheme, _SCHEME)
    except RecordError:
        return None
    return found.band if found.band in (CHILDREN, ADULTS) else None
