"""The writer's title, summary, headings and prose in the language of the report, else in their own, and marked.

Whatever is not official in the language of the page says so on it: a draft translation, one that somebody reviewed, a
text that nobody translated.
"""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from db.queries.spoken import MARKED
from desktop.reports.document import Block, Bullets, Emphasis, Heading, PageBreak, Paragraph, Said
from desktop.reports.report import PartWords, Told, Worded, WritersWords
from i18n import N_, Words

UNOFFICIAL = {
    "draft": N_("Draft translation, not reviewed"),
    "reviewed": N_("Reviewed translation, not official"),
}
_TRUSTED = ("official", "original", "reviewed", "draft")
Text = TypeVar("Text", Told, Worded)


def in_language(told: Sequence[Text], language: str) -> Text | None:
    """The text to print: in this language, else in its language without the country, else the original."""
    wanted = (language, language.partition("-")[0])
    trusted = sorted(told, key=lambda one: _TRUSTED.index(one.status) if one.status in _TRUSTED else 9)
    exact = (one for tag in wanted for one in trusted if one.language == tag)
    originals = (one for one in trusted if one.status == "original")
    return next(exact, None) or next(originals, None) or next(iter(trusted), None)


def other(language: str, words: Words) -> str | None:
    """The language of the writer's words where it is not the report's, which a paragraph then says."""
    return language if language not in ("", words.language, words.language.partition("-")[0]) else None


def title_of(own: WritersWords, words: Words) -> Worded:
    """The title to print, empty where there is none."""
    return _line(own.title, own.titles, own, words)


def summary_of(own: WritersWords, words: Words) -> Worded:
    """The summary to print, empty where there is none."""
    return _line(own.summary, own.summaries, own, words)


def heading_of(mine: PartWords, named: str, own: WritersWords, words: Words) -> str:
    """What a part is headed: as its writer did, else as its kind of report names it, which is in every language.

    `named` is that name, empty for a part that the writer added.
    """
    if not mine.heading:
        return named
    one = _line(mine.heading, mine.headings, own, words)
    if named and other(one.language, words):
        return named
    said, text = standing(one, words), words.isolate(one.text)
    return words.gettext(MARKED).format(text=text, standing=said) if said else text


def standing(one: Worded, words: Words) -> str:
    """What a reader has to be told of a line; nothing where it is its writer's own or official."""
    if language := other(one.language, words):
        return words.gettext("Not translated from {language}").format(language=words.language_name(language))
    return words.gettext(UNOFFICIAL.get(one.status, ""))


def opening(own: WritersWords, words: Words) -> Iterator[Block]:
    """The summary on a page of its own, and the highlights."""
    if own.summary:
        one = summary_of(own, words)
        yield Heading(words.gettext("Summary"))
        if mark := UNOFFICIAL.get(one.status):
            yield Paragraph((Emphasis(words.gettext(mark)),))
        lines = (line for line in one.text.splitlines() if line.strip())
        yield from (Paragraph((Said(line),), other(one.language, words)) for line in lines)
        yield PageBreak()
    if own.highlights:
        yield Heading(words.gettext("Highlights"))
        if language := other(own.language, words):
            yield from (Paragraph((Said(text),), language) for text in own.highlights)
        else:
            yield Bullets(tuple((Said(text),) for text in own.highlights))


def _line(original: str, others: Sequence[Worded], own: WritersWords, words: Words) -> Worded:
    first = Worded(own.language or words.language, original)
    return in_language((first, *others), words.language) or first
