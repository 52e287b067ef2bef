"""What the other process makes of a report that is being written. Knows no Qt: it runs where there is none.

The counts are weighed once for each state of the record; what comes back holds no hidden one, and every pause in the
typing has its pages made from that.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from desktop.deliver import Cleared, Order, document
from desktop.guard.release import release_and_tell
from desktop.guard.released import Notes, Released
from desktop.guard.tables import Tables
from desktop.render import render
from desktop.render.values import clean, shown
from desktop.reports.arithmetic import NOTES, with_arithmetic
from desktop.reports.building import arranged, build, heading, label
from desktop.reports.document import Block, Value
from desktop.reports.names import by_their_names
from desktop.reports.offer import report_called
from desktop.reports.report import CITABLE, FRAME, Asked, Frame, Label, WritersWords
from desktop.reports.saying import said
from i18n import Words

_ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\u200e\u200f"))


@dataclass(frozen=True)
class Cited:
    """A figure as prose shows it: what it is called, and its released value, in words and as it is."""

    name: str
    label: str
    shown: str
    value: Value


@dataclass(frozen=True)
class LivePart:
    """A part of the report as the record fills it, and what its writer is told of it."""

    name: str
    title: str
    prompt: str = ""
    """What belongs there, as a message: who writes reads it in the language of the screen."""
    words: int | None = None
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Weighed:
    """A report before anybody's words: what was released, its parts, and the figures that prose can cite."""

    released: Released
    language: str
    parts: tuple[LivePart, ...] = ()
    figures: tuple[Cited, ...] = ()
    hidden: frozenset[int] = frozenset()
    """Counts that are hidden, for whoever writes: the record is theirs, and no prose should say one."""

    @property
    def notes(self) -> Notes:
        """What the guard says of it."""
        return self.released.notes


@dataclass(frozen=True)
class Printed:
    """The pages of a report, the page on which each of its parts begins, and the letters that no font of ours has."""

    content: bytes
    starts: Mapping[str, int] = field(default_factory=dict)
    unprintable: str = ""


def weigh(tables: Tables, report: str, asked: Asked, language: str) -> Weighed:
    """Let the guard see what the record says, and put it in the words of this language."""
    released, counts = release_and_tell(tables, asked.audience, asked.scope.partner, asked.method)
    return in_words(replace(Weighed(released, language), hidden=counts.unsaid), report, asked, language)


def in_words(weighed: Weighed, report: str, asked: Asked, language: str) -> Weighed:
    """What was weighed already, in the words of another language."""
    released, words = weighed.released, Words.of(language, asked.typography or "un")
    names = cast(Frame, released.plain[FRAME]).names
    parts = tuple(
        LivePart(
            part.name,
            label(part.title, words),
            part.prompt,
            part.words,
            by_their_names(tuple(part.blocks(released, words)), names, words),
        )
        for part in report_called(report).parts(released.plain)
    )
    everything = [block for part in parts for block in part.blocks]
    parts = tuple(
        replace(part, blocks=tuple(with_arithmetic(part.blocks, everything, words))) if part.name == NOTES else part
        for part in parts
    )
    return replace(weighed, language=language, parts=parts, figures=tuple(_citable(released, words)))


def pages(released: Released, report: str, own: WritersWords, language: str, first: int | None = None) -> Printed:
    """The pages as they would be printed now, to be looked at; or only the first so many, which are there sooner."""
    frame = cast(Frame, released.plain[FRAME])
    asked = replace(frame.asked, own=own)
    released = replace(released, plain={**released.plain, FRAME: replace(frame, asked=asked)})
    words = Words.of(language, asked.typography or "un", asked.calendar)
    built = build(report_called(report), released, words)
    unprintable: list[str] = []
    content = render(built, "pdf", unprintable=unprintable.append, pages=first, tagged=False)
    titles = [
        (part.name, heading(part, mine, own, words))
        for part, mine in arranged(report_called(report).parts(released.plain), own)
    ]
    return Printed(content, dict(_starts(content, titles)), "".join(dict.fromkeys("".join(unprintable))))


def first_page(cleared: Cleared, order: Order) -> bytes:
    """The first page of a report made at once, to be looked at while the whole is made."""
    return render(document(cleared, order), "pdf", pages=1, tagged=False)


def _citable(released: Released, words: Words) -> Iterator[Cited]:
    for name, called in cast(Sequence[tuple[str, Label]], released.plain.get(CITABLE, ())):
        if name in released.figures:
            value = said(released.figures[name], words)
            yield Cited(name, label(called, words), shown(value, words), value)


def _starts(content: bytes, titles: Sequence[tuple[str, str]]) -> Iterator[tuple[str, int]]:
    """The outline of the pages names the parts in their order."""
    import pypdfium2

    with pypdfium2.PdfDocument(content) as document:
        outline = [
            (_bare(entry.get_title()), place.get_index())
            for entry in document.get_toc()
            if entry.level == 0 and (place := entry.get_dest()) is not None
        ]
    at = 0
    for name, title in titles:
        for later, (found, page) in enumerate(outline[at:], at + 1):
            if found == _bare(title):
                yield name, page
                at = later
                break


def _bare(title: str) -> str:
    return " ".join(clean(title).translate(_ISOLATES).split())
