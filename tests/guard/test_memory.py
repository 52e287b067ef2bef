"""What left earlier is not given away by what leaves later: overlapping scopes, exports, revisions, several readers.

The attacker here lays side by side what the files of one reader print. It knows which count stands in which cell, which
counts were changed between two files and in which direction, that counts are whole and what a hidden one is at least.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.queries.released import Earlier, FileReleased, Reader, packed, unpacked
from desktop.guard.audiences import ROUND, SUPPRESS, Audience, profile
from desktop.guard.audit import Interval, audit
from desktop.guard.release import release_and_tell
from desktop.guard.released import Known, Released, ReleasedCell, Withheld
from desktop.guard.tables import Atom, Counted, Grid, Line, Tables

SMALL = st.sampled_from([0, 1, 2, 3, 4, 5, 7, 8, 11, 12, 15, 19, 40, 230])
METHODS = st.lists(st.sampled_from([SUPPRESS, ROUND]), min_size=4, max_size=4)
MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NOBODY = Reader("public")


@dataclass(frozen=True)
class Count:
    """A count of people in a place, month and area, split by sex or not."""

    name: str
    place: int
    month: int
    area: int
    parts: tuple[tuple[str, int], ...]


def count(name: str, value: int, place: int = 0, month: int = 0, area: int = 0) -> Count:
    return Count(name, place, month, area, (("", value),))


def overview(counts: Sequence[Count]) -> Tables:
    """By place and area, by month, and by sex, with all totals."""
    return _tables(
        counts,
        lambda one, part: [
            ("place", one.place),
            ("area", one.area),
            ("both", (one.place, one.area)),
            ("month", one.month),
            ("total", 0),
            *([("sex", part)] if part else []),
        ],
    )


def rows(counts: Sequence[Count]) -> Tables:
    """Each count in a row of its own, with its parts."""
    return _tables(counts, lambda one, part: [("row", one.name), *([("part", (one.name, part))] if part else [])])


def _tables(counts: Sequence[Count], keys: object) -> Tables:
    atoms, sets = list[Atom](), dict[tuple[str, object], set[int]]()
    for one in counts:
        for part, value in one.parts:
            for key in keys(one, part):  # type: ignore[operator]
                sets.setdefault(key, set()).add(len(atoms))
            atoms.append(Atom(one.name, value, part=part))
    return Tables(tuple(atoms), {"t": Grid(tuple(Line((Counted(frozenset(found)),)) for found in sets.values()))})


@dataclass(frozen=True)
class Print:
    """A count that a file prints: for whom, which values it is a sum of, and itself unless hidden."""

    file: int
    reader: Reader
    values: dict[tuple[str, str], int]
    shown: int | None
    least: int = 1
    """What is known of it where it is hidden."""
    rounded: bool = False


class Shelf:
    """Files as they left one after the other, and what they print."""

    def __init__(self, remembers: bool = True) -> None:
        self.files: list[FileReleased] = []
        self.prints: list[Print] = []
        self._remembers = remembers

    def leave(
        self,
        tables: Tables,
        audience: Audience = Audience.DONOR,
        whom: str | None = None,
        method: str = SUPPRESS,
    ) -> Released:
        reader = Reader(audience.value, whom)
        asked = replace(tables, earlier=Earlier(reader, tuple(self.files))) if self._remembers else tables
        released, counts = release_and_tell(asked, audience, whom, method)
        rows = list(range(1, len(counts.atoms) + 1))
        kept = unpacked(packed(counts, rows), dict(zip(rows, counts.atoms, strict=True)))
        number = len(self.files)
        blank = {
            frozenset((kept.atoms[one].figure, kept.atoms[one].part) for one in cell.atoms)
            for cell in kept.cells
            if cell.blank
        }
        at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(number)
        self.files.append(FileReleased(UUID(int=number), f"file {number}", "fr", "pdf", reader, at, kept))
        for line, given_out in zip(tables.grids["t"].lines, released.grids["t"], strict=True):
            (entry,), (value,) = line.cells, given_out.cells
            assert isinstance(entry, Counted)
            assert isinstance(value, Known | Withheld)
            atoms = [tables.atoms[index] for index in entry.atoms]
            values = {(str(atom.key), atom.part): atom.value or 0 for atom in atoms}
            shown = value.count if isinstance(value, Known) else None
            least = 0 if frozenset(values) in blank else 1
            self.prints.append(Print(number, reader, values, shown, least, bool(shown) and method == ROUND))
        return released

    def seen_by(self, reader: Reader) -> list[Print]:
        return [one for one in self.prints if reader.reads(one.reader)]

    def given_away(self, reader: Reader) -> list[Interval]:
        """Hidden counts that come out closer than the rules say, and closer than if the last file told nothing."""
        best = {found.cell: found for found in audit(self._silent(reader))}
        cells = _cells(self.seen_by(reader), reader)
        return [one for one in audit(cells) if one.narrow and _width(one) < _width(best[one.cell])]

    def told_apart(self, reader: Reader) -> list[int]:
        """Small counts that come out as a figure of the last file beside one of an earlier file that lies within it."""
        prints, last = self.seen_by(reader), len(self.files) - 1
        shown = [
            (one, cell)
            for one, cell in zip(prints, _cells(prints, reader), strict=True)
            if cell.value is not None and not cell.spread
        ]
        found = [
            (cell.pieces - within.pieces, (cell.value or 0) - (within.value or 0))
            for one, cell in shown
            for other, within in shown
            if within.pieces < cell.pieces and last in (one.file, other.file) and one.file != other.file
        ]
        hides = profile(Audience(reader.audience)).ordinary.hides
        small = {pieces: value for pieces, value in found if hides(value)}
        silent = self._silent(reader)
        return [small[one] for one in small if _width(audit([*silent, ReleasedCell(one, None, 0, 0)])[-1]) > 0]

    def _silent(self, reader: Reader) -> list[ReleasedCell]:
        """The cells, had the last file hidden all but its zeros."""
        prints = self.seen_by(reader)
        return [
            replace(cell, value=None) if one.file == len(self.files) - 1 and cell.value else cell
            for one, cell in zip(prints, _cells(prints, reader), strict=True)
        ]


def _cells(prints: Sequence[Print], reader: Reader) -> list[ReleasedCell]:
    """The prints as sums. Each count is as many steps as it had different values: of two versions one lies within."""
    values: dict[tuple[str, str], set[int]] = {}
    for one in prints:
        for name, value in one.values.items():
            values.setdefault(name, {0}).add(value)
    steps = {step: number for number, step in enumerate((name, value) for name in values for value in values[name])}
    rule, cells = profile(Audience(reader.audience)).ordinary, list[ReleasedCell]()
    for one in prints:
        inside = {n for (name, value), n in steps.items() if value <= one.values.get(name, -1)}
        guarded = one.reader.audience == reader.audience or rule.hides(sum(one.values.values()))
        width = rule.width if guarded else 0
        if one.rounded and one.shown is not None:
            cells.append(ReleasedCell(frozenset(inside), one.shown - 2, 1, width, 4))
        else:
            cells.append(ReleasedCell(frozenset(inside), one.shown, one.least, width))
    return cells


def _width(found: Interval) -> float:
    return float("inf") if found.high is None else found.high - found.low


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[bool, list[Count]]]:
    """Files about some of the counts each, counts being corrected, split and added to in between."""
    counts = []
    for number in range(draw(st.integers(2, 7))):
        parts = [("f", draw(SMALL)), ("m", draw(SMALL)), ("", draw(SMALL))]
        split = draw(st.booleans())
        where = draw(st.integers(0, 2)), draw(st.integers(0, 2)), draw(st.integers(0, 1))
        counts.append(Count(f"c{number}", *where, tuple(parts if split else parts[:1] and [("", parts[0][1])])))
    files = []
    for _file in range(draw(st.integers(2, 4))):
        for number in draw(st.sets(st.integers(0, len(counts) - 1), max_size=1)):
            changed = tuple((part, draw(SMALL)) for part, _value in counts[number].parts)
            counts[number] = replace(counts[number], parts=changed)
        months = draw(st.sets(st.integers(0, 2), min_size=1))
        places = draw(st.sets(st.integers(0, 2), min_size=1))
        scope = [one for one in counts if one.month in months and one.place in places]
        files.append((draw(st.booleans()), scope))
    return files


@MANY
@given(
    histories(),
    st.sampled_from([Audience.DONOR, Audience.PUBLIC]),
    METHODS,
)
def test_no_hidden_count_can_be_worked_out_from_all_that_left(
    history: list[tuple[bool, list[Count]]], audience: Audience, methods: list[str]
) -> None:
    shelf, reader = Shelf(), Reader(audience.value)
    for (by_row, counts), method in zip(history, methods, strict=False):
        shelf.leave(rows(counts) if by_row else overview(counts), audience, method=method)
        assert not shelf.given_away(reader)
        assert not shelf.told_apart(reader)


def test_a_rounded_file_followed_by_hidden_ones_gives_nothing_away() -> None:
    """What was roughly told, and hidden then, is not told exactly by a third file."""
    scope = [
        Count("c0", 0, 0, 0, (("", 0),)),
        Count("c1", 0, 0, 0, (("f", 1), ("m", 19), ("", 8))),
        Count("c2", 0, 0, 0, (("", 0),)),
    ]
    shelf = Shelf()
    for by_row, method in ((True, ROUND), (True, SUPPRESS), (False, SUPPRESS), (False, SUPPRESS)):
        shelf.leave(rows(scope) if by_row else overview(scope), Audience.PUBLIC, method=method)
        assert not shelf.given_away(Reader(Audience.PUBLIC.value))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(histories(), st.sampled_from([Audience.DONOR, Audience.PUBLIC]))
def test_every_hidden_count_stays_as_far_off_as_the_rules_say(
    history: list[tuple[bool, list[Count]]], audience: Audience
) -> None:
    """Whatever left before: no total that left earlier gives away how it is split later."""
    shelf, reader = Shelf(), Reader(audience.value)
    for by_row, counts in history:
        shelf.leave(rows(counts) if by_row else overview(counts), audience)
    cells = _cells(shelf.seen_by(reader), reader)
    told = {cell.pieces for cell in cells if cell.value is not None}
    assert not [one for one in audit(cells) if one.narrow and cells[one.cell].pieces not in told]


@MANY
@given(
    histories(),
    st.lists(
        st.sampled_from([("public", None), ("donor", "x"), ("donor", "y"), ("donor", None)]), min_size=4, max_size=4
    ),
    METHODS,
)
def test_every_reader_is_thought_of_whoever_a_file_is_for(
    history: list[tuple[bool, list[Count]]], readers: list[tuple[str, str | None]], methods: list[str]
) -> None:
    shelf = Shelf()
    for (by_row, counts), (audience, whom), method in zip(history, readers, methods, strict=False):
        shelf.leave(rows(counts) if by_row else overview(counts), Audience(audience), whom, method)
        for reader in {one.reader for one in shelf.prints}:
            if reader.reads(Reader(audience, whom)):
                assert not shelf.given_away(reader)


def test_a_small_correction_is_hidden_and_the_writer_told_why() -> None:
    shelf = Shelf()
    shelf.leave(rows([count("a", 50), count("b", 70)]))
    notes = shelf.leave(rows([count("a", 53), count("b", 90)])).notes
    assert [one.shown for one in shelf.prints] == [50, 70, None, 90]
    assert (notes.small, notes.complementary, notes.earlier, notes.given_away) == (0, 1, 1, 0)
    assert [one.where for one in notes.held_back] == ["t"]
    assert [file.name for file in notes.because_of] == ["file 0"]


def test_a_zero_is_not_shown_where_something_hidden_had_its_room_beside_it() -> None:
    """Eleven in the area, eight in the place: without the zero between them three are left, of women and men."""
    few = Count("c", 0, 2, 0, (("f", 2), ("m", 1)))
    others = count("d", 230, place=1, month=2), count("e", 8), count("z", 0, place=1)
    shelf = Shelf()
    shelf.leave(overview([few, *others]))
    shelf.leave(rows([others[-1]]))
    found = audit(_cells(shelf.prints, Reader("donor")))
    assert found
    assert not any(one.narrow for one in found)


def test_nobody_is_told_that_a_small_piece_beside_something_left_blank_is_not_zero() -> None:
    """A correction that is rounded later leaves room for the one person between two overviews, and for none."""
    one, eleven = Count("c0", 1, 0, 0, (("f", 0), ("m", 1))), count("c2", 11, place=1, month=1, area=1)
    many, ten = count("c1", 40, place=1, area=1), Count("c3", 1, 0, 0, (("f", 5), ("m", 5)))
    shelf = Shelf()
    for tables, method in (
        (overview([one, eleven, ten]), SUPPRESS),
        (overview([one, many, eleven, ten]), SUPPRESS),
        (rows([one, many, eleven, replace(ten, parts=(("f", 0), ("m", 8)))]), ROUND),
    ):
        shelf.leave(tables, method=method)
        assert not shelf.given_away(Reader("donor"))
        assert not shelf.told_apart(Reader("donor"))


def test_what_is_looked_for_nearby_first_is_as_safe(monkeypatch: pytest.MonkeyPatch) -> None:
    """A record of a thousand activities is searched so; here a handful are, after an overview of them all."""
    monkeypatch.setattr("desktop.guard.suppress.LARGE", 1)
    many = [count(f"c{n}", 3 + 7 * n % 23, place=n % 3, month=n % 2, area=n % 2) for n in range(12)]
    shelf = Shelf()
    for tables in (overview(many), rows(many), overview(many[:8])):
        shelf.leave(tables)
        assert not shelf.given_away(Reader("donor"))
        assert not shelf.told_apart(Reader("donor"))
    assert any(one.shown is None for one in shelf.prints)
    assert any(one.shown for one in shelf.prints if one.file == 1)


def test_what_was_shown_already_is_shown_again_and_what_was_hidden_stays_so() -> None:
    shelf = Shelf()
    for _again in range(3):
        shelf.leave(overview([count("a", 3), count("b", 70, place=1), count("c", 40, place=1, area=1)]))
    third = len(shelf.prints) // 3
    shown = [one.shown for one in shelf.prints]
    assert shown[:third] == shown[third : 2 * third] == shown[2 * third :]


def test_a_count_split_later_is_still_the_same_people() -> None:
    """Fifty were told; of the parts, the one that is left would come out."""
    shelf = Shelf()
    shelf.leave(rows([count("a", 50)]))
    shelf.leave(rows([replace(count("a", 50), parts=(("f", 20), ("m", 27), ("", 3)))]))
    assert [one.shown for one in shelf.prints].count(None) == 1
    assert not shelf.told_apart(Reader("donor"))


@given(st.integers(0, 5), st.sampled_from([5, 6, 8]))
def test_the_parts_of_a_small_total_that_left_are_left_blank_whatever_they_are(women: int, total: int) -> None:
    """Nobody can tell a later file on one split from that on another: zeros are hidden there like anything else."""
    shelf = Shelf()
    shelf.leave(rows([count("a", total), count("b", 90)]))
    parts = (("f", women), ("m", total - women))
    notes = shelf.leave(rows([replace(count("a", total), parts=parts), count("b", 90)])).notes
    if total == 5:
        assert [one.shown for one in shelf.prints[2:]] == [5, None, None, 90]
    assert notes.given_away == 0


def test_without_the_register_the_same_attacker_finds_what_is_hidden() -> None:
    shelf = Shelf(remembers=False)
    shelf.leave(overview([count("a", 50), count("b", 30, place=1)]))
    shelf.leave(overview([count("a", 50), count("b", 30, place=1), count("c", 3, place=1, area=1)]))
    found = shelf.given_away(Reader("donor"))
    assert found
    assert all((one.low, one.high) == (3, 3) for one in found)
