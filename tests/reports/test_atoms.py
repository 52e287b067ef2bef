"""Atoms come to what was counted, whatever figure they are made for, and share what two figures share."""

from datetime import date, timedelta
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from db.queries.figures import FigureOfPeople, FigurePart
from desktop.reports.atoms import AtomBook, FigureAtoms

INDICATOR, ABSENT = uuid4(), "not_collected"
SPLITS = (("female", "18+"), ("female", "0-17"), ("male", "18+"))


def figure(
    number: int, value: int | None, parts: tuple[int | None, ...] = (), span: str = "period", id: UUID | None = None
) -> FigureOfPeople:
    """The figure of a month, or of all months up to it."""
    first = date(2026, 1, 1) + timedelta(31 * number)
    split = (
        FigurePart(
            "sex_age", sex, "IASC-ADV", band, None, part, None if part is not None else "not_collected", "counted"
        )
        for (sex, band), part in zip(SPLITS, parts, strict=False)
    )
    id = id or uuid4()
    begins = first if span == "period" else date(2026, 1, 1)
    missing = None if value is not None else ABSENT
    series, ends = "one", first + timedelta(30)
    return FigureOfPeople(id, id, INDICATOR, series, span, begins, ends, value, missing, False, None, tuple(split))


numbers = st.none() | st.integers(0, 30)
months = st.lists(
    st.tuples(st.none() | st.integers(0, 90), st.lists(numbers, max_size=3), st.integers(-40, 300)), max_size=5
)


@given(months)
def test_the_atoms_of_a_figure_come_to_it_whatever_they_are_shared_with(
    told: list[tuple[int | None, list[int | None], int]],
) -> None:
    figures = []
    for number, (value, parts, running) in enumerate(told):
        figures.append(figure(number, value, tuple(parts)))
        if running >= 0:
            figures.append(figure(number, running, span="cumulative"))
    atoms = FigureAtoms(figures, AtomBook())
    for one in figures:
        if one.value is not None:
            assert atoms.value(atoms.of([one.id])) == one.value
            pieces = [piece.atoms for piece in atoms.pieces([one.id])]
            assert sum(atoms.value(piece) for piece in pieces) == one.value
            assert sum(map(len, pieces)) == len(frozenset[int]().union(*pieces)), "nobody stands in two pieces"


def test_a_sum_since_the_beginning_is_made_of_its_months_and_of_what_it_has_more() -> None:
    january, february = figure(0, 100, (60, 30)), figure(1, 2)
    both = figure(1, 105, span="cumulative")
    atoms = FigureAtoms([january, february, both], AtomBook())
    whole = atoms.of([both.id])
    assert atoms.of([january.id]) < whole and atoms.of([february.id]) < whole
    assert atoms.value(whole - atoms.of([january.id, february.id])) == 3


def test_people_who_come_again_make_a_sum_of_its_own() -> None:
    january, february = figure(0, 100), figure(1, 90)
    unique = figure(1, 120, span="cumulative")
    atoms = FigureAtoms([january, february, unique], AtomBook())
    assert not atoms.of([unique.id]) & atoms.of([january.id]), "190 contacts are no part of 120 people"


def test_a_correction_is_the_same_count() -> None:
    id = uuid4()
    before, after = AtomBook(), AtomBook()
    FigureAtoms([figure(0, 40, id=id)], before)
    FigureAtoms([figure(0, 50, id=id)], after)
    assert [atom.key for atom in before.atoms] == [atom.key for atom in after.atoms]
