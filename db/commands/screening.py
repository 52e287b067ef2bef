"""Keeping that somebody was screened against a sanctions list: when, by whom, against which list, with what result.

The list itself is never kept, and of an entry that was looked at and dismissed nothing is: not even its number.
"""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.base import new_id, there
from db.commands.checking import fill
from db.deeds import called, deed
from db.errors import InvalidValue, NeedsValue
from db.fields import field_of
from db.models import Contact, Organisation, Screening
from i18n import N_

Whom = tuple[UUID, UUID | None]
"""An organisation, and a contact of it where it is the contact who was screened."""


class ReferenceWithoutMatch(InvalidValue):
    message = N_("“{field}” is kept for a match only: of an entry that is not this partner nothing is written down.")


class ContactOfAnother(InvalidValue):
    message = N_("“{field}”: this contact belongs to another organisation.")


@deed(N_("Screen {who} against {list}"))
def keep_screening(
    session: Session,
    organisation_id: UUID,
    contact_id: UUID | None,
    list: str,
    list_date: date | None,
    result: str,
    reference: str | None = None,
) -> UUID:
    """Keep the result of one screening, as a person judged it."""
    called(session, who=_name(session, organisation_id, contact_id))
    screening = _screening(session, (organisation_id, contact_id), list, list_date)
    fill(screening, {"result": result, "reference": reference})
    reference_only_for_a_match(session, screening)
    session.add(screening)
    return screening.id


@deed(N_("Screen against {list}: {count} without a match"))
def keep_clear(session: Session, whom: Collection[Whom], list: str, list_date: date | None) -> None:
    """Keep in one step that nobody of these is like any entry of a list."""
    called(session, count=len(whom))
    for each in whom:
        screening = _screening(session, each, list, list_date)
        screening.result = "none"
        session.add(screening)


def reference_only_for_a_match(session: Session, screening: Screening) -> None:
    """A match names its entry; anything else names none. A contact belongs to the organisation that is named."""
    reference = field_of(Screening.reference).name
    if screening.result == "match" and not screening.reference:
        raise NeedsValue(reference)
    if screening.result != "match" and screening.reference:
        raise ReferenceWithoutMatch(reference)
    if screening.contact_id is not None:
        employer = session.scalar(select(Contact.organisation_id).where(Contact.id == screening.contact_id))
        if employer != screening.organisation_id:
            raise ContactOfAnother(field_of(Screening.contact_id).name)


def _screening(session: Session, whom: Whom, list: str, list_date: date | None) -> Screening:
    organisation_id, contact_id = whom
    screening = Screening(id=new_id(), organisation_id=organisation_id, contact_id=contact_id)
    screening.screened_on = date.today()
    screening.screened_by_id = session.info["person"]
    fill(screening, {"list": list, "list_date": list_date})
    return screening


def _name(session: Session, organisation_id: UUID, contact_id: UUID | None) -> str:
    if contact_id is None:
        return there(session, Organisation, organisation_id).name
    return there(session, Contact, contact_id).name
