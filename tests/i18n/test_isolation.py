"""Hostile text inside our sentences."""

from hypothesis import given
from hypothesis import strategies as st

from i18n import Words
from i18n.isolation import harmless, isolate

HOSTILE = st.text(
    st.one_of(st.characters(), st.sampled_from("\x00\x07\x1b\x85\u202e\u2066\u2069\ud800\udfff\u2028\ufffe\n\t")),
    max_size=40,
)


def test_a_name_cannot_turn_its_sentence_round_or_break_it() -> None:
    assert isolate("Am\x00al\u202e cilbup\n\ud800") == "\u2068Amal cilbup \ufffd\u2069"


def test_no_name_leaves_no_marks() -> None:
    assert isolate("") == isolate("\x00\u202e") == ""


def test_someones_words_stand_between_the_quotation_marks_of_the_language() -> None:
    assert Words.of("fr").quoted("Amal") == "«\u00a0\u2068Amal\u2069\u00a0»"
    assert Words.of("es").quoted("Amal") == "«\u2068Amal\u2069»"
    assert Words.of("en").quoted("Amal") == "“\u2068Amal\u2069”"


@given(HOSTILE)
def test_isolating_twice_is_isolating_once(text: str) -> None:
    assert isolate(isolate(text)) == isolate(text)


@given(HOSTILE)
def test_what_is_left_can_be_written_to_any_file(text: str) -> None:
    kept = harmless(text)
    kept.encode("utf-8")
    assert not set(kept) & set("\x00\x1b\x85\u202e\u2066\u2067\u2068\u2069\u2028\n\ufffe")
