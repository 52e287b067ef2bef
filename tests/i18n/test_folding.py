"""What is the same name, what a search finds, what stands first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n.folding import fold, search_form, sort_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Femme Congolaise pour le Développement", "FEMME CONGOLAISE POUR LE DÉVELOPPEMENT"),
        ("Association  Pour le Développement ", "ASSOCIATION POUR LE DEVELOPPEMENT"),
        ("N'Djaména", "NDJAMENA"),
        ("L’Espoir", "L'espoir"),
        ("L Espoir", "L'Espoir"),
        ("Bas-Uele\u00a0", "bas-uele"),
        ("Cœur", "coeur"),
        ("Strasse", "STRAßE"),
    ],
)
def test_case_accents_apostrophes_and_spaces_make_no_other_name(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Caritas Goma", "Caritas Uvira"), ("TD07", "TCD07"), ("A-B", "AB")])
def test_anything_further_is_another_name(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("حماية", "حِمَايَةُ"),
        ("المهاجرين", "المُهاجِرين"),
        ("الادارة", "الإدارة"),
        ("الامل", "الأمل"),
        ("123", "١٢٣"),
        ("123", "۱۲۳"),
        ("العربية", "العربيـــة"),
        ("كي", "کی"),
        ("coeur", "Cœur"),
        ("elysee", "Élysée"),
        ("l'ile", "L’Île"),
    ],
)
def test_a_search_finds_what_people_spell_in_several_ways(asked: str, written: str) -> None:
    assert search_form(asked) == search_form(written)


def test_a_search_form_keeps_words_apart() -> None:
    assert search_form(" Femmes  d'Ituri\n") == "femmes d'ituri"


@pytest.mark.parametrize(
    ("language", "ordered"),
    [
        ("fr", ["cote", "Côte d’Azur", "Coton", "« Écho »", "élan", "Zone 2", "zone 10"]),
        ("es", ["nube", "nz", "ñandú", "oso"]),
        ("ar", ["أمل", "بيت", "تاج", "ياسمين"]),
    ],
)
def test_lists_stand_in_the_order_readers_expect(language: str, ordered: list[str]) -> None:
    backwards = ordered[::-1]
    assert sorted(backwards, key=lambda text: sort_key(text, language)) == ordered


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert search_form(search_form(text)) == search_form(text)
