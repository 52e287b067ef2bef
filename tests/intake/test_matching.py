"""Same or not: organisations, places and who pays."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.queries.arrivals import Held, HeldOrganisation, HeldPlace
from desktop.intake.funding import Part, funding_of
from desktop.intake.matching import Organisations, Told
from desktop.intake.whereabouts import Places, Step
from i18n.alike import same_key


def organisation(name: str, *names: str, short: tuple[str, ...] = ()) -> HeldOrganisation:
    return HeldOrganisation(uuid4(), name, names, short, frozenset({"partner"}))


@pytest.mark.parametrize("other", ["FEMMES D'ITURI", "Femmes  d’ Ituri", "Femmés d`Ituri", "femmesd’ituri"])
def test_names_that_differ_in_nothing_that_matters_are_one_and_are_listed(other: str) -> None:
    held = organisation("Femmes d’Ituri")
    found = Organisations(Held((held,)), Told())
    assert found.whose(other) == held.id
    assert [(one.name, one.spellings) for one in found.taken_as_one()] == [("Femmes d’Ituri", (other,))]


def test_names_in_the_same_file_become_one_under_the_most_frequent_spelling() -> None:
    found = Organisations(Held(), Told())
    assert found.whose("ACTION FEMMES") == found.whose("Action Femmes") == found.whose("Action femmes", 3)
    assert found.named(found.whose("Action Femmes", 0)) == "Action femmes"


def test_a_likeness_is_proposed_and_never_merged() -> None:
    held = organisation("Fonds des Nations unies pour l’enfance")
    found = Organisations(Held((held,)), Told())
    assert found.whose("Fonds de Nations Unies pour l’enfance") != held.id
    assert [(one.name, one.held) for one in found.proposals()] == [("Fonds de Nations Unies pour l’enfance", held.id)]


def test_the_same_words_in_another_order_are_proposed() -> None:
    found = Organisations(Held(), Told())
    found.whose("USAID/BHA")
    found.whose("BHA- USAID")
    assert len(found.proposals()) == 1


def test_an_acronym_alone_proposes_nothing() -> None:
    caritas = [organisation(f"Caritas {place}", short=("CARITAS",)) for place in ("Bunia", "Goma", "Mahagi-Nioka")]
    found = Organisations(Held(tuple(caritas)), Told())
    assert isinstance(found.whose("CARITAS"), str)
    assert found.proposals() == ()


def test_two_caritas_with_one_acronym_stay_two() -> None:
    found = Organisations(Held(), Told())
    assert len({found.whose(name) for name in ("Caritas", "Caritas Bunia", "Caritas Congo Asbl")}) == 3


def test_what_a_person_calls_the_same_is_the_same() -> None:
    held = organisation("Danish Refugee Council")
    found = Organisations(Held((held,)), Told(same={"DRC": held.id, "D.R.C": "DRC-X"}))
    assert found.whose("DRC") == held.id
    assert found.whose("D.R.C") == found.whose("DRC-X")


def test_what_a_person_keeps_apart_stays_apart_and_is_not_proposed_again() -> None:
    held = organisation("Action Femmes")
    told = Told(apart=frozenset({("ACTION FEMMES", held.id)}))
    found = Organisations(Held((held,)), told)
    assert found.whose("ACTION FEMMES") != held.id and found.proposals() == ()
    remembered = Held((held,), apart=frozenset({(held.id, "action femmes")}))
    assert Organisations(remembered, Told()).whose("ACTION FEMMES") != held.id


def test_a_spelling_of_its_own_is_found_before_a_likeness() -> None:
    first, second = organisation("Action Femmes"), organisation("ACTION FEMMES")
    found = Organisations(Held((first, second)), Told())
    assert (found.whose("Action Femmes"), found.whose("ACTION FEMMES")) == (first.id, second.id)


@given(st.text())
def test_folding_twice_is_folding_once(name: str) -> None:
    assert same_key(same_key(name)) == same_key(name)


def place(name: str, level: int, *codes: str, parent: HeldPlace | None = None) -> HeldPlace:
    return HeldPlace(uuid4(), name, "admin", level, "TD", parent.id if parent else None, codes)


def region(code: str | None, name: str) -> tuple[Step, ...]:
    return (Step(1, "admin", code, name),)


def test_codes_of_two_vintages_are_one_place() -> None:
    lac = place("Lac", 1, "TCD07")
    places = Places(Held(places=(lac,)))
    assert places.where(region("TD07", "Lac"), None) == lac.id
    assert list(places.new_codes) == [(lac.id, "TD07")] and not places.new


def test_the_same_digits_with_another_name_are_another_place() -> None:
    places = Places(Held(places=(place("Lac", 1, "TCD07"),)))
    assert places.where(region("TD07", "Mandoul"), None) == 0


def test_a_place_without_a_code_is_found_by_its_name_under_its_parent() -> None:
    lac = place("Lac", 1, "TD07")
    mamdi = place("Mamdi", 2, "TD0701", parent=lac)
    places = Places(Held(places=(lac, mamdi)))
    assert places.where((*region("TD07", "LAC"), Step(2, "admin", None, "mamdi")), None) == mamdi.id
    assert places.where((*region("TD08", "Logone"), Step(2, "admin", None, "Mamdi")), None) != mamdi.id


def test_two_codes_of_one_vintage_are_two_places_whatever_their_name() -> None:
    places = Places(Held())
    first = places.where(region("CD5402ZS02", "Bunia"), None)
    assert places.where(region("CD5402ZS03", "Bunia"), None) != first


def test_each_place_stands_under_its_parent() -> None:
    places = Places(Held())
    places.where((*region("CD54", "Ituri"), Step(2, "admin", "CD5402", "Irumu")), None)
    assert [(new.name, new.parent, new.country) for new in places.new] == [("Ituri", None, "CD"), ("Irumu", 0, "CD")]


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("FCDO,ECHO", ("FCDO", "ECHO")),
        ("(Irish Aid ;USAID-BHA ; ECHO)", ("Irish Aid", "USAID-BHA", "ECHO")),
        ("USAID/BHA", ("USAID/BHA",)),
        ("SIDA et NORAD", ("SIDA et NORAD",)),
        ("CIAA (Ministère de l’Europe, Paris)", ("CIAA (Ministère de l’Europe, Paris)",)),
        ("ECHO; echo ,ECHO", ("ECHO", "echo")),
    ],
)
def test_donors_are_cut_at_comma_and_semicolon_only(cell: str, parts: tuple[str, ...]) -> None:
    assert tuple(part.donor for part in funding_of(cell)) == parts


def test_donors_are_cut_at_what_the_mapping_says() -> None:
    cut = funding_of("SIDA et NORAD/BHA-USAID", ("/", "et"))
    assert [part.donor for part in cut] == ["SIDA", "NORAD", "BHA-USAID"]


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("FONDS PROPRES", "own"),
        ("Fond propre", "own"),
        ("Autre", "other"),
        ("autres", "other"),
        ("Multi-bailleur", "several"),
        ("", "not_stated"),
        (None, "not_stated"),
        ("0", "not_stated"),
        ("n/a", "not_stated"),
        ("Fondos propios", "own"),
        ("Other", "other"),
        ("أخرى", "other"),
    ],
)
def test_own_funds_other_several_and_blank_are_no_donors(cell: str | None, kind: str) -> None:
    (part,) = funding_of(cell)
    assert (part.kind, part.donor) == (kind, None)


def test_a_cell_may_hold_a_donor_and_own_funds() -> None:
    assert [part.kind for part in funding_of("Fonds propres, ECHO")] == ["own", "donor"]
    assert funding_of(None) == (Part("not_stated"),)
