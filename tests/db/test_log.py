"""The change log: triggers miss nothing, values are canonical, and whatever is altered afterwards is found."""

import json
from typing import Any

import pytest
from sqlalchemy import Column as SqlColumn
from sqlalchemy import Float, MetaData, Table, select, update
from sqlalchemy.orm import Session

from db import triggers
from db.base import now
from db.commands.removing import remove
from db.deeds import deed
from db.models import LogRow, Organisation
from db.queries.check import CHAIN, UNLOGGED, check
from db.record import Record
from db.sealing import Finding, next_clock, verify
from tests.builders import add_partner, rename
from tests.faults.chain import filled


def log(session: Session) -> list[tuple[str, Any, Any]]:
    """The values in the log, oldest first, without the start."""
    rows = session.execute(
        select(LogRow.entity, LogRow.before, LogRow.after).where(LogRow.change_set > 1).order_by(LogRow.row)
    )
    return [(entity, json.loads(before or "null"), json.loads(after or "null")) for entity, before, after in rows]


def everywhere(session: Session) -> list[Finding]:
    return list(verify(session.connection()))


def test_raw_and_bulk_changes_are_logged_like_any_other(record: Record) -> None:
    record.write(add_partner, "Une")
    record.write(add_partner, "Deux")

    @deed("All at once")
    def at_once(session: Session) -> None:
        session.execute(update(Organisation).values(country="COD"))
        session.connection().exec_driver_sql("UPDATE organisation SET acronym = 'X' || row")
        session.connection().exec_driver_sql("DELETE FROM organisation_role")

    record.write(at_once)
    entries = record.read(log)[4:]
    assert [entity for entity, _before, _after in entries] == ["organisation"] * 4 + ["organisation_role"] * 2
    assert [after for _entity, _before, after in entries[:2]] == [{"country": "COD"}] * 2
    assert all(before == {"acronym": None} for _entity, before, _after in entries[2:4])
    assert all(before["role"] == "partner" and after is None for _entity, before, after in entries[4:])


def test_only_what_differs_is_logged(record: Record) -> None:
    partner = record.write(add_partner, "Femmes debout")
    record.write(rename, partner, "Femmes levées")
    _entity, before, after = record.read(log)[-1]
    assert (before["name"], after["name"]) == ("Femmes debout", "Femmes levées")
    assert set(after) == {"name", "sort_key", "folded"}


def test_logged_values_are_canonical_and_local_numbers_never_leave(record: Record) -> None:
    partner = record.write(add_partner, "Femmes debout")
    record.write(remove, Organisation, partner)
    entries = record.read(log)
    assert all("row" not in (side or {}) for entry in entries for side in entry[1:])
    assert entries[1][2] == {"organisation_id": partner.hex, "role": "partner"}
    removed = next(after for entity, _before, after in entries[2:] if entity == "organisation")["removed_at"]
    assert removed.startswith(now().strftime("%Y-"))


def test_every_table_that_people_change_has_its_triggers() -> None:
    assert set(triggers.triggers()) == {
        f"log_{name}_{what}" for name in triggers.logged_tables() for what in ("insert", "update", "delete")
    }
    assert not {"draft", "issued", "change_set", "log_row", "device"} & set(triggers.logged_tables())


def test_a_field_that_the_log_could_not_give_back_exactly_is_refused() -> None:
    with pytest.raises(TypeError):
        triggers.logged_columns(Table("t", MetaData(), SqlColumn("share", Float())))


def test_values_and_salt_that_go_without_an_erasure_are_found(record: Record) -> None:
    filled(record)
    with record.driver() as driver:
        driver.execute("UPDATE log_row SET before = NULL, after = NULL, salt = NULL WHERE entity = 'organisation'")
    assert {finding.what for finding in record.read(everywhere)} == {"row altered"}


def test_a_trigger_that_is_missing_or_bent_is_found(record: Record) -> None:
    assert check(record) == ()
    with record.driver() as driver:
        driver.execute("DROP TRIGGER log_organisation_update")
    assert [finding.message for finding in check(record)] == [UNLOGGED]


def test_what_is_written_past_the_door_is_found(record: Record) -> None:
    with record.driver() as driver:
        driver.execute("UPDATE office SET country = 'TCD'")
    assert [finding.message for finding in check(record)] == [CHAIN["unsealed"]]


def test_the_clock_never_goes_back() -> None:
    far = next_clock(None)
    ahead = f"{int(far[:12], 16) + 86_400_000:012x}000000"
    ticks = [ahead]
    for _tick in range(5):
        ticks.append(next_clock(ticks[-1]))
    assert ticks == sorted(set(ticks))
    assert next_clock("000000000001000000") >= far
