"""The office that keeps the record, and the people who work in it."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped

from db.base import Entity, link
from db.fields import Kind, field
from db.terms import USAGES
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
    currency: Mapped[str | None] = field(N_("Currency of the office"), Kind.CURRENCY)
    usage: Mapped[str | None] = field(
        N_("Whose words it uses"),
        Kind.CHOICE,
        choices=USAGES,
        help=N_("Agencies call the same thing differently; whoever writes is told of another agency's words."),
    )
    organisation_id: Mapped[UUID | None] = field(
        N_("Organisation the office belongs to"), Kind.LINK, link("organisation.id")
    )
    alarm: Mapped[str | None] = field(
        N_("Whom to call when a computer is lost"),
        Kind.LONG_TEXT,
        help=N_("Names and telephone numbers, a line each: they stand on the sheet for a stolen laptop."),
    )


class Person(Entity):
    """Someone who works with the record; each key slot belongs to one, so that every deed has a name behind it."""

    name: Mapped[str] = field(N_("Name"), Kind.TEXT)
    office_id: Mapped[UUID | None] = field(N_("Office"), Kind.LINK, link("office.id"))
    role: Mapped[str | None] = field(N_("Role"), Kind.CHOICE, choices=ROLES)
    email: Mapped[str | None] = field(N_("Work e-mail"), Kind.TEXT)
    language: Mapped[str | None] = field(N_("Language"), Kind.LANGUAGE)
    left_on: Mapped[date | None] = field(N_("Left on"), Kind.DATE)
    successor_id: Mapped[UUID | None] = field(N_("Handed over to"), Kind.LINK, link("person.id"))


class SavedFilter(Entity):
    """A search somebody wants again: the list it belongs to, the words looked for and what was chosen."""

    person_id: Mapped[UUID] = field(N_("Person"), Kind.LINK, link("person.id", owner=True))
    list: Mapped[str] = field(N_("List"), Kind.CODE)
    name: Mapped[str] = field(N_("Name"), Kind.TEXT)
    body: Mapped[dict[str, Any]] = field(N_("Search"), Kind.DATA)
