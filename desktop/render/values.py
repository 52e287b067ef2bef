"""A value of the document tree in words: the one place where renderers that write text turn values into it.

A hidden count is a word in brackets, not a sign: a reader, and a screen reader, need no legend to understand it, every
font has it, and it cannot be taken for a figure.
"""

import re
from typing import assert_never

from desktop.reports.document import (
    Count,
    Day,
    Emphasis,
    Hidden,
    Missing,
    Money,
    Paragraph,
    Run,
    Said,
    Share,
    Strong,
    Value,
)
from i18n import Words

_LINES = re.compile(r"[\t\n\v\f\r\u0085\u2028\u2029]+")
_UNWANTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\ufeff\ufffe\uffff]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


def clean(text: str) -> str:
    """The text on one line, without what a file cannot hold or what would turn its neighbours round."""
    if text.isascii() and text.isprintable():
        return text
    return _SURROGATES.sub("\ufffd", _UNWANTED.sub("", _LINES.sub(" ", text)))


def hidden_mark(words: Words) -> str:
    """What stands in place of every hidden count, whatever the reason."""
    return words.pgettext("mark in place of a hidden count", "[hidden]")


def shown(value: Value, words: Words) -> str:
    """The value as a reader of these words sees it."""
    match value:
        case Count():  # first, because most of what a report says are counts
            return words.number(value.value)
        case str():
            return clean(value)
        case Said():
            return words.isolate(value.text)
        case Share(ratio, decimals):
            return words.percent(ratio, decimals)
        case Money(amount, currency):
            return words.money(amount, currency)
        case Day(on):
            return words.date(on)
        case Hidden():
            return hidden_mark(words)
        case Missing(reason):
            return clean(reason)
        case _:
            assert_never(value)


def running(runs: tuple[Run, ...], words: Words) -> str:
    """The runs of a sentence as one text, for formats where nothing in a sentence stands out."""
    return "".join(clean(run.text) if isinstance(run, Strong | Emphasis) else shown(run, words) for run in runs)


def spoken(paragraph: Paragraph, words: Words) -> tuple[Run, ...]:
    """The runs of a paragraph; one of another language opens with that language's name, and reads its own way."""
    if paragraph.language in (None, words.language):
        return paragraph.runs
    name = words.language_name(paragraph.language or "")
    own = (Said(run, paragraph.language) if isinstance(run, str) else run for run in paragraph.runs)
    return (Emphasis(f"[{words.isolate(name)}]"), " ", *own)
