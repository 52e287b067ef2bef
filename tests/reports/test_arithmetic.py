"""The last page of a report says what each of its shares was worked out from, and nothing of a share that is hidden."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from db.record import Record
from desktop.guard.audiences import Audience
from desktop.guard.release import release
from desktop.guard.released import Ratio, Withheld
from desktop.guard.tables import Atom, Counted, Part, Tables
from desktop.opening import PRACTICE_PASSPHRASE
from desktop.reports.arithmetic import WORKED, with_arithmetic, worked_table
from desktop.reports.document import Bullets, Column, Count, KeyFigure, KeyFigures, Row, Share, Table
from desktop.reports.offer import report_called
from desktop.reports.saying import said
from i18n import Words
from tests.reports.every import asked_of
from tests.reports.practised import made, table

ENGLISH = Words.of("en")


@pytest.fixture(scope="module")
def practice(practice_file: Path) -> Iterator[Record]:
    with Record.open(practice_file, PRACTICE_PASSPHRASE, write=False) as record:
        yield record


def test_every_share_of_a_report_is_there(practice: Record) -> None:
    found = made(practice, "donor-narrative", asked_of(practice, report_called("donor-narrative"), Audience.DONOR))
    told = table(found, WORKED)
    others = (one for one in found.blocks if isinstance(one, Table) and one.name != WORKED)
    cells = (cell for one in others for row in one.rows for cell in row.cells)
    shares = [cell for cell in cells if isinstance(cell, Share) and cell.of and cell.ratio]
    assert shares and {row.cells[1:] for row in told.rows} == {(*one.of, one) for one in shares if one.of}
    for _figure, part, whole, share in (row.cells for row in told.rows):
        assert isinstance(part, Count) and isinstance(whole, Count) and isinstance(share, Share)
        assert round(Decimal(part.value) / whole.value, 2) == share.ratio


def test_a_share_is_told_with_the_counts_that_were_released_and_a_hidden_one_not_at_all() -> None:
    counts = (("few", 2, 40), ("many", 641, 780))
    atoms = tuple(Atom(f"{name} {n}", n) for name, part, whole in counts for n in (part, whole - part))
    shares = {
        name: Part(Counted(frozenset({at})), Counted(frozenset({at, at + 1})))
        for (name, _part, _whole), at in zip(counts, (0, 2), strict=True)
    }
    told = release(Tables(atoms, figures=shares), Audience.DONOR).figures
    assert isinstance(told["many"], Ratio) and told["few"] == Withheld()
    keys = KeyFigures(tuple(KeyFigure(said(one, ENGLISH), name) for name, one in told.items()))
    assert with_arithmetic((), [keys], ENGLISH) == [Bullets((("many: 82% = 641 of 780.",),))]


def test_a_share_is_told_once_by_its_own_name_behind_what_the_report_tells_itself_and_nothing_is_not() -> None:
    half, fifth = (Share(Decimal(one), 0, of=(Count(part), Count(10))) for one, part in (("0.5", 5), ("0.2", 2)))
    none = Share(Decimal(0), 0, of=(Count(0), Count(10)))
    own = worked_table([Row(("Its own", *(half.of or ()), half))], ENGLISH)
    keys = KeyFigures((KeyFigure(fifth, "By its name"),))
    rows = tuple(Row((name, share)) for name, share in (("Half", half), ("Fifth", fifth), ("Nothing", none)))
    grid = Table("", (Column("Place"), Column("Share")), rows)
    (told,) = with_arithmetic([own], [grid, keys, own], ENGLISH)
    assert isinstance(told, Table)
    assert [row.cells[0] for row in told.rows] == ["Its own", "By its name"]
