"""Taking in another office's sheet of a partner: its rows and the documents' bytes, as one deed."""

import hashlib
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.commands.arrivals import Arrival, bring_in
from db.deeds import called, deed
from db.models import Content
from i18n import N_


@deed(N_("Take in the partner sheet {file}"), backup=True)
def take_in_sheet(session: Session, arrival: Arrival, files: Mapping[str, bytes]) -> None:
    """Add and change what a plan says, and keep the files that its documents name by their digest."""
    bring_in(session, arrival)
    for digest, body in files.items():
        if hashlib.sha256(body).hexdigest() != digest:
            raise ValueError(digest)
        if session.scalar(select(Content.digest).where(Content.digest == digest)) is None:
            session.add(Content(digest=digest, size=len(body), body=body))
    called(session, file=arrival.file)
