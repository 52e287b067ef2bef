"""Keeping in mind what left the record."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from db.base import now
from db.models.reports_issued import Issued


def note_issued(
    session: Session,
    name: str,
    language: str,
    form: str,
    audience: str,
    asked: Mapping[str, Any],
    digest: str,
    program: str,
    person: UUID,
) -> None:
    """Keep that a file was written: what it says, in what form, for whom, by whom, and its SHA-256."""
    session.add(
        Issued(
            name=name,
            language=language,
            format=form,
            audience=audience,
            asked=dict(asked),
            digest=digest,
            program=program,
            person_id=person,
            at=now(),
        )
    )
