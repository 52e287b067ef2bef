"""What stands behind a figure: a selection that can be run again, not a list of ids."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from db.errors import RecordError
from i18n import N_


class NoSuchSelection(RecordError):
    message = N_("“{selection}” does not say which rows are meant. Open them from the figure itself.")


@dataclass(frozen=True)
class Behind:
    """The kind of record, the filters, and the change it was asked at; run again, it lists the records of a figure."""

    kind: str
    filters: tuple[tuple[str, str], ...]
    as_of: int


@contextmanager
def read(selection: str) -> Iterator[dict[str, str]]:
    """The parts of a selection as a figure wrote them (`key=value;…`), none where it narrows nothing.

    One that says nothing sensible is refused.
    """
    try:
        yield dict(part.split("=", 1) for part in selection.split(";")) if selection else {}
    except (ValueError, KeyError):
        raise NoSuchSelection(selection=selection) from None
