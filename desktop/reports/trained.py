"""Participants of trainings as atoms: the same in every report, since each goes by its training's id."""

from uuid import UUID

from desktop.guard.tables import Atom
from desktop.reports.atoms import AtomBook
from i18n import N_

PARTS = (("women", N_("Women")), ("men", N_("Men")), ("not_said", N_("Another or not said")))
"""What participants are counted by, and how it is called."""


def participants(
    training: UUID, partner: UUID | None, counts: tuple[int | None, int | None, int | None], book: AtomBook
) -> tuple[frozenset[int], ...]:
    """The women, the men and those of another or no stated sex, each the atoms of one cell."""
    return tuple(
        frozenset({book.add(Atom(str(training), value, partner, part=part))})
        for (part, _title), value in zip(PARTS, counts, strict=True)
    )
