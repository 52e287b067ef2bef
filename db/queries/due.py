"""One thing that somebody has to do by a day, whatever kind of thing it is: a line of the work list."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class Due:
    """What is due and when; `kind` is a key of KINDS, `reason` a msgid that says why it stands in the list."""

    kind: str
    id: UUID
    title: str
    organisation: str | None
    due_on: date
    reason: str
    organisation_id: UUID | None = None
