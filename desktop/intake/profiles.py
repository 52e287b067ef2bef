"""Which mapping reads a file: one that is shipped or kept and fits it wholly, else one proposed from its headings."""

from collections.abc import Iterable
from functools import lru_cache

import resources
from desktop.intake.headings import fitting, propose
from desktop.intake.mapping import Holds, Mapping, loaded
from desktop.intake.workbook import Workbook


@lru_cache
def shipped() -> tuple[Mapping, ...]:
    """The mappings that come with the program."""
    files = sorted(resources.path("profiles").glob("*.json"))
    return tuple(loaded(file.read_text(encoding="utf-8"), file.name) for file in files)


def mapping_for(
    workbook: Workbook, kept: Iterable[Mapping] = (), sheet: str | None = None, holds: Holds | None = None
) -> Mapping:
    """The mapping to read a file by; those kept in the record go before the shipped ones."""
    known = [mapping for mapping in (*kept, *shipped()) if holds in (None, mapping.holds)]
    found = fitting(workbook, known, sheet)
    return found or propose(workbook, sheet, holds)
