"""Who may do what on one machine: readers look, officers work, managers also do the few deeds that bind the office.

Roles guard against mistakes and hide nothing: whoever opens the record can read all of it but the sealed texts. The
first person of a record has no role and may do everything. Where nobody who is still there has the role that a deed
asks for, the highest role there suffices: a record is never left without somebody who may work in it.
"""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.deeds import EVERYDAY
from db.errors import RecordError
from db.models.people import ROLES, Person
from i18n import N_, Words

GUARD_ONLY = N_("Roles guard against mistakes; they do not encrypt. Whoever opens the record can read it.")

WORKS_AS = {
    "reader": N_("A reader reads everything but confidential texts, and changes nothing."),
    "officer": N_(
        "A partnership officer does the everyday work, but not what binds the office: approving an agreement, "
        "changing roles, letting people in, handing over."
    ),
    "manager": N_(
        "A manager does everything, also what binds the office: approving an agreement, changing roles, letting people "
        "in, handing over."
    ),
}
"""What somebody may do, by their role."""
NONE_GIVEN = N_(
    "Where no role was given, the first person of the record works as a manager, anybody else as a partnership officer."
)

_RANK = {"reader": 0, "officer": 1, "manager": 2}


class NotYourRole(RecordError):
    message = N_(
        "Nothing was changed: this asks for the role “{needed}”, and yours is “{role}”. A manager can change it."
    )

    def values(self, words: Words) -> dict[str, str]:
        titles = dict(ROLES)
        return {name: words.gettext(titles[str(role)]) for name, role in self.gaps.items()}


def require(session: Session, needed: str) -> None:
    """Refuse whoever acts, unless their role allows this."""
    roles, present = _roles(session)
    role = roles.get(session.info["person"], EVERYDAY)
    highest = max((_RANK[roles[person]] for person in present), default=0)
    if _RANK[role] < min(_RANK[needed], highest):
        raise NotYourRole(needed=needed, role=role)


def role_of(session: Session, person: UUID) -> str:
    """The role somebody has, whether it was given or follows."""
    return _roles(session)[0].get(person, EVERYDAY)


def _roles(session: Session) -> tuple[dict[UUID, str], list[UUID]]:
    """Everybody's role, and who is still there."""
    query = select(Person.id, Person.role, Person.left_on, Person.removed_at).order_by(Person.row)
    people = session.execute(query).all()
    roles = {id: role or (EVERYDAY if number else "manager") for number, (id, role, *_gone) in enumerate(people)}
    return roles, [person.id for person in people if person.left_on is None and person.removed_at is None]
