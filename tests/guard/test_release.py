"""What each audience is told, and what stays as it was."""

import pickle
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest

from db.queries.authorisations import Permits
from desktop.guard.audiences import Audience, profile
from desktop.guard.release import LEFT_OUT, NOTHING_TO_DIVIDE, release
from desktop.guard.released import Absent, Known, Ratio, Unnamed, Withheld
from desktop.guard.tables import Atom, Counted, Entry, Grid, Line, Named, Part, Tables

SENT_OUT = (Audience.DONOR, Audience.PUBLIC)
AUTHORISED = Permits(sensitive=(UUID(int=1),))


def figures(*values: int | None, **entries: Entry) -> Tables:
    """Atoms with these values, and key figures over them."""
    return Tables(tuple(Atom(number, value) for number, value in enumerate(values)), figures=entries)


def of(*atoms: int) -> Counted:
    return Counted(frozenset(atoms))


def sensitive(tables: Tables) -> Tables:
    return replace(tables, atoms=tuple(replace(atom, sensitive=True) for atom in tables.atoms))


@pytest.mark.parametrize(
    ("audience", "hidden", "shown"),
    [
        (Audience.INTERNAL, (), (0, 1, 4, 5, 10, 11)),
        (Audience.DONOR, (1, 4), (0, 5, 10, 11)),
        (Audience.PUBLIC, (1, 4, 5, 10), (0, 11)),
    ],
)
def test_each_audience_has_its_threshold(audience: Audience, hidden: tuple[int, ...], shown: tuple[int, ...]) -> None:
    for count in hidden:
        assert release(figures(count, n=of(0)), audience).figures["n"] == Withheld()
    for count in shown:
        assert release(figures(count, n=of(0)), audience).figures["n"] == Known(count)


def test_a_donor_gets_sensitive_counts_only_under_an_authorisation_and_never_small_or_zero() -> None:
    for count in (0, 1, 10, 11, 400):
        tables = sensitive(figures(count, n=of(0)))
        assert release(tables, Audience.DONOR).figures["n"] == Absent(LEFT_OUT)
        told = release(replace(tables, permits=AUTHORISED), Audience.DONOR).figures["n"]
        assert told == (Known(count) if count > 10 else Withheld())


def test_sensitive_counts_are_in_no_sum_for_the_public_even_when_authorised() -> None:
    tables = figures(30, 500, all=of(0, 1), cases=of(0))
    tables = replace(tables, atoms=(replace(tables.atoms[0], sensitive=True), tables.atoms[1]))
    released = release(replace(tables, permits=AUTHORISED), Audience.PUBLIC)
    assert released.figures == {"all": Known(500), "cases": Absent(LEFT_OUT)}
    assert released.notes.left_out == 1
    assert release(tables, Audience.INTERNAL).figures["all"] == Known(530)


def test_a_partner_sees_all_of_its_own_and_of_others_what_a_donor_sees() -> None:
    atoms = (Atom("a", 2, owner="ours"), Atom("b", 3, owner="theirs"), Atom("c", 60, owner="theirs"))
    shown = {"ours": of(0), "theirs": of(1), "mixed": of(0, 1), "most": of(0, 2)}
    tables = Tables(atoms, figures=shown)
    told = release(tables, Audience.PARTNER, partner="ours").figures
    assert told == {"ours": Known(2), "theirs": Withheld(), "mixed": Withheld(), "most": Known(62)}
    with pytest.raises(ValueError, match="names the partner"):
        release(tables, Audience.PARTNER)


def test_not_collected_is_neither_zero_nor_hidden() -> None:
    tables = figures(None, None, 70, none=of(0, 1), some=of(0, 2), nothing=of())
    for audience in Audience:
        told = release(tables, audience, partner="p").figures
        assert told == {"none": Absent("not collected"), "some": Known(70, missing=1), "nothing": Known(0)}


def test_a_share_goes_with_its_part_its_whole_and_its_rest() -> None:
    tables = figures(3, 44, 500, small=Part(of(0), of(0, 1)), rest=Part(of(1), of(0, 1)), large=Part(of(2), of(1, 2)))
    told = release(tables, Audience.DONOR).figures
    assert told["small"] == told["rest"] == Withheld()
    assert release(tables, Audience.INTERNAL).figures["small"] == Ratio(Decimal("0.06"), 0)
    assert told["large"] == Ratio(Decimal("0.92"), 0)


def test_a_large_share_is_hidden_where_its_rest_is_small() -> None:
    """94 % of 47 tells that three are left."""
    tables = figures(3, 44, most=Part(of(1), of(0, 1)), all=of(0, 1))
    assert release(tables, Audience.DONOR).figures["most"] == Withheld()
    assert release(figures(13, 44, most=Part(of(1), of(0, 1))), Audience.DONOR).figures["most"] == Ratio(
        Decimal("0.77"), 0
    )


def test_a_share_carries_no_more_than_its_decimals() -> None:
    tables = figures(100, 200, one=Part(of(0), of(0, 1), decimals=1), zero=Part(of(), of()))
    told = release(tables, Audience.PUBLIC).figures
    assert told["one"] == Ratio(Decimal("0.333"), 1)
    assert told["zero"] == Absent(NOTHING_TO_DIVIDE)


def test_a_share_of_something_else_is_refused() -> None:
    with pytest.raises(ValueError, match="within its whole"):
        release(figures(1, 2, odd=Part(of(0), of(1))), Audience.INTERNAL)


