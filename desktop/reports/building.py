"""How any report becomes a document: its first page, its parts in the writer's order, and its notes.

What the writer says stands between what the record says, in the language of the report where there is such a text, else
in another one and marked; figures that prose cites are those that were released, marks and all.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

from db.carried import said as carried
from db.prose import ProseBlock
from desktop.guard.audiences import Audience
from desktop.guard.released import Released
from desktop.reports.arithmetic import NOTES, with_arithmetic
from desktop.reports.document import (
    Block,
    Bullets,
    Calendar,
    Day,
    Document,
    Emphasis,
    Heading,
    Image,
    Missing,
    Paper,
    Paragraph,
    Run,
    Said,
    SignatureLine,
    Signatures,
    Strong,
    Value,
)
from desktop.reports.framing import SIDES
from desktop.reports.names import by_their_names
from desktop.reports.report import (
    ASKABLE,
    FRAME,
    EarlierVersion,
    Frame,
    Label,
    Lacking,
    Part,
    PartWords,
    Report,
    Told,
    WritersWords,
)
from desktop.reports.saying import said
from desktop.reports.untranslated import holds_english
from desktop.reports.worded import UNOFFICIAL, heading_of, in_language, opening, standing, title_of
from desktop.reports.worded import other as other_language
from i18n import LANGUAGES, N_, Words

ADDED = "added-"
"""Begins the names of parts that a writer added: they have a heading and prose, and nothing of the record."""
AUDIENCES = {
    Audience.INTERNAL: N_("Internal use"),
    Audience.PARTNER: N_("For the partner"),
    Audience.DONOR: N_("For donors"),
    Audience.PUBLIC: N_("Public"),
}
_LOGO = 0.3
"""The part of a page's width that a logo may take."""


def build(report: Report, released: Released, words: Words) -> Document:
    """The whole report, in one language."""
    frame = cast(Frame, released.plain[FRAME])
    own, asked = frame.asked.own, frame.asked
    called, title = words.gettext(report.printed or report.title), title_of(own, words)
    blocks = (*_opening(report, own, words), *_parts(report, released, own, words), *_signed(report, own, words))
    cover = tuple(_cover(report, released, frame, words))
    document = Document(
        title=words.isolate(title.text) if own.title else called,
        subtitle=called if own.title else "",
        language=words.language,
        as_of=frame.as_of,
        blocks=(*_partly_translated((called, cover, blocks), words), *blocks),
        cover=cover,
        author=own.prepared_by or frame.office,
        running_foot=words.isolate(frame.office) if frame.office else called,
        contents=not report.short,
        logos=tuple(Image(logo.content, words.isolate(logo.name), _LOGO) for logo in frame.logos),
        typography=asked.typography,
        paper=Paper(asked.paper),
        calendar=Calendar(asked.calendar) if asked.calendar else None,
        banner=words.gettext("Draft, not approved") if own.draft else "",
    )
    return by_their_names(document, frame.names, words)


def arranged(parts: Sequence[Part], own: WritersWords) -> list[tuple[Part, PartWords]]:
    """The parts that stand, in the writer's order, each with what the writer made of it; those added are among them."""
    added = [Part(one.part, Said(one.heading, own.language or None)) for one in own.parts if one.part.startswith(ADDED)]
    known = {part.name: part for part in (*parts, *added)}
    named = {one.part: one for one in own.parts if one.part in known}
    order = in_their_places(list(named), [part.name for part in parts])
    return [(known[name], one) for name in order if (one := named.get(name, PartWords(name))).shown]


def in_their_places(placed: Sequence[str], natural: Sequence[str]) -> list[str]:
    """The parts that a writer placed, and each other one behind the part that it follows by nature."""
    order = list(placed)
    before: str | None = None
    for name in natural:
        if name not in order:
            order.insert(0 if before is None else order.index(before) + 1, name)
        before = name
    return order


def label(one: Label, words: Words) -> str:
    """A message in words, a name as it is, or a carried text in the reader's language."""
    match one:
        case Said(text):
            return words.isolate(text)
        case str():
            return words.gettext(one)
        case _:
            return carried(one, words.language.partition("-")[0])


def heading(part: Part, mine: PartWords, own: WritersWords, words: Words) -> str:
    """What a part is headed on the page."""
    return heading_of(mine, "" if part.name.startswith(ADDED) else label(part.title, words), own, words)


def lacked(lacking: Lacking, words: Words) -> str:
    """What is missing, as a sentence."""
    return words.gettext(lacking.message).format(**{gap: label(value, words) for gap, value in lacking.values.items()})


def prose_blocks(told: Told, figures: Mapping[str, object], words: Words) -> Iterator[Block]:
    """Prose as blocks, its cited figures as values; marked where it is in another language or not official."""
    other = other_language(told.language, words)
    if mark := UNOFFICIAL.get(told.status):
        yield Paragraph((Emphasis(words.gettext(mark)),))
    points: list[tuple[Run, ...]] = []
    for block in told.prose:
        runs = tuple(_runs(block, figures, words))
        if block.kind == "bullet" and other is None:
            points.append(runs)
            continue
        if points:
            yield Bullets(tuple(points))
            points = []
        if block.kind == "heading":
            yield Heading(words.isolate("".join(run.text for run in block.runs)), 2)
        elif runs:
            yield Paragraph(runs, other)
    if points:
        yield Bullets(tuple(points))


