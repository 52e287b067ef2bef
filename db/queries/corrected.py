"""Figures that replace others: each is known by the first of its line, so that a correction is still the same count."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.results import Result


def firsts(session: Session) -> Mapping[UUID, UUID]:
    """The first figure of the line, for each that corrects another."""
    links = select(Result.id, Result.corrects_id).where(Result.corrects_id.is_not(None))
    before = {id: corrected for id, corrected in session.execute(links) if corrected is not None}

    def first(figure: UUID) -> UUID:
        met = {figure}
        # A ring, which only a damaged record has, comes to an end.
        while (other := before.get(figure)) is not None and other not in met:
            met.add(figure := other)
        return figure

    return {figure: first(figure) for figure in before}
