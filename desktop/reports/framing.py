"""What every report gathers besides its figures: what was asked, in names, and the state of the record."""

from db.queries import Session
from db.queries.called import called_otherwise
from db.queries.history import state
from db.queries.logos import donor_of, logos
from db.queries.names import name_of, office_name
from db.queries.outlines import kept_outlines
from desktop.guard.tables import Entry, Named
from desktop.reports.document import Said
from desktop.reports.report import Asked, Frame

SIDES = ("partner", "donor", "contribution", "agreement", "framework", "place")
"""What a report can be about, in the order in which its first page says it."""


def frame_of(session: Session, asked: Asked) -> Frame:
    """The frame of a report as the record stands now."""
    now, donor = state(session), donor_of(session, asked.scope)
    carried = logos(session, [donor] if donor else [])
    office = asked.own.office or office_name(session)
    return Frame(asked, now.on, now.change, office, carried, kept_outlines(session), called_otherwise(session))


def scope_names(session: Session, asked: Asked) -> dict[str, Entry]:
    """The names of what was asked for, as figures `scope_…`; a partner's goes through the guard like any other."""
    names: dict[str, Entry] = {}
    for side in SIDES:
        if id := getattr(asked.scope, side):
            name = name_of(session, side, id)
            said = Said(name.text, name.language)
            names[f"scope_{side}"] = Named(id, said, name.may_be_named) if side == "partner" else said
    return names