def _runs(block: ProseBlock, figures: Mapping[str, object], words: Words) -> Iterator[Run]:
    for run in block.runs:
        if run.figure:
            known = run.figure in figures
            yield said(figures[run.figure], words) if known else Missing(words.gettext("figure not in this report"))
        elif run.strong:
            yield Strong(run.text)
        elif run.emphasis:
            yield Emphasis(run.text)
        else:
            yield Said(run.text)


def _opening(report: Report, own: WritersWords, words: Words) -> Iterator[Block]:
    if report.opening:
        yield Paragraph((Strong(words.gettext(report.opening)),))
    yield from opening(own, words)


def _partly_translated(said: object, words: Words) -> Iterator[Block]:
    """Say on the first page that English stands in for what nobody translated."""
    if words.language.partition("-")[0] not in LANGUAGES and holds_english(said):
        told = words.gettext(
            "Parts of this report are not translated into {language}; they stand in English and are marked."
        )
        yield Paragraph((Strong(told.format(language=words.language_name(words.language))),))


def _unofficial(own: WritersWords, words: Words) -> Iterator[tuple[str, Value]]:
    """A line of the first page under a title that is not its writer's own, nor official."""
    if own.title and (mark := standing(title_of(own, words), words)):
        yield words.gettext("Title"), mark


def _replaces(earlier: EarlierVersion, words: Words) -> Iterator[tuple[str, Value]]:
    """Lines of the first page, for whoever opens a corrected report has to see at once that it is one."""
    title, day = words.isolate(earlier.title), words.date(earlier.sent_on) if earlier.sent_on else ""
    if earlier.version and day:
        said = words.gettext("This report replaces version {version} of “{title}”, sent on {day}.")
    elif earlier.version:
        said = words.gettext("This report replaces version {version} of “{title}”.")
    else:
        said = words.gettext("This report replaces “{title}”.")
    yield words.gettext("Replaces"), said.format(title=title, version=words.number(earlier.version or 0), day=day)
    yield words.gettext("Why it replaces another"), Said(earlier.reason)


def _parts(report: Report, released: Released, own: WritersWords, words: Words) -> Iterator[Block]:
    told = [
        (part, mine, _told(part, mine, released, words)) for part, mine in arranged(report.parts(released.plain), own)
    ]
    everything = [block for _part, _mine, blocks in told for block in blocks]
    for part, mine, blocks in told:
        if said := with_arithmetic(blocks, everything, words) if part.name == NOTES else blocks:
            yield Heading(heading(part, mine, own, words))
            yield from said


def _told(part: Part, mine: PartWords, released: Released, words: Words) -> list[Block]:
    prose = in_language(mine.told, words.language)
    body: Iterable[Block] = prose_blocks(prose, released.figures, words) if prose and prose.prose else ()
    return [*body, *part.blocks(released, words)]


def _signed(report: Report, own: WritersWords, words: Words) -> Iterator[Block]:
    if own.signatories:
        yield Signatures(tuple(SignatureLine(words.isolate(one.role), one.name, one.on) for one in own.signatories))
    elif report.signed:
        yield Signatures(
            (
                SignatureLine(words.gettext("Prepared by"), own.prepared_by),
                SignatureLine(words.gettext("Approved by"), own.approved_by),
            )
        )


def _cover(report: Report, released: Released, frame: Frame, words: Words) -> list[tuple[str, Value]]:
    own, scope = frame.asked.own, frame.asked.scope
    lines: list[tuple[str, Value]] = [
        *_unofficial(own, words),
        *(_replaces(own.replaces, words) if own.replaces else ()),
        (words.gettext("Reference"), Said(own.reference)),
        (words.gettext("Office"), Said(frame.office)),
    ]
    for side in SIDES:
        if f"scope_{side}" in released.figures:
            lines.append((words.gettext(ASKABLE[side]), said(released.figures[f"scope_{side}"], words)))
    if scope.starts_on and scope.ends_on:
        lines.append((words.gettext("Period"), words.period(scope.starts_on, scope.ends_on)))
    elif scope.starts_on:
        lines.append((words.gettext("From"), Day(scope.starts_on)))
    elif scope.ends_on:
        lines.append((words.gettext("Until"), Day(scope.ends_on)))
    lines += [
        *report.cover(released, words),
        (words.gettext("State of the record"), Day(frame.as_of)),
        (words.gettext("Audience"), words.gettext(AUDIENCES[frame.asked.audience])),
        (words.gettext("Prepared by"), Said(own.prepared_by)),
        (words.gettext("Approved by"), Said(own.approved_by)),
    ]
    return [(name, value) for name, value in lines if value != Said("")]
