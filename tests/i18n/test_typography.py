"""Typography: the reader's rule for our sentences, and hands off what is not ours."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from i18n import LANGUAGES, Words
from i18n.typography import PROFILES, typeset

NARROW, FIXED = "\u202f", "\u00a0"

# Pieces that meet in sentences, in any order and with any spaces between.
WORDS = ["mot", "كلمة", "{name}", "&amp;", "<b>", "10:30", "https://jalon.example/a?b;c", "*.xlsx", "s'", "l'"]
PIECES = st.sampled_from([*WORDS, *"; : ? ! … « » “ ” ( ) , . ' ¿ ¡ ، ؟ \n", FIXED, NARROW])
SENTENCES = st.lists(PIECES, max_size=12).map("".join)


@pytest.mark.parametrize(
    ("plain", "un", "eu", "canada"),
    [
        ("Quoi ?", f"Quoi{NARROW}?", "Quoi?", "Quoi?"),
        ("Quoi?", f"Quoi{NARROW}?", "Quoi?", "Quoi?"),
        ("Total : {n}", f"Total{FIXED}: {{n}}", "Total: {n}", f"Total{FIXED}: {{n}}"),
        ("{a} ; {b} !", f"{{a}}{NARROW}; {{b}}{NARROW}!", "{a}; {b}!", "{a}; {b}!"),
        ("« {name} »", f"«{FIXED}{{name}}{FIXED}»", f"«{FIXED}{{name}}{FIXED}»", f"«{FIXED}{{name}}{FIXED}»"),
        ("l'activité d'{name}", "l’activité d’{name}", "l’activité d’{name}", "l’activité d’{name}"),
    ],
)
def test_french_is_set_as_its_reader_wants_it(plain: str, un: str, eu: str, canada: str) -> None:
    assert [typeset(plain, "fr", profile) for profile in PROFILES] == [un, eu, canada]


@pytest.mark.parametrize(
    "plain", ["à 10:30", "{hours}:{minutes}", "https://jalon.example/a?b=1;c", "a &amp; b", "<a:b>"]
)
def test_what_is_no_prose_is_left_alone(plain: str) -> None:
    assert typeset(plain, "fr", "un") == plain


def test_spanish_and_arabic_have_their_own_marks_and_no_spaces_before_them() -> None:
    assert typeset("¿ Quién ? « {name} » : sí", "es", "un") == "¿Quién? «{name}»: sí"
    assert typeset("من ? {a}, {b}; نعم", "ar", "un") == "من؟ {a}، {b}؛ نعم"
    assert typeset("من UNHCR, OCHA", "ar", "un") == "من UNHCR, OCHA"


def test_english_keeps_its_spaces_and_gets_its_apostrophes() -> None:
    assert typeset("the partners' and the donor's words: yes", "en", "un") == "the partners’ and the donor’s words: yes"


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("language", LANGUAGES)
@given(sentence=SENTENCES)
@example(sentence="كلمة??")
@example(sentence="كلمة; ,")
@example(sentence="mot?:")
def test_setting_twice_changes_nothing_more(language: str, profile: str, sentence: str) -> None:
    once = typeset(sentence, language, profile)
    assert typeset(once, language, profile) == once


@given(sentence=SENTENCES)
def test_gaps_and_addresses_come_through_whole(sentence: str) -> None:
    for language in LANGUAGES:
        said = typeset(sentence, language, "un")
        for kept in ("{name}", "https://jalon.example/a?b;c", "&amp;", "<b>", "*.xlsx"):
            assert said.count(kept) == sentence.count(kept)


@given(value=st.text(max_size=30))
def test_what_people_wrote_is_never_touched(value: str) -> None:
    for tag in LANGUAGES:
        words = Words.of(tag)
        assert value in words.gettext("This is not “{value}”: is it?").format(value=value)
