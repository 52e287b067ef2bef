"""Written permission to tell one reader more than the rules of small numbers allow: what, since when, by whom.

Two kinds. Sensitive counts (survivors, cases, incidents) leave to a donor or a partner only under an authorisation. A
contractual indicator may be shown below the threshold to its donor under an exception. Neither is in force before its
signed letter is in the record, and what left under one names it for ever.
"""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped

from db.base import Entity, link
from db.fields import Kind, field
from i18n import N_

SENSITIVE, EXCEPTION = "sensitive", "exception"

AUTHORISED = (
    (SENSITIVE, N_("Sensitive counts may leave to this reader")),
    (EXCEPTION, N_("An indicator is shown below the threshold to its donor")),
)


class ReleaseAuthorisation(Entity):
    """One written authorisation or exception, for one reader."""

    title: Mapped[str] = field(N_("Title"), Kind.TEXT)
    kind: Mapped[str] = field(N_("What it allows"), Kind.CHOICE, choices=AUTHORISED)
    reader_id: Mapped[UUID] = field(N_("Donor or partner it is for"), Kind.LINK, link("organisation.id"))
    indicator_id: Mapped[UUID | None] = field(
        N_("Indicator"), Kind.LINK, link("indicator.id"), help=N_("For an exception: the one agreed with the donor.")
    )
    starts_on: Mapped[date] = field(N_("In force from"), Kind.DATE)
    ends_on: Mapped[date | None] = field(N_("In force until"), Kind.DATE)
    authorised_by: Mapped[str] = field(N_("Authorised by"), Kind.TEXT, help=N_("Name and function."))
    reason: Mapped[str] = field(N_("Reason"), Kind.LONG_TEXT)
    document_id: Mapped[UUID | None] = field(
        N_("Signed letter"), Kind.LINK, link("document.id"), help=N_("It is not in force before its letter is here.")
    )
