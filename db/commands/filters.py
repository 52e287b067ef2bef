"""Keeping a search under a name: what was looked for and chosen in one list, for the person who keeps it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.base import new_id, now, there
from db.commands.checking import fill
from db.deeds import called, deed
from db.models import SavedFilter
from i18n import N_


@deed(N_("Keep the search “{name}”"), role="reader")
def keep_filter(session: Session, list_: str, name: str, body: Mapping[str, Any]) -> UUID:
    """Keep a search of a list; one of the same name is replaced."""
    called(session, name=name)
    person: UUID = session.info["person"]
    held = session.scalars(
        select(SavedFilter).where(
            SavedFilter.person_id == person,
            SavedFilter.list == list_,
            SavedFilter.name == name,
            SavedFilter.removed_at.is_(None),
        )
    ).first()
    kept = held or SavedFilter(id=new_id(), person_id=person, list=list_)
    fill(kept, {"name": name, "body": dict(body)})
    session.add(kept)
    return kept.id


@deed(N_("Forget the search “{name}”"), role="reader")
def forget_filter(session: Session, id: UUID) -> None:
    """Forget a search; undo brings it back."""
    kept = there(session, SavedFilter, id)
    called(session, name=kept.name)
    kept.removed_at = now()