def test_the_same_people_are_hidden_wherever_they_stand() -> None:
    """One donor's total is the same eight people as a cell of another table."""
    atoms = tuple(Atom(number, value) for number, value in enumerate((8, 3500, 900, 2400)))
    areas = Grid(
        (
            Line((of(0), of(1), of(0, 1))),
            Line((of(2), of(3), of(2, 3))),
            Line((of(0, 2), of(1, 3), of(0, 1, 2, 3)), total=True),
        )
    )
    donors = Grid((Line(("one", of(0))), Line(("other", of(1, 2, 3)))))
    released = release(Tables(atoms, {"areas": areas, "donors": donors}), Audience.PUBLIC)
    assert released.grids["areas"][0].cells[0] == Withheld()
    assert released.grids["donors"][0].cells[1] == Withheld()
    assert released.grids["areas"][2].cells[2] == Known(6808)
    assert released.grids["donors"][1].cells[1] == Withheld(), "the total less this would be the eight"


@pytest.mark.parametrize(
    ("answer", "named_to"),
    [
        (True, set(Audience)),
        (None, {Audience.INTERNAL, Audience.PARTNER, Audience.DONOR}),
        (False, {Audience.INTERNAL}),
    ],
)
def test_partners_are_named_where_they_may_be(answer: bool | None, named_to: set[Audience]) -> None:
    tables = Tables(grids={"t": Grid((Line((Named("p", "Femmes d'essai", answer),)),))})
    for audience in Audience:
        (line,) = release(tables, audience, partner="someone").grids["t"]
        assert line.cells == ("Femmes d'essai",) if audience in named_to else (Unnamed(1),)


def test_a_partner_reads_its_own_name_even_where_it_may_not_be_named() -> None:
    tables = Tables(grids={"t": Grid((Line((Named("p", "Femmes d'essai", False),)),))})
    assert release(tables, Audience.PARTNER, partner="p").grids["t"][0].cells == ("Femmes d'essai",)


def test_an_unnamed_partner_has_one_number_and_no_telling_place() -> None:
    names = [Named(key, name, None) for key, name in (("x", "Aide A"), ("y", "Aide B"))]
    known = Named("z", "Zuri", True)
    lines = (*(Line((name,)) for name in names), Line((known,)))
    tables = Tables(grids={"one": Grid(lines), "other": Grid(lines[::-1])})
    released = release(tables, Audience.PUBLIC)
    assert [line.cells for line in released.grids["one"]] == [("Zuri",), (Unnamed(1),), (Unnamed(2),)]
    assert released.grids["one"] == released.grids["other"]
    assert released.notes.unnamed == 2
    assert b"Aide" not in pickle.dumps(released)


def test_rows_in_order_of_a_count_tell_nothing_of_hidden_ones() -> None:
    atoms = tuple(Atom(number, value) for number, value in enumerate((3, 20, 900, 4)))
    lines = tuple(Line((name, of(number))) for number, name in enumerate("abcd"))
    total = Line(("all", of(0, 1, 2, 3)), total=True)
    tables = Tables(atoms, {"t": Grid((*lines, total), descending=1)})
    for audience, order in ((Audience.DONOR, "cbad"), (Audience.INTERNAL, "cbda")):
        heads = [line.cells[0] for line in release(tables, audience).grids["t"]]
        assert heads == [*order, "all"]


def test_what_is_no_count_of_people_passes_unchanged() -> None:
    words = {"title": "Protection in Nord-Essai", "highlights": ("3 survivors were helped",)}
    tables = Tables(grids={"t": Grid((Line(("a head", 3, Decimal("2.50"), None)),))}, plain=words)
    released = release(tables, Audience.PUBLIC)
    assert released.plain == words
    assert released.grids["t"][0].cells == ("a head", 3, Decimal("2.50"), None)


def test_a_figure_keeps_the_selection_behind_it() -> None:
    tables = figures(50, 2, n=Counted(frozenset({0}), behind="selection"), few=Counted(frozenset({1}), behind="other"))
    told = release(tables, Audience.DONOR).figures
    assert told == {"n": Known(50, behind="selection"), "few": Withheld(behind="other")}


def test_the_writer_is_told_how_much_was_hidden_for_itself_and_how_much_for_others() -> None:
    tables = figures(3, 70, 800, a=of(0), b=of(1), c=of(2), all=of(0, 1, 2))
    notes = release(tables, Audience.DONOR).notes
    assert (notes.cells, notes.small, notes.complementary, notes.hidden) == (4, 1, 1, 2)
    assert release(tables, Audience.INTERNAL).notes.hidden == 0


def test_the_same_tables_are_released_the_same_way_every_time() -> None:
    values = [(37 * number) % 41 for number in range(24)]
    grid = Grid(tuple(Line((of(*range(row, 24, 6)), of(row), of(row + 6), of(row + 12))) for row in range(6)))
    tables = Tables(tuple(Atom(number, value) for number, value in enumerate(values)), {"t": grid})
    first = release(tables, Audience.PUBLIC)
    assert all(release(tables, Audience.PUBLIC) == first for _again in range(3))
    assert pickle.loads(pickle.dumps(first)) == first


def test_no_count_of_people_is_below_zero() -> None:
    with pytest.raises(ValueError, match="below zero"):
        Atom("a", -1)


def test_every_audience_has_its_rules_under_one_version() -> None:
    assert {profile(audience).version for audience in Audience} == {"2"}
    assert [profile(audience).ordinary.width for audience in SENT_OUT] == [5, 11]
    assert [profile(audience).sensitive.width for audience in SENT_OUT] == [11, 11]
