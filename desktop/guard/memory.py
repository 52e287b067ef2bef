"""What is hidden of a new file, seeing what left before it: for every reader of it there is, until none learns more.

A file for the public is read by donors and partners too, beside what they were given, so that it is weighed with each
one's own. Hiding for one reader never tells another more; what was hidden for one is guarded for the other.
"""

from collections.abc import Collection, Hashable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from db.queries.released import Earlier, FileReleased, Reader
from desktop.guard.audiences import Audience, Profile, profile
from desktop.guard.blank import too_close
from desktop.guard.cells import Cell, Reading
from desktop.guard.released import EarlierFile, ReleasedCell
from desktop.guard.suppress import suppress
from desktop.guard.together import together


@dataclass(frozen=True)
class Verdict:
    """Cells of the new file by position, and what an attacker has to work with."""

    small: frozenset[int]
    complementary: frozenset[int]
    earlier: frozenset[int] = frozenset()
    """Of the complementary, what would be shown if nothing had left before."""
    because_of: tuple[EarlierFile, ...] = ()
    not_weighed: tuple[EarlierFile, ...] = ()
    given_away: frozenset[int] = frozenset()
    """Of the hidden, those that what left before narrows down further than the rules say."""
    blank: frozenset[int] = frozenset()
    """Of the hidden, those that are hidden with all like them, zero or not."""
    cells: tuple[ReleasedCell, ...] = field(default=())

    @cached_property
    def hidden(self) -> frozenset[int]:
        """All hidden cells."""
        return self.small | self.complementary


def weigh(
    reading: Reading, rules: Profile, partner: Hashable, earlier: Earlier | None, complementary: bool = True
) -> Verdict:
    """Choose what is hidden."""
    reader = earlier.reader if earlier else Reader(rules.audience.value, None if partner is None else str(partner))
    before = earlier if earlier and complementary and rules.audience is not Audience.INTERNAL else Earlier(reader)
    alone = _hidden(reading, rules, reader, complementary=complementary).cells
    onlookers = [(one, moving) for one in _readers(before) for moving in (True, False)]
    hidden, narrow, blank = frozenset[int](), frozenset[int](), frozenset[int]()
    passed = dict[tuple[Reader, bool], int]()
    if not any(_held(reader, before)):
        hidden, passed = alone, dict.fromkeys(onlookers[:2], len(alone))
    while pending := [one for one in onlookers if passed.get(one) != len(hidden)]:
        onlooker, moving = pending[0]
        own = onlooker.audience == reader.audience
        rule = rules if own else profile(Audience(onlooker.audience))
        found = _hidden(reading, rule, onlooker, tuple(_held(onlooker, before)), hidden, blank, own, moving)
        hidden, narrow, blank = found.cells, narrow | found.narrow, blank | found.blank
        passed[onlooker, moving] = len(hidden)
        if moving and not found.moved:
            passed[onlooker, False] = len(hidden)
    small = reading.small()
    hidden |= small
    held_back = hidden - alone - small
    unknown = [file for file in before.files if file.counts is None and reader.reads(file.reader)]
    return Verdict(
        small,
        hidden - small,
        held_back,
        tuple(map(_named, _told_of(reading, held_back, before.files))),
        tuple(map(_named, unknown)),
        narrow,
        blank,
        _cells(reading, rules, reader, tuple(_held(reader, before)), hidden, blank),
    )


def _readers(before: Earlier) -> list[Reader]:
    """Everybody who will read the new file and holds something, those it is for first."""
    others = (file.reader for file in before.files if file.counts is not None and file.counts.cells)
    return [before.reader, *dict.fromkeys(one for one in others if one != before.reader and one.reads(before.reader))]


def _held(reader: Reader, before: Earlier) -> Iterator[FileReleased]:
    """The earlier files that this reader has, as far as they are known."""
    return (file for file in before.files if file.counts is not None and reader.reads(file.reader))


@dataclass(frozen=True)
class _Found:
    """Cells of the new file that are hidden, and those that are narrow nevertheless."""

    cells: frozenset[int]
    narrow: frozenset[int]
    blank: frozenset[int]
    moved: bool
    """Whether people were taken for the same who were split later, or no longer."""


def _hidden(
    reading: Reading,
    rules: Profile,
    reader: Reader,
    files: tuple[FileReleased, ...] = (),
    forced: frozenset[int] = frozenset(),
    blank: frozenset[int] = frozenset(),
    own: bool = True,
    moving: bool = True,
    complementary: bool = True,
) -> _Found:
    """What is hidden for the sake of this reader."""
    view = together(reading, rules, reader, files, forced, blank, own, moving)

    def numbers(chosen: Collection[int]) -> frozenset[int]:
        return frozenset(number for number, place in enumerate(view.places) if place in chosen)

    found = suppress(view.puzzle, complementary)
    narrow = [place for place in found.narrow if _narrowed(view.puzzle.cells[place])]
    if files and narrow and (close := numbers(too_close(view.puzzle, narrow)) - blank):
        forced, blank = forced | close, blank | close
        view = together(reading, rules, reader, files, forced, blank, own, moving)
        found = suppress(view.puzzle, complementary)
        narrow = [place for place in found.narrow if _narrowed(view.puzzle.cells[place])]
    left_blank = {place for place, cell in enumerate(view.puzzle.cells) if cell.blank}
    hidden = forced | numbers(found.small | found.complementary)
    return _Found(hidden, numbers(narrow), numbers(left_blank), view.moved)


def _narrowed(cell: Cell) -> bool:
    """Whether a cell that is narrow should not be; what an earlier file told of it, if only roughly, nobody takes back.

    Of those hidden for the sake of others, nothing is told that may not be.
    """
    return cell.protected and cell.told is None


def _told_of(reading: Reading, cells: frozenset[int], files: tuple[FileReleased, ...]) -> Iterator[FileReleased]:
    """The files that tell of the same people as these cells."""
    counts = reading.counts()
    people = {counts.atoms[atom].figure for number in cells for atom in counts.cells[number].atoms}
    for file in files:
        if file.counts is not None and any(atom.figure in people for atom in file.counts.atoms):
            yield file


def _cells(
    reading: Reading,
    rules: Profile,
    reader: Reader,
    files: tuple[FileReleased, ...],
    hidden: frozenset[int],
    blank: frozenset[int],
) -> tuple[ReleasedCell, ...]:
    """What this reader has before it: each cell once, the new file's first, and what is told of those hidden besides.

    Of a count that an earlier file told roughly no width is promised.
    """
    view = together(reading, rules, reader, files, hidden, blank)
    withheld = {place for number, place in enumerate(view.places) if number in hidden}
    found, told = list[ReleasedCell](), list[ReleasedCell]()
    for number, (pieces, cell) in enumerate(zip(view.seen, view.puzzle.cells, strict=False)):
        kept = cell.hidden or cell.guarded or (cell.hidden is None and number in withheld)
        owed = cell.told is None and (cell.guarded or cell.hidden is None)
        width, room = cell.rule.width if owed else 0, cell.told if kept else cell.shown
        if kept:
            found.append(ReleasedCell(pieces, None, cell.least, width))
        if room is not None:
            (told if kept else found).append(
                ReleasedCell(pieces, cell.count + room[0], cell.least, width, room[1] - room[0])
            )
    return (*found, *told)


def _named(file: FileReleased) -> EarlierFile:
    return EarlierFile(file.name, file.language, file.format, file.at)
