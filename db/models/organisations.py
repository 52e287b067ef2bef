"""Organisations: partners, donors and whoever else the office works with, under every name they go by.

An organisation has roles rather than being a partner or a donor: the same body can fund one activity and carry out
another. Names in other files are kept, so that the next file finds the same organisation again.
"""

from datetime import date
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column, validates

from db.base import Entity, link
from db.fields import Kind, field
from db.models.naming import Named
from i18n import N_
from i18n.folding import fold

TYPES = (
    ("community", N_("Community-based organisation")),
    ("national_ngo", N_("National NGO")),
    ("international_ngo", N_("International NGO")),
    ("un", N_("United Nations")),
    ("red_cross", N_("Red Cross and Red Crescent Movement")),
    ("government", N_("Government")),
    ("donor", N_("Donor agency")),
    ("academic", N_("University or research body")),
    ("private", N_("Private sector")),
    ("other", N_("Other type of organisation")),
)
"""Types as the Humanitarian Data Exchange names them; community-based bodies and the private sector stand apart."""

REACHES = (
    ("local", N_("Local")),
    ("national", N_("National")),
    ("international", N_("International")),
)

ROLES = (
    ("partner", N_("Implementing partner")),
    ("donor", N_("Donor")),
    ("coordination", N_("Coordination body")),
    ("own", N_("The office's own organisation")),
)

NAME_USES = (
    ("official", N_("Official name")),
    ("former", N_("Former name")),
    ("acronym", N_("Acronym")),
    ("spelling", N_("Spelling in a file")),
)


class Organisation(Named, Entity):
    """A body that carries out, funds or coordinates work; its women-led status is an assessment, not a field here."""

    acronym: Mapped[str | None] = field(N_("Acronym"), Kind.TEXT)
    type: Mapped[str | None] = field(N_("Type of organisation"), Kind.CHOICE, choices=TYPES, index=True)
    reach: Mapped[str | None] = field(N_("Local, national or international"), Kind.CHOICE, choices=REACHES)
    country: Mapped[str | None] = field(N_("Country of its head office"), Kind.COUNTRY)
    parent_id: Mapped[UUID | None] = field(N_("Belongs to"), Kind.LINK, link("organisation.id"))
    may_be_named: Mapped[bool | None] = field(
        N_("May be named in what leaves"),
        Kind.YES_NO,
        help=N_("Unknown counts as no in public reports, and as yes elsewhere."),
    )
    women_rights: Mapped[bool | None] = field(
        N_("Says that it is a women's rights organisation"),
        Kind.YES_NO,
        help=N_(
            "What it says of itself: its purpose is equality or women's rights. Whether that holds is assessed apart, "
            "and being led by women is another thing."
        ),
    )
    registration: Mapped[str | None] = field(N_("Registration number"), Kind.TEXT)
    founded_on: Mapped[date | None] = field(N_("Founded on"), Kind.DATE)
    website: Mapped[str | None] = field(N_("Website"), Kind.TEXT)
    mandate: Mapped[str | None] = field(N_("Mandate"), Kind.LONG_TEXT)
    affiliated: Mapped[bool | None] = field(
        N_("Affiliated to an international NGO"),
        Kind.YES_NO,
        help=N_("A network member that keeps its own fundraising and governance is not affiliated."),
    )
    notes: Mapped[str | None] = field(N_("Notes"), Kind.LONG_TEXT)


class OrganisationRole(Entity):
    """What an organisation is to the office: partner, donor, coordination body, or the office's own."""

    organisation_id: Mapped[UUID] = field(N_("Organisation"), Kind.LINK, link("organisation.id", owner=True))
    role: Mapped[str] = field(N_("Role"), Kind.CHOICE, choices=ROLES, index=True)
    since: Mapped[date | None] = field(N_("Since"), Kind.DATE)
    until: Mapped[date | None] = field(N_("Until"), Kind.DATE)


class OrganisationPlace(Entity):
    """Where an organisation works, beyond what its activities say."""

    organisation_id: Mapped[UUID] = field(N_("Organisation"), Kind.LINK, link("organisation.id", owner=True))
    place_id: Mapped[UUID] = field(N_("Place"), Kind.LINK, link("place.id"))
    since: Mapped[date | None] = field(N_("Since"), Kind.DATE)
    until: Mapped[date | None] = field(N_("Until"), Kind.DATE)


class Department(Entity):
    """A part of an organisation that we deal with: a donor's regional desk, a partner's branch."""

    organisation_id: Mapped[UUID] = field(N_("Organisation"), Kind.LINK, link("organisation.id", owner=True))
    name: Mapped[str] = field(N_("Department"), Kind.TEXT)
    notes: Mapped[str | None] = field(N_("Notes"), Kind.LONG_TEXT)


class Contact(Entity):
    """Someone at an organisation, by work data only: never private addresses, never what concerns the person."""

    organisation_id: Mapped[UUID] = field(N_("Organisation"), Kind.LINK, link("organisation.id", owner=True))
    department_id: Mapped[UUID | None] = field(N_("Department"), Kind.LINK, link("department.id"))
    name: Mapped[str] = field(N_("Name"), Kind.TEXT)
    position: Mapped[str | None] = field(N_("Post"), Kind.TEXT)
    email: Mapped[str | None] = field(N_("Work e-mail"), Kind.TEXT)
    phone: Mapped[str | None] = field(N_("Work telephone"), Kind.TEXT)
    language: Mapped[str | None] = field(N_("Language"), Kind.LANGUAGE)
    until: Mapped[date | None] = field(N_("Until"), Kind.DATE)


class OrganisationName(Entity):
    """Another name of an organisation: in another language or script, former, short, or as a file spells it."""

    organisation_id: Mapped[UUID] = field(N_("Organisation"), Kind.LINK, link("organisation.id", owner=True))
    name: Mapped[str] = field(N_("Name"), Kind.TEXT)
    language: Mapped[str | None] = field(N_("Language of the name"), Kind.LANGUAGE)
    use: Mapped[str] = field(N_("What kind of name"), Kind.CHOICE, choices=NAME_USES)
    folded: Mapped[str] = mapped_column(index=True)

    @validates("name")
    def _follow(self, _key: str, name: str) -> str:
        self.folded = fold(name)
        return name


class OrganisationCode(Entity):
    """The code of an organisation in somebody's list; alone it never proves that two are the same."""

    __table_args__ = (Index(None, "scheme", "code"),)

    organisation_id: Mapped[UUID] = field(N_("Organisation"), Kind.LINK, link("organisation.id", owner=True))
    scheme: Mapped[str] = field(N_("List"), Kind.TEXT)
    code: Mapped[str] = field(N_("Code"), Kind.TEXT)


class NotSame(Entity):
    """A person's word that two organisations, or one and a spelling, are not the same; never asked again."""

    organisation_id: Mapped[UUID] = field(N_("Organisation"), Kind.LINK, link("organisation.id", owner=True))
    other_id: Mapped[UUID | None] = field(N_("Other organisation"), Kind.LINK, link("organisation.id", owner=True))
    folded: Mapped[str | None] = mapped_column(index=True)
