"""Places that may be held twice: which are pointed out, and which a country is full of and are not."""

from typing import Any
from uuid import UUID

import pytest

from db.commands.entries import add
from db.commands.merging import merge_places, not_same_place
from db.commands.places import add_place
from db.commands.texts import set_text
from db.models import Place, PlaceCode
from db.queries.duplicate_places import duplicate_places, place_lookalikes
from db.queries.duplicates import NEAR_SPELLING, SAME_NAME, SAME_PCODE
from db.record import Record


@pytest.fixture
def province(record: Record) -> UUID:
    return record.write(add_place, {"name": "Province d'essai", "kind": "admin", "country": "CD", "pcode": "ZZ9"})


def place(record: Record, name: str, parent: UUID | None, **more: Any) -> UUID:
    return record.write(add_place, {"name": name, "kind": "admin", "country": "CD", "parent_id": parent, **more})


def test_what_is_held_twice_is_pointed_out_with_why(record: Record, province: UUID) -> None:
    first = place(record, "Mahagi-Essai", province, pcode="ZZ91")
    same = place(record, "MAHAGI ESSAI", None)
    assert [(pair.first, pair.second, pair.why) for pair in record.read(duplicate_places)] == [
        (first, same, (NEAR_SPELLING,))
    ]
    record.write(merge_places, first, same, {})
    near = place(record, "MAHAGI-ESSAI", province)
    assert [pair.why for pair in record.read(duplicate_places)] == [(SAME_NAME,)]
    record.write(not_same_place, first, near)
    assert record.read(duplicate_places) == ()
    coded = place(record, "Tout autre nom", province, pcode="zz91")
    record.write(add, PlaceCode, {"place_id": near, "code": "ZZ99"})
    assert [(pair.second, pair.why) for pair in record.read(duplicate_places)] == [(coded, (SAME_PCODE,))]


def test_a_name_is_shared_by_many_places_that_are_not_one(record: Record, province: UUID) -> None:
    other = place(record, "Autre province d'essai", None, pcode="ZZ8")
    here = place(record, "Kasoro", province)
    place(record, "Kasoro", other)
    place(record, "Kasoro", province, kind="health_zone")
    place(record, "Kasoro", None, country="UG")
    place(record, "Kasoro", here)
    assert record.read(duplicate_places) == ()
    place(record, "Territoire d'essai un", province, pcode="ZZ95")
    place(record, "Territoire d'essai uni", province, pcode="ZZ96")
    assert record.read(duplicate_places) == (), "what a list codes apart is apart"


def test_a_place_that_is_being_typed_in_is_found_under_any_of_its_names(record: Record, province: UUID) -> None:
    held = place(record, "Kasoro", province)
    other = place(record, "Ailleurs", None)
    record.write(set_text, Place, held, "name", "ar", "كاسورو")

    def asked(name: str, kind: str | None = "admin", parent: UUID | None = None, pcode: str | None = None) -> Any:
        return [one.id for one in record.read(place_lookalikes, name, kind, "CD", parent, pcode)]

    assert asked("KASORO") == asked("كاسورو", None) == asked("kasoro", parent=province) == [held]
    assert asked("Kasoro", "site") == asked("Kasoro", parent=other) == []
    assert asked("Autre", pcode="zz9") == [province]


def test_places_merged_forget_that_one_was_said_to_be_another(record: Record, province: UUID) -> None:
    one, two, three = (place(record, name, province) for name in ("Kasoro", "Kasoru", "Kassoro"))
    for a, b in ((one, two), (two, one), (one, three), (two, three)):
        record.write(not_same_place, a, b)
    record.write(merge_places, one, two, {})
    assert record.read(duplicate_places) == ()
    assert record.undo()
    assert record.read(duplicate_places) == ()
