"""A partner's profile on one or two pages, gathered. How it is said stands in `partner_profile_pages`."""

from collections.abc import Sequence
from datetime import date

from db.models.results import NATURES as NATURE_TITLES
from db.queries import Session
from db.queries.partner_profile import partner_profile
from db.queries.protection import protection
from db.queries.selection import Behind
from db.record import Record
from desktop.guard.tables import Grid, Line, Named, Tables
from desktop.reports.atoms import AtomBook
from desktop.reports.document import (
    Said,
)
from desktop.reports.framing import frame_of, scope_names
from desktop.reports.people import People
from desktop.reports.protection_overview import NATURES
from desktop.reports.report import CITABLE, FRAME, Asked, Lacking
from i18n import N_


def gather(record: Record, asked: Asked) -> Tables:
    """Everything the profile says."""
    return record.read(_tables, asked)


def lacking(record: Record, asked: Asked) -> Sequence[Lacking]:
    """What a profile cannot do without: whether women lead it, what it is, and who may know its name."""
    if asked.scope.partner is None:
        return ()
    id = asked.scope.partner
    found = record.read(partner_profile, id, asked.scope.starts_on, asked.scope.ends_on, date.today())
    lacks = []
    if not any(each.about == "women_led" for each in found.leads):
        lacks.append(Lacking(N_("Nobody has assessed whether women lead this partner."), "partners", id))
    for key, message in (
        ("type", N_("What type of organisation this partner is, is not noted.")),
        ("may_be_named", N_("Whether this partner may be named is not noted.")),
        ("mandate", N_("What this partner is there for is not noted.")),
    ):
        if getattr(found.partner, key) is None:
            lacks.append(Lacking(message, "partners", id, key))
    return lacks


def _tables(session: Session, asked: Asked) -> Tables:
    scope = asked.scope
    assert scope.partner is not None
    frame = frame_of(session, asked)
    profile = partner_profile(session, scope.partner, scope.starts_on, scope.ends_on, frame.as_of)
    found, book = protection(session, scope), AtomBook()
    natures = tuple(one for one in NATURES if any(c.nature == one for each in found.activities for c in each.counts))
    people = People(found.activities, natures, book)
    sides = {"from": scope.starts_on, "to": scope.ends_on, "partner": scope.partner, "donor": scope.donor}
    scoped = {key: str(value) for key, value in sides.items() if value}

    def behind(nature: str) -> Behind:
        figure = ";".join(f"{key}={value}" for key, value in (scoped | {"nature": nature}).items())
        return Behind("activities", (("figure", figure),), frame.change)

    known = profile.partner
    named = Named(known.id, Said(known.name, known.language), known.may_be_named)
    return Tables(
        tuple(book.atoms),
        {
            f"sexes_{nature}": Grid(
                tuple(
                    Line((sex or "", people.split(nature, [sex], people.bands(nature)))) for sex in people.sexes(nature)
                )
            )
            for nature in natures
        },
        {
            **{f"people_{nature}": people.of(found.activities, nature, behind(nature)) for nature in natures},
            **scope_names(session, asked),
            "name": named,
        },
        {
            FRAME: frame,
            "profile": profile,
            "natures": natures,
            "activities": len(found.activities),
            CITABLE: tuple((f"people_{nature}", dict(NATURE_TITLES)[nature]) for nature in natures),
        },
    )
