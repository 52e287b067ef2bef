"""The help: every topic in every language of the screen, each link leading to a topic, nothing explained twice."""

import csv
import re

import pytest

import resources
from desktop.topics import GROUPS, explaining, found, leads_to, spoken, text_of, title_of, topics
from i18n import LANGUAGES


def headings(text: str) -> list[int]:
    return [len(marks) for marks in re.findall(r"^(#+) ", text, re.MULTILINE)]


@pytest.mark.parametrize("topic", topics())
def test_a_topic_is_told_in_every_language_under_the_same_headings(topic: str) -> None:
    texts = {
        language: resources.path(f"help/{topic}.{language}.md").read_text(encoding="utf-8") for language in LANGUAGES
    }
    shapes = {tuple(headings(text)) for text in texts.values()}
    assert len(shapes) == 1, {language: headings(text) for language, text in texts.items()}
    assert next(iter(shapes))[0] == 1
    for language, text in texts.items():
        assert text.startswith("# "), language
        assert headings(text).count(1) == 1, language
        assert "<" not in text, f"raw HTML in {language}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_lead_to_topics_and_nowhere_else(language: str) -> None:
    for topic in topics():
        targets = re.findall(r"\]\(([^)]*)\)", text_of(topic, language))
        assert set(targets) | set(leads_to(topic, language)) <= set(topics()), topic
        assert "http" not in text_of(topic, language)
        assert topic not in leads_to(topic, language)


def test_every_topic_stands_in_a_group_and_nothing_is_explained_twice() -> None:
    assert {each.group for each in topics().values()} == {group for group, _title in GROUPS}
    explained = [name for each in topics().values() for name in sorted(each.explains)]
    assert sorted(set(explained)) == sorted(explained)
    with resources.path("help/topics.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(topics())


def test_no_text_stands_there_without_a_topic() -> None:
    texts = {file.name for file in resources.path("help").glob("*.md")}
    assert texts <= {f"{topic}.{language}.md" for topic in topics() for language in LANGUAGES}


def test_words_are_found_whatever_their_accents_and_a_title_comes_first() -> None:
    assert found("ORGANISATION dirigee par des femmes", "fr")[0] == "women-led"
    assert "women-led" in found("organigramme", "fr")
    assert found("zzzz", "fr") == []


def test_at_a_terminal_a_link_says_how_to_follow_it() -> None:
    told = spoken("women-led", "fr")
    assert told.startswith("# " + title_of("women-led", "fr"))
    assert "(jalon help money)" in told
    assert "**" not in told


def test_a_text_is_set_as_its_language_asks() -> None:
    assert "\u202f?" in text_of("women-led", "fr") or "\u202f;" in text_of("women-led", "fr")


def test_what_nothing_explains_is_said_so() -> None:
    assert explaining("no such page") is None
    assert explaining("women_led") == "women-led"


def test_what_is_typed_at_a_terminal_is_not_turned_round_by_arabic() -> None:
    assert "\u2066`/S /LANGUAGE=ar`\u2069" in text_of("it", "ar")
    assert "\u2066" not in text_of("it", "fr")
