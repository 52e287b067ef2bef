"""What a writer is told of their prose: too many words, personal data, hidden counts said in words, unknown figures."""

import pytest

from db import prose
from desktop.reports.prose_checks import Checked, numbers_in, remarks
from i18n import Words

ENGLISH = Words.of("en")


def said(text: str, **known) -> list[str]:
    return [remark.said(ENGLISH) for remark in remarks(Checked(prose.plain(text), "fr", **known))]


def test_numbers_are_found_in_any_digits_and_shares_and_codes_are_none() -> None:
    text = "En 2026, 1 240 personnes et 3 femmes, 12,5 % et 12 %, 4/5, ٣٤٥, 12.345, PRO-3, 7%."
    assert list(numbers_in(text)) == [2026, 1240, 3, 345, 12345]


def test_a_cited_figure_is_a_word_and_what_is_no_text_of_a_report_is_refused() -> None:
    cited = {"blocks": [{"runs": [{"text": "Nous avons atteint "}, {"figure": "people_reached"}, {"text": " gens"}]}]}
    assert prose.words_in(prose.read(cited)) == 5
    for hostile in (
        {"blocks": [{"runs": [{"text": "x\x00"}]}]},
        {"blocks": [{"runs": [{"text": "x", "figure": "people_reached"}]}]},
        {"blocks": [{"runs": [{"text": "x" * 20_000}]}] * 51},
        {"blocks": [{"runs": []}] * 2_001},
    ):
        with pytest.raises(prose.NotProse):
            prose.read(hostile)


def test_a_typed_number_that_equals_a_hidden_count_is_pointed_out_and_a_shown_one_is_not() -> None:
    assert said("Trois cas, soit 3 femmes et 40 hommes.", hidden={3}) == [
        "You write 3, and a count that this report hides is 3 too. Cite the figure instead: it stays hidden."
    ]
    assert said("40 hommes.", hidden={3}) == []


def test_more_words_than_a_donor_allows_and_a_telephone_are_pointed_out() -> None:
    (long,) = said("un deux trois quatre", most=3)
    assert long == "4 words: the donor allows 3."
    (personal,) = said("Appelez le +243 812 345 678.")
    assert "a telephone number" in personal


def test_a_figure_that_the_report_does_not_have_is_pointed_out() -> None:
    cited = prose.read({"blocks": [{"kind": "paragraph", "runs": [{"figure": "people"}]}]})
    assert remarks(Checked(cited, "fr", figures={"people"})) == []
    assert len(remarks(Checked(cited, "fr", figures={"money"}))) == 1


def test_another_agencys_words_are_pointed_out_as_one_writes() -> None:
    (found,) = said("Les violences basées sur le genre", usage="iom")
    assert found.replace("\u2068", "").replace("\u2069", "") == (
        "“violences basées sur le genre” is another usage (The clusters); in this office’s usage (IOM) it is “violence "
        "fondée sur le genre”."
    )
    assert said("Les violences basées sur le genre", usage="cluster") == []
