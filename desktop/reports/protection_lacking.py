"""What a protection overview lacks before it goes out: figures, places, starts, and what is known of its partners."""

from collections.abc import Iterator, Sequence

from db.queries import Session
from db.queries.protection import ProtectionActivity, protection
from db.record import Record
from desktop.reports.document import Said
from desktop.reports.report import Asked, Lacking
from i18n import N_


def lacking(record: Record, asked: Asked) -> Sequence[Lacking]:
    """What is missing, activity by activity, then partner by partner."""
    return tuple(record.read(_lacking, asked))


def _lacking(session: Session, asked: Asked) -> list[Lacking]:
    found = protection(session, asked.scope)
    unknown = N_("Nobody has assessed whether women lead “{name}”.")
    return [
        *(each for one in found.activities for each in _of(one)),
        *(
            Lacking(unknown, "partners", partner.id, None, {"name": Said(partner.name, partner.language)})
            for partner in found.partners.values()
            if partner.women_led == "unknown"
        ),
    ]


def _of(one: ProtectionActivity) -> Iterator[Lacking]:
    name = {"title": Said(one.title)}
    if not any(count.value is not None or count.parts for count in one.counts):
        yield Lacking(N_("“{title}” has no figure of people in this period."), "activities", one.id, None, name)
    if one.place is None:
        yield Lacking(N_("Where “{title}” takes place is not noted."), "activities", one.id, "place_id", name)
    if not one.start_known:
        yield Lacking(N_("When “{title}” began is not noted."), "activities", one.id, "starts_on", name)
