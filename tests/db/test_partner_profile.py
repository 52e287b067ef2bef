"""What a partner owed and what it was given a say in, counted from the record for its period and no other."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from db.base import Entity, there
from db.commands.entries import add
from db.deeds import deed
from db.models import Agreement, Participation, ReportingDuty
from db.queries.localisation import localisation
from db.queries.partner_profile import partner_profile
from db.queries.touched import behind
from db.record import Record
from tests.builders import add_partner

FIRST, LAST, TODAY = date(2026, 1, 1), date(2026, 12, 31), date(2026, 9, 1)


@deed("Stands so")
def stands(session: Session, entity: type[Entity], id: UUID, **values: Any) -> None:
    """Put a thing where its own deeds would have brought it, step by step."""
    thing = there(session, entity, id)
    for key, value in values.items():
        setattr(thing, key, value)


def test_reports_owed_are_counted_by_their_day_and_each_count_opens_its_rows(record: Record) -> None:
    partner = record.write(add_partner, "Femmes debout")
    agreement = record.write(add, Agreement, {"title": "Accord inventé", "partner_id": partner})

    def duty(due: date, status: str, on: date | None = None, **more: Any) -> None:
        said = {"direction": "in", "kind": "narrative", "due_on": due} | (more or {"organisation_id": partner})
        record.write(stands, ReportingDuty, record.write(add, ReportingDuty, said), status=status, submitted_on=on)

    duty(date(2026, 3, 31), "submitted", date(2026, 3, 30))
    duty(date(2026, 4, 30), "submitted", date(2026, 5, 2))
    duty(date(2026, 6, 30), "planned", agreement_id=agreement)
    duty(date(2026, 5, 31), "waived")
    duty(date(2026, 10, 31), "planned")
    duty(date(2025, 12, 31), "planned")
    duty(TODAY, "planned")
    told = record.read(partner_profile, partner, FIRST, LAST, TODAY).reports
    assert (told.owed, told.came, told.in_time, told.late) == (3, 2, 1, 1)
    for each, count in ((told.behind_came, 2), (told.behind_late, 1)):
        assert len(record.read(behind, each.kind, each.filters)) == count


def test_only_what_was_signed_and_held_in_the_period_counts_for_localisation(record: Record) -> None:
    partner = record.write(add_partner, "Femmes debout")
    for title, status, ends in (("En vigueur", "active", None), ("Projet", "draft", None), ("Fini", "ended", "2025")):
        said = {"title": title, "partner_id": partner, "type": "project"}
        agreement = record.write(add, Agreement, said | ({"ends_on": date(2025, 6, 30)} if ends else {}))
        record.write(stands, Agreement, agreement, status=status)
    for until in (None, date(2025, 6, 30)):
        record.write(add, Participation, {"organisation_id": partner, "seat": "member", "until": until})
    found = record.read(localisation, "commitment", FIRST, LAST)
    assert len(found.agreements) == 1 and len(found.seats) == 1
    told = record.read(partner_profile, partner, FIRST, LAST, TODAY)
    assert [each.title for each in told.agreements] == ["En vigueur"] and len(told.seats) == 1
