"""Two that are one: merged with everything that points at them, as one deed that undo takes back whole."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Table, inspect, select
from sqlalchemy.orm import Session

from db.base import Base, Entity
from db.commands.entries import add, edit
from db.commands.merging import NotOneOfTheTwo, OneInsideTheOther, SameThing, merge, merge_places, not_same
from db.commands.organisations import add_name, add_organisation
from db.commands.places import add_place
from db.commands.removing import remove
from db.deeds import deed
from db.errors import NotThere
from db.fields import Field, Kind
from db.links import links_into, pointing
from db.models import (
    Contact,
    Document,
    NotSame,
    Organisation,
    OrganisationCode,
    OrganisationName,
    OrganisationRole,
    Place,
    PlaceCode,
    Text,
)
from db.record import Record
from tests.builders import everything

ORGANISATION = Organisation.__table__
assert isinstance(ORGANISATION, Table)
LINKS = [link for link in links_into(ORGANISATION) if link.table is not ORGANISATION]
ENTITIES = {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers}
PLAIN: dict[Kind, Any] = {
    Kind.DATE: date(2026, 3, 8),
    Kind.COUNT: 3,
    Kind.INTEGER: 3,
    Kind.MONEY: 1250,
    Kind.DECIMAL: Decimal("1.5"),
    Kind.YES_NO: True,
    Kind.CURRENCY: "USD",
    Kind.COUNTRY: "CD",
    Kind.LANGUAGE: "fr",
    Kind.DATA: {},
}


def some(session: Session, entity: type[Any], **given: Any) -> UUID:
    """A row of any entity, with what it needs and no more."""
    values = {"id": uuid4()} | given
    for column in inspect(entity).columns:
        if column.nullable or column.default is not None or column.name in ("row", "id", "removed_at", *values):
            continue
        values[column.name] = value_of(session, column, column.info.get("field"))
    thing = entity(**values)
    session.add(thing)
    session.flush()
    return thing.id  # type: ignore[no-any-return]


def value_of(session: Session, column: Column[Any], field: Field | None) -> Any:
    for key in column.foreign_keys:
        return some(session, ENTITIES[key.column.table])
    if field is None:
        return uuid4() if column.type.python_type is UUID else "x"
    if field.choices:
        return field.choices[0][0]
    return PLAIN.get(field.kind, f"Essai {field.name}")


@deed("Fill")
def fill(session: Session, links: list[tuple[int, bool]], one: UUID, other: UUID) -> None:
    for number, on_kept in links:
        link = LINKS[number]
        some(session, ENTITIES[link.table], **{link.column.name: one if on_kept else other})


def the_pair(record: Record) -> tuple[UUID, UUID]:
    """Two organisations that are one."""
    kept = record.write(add_organisation, {"name": "Femmes d'essai", "acronym": "FE", "country": "CD"})
    gone = record.write(
        add_organisation, {"name": "FEMMES ESSAI", "acronym": "F.E.", "website": "https://essai.example"}, ("donor",)
    )
    return kept, gone


@pytest.fixture
def pair(record: Record) -> tuple[UUID, UUID]:
    return the_pair(record)


def still_pointing(session: Session, id: UUID) -> list[str]:
    assert isinstance(ORGANISATION, Table)
    found = [link.table.name for link in LINKS if any(pointing(session.connection(), link, [id]))]
    bare = [
        owner.__name__
        for owner in (Document, Text)
        if session.scalar(select(owner.id).where(owner.owner_id == id, owner.removed_at.is_(None)))
    ]
    return found + bare


def live(session: Session, entity: type[Any], *keys: str) -> list[tuple[Any, ...]]:
    columns = [getattr(entity, key) for key in keys]
    return [tuple(row) for row in session.execute(select(*columns).where(entity.removed_at.is_(None)))]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, len(LINKS) - 1), st.booleans()), min_size=1, max_size=25), st.data())
def test_whatever_pointed_at_one_points_at_the_other_and_undo_gives_all_back(
    record: Record, links: list[tuple[int, bool]], data: st.DataObject
) -> None:
    pair = kept, gone = the_pair(record)
    chosen = data.draw(
        st.dictionaries(st.sampled_from(["name", "acronym", "website", "parent_id"]), st.sampled_from(pair))
    )
    record.write(fill, links, kept, gone)
    before = record.read(everything)
    record.write(merge, kept, gone, chosen)
    assert record.read(still_pointing, gone) == []
    after = record.read(everything)
    record.undo()
    assert record.read(everything) == before
    record.redo()
    assert record.read(everything) == after
    record.undo()
    record.undo()


def test_every_kind_of_link_moves(record: Record, pair: tuple[UUID, UUID]) -> None:
    kept, gone = pair
    record.write(fill, [(number, False) for number in range(len(LINKS))], kept, gone)
    before = record.read(everything)
    record.write(merge, kept, gone, {})
    assert record.read(still_pointing, gone) == []
    record.undo()
    assert record.read(everything) == before


def test_the_chosen_values_stay_and_the_names_of_the_other_stay_known(record: Record, pair: tuple[UUID, UUID]) -> None:
    kept, gone = pair
    record.write(add_name, gone, {"name": "Femmes d'essai", "use": "official"})
    record.write(add_name, gone, {"name": "نساء التجربة", "language": "ar", "use": "official"})
    record.write(merge, kept, gone, {"website": gone, "acronym": kept})
    assert record.read(live, Organisation, "name", "acronym", "website", "country") == [
        ("Femmes d'essai", "FE", "https://essai.example", "CD")
    ]
    assert sorted(record.read(live, OrganisationName, "name", "use")) == [
        ("F.E.", "acronym"),
        ("FEMMES ESSAI", "spelling"),
        ("نساء التجربة", "official"),
    ]


def test_roles_are_united_and_no_role_or_code_stands_twice(record: Record, pair: tuple[UUID, UUID]) -> None:
    kept, gone = pair
    record.write(
        add, OrganisationRole, {"organisation_id": gone, "role": "partner", "since": date(2020, 1, 1), "until": None}
    )
    for whose, code in ((kept, "A1"), (gone, "A1"), (gone, "B2")):
        record.write(add, OrganisationCode, {"organisation_id": whose, "scheme": "UNPP", "code": code})
    record.write(merge, kept, gone, {})
    assert sorted(record.read(live, OrganisationRole, "role", "since"), key=str) == [
        ("donor", None),
        ("partner", date(2020, 1, 1)),
    ]
    assert sorted(record.read(live, OrganisationCode, "organisation_id", "code")) == [(kept, "A1"), (kept, "B2")]


def test_parts_keep_hanging_on_their_own_whole(record: Record, pair: tuple[UUID, UUID]) -> None:
    kept, gone = pair
    person = record.write(add, Contact, {"organisation_id": gone, "name": "Contact d'essai"})
    record.write(merge, kept, gone, {})
    assert record.read(live, Contact, "id", "organisation_id") == [(person, kept)]


def test_what_was_said_to_be_two_is_forgotten_for_the_two_and_kept_for_others(
    record: Record, pair: tuple[UUID, UUID]
) -> None:
    kept, gone = pair
    third = record.write(add_organisation, {"name": "Troisième essai"})
    for one, other in ((kept, gone), (third, gone), (kept, third)):
        record.write(not_same, one, other)
    record.write(not_same, gone, third)
    assert len(record.read(live, NotSame, "id")) == 3
    record.write(merge, kept, gone, {})
    assert [set(row) for row in record.read(live, NotSame, "organisation_id", "other_id")] == [{kept, third}]
    record.write(remove, Organisation, third)
    assert not record.read(live, NotSame, "id")


def test_one_that_belongs_to_the_other_no_longer_does(record: Record, pair: tuple[UUID, UUID]) -> None:
    kept, gone = pair
    above = record.write(add_organisation, {"name": "Réseau d'essai"})
    record.write(edit, Organisation, gone, {"parent_id": above})
    record.write(edit, Organisation, kept, {"parent_id": gone})
    record.write(merge, kept, gone, {})
    assert (kept, above) in record.read(live, Organisation, "id", "parent_id")


def test_a_ring_of_wholes_is_refused(record: Record, pair: tuple[UUID, UUID]) -> None:
    kept, gone = pair
    between = record.write(add_organisation, {"name": "Antenne d'essai", "parent_id": gone})
    record.write(edit, Organisation, kept, {"parent_id": between})
    before = record.read(everything)
    with pytest.raises(OneInsideTheOther):
        record.write(merge, kept, gone, {})
    assert record.read(everything) == before


def test_what_cannot_be_merged_is_refused(record: Record, pair: tuple[UUID, UUID]) -> None:
    kept, gone = pair
    with pytest.raises(SameThing):
        record.write(merge, kept, kept, {})
    with pytest.raises(NotOneOfTheTwo):
        record.write(merge, kept, gone, {"name": uuid4()})
    with pytest.raises(NotOneOfTheTwo):
        record.write(merge, kept, gone, {"folded": gone})
    record.write(merge, kept, gone, {})
    with pytest.raises(NotThere):
        record.write(merge, kept, gone, {})


def test_places_merge_in_the_same_way(record: Record) -> None:
    kept = record.write(add_place, {"name": "Kasoro", "kind": "admin", "pcode": "ZZ01"})
    gone = record.write(add_place, {"name": "KASORO", "kind": "admin", "pcode": "ZZ0001"})
    inside = record.write(add_place, {"name": "Site d'essai", "kind": "site", "parent_id": gone})
    before = record.read(everything)
    record.write(merge_places, kept, gone, {"name": gone})
    assert (inside, kept) in record.read(live, Place, "id", "parent_id")
    assert record.read(live, PlaceCode, "place_id", "code") == [(kept, "ZZ0001")]
    assert (kept, "KASORO", "ZZ01") in record.read(live, Place, "id", "name", "pcode")
    record.undo()
    assert record.read(everything) == before


def kinds_that_point() -> set[type[Entity]]:
    return {ENTITIES[link.table] for link in LINKS}


def test_the_links_are_those_of_the_whole_record() -> None:
    """A table added tomorrow is merged too."""
    assert len(kinds_that_point()) >= 20
