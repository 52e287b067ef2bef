"""Small numbers in words."""

import pytest

from desktop.reports.prose_checks import numbers_in
from i18n.spelled import spelled


@pytest.mark.parametrize(
    ("text", "language", "numbers"),
    [
        ("Trois filles et deux garçons, une femme", "fr", [3, 2]),
        ("C'est très neuf", "fr", [9]),
        ("Tres niñas; once, doce", "es", [3, 11, 12]),
        ("Once there were THREE girls.", "en", [3]),
        ("ساعدنا ثلاث فتيات وأربعة فتيان", "ar", [3, 4]),
        ("للثلاثة والستة", "ar", [3, 6]),
        ("bari bane", "rn", []),
        ("dos", "fr", []),
    ],
)
def test_words_are_numbers_of_their_own_language(text: str, language: str, numbers: list[int]) -> None:
    assert list(spelled(text, language)) == numbers


def test_words_and_digits_are_found_together() -> None:
    assert set(numbers_in("trois, 4 et 1 200", "fr")) == {3, 4, 1200}
