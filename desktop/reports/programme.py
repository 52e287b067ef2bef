"""A programme's year in figures, gathered: published figures as they were published, each with its caveat.

A whole and its parts are the same people, so they are made of the same atoms wherever the parts add up to it. Nothing
else is ever added: not a headline to what it is made of, nor figures of two units or two times.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from db.models.results import MISSING, PEOPLE
from db.queries import Session
from db.queries.published import Published, published
from db.queries.selection import Behind
from db.record import Record
from desktop.guard.released import Absent
from desktop.guard.tables import Atom, Counted, Entry, Grid, Line, Tables
from desktop.reports.atoms import AtomBook
from desktop.reports.document import Count, Said, Share
from desktop.reports.framing import frame_of, scope_names
from desktop.reports.indicator_figures import Fraction
from desktop.reports.report import CITABLE, FRAME, Asked, Lacking
from i18n import N_

EXACTLY = "exactly"
FIGURES = "published"
"""The grid of all figures by their places, and the plain answer that says what each is."""


@dataclass(frozen=True)
class Programme:
    """What the pages need besides the figures themselves."""

    figures: tuple[Published, ...]
    parts: Mapping[int, tuple[int, ...]]
    """The parts of each whole, both by their places; only where they can be compared with it."""


def gather(record: Record, asked: Asked) -> Tables:
    """Every figure of the programme."""
    return record.read(_tables, asked)


def lacking(record: Record, asked: Asked) -> Sequence[Lacking]:
    """Figures that are not there, and figures without a publication to stand on."""
    if asked.scope.framework is None:
        return ()
    found = record.read(published, asked.scope.framework)
    if not found:
        return (Lacking(N_("This framework has no figures yet."), "frameworks", asked.scope.framework),)
    return [
        *(
            Lacking(N_("“{name}” has no figure."), "results", one.id, "value", _named(one))
            for one in found
            if one.value is None
        ),
        *(
            Lacking(N_("Where the figure of “{name}” is from is not noted."), "results", one.id, "notes", _named(one))
            for one in found
            if not (one.source or one.caveat)
        ),
    ]


def _named(one: Published) -> dict[str, Said]:
    return {"name": Said(one.name.text)}


def _tables(session: Session, asked: Asked) -> Tables:
    assert asked.scope.framework is not None
    frame, book = frame_of(session, asked), AtomBook()
    figures = published(session, asked.scope.framework)
    parts = _parts(figures)
    entries = _entries(figures, parts, book, frame.change)
    exact = [(f"item_{one.id.hex}", at) for at, one in enumerate(figures) if one.qualifier == EXACTLY]
    return Tables(
        tuple(book.atoms),
        {FIGURES: Grid(tuple(Line((at, entry)) for at, entry in enumerate(entries)))},
        {name: entries[at] for name, at in exact} | scope_names(session, asked),
        {
            FRAME: frame,
            FIGURES: Programme(figures, parts),
            # What is only “more than” or “up to” would be cited without these words, and say something else.
            CITABLE: tuple((name, Said(figures[at].name.text, figures[at].name.language)) for name, at in exact),
        },
    )


def _parts(figures: Sequence[Published]) -> dict[int, tuple[int, ...]]:
    """Which figures are parts of which: under its line, of its unit and time, and all of them exact."""
    places = {one.item: at for at, one in enumerate(figures)}
    under: dict[int, list[int]] = defaultdict(list)
    for at, one in enumerate(figures):
        if (above := places.get(one.parent) if one.parent else None) is not None and above != at:
            under[above].append(at)

    def alike(one: Published, whole: Published) -> bool:
        told = (one.unit, one.when, one.decimals, one.qualifier)
        return told == (whole.unit, whole.when, whole.decimals, EXACTLY) and one.value is not None

    return {
        at: tuple(parts)
        for at, parts in under.items()
        if len(parts) > 1 and all(alike(figures[one], figures[at]) for one in (at, *parts))
    }


def _entries(
    figures: Sequence[Published], parts: Mapping[int, tuple[int, ...]], book: AtomBook, change: int
) -> list[Entry]:
    atoms: dict[int, frozenset[int]] = {}
    # Parts first: they lie below their whole, however deep.
    for at in reversed(range(len(figures))):
        one = figures[at]
        if one.unit not in PEOPLE:
            continue
        known = sum(figures[part].value or 0 for part in parts.get(at, ()))
        if at in parts and known <= (one.value or 0):
            held = frozenset[int]().union(*(atoms[part] for part in parts[at]))
            rest = (one.value or 0) - known
            atoms[at] = held | {book.add(_atom(one, rest))} if rest else held
        else:
            atoms[at] = frozenset({book.add(_atom(one, one.value))})
    return [_entry(one, atoms.get(at, frozenset()), change) for at, one in enumerate(figures)]


def _atom(one: Published, value: int | None) -> Atom:
    return Atom(str(one.first), value, sensitive=one.sensitive)


def _entry(one: Published, atoms: frozenset[int], change: int) -> Entry:
    behind = Behind("results", (("item_id", str(one.item)),), change)
    if one.value is None:
        return Absent(dict(MISSING)[one.missing or "not_stated"], behind)
    if one.unit in PEOPLE:
        return Counted(atoms, behind) if not one.decimals else Absent(N_("no whole number of people"), behind)
    value = Decimal(one.value).scaleb(-one.decimals)
    if one.unit == "percent":
        return Share(value / 100, one.decimals, behind)
    return Count(one.value, behind) if not one.decimals else Fraction(value, behind)
