"""Taking back and doing again: exactly, in order, in the history, and refused where something else changed since."""

from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from db.commands.removing import remove
from db.deeds import deed
from db.errors import CannotUndo, NothingToRedo, NothingToUndo, StillPointedAt
from db.models import Activity, Organisation
from db.queries.history import deeds
from db.record import Record
from i18n import Words
from tests.builders import add_activity, add_partner, everything, names, rename


@deed("Rename everybody")
def rename_everybody(session: Session, suffix: str) -> None:
    session.execute(update(Organisation).values(acronym=suffix))


@deed("Add and rename in one go")
def add_and_rename(session: Session, name: str) -> None:
    partner = add_partner(session, name)
    rename(session, partner, name + "!")
    session.connection().exec_driver_sql("UPDATE organisation SET notes = 'brut' WHERE id = ?", (partner.hex,))


def some_partner(session: Session, n: int) -> UUID | None:
    found = session.scalars(
        select(Organisation.id).where(Organisation.removed_at.is_(None)).order_by(Organisation.row)
    ).all()
    return found[n % len(found)] if found else None


def do(record: Record, what: str, n: int) -> None:
    """One random deed; one that is refused changes nothing."""
    partner = record.read(some_partner, n)
    if what == "add" or partner is None:
        record.write(add_partner, f"Partenaire {n}")
    elif what == "add and rename":
        record.write(add_and_rename, f"Partenaire {n}")
    elif what == "activity":
        record.write(add_activity, partner, f"Activité {n}")
    elif what == "rename":
        record.write(rename, partner, f"Nom {n}")
    elif what == "everybody":
        record.write(rename_everybody, f"S{n}")
    else:
        try:
            record.write(remove, Organisation, partner)
        except StillPointedAt:
            return


WHAT = st.sampled_from(["add", "add and rename", "activity", "rename", "everybody", "remove"])


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(WHAT, st.integers(0, 5)), min_size=1, max_size=10))
def test_any_deeds_can_all_be_taken_back_and_done_again(record: Record, course: list[tuple[str, int]]) -> None:
    states = [record.read(everything)]
    for what, n in course:
        do(record, what, n)
        if (state := record.read(everything)) != states[-1]:
            states.append(state)
    for earlier in reversed(states[:-1]):
        record.undo()
        assert record.read(everything) == earlier
    for later in states[1:]:
        record.redo()
        assert record.read(everything) == later
    with pytest.raises(NothingToRedo):
        record.redo()


def test_there_is_an_end_to_taking_back_and_the_office_stays(record: Record) -> None:
    record.write(add_partner, "Femmes debout")
    record.undo()
    before = record.read(everything)
    with pytest.raises(NothingToUndo):
        record.undo()
    assert record.read(everything) == before
    assert before["person"] and before["office"]


def test_taking_back_stands_in_the_history_beside_the_deed(record: Record) -> None:
    record.write(add_partner, "Femmes debout")
    record.undo()
    record.redo()
    record.undo()
    entries = record.read(deeds)
    assert [entry.act for entry in entries] == ["undo", "redo", "undo", "deed", "start"]
    assert {entry.deed for entry in entries[:-1]} == {"Add partner {name}"}
    assert entries[3].taken_back and not entries[0].taken_back


def test_a_new_deed_cuts_off_what_could_have_been_done_again(record: Record) -> None:
    record.write(add_partner, "Une")
    record.undo()
    record.write(add_partner, "Deux")
    with pytest.raises(NothingToRedo):
        record.redo()
    record.undo()
    assert record.redo().details == {"name": "Deux"}
    assert record.read(names) == ["Deux"]


def test_taking_back_is_refused_when_the_row_was_changed_past_the_door(record: Record) -> None:
    record.write(add_partner, "Femmes debout")
    with record.driver() as driver:
        driver.execute("UPDATE organisation SET country = 'TCD'")
    before = record.read(everything)
    with pytest.raises(CannotUndo) as refused:
        record.undo()
    assert record.read(everything) == before
    words = Words.of("en")
    sentence = words.gettext(refused.value.message).format(**refused.value.values(words))
    assert "Femmes debout" in sentence and "Add partner" in sentence


def test_taking_back_an_addition_is_refused_while_something_points_at_it(record: Record) -> None:
    partner = record.write(add_partner, "Femmes debout")
    activity = record.write(add_activity, partner, "Écoute")
    record.undo()
    with record.driver() as driver:
        driver.execute("UPDATE activity SET removed_at = NULL WHERE id = ?", (activity.hex,))
    with pytest.raises(CannotUndo):
        record.undo()


def test_undoing_a_removal_brings_back_what_hung_on_it(record: Record) -> None:
    partner = record.write(add_partner, "Femmes debout")
    before = record.read(everything)
    record.write(remove, Organisation, partner)
    assert not record.read(everything)["organisation_role"]
    record.undo()
    assert record.read(everything) == before


def test_a_row_deleted_by_raw_sql_inside_a_deed_comes_back_whole(record: Record) -> None:
    partner = record.write(add_partner, "Femmes debout")
    record.write(add_activity, partner, "Écoute")
    before = record.read(everything)

    @deed("Delete for good")
    def delete_for_good(session: Session) -> None:
        session.execute(text("DELETE FROM activity"))

    record.write(delete_for_good)
    assert not record.read(everything)["activity"]
    record.undo()
    assert record.read(everything) == before
    assert record.read(lambda session: session.scalars(select(Activity.title)).all()) == ["Écoute"]
