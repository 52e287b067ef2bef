"""The pages of single things, a module a subject: hand-drawn forms, what hangs on each, what can be done to it."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from desktop.ui.entries.entry import Entry
from desktop.ui.entries.plain import plain_entry

_SUBJECTS = (
    "organisations",
    "activities",
    "partners",
    "screening",
    "agreements",
    "donors",
    "engagements",
    "duties",
    "results",
    "frameworks",
    "office",
)


def entry_of(kind: str) -> Entry:
    """What the page of one thing of this kind is made of."""
    return _drawn().get(kind) or plain_entry(kind)


@cache
def _drawn() -> dict[str, Entry]:
    """The pages drawn by hand; read when the first of them is looked at."""
    found = (f"{__name__}.{name}" for name in _SUBJECTS)
    subjects = (import_module(name) for name in found if find_spec(name))
    return {entry.kind: entry for subject in subjects for entry in subject.ENTRIES}
