"""The definitions of a women-led organisation: versioned, named and explained in every language."""

from db.definitions import definitions, name_of, rule_of
from i18n import LANGUAGES


def test_each_definition_has_a_version_and_says_what_it_asks_in_every_language() -> None:
    assert [(each.code, each.version) for each in definitions()] == [
        ("WLO-50", "1"),
        ("WLO-67", "1"),
        ("WLO-IASC", "2024"),
    ]
    for each in definitions():
        for language in LANGUAGES:
            assert name_of(each.code, each.version, language)
            assert rule_of(each.code, language)


def test_a_definition_that_is_not_carried_goes_by_its_code() -> None:
    assert name_of("WLO-80", "3", "fr") == "WLO-80 3"


def test_a_language_without_definitions_reads_them_in_english() -> None:
    assert rule_of("WLO-67", "pt") == rule_of("WLO-67", "en")
