"""What a report is: a name, what it asks for, how its answers are gathered, and how they are said.

`gather` asks the record and answers in `Tables` of counts; the guard releases them; `build` turns what was released
into a `Document`. A report opens nothing, formats nothing and asks nobody.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from pathlib import Path

from db.errors import RecordError
from db.queries.scope import Scope
from db.record import Record
from desktop.guard.audiences import Audience
from desktop.guard.released import Released
from desktop.guard.tables import Tables
from desktop.reports.document import Document
from i18n import N_, Words

MOST_HIGHLIGHTS = 10
LONGEST_LINE = 300
LONGEST_HIGHLIGHT = 1000
KEPT = "kept"
"""Where a report's plain answers say what the record keeps of it besides what was asked."""


@dataclass(frozen=True)
class WritersWords:
    """What the writer adds: printed as it was written, never as markup, in the writer's own language."""

    title: str = ""
    reference: str = ""
    office: str = ""
    highlights: tuple[str, ...] = ()
    prepared_by: str = ""
    approved_by: str = ""


@dataclass(frozen=True)
class Asked:
    """What somebody wants a report about, for whom, and what they have to say themselves."""

    scope: Scope = field(default_factory=Scope)
    audience: Audience = Audience.DONOR
    own: WritersWords = field(default_factory=WritersWords)


@dataclass(frozen=True)
class Report:
    """A report on offer. `title` is a message of the catalogues; `name` is what the terminal calls it."""

    name: str
    title: str
    summary: str
    gather: Callable[[Record, Asked], Tables]
    build: Callable[[Released, Words], Document]


class WordsFileUnreadable(RecordError):
    message = N_(
        "The file {path} does not hold a writer's words: it should be JSON with a title, a reference, an office, "
        "highlights, prepared_by and approved_by."
    )


class WritersWordsTooLong(RecordError):
    message = N_("The writer's words are too long: at most {most} highlights of {longest} characters each.")


def check_words(own: WritersWords) -> WritersWords:
    """The same words, or the reason they cannot stand in a report."""
    lines = (own.title, own.reference, own.office, own.prepared_by, own.approved_by)
    if (
        len(own.highlights) > MOST_HIGHLIGHTS
        or any(len(line) > LONGEST_LINE for line in lines)
        or any(len(highlight) > LONGEST_HIGHLIGHT for highlight in own.highlights)
    ):
        raise WritersWordsTooLong(most=MOST_HIGHLIGHTS, longest=LONGEST_HIGHLIGHT)
    return own


def read_words(path: Path) -> WritersWords:
    """The writer's words from a JSON file; what is not among the known names is refused, not dropped."""
    names = {one.name for one in fields(WritersWords)}
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
        if not isinstance(found, dict):
            raise ValueError("not a writer's words")
        highlights = found.pop("highlights", [])
        if not (
            set(found) <= names
            and isinstance(highlights, list)
            and all(isinstance(text, str) for text in [*found.values(), *highlights])
        ):
            raise ValueError("not a writer's words")
    except (OSError, ValueError) as refused:
        raise WordsFileUnreadable(path=path) from refused
    return check_words(WritersWords(**found, highlights=tuple(highlights)))
