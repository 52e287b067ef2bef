"""Trainings and advocacy, gathered: who was trained, what was said to whom, which analyses were written.

What was taken higher is for the office alone. Participants are counts by sex and go through the guard.
"""

from collections.abc import Sequence
from uuid import UUID

from db.queries import Session
from db.queries.served import behind_served
from db.queries.trainings import Given, Spoken, work_done
from db.record import Record
from desktop.guard.audiences import Audience
from desktop.guard.tables import Counted, Entry, Grid, Line, Named, Tables
from desktop.guard.tables import Part as PartOf
from desktop.reports.arithmetic import WORKED
from desktop.reports.atoms import AtomBook
from desktop.reports.document import Count, Said
from desktop.reports.framing import frame_of, scope_names
from desktop.reports.report import CITABLE, FRAME, Asked, Lacking
from desktop.reports.trained import PARTS, participants
from i18n import N_

COUNTED = ("trainings", "advocacy-actions", "analyses", "escalations")
PEOPLE, SHARE = N_("People trained"), N_("Share of women among them")


def gather(record: Record, asked: Asked) -> Tables:
    """Everything the report says."""
    return record.read(_tables, asked)


def lacking(record: Record, asked: Asked) -> Sequence[Lacking]:
    """Trainings of which nobody said how many women and men there were, and actions of which nobody knows the end."""
    found = record.read(work_done, asked.scope)
    return [
        *(
            Lacking(N_("How many took part in “{title}” is not noted."), "trainings", one.id, "women", _titled(one))
            for one in found.trainings
            if one.women is None and one.men is None
        ),
        *(
            Lacking(N_("What came of “{title}” is not noted."), "advocacy-actions", one.id, "outcome", _titled(one))
            for one in found.advocacy
            if not one.outcome
        ),
    ]


def _titled(one: Given | Spoken) -> dict[str, Said]:
    return {"title": Said(one.title)}


def _tables(session: Session, asked: Asked) -> Tables:
    found, book, frame = work_done(session, asked.scope), AtomBook(), frame_of(session, asked)
    inside = asked.audience is Audience.INTERNAL
    behind = {kind: behind_served(kind, asked.scope, frame.change) for kind in COUNTED}

    def named(id: UUID | None) -> Entry:
        body = found.bodies.get(id) if id else None
        return Named(body.id, Said(body.name, body.language), body.may_be_named) if body else ""

    columns: list[list[frozenset[int]]] = [[] for _part in PARTS]
    lines = []
    for one in found.trainings:
        cells = participants(one.id, one.trained, (one.women, one.men, one.not_said), book)
        for column, atoms in zip(columns, cells, strict=True):
            column.append(atoms)
        head = (one.starts_on, one.ends_on, Said(one.title), named(one.trained), Said(one.place or ""))
        counts = [Counted(atoms, behind["trainings"]) for atoms in (*cells, _together(cells))]
        lines.append(Line((*head, named(one.trainer), *counts)))
    sums = [Counted(_together(column), behind["trainings"]) for column in columns]
    whole = Counted(_together([one.atoms for one in sums]), behind["trainings"])
    share = PartOf(sums[0], whole)
    if lines:
        lines.append(Line((None, None, "", "", "", "", *sums, whole), total=True))
    counted = {
        "trainings": len(found.trainings),
        "advocacy-actions": len(found.advocacy),
        "analyses": len(found.analyses),
        **({"escalations": len(found.escalations)} if inside else {}),
    }
    return Tables(
        tuple(book.atoms),
        {
            "trainings": Grid(tuple(lines)),
            "advocacy": Grid(
                tuple(
                    Line((one.on, Said(one.title), named(one.addressee), Said(one.audience or ""), _outcome(one)))
                    for one in found.advocacy
                )
            ),
            WORKED: Grid((Line((SHARE, sums[0], whole, share)),) if lines else ()),
        },
        {
            **{_figure(kind): Count(count, behind[kind]) for kind, count in counted.items()},
            "people": whole,
            "women": sums[0],
            "women_share": share,
            **scope_names(session, asked),
        },
        {
            FRAME: frame,
            "analyses": found.analyses,
            "escalations": found.escalations if inside else (),
            CITABLE: (
                ("trainings", N_("Trainings")),
                ("people", PEOPLE),
                ("women_share", SHARE),
                ("advocacy_actions", N_("Advocacy actions")),
                ("analyses", N_("Protection analyses")),
            ),
        },
    )


def _together(cells: Sequence[frozenset[int]]) -> frozenset[int]:
    return frozenset[int]().union(*cells)


def _figure(kind: str) -> str:
    return kind.replace("-", "_")


def _outcome(one: Spoken) -> Said | None:
    return Said(one.outcome) if one.outcome else None
