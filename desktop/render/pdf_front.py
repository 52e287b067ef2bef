"""The first page, the contents, and what is written around every page.

Page numbers are known when everything stands, so the contents keep their places and are filled in at the end: nothing
is laid out twice.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from desktop.render import theme
from desktop.render.layout import Line, Style
from desktop.render.pdf_blocks import LEADING, SMALL_STYLE, Press, baseline, space, text_boxes
from desktop.render.pdf_page import BOTTOM, REPEATED, Box, Page
from desktop.render.pdf_tags import Node
from desktop.render.pdf_text import colour
from desktop.render.values import clean, shown
from desktop.reports.document import Document, Heading, Value

_LABEL = 130.0
_NUMBER = 34.0
_TITLE_STYLE = Style(theme.TITLE_SIZE, True, theme.ACCENT)
_SUBTITLE_STYLE = Style(theme.SUBTITLE_SIZE, False, theme.GREY)
_CONTENTS_STYLE = Style(theme.HEADING_SIZES[1], True, theme.INK)
_BANNER_STYLE = Style(theme.SMALL_SIZE, True, theme.ALARM)
_COVER_SIZE = 9.5


class Entry(NamedTuple):
    """A line of the contents: what it points at, and where its page number goes."""

    heading: Node
    node: Node
    link: Node
    text: str
    style: Style
    places: list["Place"]


class Place(NamedTuple):
    """Where dots and page number go, after the last line of an entry."""

    page: Page
    y: float
    end: float
    dots: int
    number: int


def opening(press: Press, root: Node, document: Document) -> Iterator[Box]:
    """Title, subtitle, and the lines that say what this report is."""
    words = press.words

    def band(page: Page, top: float) -> None:
        page.add(None, press.rectangle(0, 64.0, top - 5.0, 5.0, theme.ACCENT))

    yield Box(34.0 if document.contents else 14.0, band, glued=True)
    title = root.add("Title")
    yield from text_boxes(press, title, [(clean(document.title), _TITLE_STYLE)], glued=True, leading=1.28)
    if document.subtitle:
        subtitle = [(clean(document.subtitle), _SUBTITLE_STYLE)]
        yield from text_boxes(press, root.add("P"), subtitle, gap=8.0, leading=1.4)
    lines: list[tuple[str, Value]] = list(document.cover)
    if document.attachments:
        names = words.list([words.isolate(one.name) for one in document.attachments])
        lines.append((words.gettext("Attached to this file"), names))
    yield space(22.0 if document.contents else 6.0)  # one that begins here is a sheet, and has no room to lose
    for label, value in lines:
        yield from _cover_line(press, root, clean(label), shown(value, words))


def _cover_line(press: Press, root: Node, label: str, value: str) -> Iterator[Box]:
    node = root.add("P")
    quiet, strong = Style(_COVER_SIZE, False, theme.GREY), Style(_COVER_SIZE, False, theme.INK)
    labels = press.setter.lines([(label, quiet)], _LABEL - 10)
    values = press.setter.lines([(value, strong)], press.sheet.body - _LABEL)
    leading = _COVER_SIZE * 1.45
    count = max(len(labels), len(values))

    def draw(i: int, page: Page, top: float) -> None:
        if i == 0:
            left, body = press.left(0, press.sheet.body), press.sheet.body
            page.add(None, f"{colour(theme.RULE)} RG .5 w {left:.2f} {top:.2f} m {left + body:.2f} {top:.2f} l S")
        y = baseline(top - (4.5 if i == 0 else 0), _COVER_SIZE, leading)
        for lines, start, width in ((labels, 0.0, _LABEL), (values, _LABEL, press.sheet.body - _LABEL)):
            if i < len(lines):
                page.add(node, press.text(lines[i], start, width, y))

    for i in range(count):
        edges = (4.5 if i == 0 else 0) + (4.5 if i == count - 1 else 0)
        yield Box(leading + edges, partial(draw, i), glued=count < 12 and i < count - 1)


def contents(press: Press, root: Node, headings: list[tuple[Heading, Node]], entries: list[Entry]) -> Iterator[Box]:
    """The headings with room for their page numbers; fills `entries` for `number_contents`."""
    toc = root.add("TOC")
    title = [(press.words.gettext("Contents"), _CONTENTS_STYLE)]
    yield from text_boxes(press, toc.add("Caption"), title, gap=30.0, glued=True)
    yield space(2.0, glued=True)
    for heading, target in headings:
        indent = 0.0 if heading.level == 1 else 16.0
        style = Style(theme.BODY_SIZE, heading.level == 1, theme.INK)
        item = toc.add("TOCI")
        link = item.add("Link")
        text = clean(heading.text)
        width = press.sheet.body - indent - _NUMBER
        lines = press.setter.lines([(text, style)], width)
        entry = Entry(target, item, link, text, style, [])
        entries.append(entry)
        gap = 5.0 if heading.level == 1 else 1.0
        for i, line in enumerate(lines):
            draw = partial(_contents_line, press, entry, line, indent, width, i == len(lines) - 1)
            yield Box(style.size * LEADING, draw, gap if i == 0 else 0.0, glued=i < len(lines) - 1)


def _contents_line(
    press: Press, entry: Entry, line: Line, indent: float, width: float, last: bool, page: Page, top: float
) -> None:
    size = entry.style.size
    y = baseline(top, size, size * LEADING)
    page.add(entry.link, press.text(line, indent, width, y))
    if last:
        number = page.hold(entry.link)
        entry.places.append(Place(page, y, indent + line.width, page.hold(None), number))


def number_contents(press: Press, entries: list[Entry]) -> None:
    """Write the page numbers, the dots that lead to them, and the links; none of what stands on no page yet."""
    body = press.sheet.body
    for entry in entries:
        if entry.heading not in press.headings:
            continue
        where, _top = press.headings[entry.heading]
        for page, y, end, dots_held, number_held in entry.places:
            number = press.setter.lines([(press.words.number(where + 1), entry.style)])[0]
            start, stop = end + 6.0, body - number.width - 5.0
            if stop > start:
                left = press.left(start, stop - start)
                dots = f"{colour(theme.RULE)} RG 1 w 1 J [0 4] 0 d {left:.2f} {y + 1:.2f} m"
                page.code[dots_held] = f"q {dots} {left + stop - start:.2f} {y + 1:.2f} l S Q"
            page.code[number_held] = press.text(number, body - number.width, number.width, y)
            left = press.left(0, body)
            page.links.append((left, y - 4.0, left + body, y + entry.style.size, entry.link, entry.heading, entry.text))


def surround(press: Press, page: Page, pages: int | None, document: Document) -> None:
    """The title above a page that is not the first, the banner, the foot and the page's number below."""
    words, press = press.words, replace(press, sheet=page.sheet)
    body, top = page.sheet.body, page.sheet.height - 42.0
    left = press.left(0, body)
    banner = press.setter.fitted(clean(document.banner), _BANNER_STYLE, body)[0]
    if page.index:
        head = press.setter.fitted(clean(document.title), SMALL_STYLE, body - 110.0)[0]
        page.add(REPEATED, press.text(head, 0, body, top))
        rule = page.sheet.top + 20.0
        page.add(None, f"{colour(theme.RULE)} RG .5 w {left:.2f} {rule:.2f} m {left + body:.2f} {rule:.2f} l S")
    page.add(REPEATED, press.text(banner, (body - banner.width) / 2, banner.width, top + 14.0))
    if pages is None:
        place = words.gettext("Page {page}").format(page=words.number(page.index + 1))
    else:
        place = words.gettext("Page {page} of {pages}").format(
            page=words.number(page.index + 1), pages=words.number(pages)
        )
    number = press.setter.lines([(place, SMALL_STYLE)])[0]
    foot = press.setter.fitted(clean(document.running_foot), SMALL_STYLE, body - 110.0)[0]
    y = BOTTOM - 34.0
    page.add(REPEATED, press.text(foot, 0, body, y))
    page.add(REPEATED, press.text(number, 0, body, y, end=True))
    page.close()
