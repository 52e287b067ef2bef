"""Organisations that may be held twice: proposed with why, never merged, never asked again."""

from uuid import UUID

import pytest

from db.commands.entries import add
from db.commands.merging import merge, not_same
from db.commands.organisations import add_name, add_organisation
from db.models import NotSame, OrganisationCode
from db.queries.duplicates import (
    NEAR_SPELLING,
    SAME_ACRONYM,
    SAME_CODE,
    SAME_NAME,
    SAME_SOUND,
    duplicates,
    lookalikes,
)
from db.record import Record
from i18n.folding import fold


def organisation(record: Record, name: str, **more: str) -> UUID:
    return record.write(add_organisation, {"name": name, **more})


@pytest.mark.parametrize(
    ("held", "typed", "why"),
    [
        ("Élan d’essai", "ELAN D'ESSAI", SAME_NAME),
        ("Association des femmes inventées", "Associaton des femmes inventées", NEAR_SPELLING),
        ("Action Femmes Inventées", "Femmes inventées - Action", NEAR_SPELLING),
        ("جمعية محمد القادري", "Jamiya Mohammed Al-Kadiri", SAME_SOUND),
    ],
)
def test_a_name_held_already_is_pointed_out_while_it_is_typed(record: Record, held: str, typed: str, why: str) -> None:
    id = organisation(record, held)
    organisation(record, "Tout autre chose")
    (found,) = record.read(lookalikes, typed)
    assert (found.id, found.name) == (id, held)
    assert why in found.why


def test_other_names_are_looked_through_too(record: Record) -> None:
    id = organisation(record, "Rêve d'essai")
    record.write(add_name, id, {"name": "Dream of a Test", "language": "en", "use": "official"})
    assert [one.id for one in record.read(lookalikes, "DREAM OF A TEST")] == [id]


def test_an_acronym_tells_only_with_its_country(record: Record) -> None:
    id = organisation(record, "Caritas Inventée", acronym="CARITAS", country="CD")
    assert record.read(lookalikes, "Tout autre", "Caritas") == ()
    assert record.read(lookalikes, "Tout autre", "Caritas", "TD") == ()
    (found,) = record.read(lookalikes, "Tout autre", "Caritas", "CD")
    assert (found.id, found.why) == (id, (SAME_ACRONYM,))


def test_nothing_typed_is_like_nothing(record: Record) -> None:
    organisation(record, "—")
    assert record.read(lookalikes, "") == record.read(lookalikes, " ") == ()


def test_the_whole_record_is_looked_through_what_tells_most_first(record: Record) -> None:
    one = organisation(record, "Femmes d'essai", country="CD")
    two = organisation(record, "FEMMES D’ESSAI", country="CD")
    coded = [organisation(record, name) for name in ("Premier imaginaire", "Second tout autre")]
    for id in coded:
        record.write(add, OrganisationCode, {"organisation_id": id, "scheme": "UNPP", "code": "77"})
    pairs = record.read(duplicates)
    assert [(pair.first, pair.second) for pair in pairs] == [(one, two), (coded[0], coded[1])]
    assert [pair.why for pair in pairs] == [(SAME_NAME,), (SAME_CODE,)]


def test_what_a_person_said_to_be_two_is_not_asked_again(record: Record) -> None:
    one, two, three = (organisation(record, name) for name in ("Femmes d'essai", "FEMMES D'ESSAI", "femmes d essai"))
    record.write(not_same, two, one)
    assert {(pair.first, pair.second) for pair in record.read(duplicates)} == {(one, three), (two, three)}
    record.write(add, NotSame, {"organisation_id": one})
    record.write(merge, one, three, {})
    assert record.read(duplicates) == ()


def test_a_spelling_that_a_file_was_told_apart_by_counts_too(record: Record) -> None:
    one, _two = organisation(record, "Femmes d'essai"), organisation(record, "FEMMES D'ESSAI")
    from sqlalchemy.orm import Session

    from db.deeds import deed

    @deed("Tell apart")
    def tell_apart(session: Session) -> None:
        session.add(NotSame(organisation_id=one, folded=fold("FEMMES D'ESSAI")))

    record.write(tell_apart)
    assert record.read(duplicates) == ()
