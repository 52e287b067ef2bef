"""The office that keeps the record, and the people who work in it."""

from uuid import UUID

from sqlalchemy.orm import Mapped

from db.base import Entity, link
from db.fields import Kind, field
from i18n import N_

ROLES = (
    ("officer", N_("Partnership officer")),
    ("manager", N_("Manager")),
    ("reader", N_("Reader")),
)


class Office(Entity):
    """An office that keeps partners, activities and results; reports are sent in its name."""

    name: Mapped[str] = field(N_("Office"), Kind.TEXT)
    country: Mapped[str | None] = field(N_("Country"), Kind.COUNTRY)
    language: Mapped[str | None] = field(N_("Language of the office"), Kind.LANGUAGE)
    organisation_id: Mapped[UUID | None] = field(
        N_("Organisation the office belongs to"), Kind.LINK, link("organisation.id")
    )


class Person(Entity):
    """Someone who works with the record; each key slot belongs to one, so that every deed has a name behind it."""

    name: Mapped[str] = field(N_("Name"), Kind.TEXT)
    office_id: Mapped[UUID | None] = field(N_("Office"), Kind.LINK, link("office.id"))
    role: Mapped[str | None] = field(N_("Role"), Kind.CHOICE, choices=ROLES)
    email: Mapped[str | None] = field(N_("Work e-mail"), Kind.TEXT)
    language: Mapped[str | None] = field(N_("Language"), Kind.LANGUAGE)
