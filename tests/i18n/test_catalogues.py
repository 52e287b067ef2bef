"""Catalogues: the right plural, and never stale words."""

import os
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from i18n import LANGUAGES, Words
from i18n.catalogues import catalogue, compiled, dropped_in, load, speaks, texts_of
from i18n.isolation import FSI, PDI

ARABIC = """
msgid ""
msgstr ""
"Language: ar\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 :"
" n%100>=0 && n%100<=2 ? 4 : 5);\\n"

msgid "{count} partner"
msgid_plural "{count} partners"
msgstr[0] "zero"
msgstr[1] "one"
msgstr[2] "two"
msgstr[3] "few"
msgstr[4] "other"
msgstr[5] "many"
"""
FRENCH = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Partner"\nmsgstr "{}"\n'


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    return tmp_path / "messages.po"


@pytest.mark.parametrize(
    ("n", "form"),
    [
        (0, "zero"),
        (1, "one"),
        (2, "two"),
        (3, "few"),
        (11, "many"),
        (100, "other"),
        (102, "other"),
        (103, "few"),
        (99, "many"),
        (1_000_000, "other"),
        (1_000_011, "many"),
    ],
)
def test_arabic_takes_the_form_its_grammar_asks_for(texts: Path, n: int, form: str) -> None:
    texts.write_text(ARABIC, "utf-8")
    assert load(texts).ngettext("{count} partner", "{count} partners", n) == form


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_on_offer_has_a_catalogue_with_the_plural_rule_that_the_tests_know(language: str) -> None:
    with texts_of(language).open("rb") as file:
        said = read_po(file)
    expected = {"ar": 6}.get(language, 2)
    assert said.num_plurals == expected
    assert "n%100>=0 && n%100<=2 ? 4 : 5" in said.plural_expr or language != "ar"


def test_words_built_before_the_last_translation_are_not_used(texts: Path) -> None:
    texts.write_text(FRENCH.format("Vieux"), "utf-8")
    texts.with_suffix(".mo").write_bytes(compiled(texts))
    texts.write_text(FRENCH.format("Partenaire"), "utf-8")
    os.utime(texts.with_suffix(".mo"), (1, 1))
    assert load(texts).gettext("Partner") == "Partenaire"


def test_built_words_are_enough_by_themselves(texts: Path) -> None:
    texts.write_text(FRENCH.format("Partenaire"), "utf-8")
    texts.with_suffix(".mo").write_bytes(compiled(texts))
    texts.unlink()
    assert load(texts).gettext("Partner") == "Partenaire"


def test_a_language_without_a_catalogue_speaks_english_marked_as_such(texts: Path) -> None:
    assert load(texts).gettext("Partner") == "Partner"
    assert catalogue("fa").ngettext("{count} partner", "{count} partners", 2) == f"{FSI}[en] {{count}} partners{PDI}"


def test_a_guess_of_a_translation_is_never_shown(texts: Path) -> None:
    texts.write_text(FRENCH.format("Bailleur").replace('msgid "Partner"', '#, fuzzy\nmsgid "Partner"'), "utf-8")
    assert load(texts).gettext("Partner") == "Partner"


def test_nothing_to_say_stays_nothing() -> None:
    assert Words.of("fr").gettext("") == ""


def test_a_catalogue_dropped_into_the_folder_is_spoken_and_marks_what_it_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = tmp_path / "sw" / "LC_MESSAGES" / "messages.po"
    texts.parent.mkdir(parents=True)
    header = 'msgid ""\nmsgstr ""\n"Language: sw\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    texts.write_text(f'{header}msgid "Contents"\nmsgstr "Yaliyomo"\n', encoding="utf-8")
    monkeypatch.setattr("i18n.catalogues.LOCALES", tmp_path)
    catalogue.cache_clear()
    try:
        assert speaks("sw") and speaks("sw-KE") and not speaks("so") and dropped_in() == ["sw"]
        words = Words.of("sw")
        assert words.gettext("Contents") == "Yaliyomo"
        assert words.gettext("Signature") == f"{FSI}[en] Signature{PDI}"
        assert words.ngettext("{count} partner", "{count} partners", 1) == f"{FSI}[en] {{count}} partner{PDI}"
        assert words.pgettext("mark in place of a hidden count", "[hidden]") == f"{FSI}[en] [hidden]{PDI}"
    finally:
        catalogue.cache_clear()


def test_a_plural_of_which_only_a_part_is_translated_is_english_and_marked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = tmp_path / "sw" / "LC_MESSAGES" / "messages.po"
    texts.parent.mkdir(parents=True)
    texts.write_text(
        'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
        'msgid "{count} partner"\nmsgid_plural "{count} partners"\nmsgstr[0] "mshirika {count}"\nmsgstr[1] ""\n',
        encoding="utf-8",
    )
    monkeypatch.setattr("i18n.catalogues.LOCALES", tmp_path)
    catalogue.cache_clear()
    try:
        assert Words.of("sw").ngettext("{count} partner", "{count} partners", 2) == f"{FSI}[en] {{count}} partners{PDI}"
    finally:
        catalogue.cache_clear()


def test_portuguese_and_swahili_write_numbers_days_and_countries_as_they_do() -> None:
    portuguese, swahili = Words.of("pt"), Words.of("sw")
    assert [portuguese.number(number) for number in (1234, 29117)] == ["1234", "29\u00a0117"]
    assert swahili.number(29117) == "29,117"
    assert portuguese.territory_name("CD") == "República Democrática do Congo"
    assert swahili.territory_name("CD") == "Jamhuri ya Kidemokrasia ya Kongo"
    assert portuguese.list(["A", "B", "C"]) == "A, B e C"
    assert swahili.list(["A", "B", "C"]) == "A, B na C"
