"""The pages of single things, a module a subject: hand-drawn forms, what hangs on each, what can be done to it."""

from functools import cache

from desktop.ui.entries.entry import Entry
from desktop.ui.entries.plain import plain_entry


def entry_of(kind: str) -> Entry:
    """What the page of one thing of this kind is made of."""
    return _drawn().get(kind) or plain_entry(kind)


@cache
def _drawn() -> dict[str, Entry]:
    """The pages drawn by hand; read when the first of them is looked at, not before the first window."""
    from desktop.ui.entries import (
        activities,
        agreements,
        authorisations,
        documents,
        donors,
        duties,
        engagements,
        frameworks,
        office,
        organisations,
        partners,
        places,
        reports,
        results,
        screening,
    )

    subjects = (
        organisations,
        partners,
        places,
        screening,
        agreements,
        donors,
        engagements,
        duties,
        activities,
        results,
        frameworks,
        office,
        documents,
        authorisations,
        reports,
    )
    return {entry.kind: entry for subject in subjects for entry in subject.ENTRIES}
