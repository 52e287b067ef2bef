"""Words as a whole: one plain value that goes anywhere, and the names and lists it knows."""

import multiprocessing
import pickle
from datetime import date

import pytest

from i18n import LANGUAGES, Words
from i18n.languages import PSEUDO, nearest, system_language


@pytest.mark.parametrize("tag", [*LANGUAGES, "ar-EG", "fa-AF", PSEUDO])
def test_words_come_back_from_another_process_the_same(tag: str) -> None:
    words = Words.of(tag, "canada")
    assert pickle.loads(pickle.dumps(words)) == words
    assert hash(pickle.loads(pickle.dumps(words))) == hash(words)


@pytest.mark.slow
def test_a_spawned_process_writes_the_same_number() -> None:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(Words.of("fr").number, (29117,)) == "29\u202f117"


def test_an_unknown_language_or_typography_is_refused() -> None:
    with pytest.raises(ValueError):
        Words.of("xx")
    with pytest.raises(ValueError):
        Words.of("not a tag")
    with pytest.raises(ValueError):
        Words.of("fr", "unesco")


def test_a_language_that_nobody_has_told_the_numbers_of_speaks_english_and_a_country_its_language() -> None:
    kikongo, english, near, french = (Words.of(tag) for tag in ("kg", "en", "fr-XX", "fr"))
    assert (kikongo.number(29117), kikongo.date(date(2026, 3, 1)), kikongo.direction) == (
        english.number(29117), english.date(date(2026, 3, 1)), "ltr",
    )  # fmt: skip
    assert (near.number(29117), near.gettext("Save")) == (french.number(29117), french.gettext("Save"))


def test_arabic_and_dari_are_read_from_the_right() -> None:
    assert [Words.of(tag).direction for tag in ("fr", "en", "es", "ar", "fa-AF")] == ["ltr"] * 3 + ["rtl"] * 2


@pytest.mark.parametrize(
    ("named", "language"),
    [
        ("fr_CD.UTF-8", "fr"),
        ("fr-CA", "fr"),
        ("ar_EG", "ar"),
        ("French_France", "fr"),
        ("es", "es"),
        ("C", "en"),
        ("", "en"),
        ("sw_TZ", "en"),
        ("Arabic_Egypt", "ar"),
    ],
)
def test_the_nearest_language_to_what_a_system_names(named: str, language: str) -> None:
    assert nearest(named) == language


def test_the_system_language_is_the_first_that_the_system_names(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "es_CO.UTF-8")
    assert system_language() == "es"
    monkeypatch.setenv("LANGUAGE", "ar:fr")
    assert system_language() == "ar"


@pytest.mark.parametrize(
    ("language", "items", "phrase"),
    [
        ("fr", ["A", "B", "C"], "A, B et C"),
        ("en", ["A", "B", "C"], "A, B and C"),
        ("es", ["A", "B", "C"], "A, B y C"),
        ("es", ["Francia", "Italia"], "Francia e Italia"),
        ("es", ["agua", "hielo"], "agua y hielo"),
        ("ar", ["أحمد", "فاطمة", "مريم"], "أحمد، فاطمة ومريم"),
        ("ar", ["أحمد", "UNHCR"], "أحمد و\u00a0UNHCR"),
        ("fr", ["A"], "A"),
        ("fr", [], ""),
    ],
)
def test_a_list_is_joined_as_the_language_joins_it(language: str, items: list[str], phrase: str) -> None:
    assert Words.of(language).list(items) == phrase


def test_an_isolated_arabic_name_still_takes_the_conjunction_to_itself() -> None:
    words = Words.of("ar")
    assert words.list([words.isolate("أحمد"), words.isolate("مريم")]) == "\u2068أحمد\u2069 و\u2068مريم\u2069"


def test_countries_have_the_names_that_the_united_nations_give_them() -> None:
    assert Words.of("fr").territory_name("CD") == "République démocratique du Congo"
    assert Words.of("ar").territory_name("cd") == "جمهورية الكونغو الديمقراطية"
    assert Words.of("es").territory_name("TD") == "Chad"
    assert Words.of("fr").territory_name("ZZX") == "ZZX"


def test_languages_and_currencies_have_names() -> None:
    assert [Words.of(tag).language_name(tag) for tag in LANGUAGES] == ["français", "English", "español", "العربية"]
    assert Words.of("fr").currency_name("CDF") == "franc congolais"
    assert Words.of("fr").amounts_in("USD") == "dollars des États-Unis"
    assert Words.of("ar").amounts_in("USD") == "دولار أمريكي"
    assert Words.of("es").amounts_in("XQQ") == "XQQ"
    assert Words.of("fr").language_name("prs") == "prs"


def test_the_pseudo_language_marks_a_sentence_and_keeps_its_gaps() -> None:
    said = Words.of(PSEUDO).gettext("Name of {partner} &amp; <b>more</b> (*.xlsx)")
    assert said.startswith("⟦Ñàmé ôf {partner} &amp; <b>môré</b> (*.xlsx)~")
    assert said.endswith("⟧")
    assert len(Words.of(PSEUDO).gettext("Amendments")) >= len("Amendments") * 1.35
    assert Words.of(PSEUDO).date(date(2026, 3, 5)) == "5 Mar 2026"
