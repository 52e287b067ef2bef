"""Names across accents, scripts, word order and slips of the hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n.alike import Likely
from i18n.spelling import likeness, word_keys, word_likeness, words_of

ONE_NAME = [
    ("محمد", "Mohamed", "Muhammad", "Mohammed", "MOHAMMAD"),
    ("القادري", "Al-Qadiri", "El Kadri", "Elkadri", "al Qâdirî"),
    ("فاطمة", "Fatima", "Fatimah", "Fatma"),
    ("حسين", "Hussein", "Houcine", "Hussain"),
    ("يوسف", "Youssef", "Yusuf"),
    ("وليد", "Walid", "Oualid"),
    ("رشيد", "Rachid", "Rashid"),
    ("جمال", "Jamal", "Gamal", "Djamel"),
    ("خالد", "Khaled", "Khalid"),
    ("غسان", "Ghassan", "Ghassane"),
]


@pytest.mark.parametrize("spellings", ONE_NAME, ids=lambda spellings: spellings[1])
def test_the_spellings_of_one_name_are_alike(spellings: tuple[str, ...]) -> None:
    assert all(likeness(one, other) >= 0.8 for one in spellings for other in spellings)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("محمد القادري", "KADRI Mohamed"),
        ("Mohamed Kadri", "Muhammad Ahmad Ali Al-Qadiri"),
        ("Jeanne Mbusa", "Jeane Mbusa"),
        ("Jeanne Mbusa", "Mbsua, Jeanne"),
        ("عبد الله", "Abdullah"),
        ("عبد الرحمن", "Abderrahmane"),
    ],
)
def test_order_a_slip_and_parted_words_do_not_matter(one: str, other: str) -> None:
    assert likeness(one, other) >= 0.8


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Marie", "Moro"),
        ("Mohamed", "Mohamed Kadri"),
        ("Jean Bosco Essai", "Jean Bosco Mukendi"),
        ("Association des femmes de Bunia", "Association des jeunes de Goma"),
        ("", "Mohamed"),
    ],
)
def test_what_shares_a_part_is_not_the_same(one: str, other: str) -> None:
    assert likeness(one, other) < 0.75


def test_a_word_that_every_name_holds_tells_little() -> None:
    def tells(word: str) -> float:
        return 0.1 if word in ("association", "femmes") else 1.0

    assert likeness("Association femmes Bunia", "Association femmes Goma", tells) < 0.3
    assert likeness("Association femmes Bunia", "Femmes Bunia", tells) > 0.9


WORD = st.text("abcdefghijklmnopqrstuvwyzmhdk", min_size=5, max_size=9)


@given(WORD, st.integers(0, 8), st.sampled_from("abcdez"))
def test_a_slip_is_always_found_by_the_keys(word: str, at: int, letter: str) -> None:
    at = min(at, len(word) - 1)
    for slipped in (word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :]):
        assert word_likeness(word, slipped) == word_likeness(slipped, word) >= 0.9
        assert word_keys(word) & word_keys(slipped)


@given(st.text(max_size=30))
def test_any_text_is_like_itself(text: str) -> None:
    assert likeness(text, text) == (1.0 if words_of(text) else 0.0)


def test_names_are_found_by_sound_and_by_spelling() -> None:
    names = Likely([("جمعية محمد القادري", 1), ("Fonds des Nations unies pour l’enfance", 2), ("Aide d'essai", 3)])
    assert names.sounding_like("Jamiya Mohamed Al Kadiri") == [("جمعية محمد القادري", 1)]
    assert names.like("Fonds de Nations Unies pour l'enfance") == [("Fonds des Nations unies pour l’enfance", 2)]
    assert names.like("Aide d'essai", 3) == []
