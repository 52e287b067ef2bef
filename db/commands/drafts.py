"""Drafts: what was typed and not yet saved, kept in the record by `Record.note`, one a form and thing and person."""

import json
from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from db.base import now
from db.models.drafts import Draft


def keep_draft(session: Session, person: UUID, form: str, entity: UUID | None, body: dict[str, Any]) -> None:
    """Keep this in place of the form's last draft."""
    drop_draft(session, person, form, entity)
    session.add(Draft(person_id=person, form=form, entity_id=entity, body=body, saved_at=now()))


def drop_draft(session: Session, person: UUID, form: str, entity: UUID | None) -> None:
    """Forget the draft: it was saved or thrown away."""
    session.execute(delete(Draft).where(*_of(person, form, entity)))


def forget_drafts(session: Session, ids: Collection[UUID], names: Collection[str]) -> None:
    """Forget every draft of these things, and every one that points at them or names them, whoever's it is."""
    needles = [*names, *(form for id in ids for form in (id.hex, str(id)))]
    for draft in session.scalars(select(Draft)):
        body = json.dumps(draft.body, ensure_ascii=False)
        if draft.entity_id in ids or any(json.dumps(one, ensure_ascii=False)[1:-1] in body for one in needles):
            session.delete(draft)


def draft_of(session: Session, person: UUID, form: str, entity: UUID | None) -> dict[str, Any] | None:
    """The draft of a form, if there is one."""
    return session.scalar(select(Draft.body).where(*_of(person, form, entity)))


def _of(person: UUID, form: str, entity: UUID | None) -> tuple[ColumnElement[bool], ...]:
    on = Draft.entity_id.is_(None) if entity is None else Draft.entity_id == entity
    return Draft.person_id == person, Draft.form == form, on
