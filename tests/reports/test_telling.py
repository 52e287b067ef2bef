"""What a writer is told before a file leaves: how much is hidden, by which rule, and what their own words give away."""

from datetime import UTC, datetime
from uuid import UUID

from db.prose import ProseBlock, Run
from desktop.guard.audiences import ROUND, Audience
from desktop.guard.release import release, release_and_tell
from desktop.guard.released import EarlierFile, Notes, Standing
from desktop.guard.tables import Atom, Counted, Tables
from desktop.reports.document import Column, Row, Said, Table
from desktop.reports.report import PartWords, Told, WritersWords
from desktop.reports.telling import held_back, told, typed
from i18n import Words

ENGLISH = Words.of("en")


def tables(*values: int) -> Tables:
    atoms = tuple(Atom(number, value) for number, value in enumerate(values))
    return Tables(atoms, figures={f"n{one}": Counted(frozenset({one})) for one in range(len(values))})


def test_how_much_is_hidden_is_said_with_its_share() -> None:
    notes = release(tables(3, 40, 50, 1204), Audience.DONOR).notes
    assert list(told(notes, ENGLISH)) == ["1 figure is hidden, of 4 that count people (25%)."]


def test_rounding_is_said() -> None:
    notes = release(tables(40, 52), Audience.DONOR, method=ROUND).notes
    (said,) = told(notes, ENGLISH)
    assert "rounded to the nearest 5" in said


def test_what_earlier_files_hold_back_stands_in_a_list_by_the_titles_of_its_tables() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    notes = Notes(
        cells=9,
        complementary=2,
        earlier=1,
        held_back=(Standing("t", "behind"), Standing("figure")),
        because_of=(EarlierFile("fivew", "fr", "xlsx", at),),
        excepted=(Standing("t"),),
        permitted=(UUID(int=1),),
    )
    table = Table("Reached, by place", (Column("Place"),), (Row((Said("Essai"),)),), name="t")
    found = list(held_back(notes, (table,), ENGLISH))
    assert [(one.where, one.behind) for one in found] == [
        ("Reached, by place", "behind"),
        ("Key figures", None),
        ("Reached, by place", None),
    ]
    assert "exception" in found[2].why
    assert any("5W" in said for said in told(notes, ENGLISH))
    assert any("written exception" in said for said in told(notes, ENGLISH))


def test_numbers_that_are_typed_are_compared_with_what_is_not_told() -> None:
    _released, counts = release_and_tell(tables(3, 1204), Audience.PUBLIC)
    assert counts.unsaid == {3}
    prose = (ProseBlock((Run("Nous avons aidé ٣ filles, 1 204 personnes, 3 %"),)),)
    own = WritersWords(highlights=("3 girls", "In 2026"), parts=(PartWords("one", told=(Told("fr", prose),)),))
    assert len(list(typed(own, counts.unsaid, ENGLISH))) == 1
    hidden = WritersWords(parts=(PartWords("one", told=(Told("fr", prose),)),))
    assert len(list(typed(hidden, counts.unsaid, ENGLISH))) == 1
    assert not list(typed(WritersWords(highlights=("1 204 people",)), counts.unsaid, ENGLISH))


def test_a_rounded_count_is_not_typed_as_it_is_either() -> None:
    _released, counts = release_and_tell(tables(1204), Audience.DONOR, method=ROUND)
    for written in ("1204", "1 204", "1,204", "1.204", "١٢٠٤", "1\u202f204"):
        assert list(typed(WritersWords(summary=f"In all, {written} people."), counts.unsaid, ENGLISH)), written
    assert not list(typed(WritersWords(summary="In all, 1,205 people, 1205 more."), counts.unsaid, ENGLISH))
