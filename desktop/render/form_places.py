"""What the places of a form are filled with, and what is told of those that were not.

Whoever fills a kind of file asks place by place; which were asked for, and what became of each, is kept here, so that
a Word file and a workbook answer alike.
"""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.render.direction import marked
from desktop.render.form_file import FormRefused
from desktop.render.values import running, shown, spoken
from desktop.reports.document import Block, Bullets, Heading, Hidden, Missing, Paragraph, Said, Value
from desktop.reports.places import Filling
from i18n import N_, Words


class FormAsksTooMuch(FormRefused):
    message = N_(
        "A place in this form holds more than a name: {place}. Write it as {{{{ name }}}}, with one name of the list "
        "and nothing else between the braces."
    )


@dataclass(frozen=True)
class Unknown:
    """A name that a form asks for and no report has; `nearest` is what it may have meant, or nothing."""

    name: str
    nearest: str = ""


@dataclass(frozen=True)
class FilledForm:
    """The form as it leaves, and what its writer should look at."""

    content: bytes
    filled: tuple[str, ...]
    empty: tuple[str, ...]
    """Places whose value is hidden, missing or not written; their mark stands in the form."""
    unknown: tuple[Unknown, ...]
    """Places that stand as they stood."""


class Places:
    """What a form may ask for, and what it did ask for."""

    def __init__(self, known: Mapping[str, Filling], words: Words) -> None:
        self._known, self._words = known, words
        self._asked: dict[str, None] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that is known."""
        return tuple(sorted(self._known))

    def ask(self, name: str) -> Value | None:
        """The value of a place that a form asks for; None where nobody knows it."""
        self._asked[name] = None
        return self.known(name) if self.has(name) else None

    def known(self, name: str) -> Value:
        """The value of a known place, prose as one text with a line for each paragraph."""
        filling = self._known[name.lower()]
        if isinstance(filling, tuple):
            filling = Said("\n".join(line for block in filling for line in _lines(block, self._words)))
        if isinstance(filling, str | Said) and not (filling.text if isinstance(filling, Said) else filling):
            return Missing(self._words.gettext("[not filled in]"))
        return filling

    def has(self, name: str) -> bool:
        """Whether it is known, in letters of either size."""
        return name.lower() in self._known

    def text(self, value: Value) -> str:
        """A value as text of a form: line by line, its directions as marks that any program knows."""
        lines = value.text.split("\n") if isinstance(value, Said) else [shown(value, self._words)]
        return "\n".join(marked(line, self._words.direction == "rtl") for line in lines)

    def filled(self, content: bytes) -> FilledForm:
        """The outcome, with this content."""
        unknown = [name for name in self._asked if not self.has(name)]
        here = [name for name in self._asked if self.has(name)]
        empty = [name for name in here if isinstance(self.known(name), Hidden | Missing)]
        full = [name for name in here if name not in empty]
        return FilledForm(
            content, tuple(full), tuple(empty), tuple(Unknown(one, self._nearest(one)) for one in unknown)
        )

    def _nearest(self, name: str) -> str:
        return next(iter(difflib.get_close_matches(name.lower(), self._known, 1, 0.6)), "")


def _lines(block: Block, words: Words) -> list[str]:
    match block:
        case Paragraph():
            return [running(spoken(block, words), words)]
        case Bullets(items):
            return [f"• {running(item, words)}" for item in items]
        case Heading(text):
            return [text]
        case _:
            return []
