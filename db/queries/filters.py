"""The searches a person kept for a list."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import SavedFilter
from i18n.folding import sort_key


@dataclass(frozen=True)
class Kept:
    """A search under a name: `body` holds the words looked for (`search`) and what was chosen (`chosen`)."""

    id: UUID
    name: str
    body: Mapping[str, Any]


def filters_kept(session: Session, person: UUID, list_: str) -> tuple[Kept, ...]:
    """The searches of one person for one list, by name."""
    found = session.execute(
        select(SavedFilter.id, SavedFilter.name, SavedFilter.body).where(
            SavedFilter.person_id == person, SavedFilter.list == list_, SavedFilter.removed_at.is_(None)
        )
    )
    return tuple(sorted((Kept(*row) for row in found), key=lambda kept: sort_key(kept.name)))
