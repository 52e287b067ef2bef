"""The term bank: another agency's words are pointed out, one's own never, and what only looks alike is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.terms import USAGES, Suspicion, check, terms


@pytest.mark.parametrize(
    ("text", "language", "usage", "found", "better"),
    [
        (
            "Les violences basées sur le genre",
            "fr",
            "iom",
            "violences basées sur le genre",
            "violence fondée sur le genre",
        ),
        (
            "Une Violence basée sur le genre.",
            "fr",
            "iom",
            "Violence basée sur le genre",
            "violence fondée sur le genre",
        ),
        (
            "violence fondée\u00a0sur le genre",
            "fr",
            "cluster",
            "violence fondée\u00a0sur le genre",
            "violences basées sur le genre",
        ),
        ("12 survivantes de VBG", "fr", "iom", "VBG", "violence fondée sur le genre"),
        ("un partenaire d’exécution", "fr", "iom", "partenaire d’exécution", "partenaire de mise en œuvre"),
        ("notre bailleur", "fr-CD", "iom", "bailleur", "donateur"),
        ("violencia basada en género", "es", "un", "violencia basada en género", "violencia de género"),
        ("العنف الجنساني", "ar", "iom", "العنف الجنساني", "العنف القائم على النوع الاجتماعي"),
        ("intégration transversale", "fr", "iom", "intégration transversale", "intégration de la protection"),
    ],
)
def test_another_agencys_words_are_pointed_out(text: str, language: str, usage: str, found: str, better: str) -> None:
    assert [(one.found, one.better) for one in check(text, language, usage)] == [(found, better)]


@pytest.mark.parametrize(
    ("text", "language", "usage"),
    [
        ("Les violences basées sur le genre et leur prise en charge", "fr", "cluster"),
        ("la responsabilité de l'État et l'orientation des cas", "fr", "cluster"),
        ("les clusters", "en", "iom"),
        ("vbg sans majuscules", "fr", "iom"),
        ("bailleresse d'un local", "fr", "iom"),
        ("le registre des naissances et leur enregistrement", "fr", "iom"),
        ("violence fondée sur le genre", "sw", "iom"),
        ("violences basées sur le genre", "fr", None),
    ],
)
def test_the_offices_own_words_and_common_ones_are_left_alone(text: str, language: str, usage: str | None) -> None:
    assert check(text, language, usage) == ()


def test_without_a_usage_only_what_is_mixed_is_pointed_out() -> None:
    text = "La violence fondée sur le genre baisse ; les violences basées sur le genre montent."
    (found,) = check(text, "fr", None)
    assert found == Suspicion("violences basées sur le genre", "violence fondée sur le genre", mixed=True)


@pytest.mark.parametrize("usage", [code for code, _title in USAGES])
def test_no_better_word_is_itself_pointed_out(usage: str) -> None:
    for one in terms():
        for found in check(one.term, one.language, usage):
            assert check(found.better, one.language, usage) == (), (one.term, found.better)


@given(st.text(), st.sampled_from(["fr", "en", "es", "ar"]), st.sampled_from([None, "iom", "cluster", "un"]))
def test_any_text_can_be_looked_at(text: str, language: str, usage: str | None) -> None:
    assert all(one.found in text for one in check(text, language, usage))


def test_every_term_belongs_to_a_usage_that_an_office_can_choose() -> None:
    assert {one.usage for one in terms()} <= {"", *(code for code, _title in USAGES)}
