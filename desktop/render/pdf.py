"""A document as a PDF: laid out, tagged for screen readers, archivable, the same bytes for the same document."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import assert_never

from desktop.render.layout import Typesetter
from desktop.render.pdf_archive import archive_entries, information
from desktop.render.pdf_blocks import Press, bullets, heading, key_figures, paragraph
from desktop.render.pdf_chart import chart
from desktop.render.pdf_file import Objects, text_string
from desktop.render.pdf_fonts import embed
from desktop.render.pdf_front import Entry, contents, number_contents, opening, surround
from desktop.render.pdf_map import shaded_map
from desktop.render.pdf_page import HEIGHT, PAGE_BREAK, WIDTH, Box, Page, flow
from desktop.render.pdf_table import table
from desktop.render.pdf_tags import Links, Node, write_tree
from desktop.render.values import clean
from desktop.reports.document import (
    Bullets,
    Chart,
    Document,
    Heading,
    KeyFigures,
    Map,
    PageBreak,
    Paragraph,
    Table,
)
from i18n import Words


def render_pdf(
    document: Document,
    words: Words,
    progress: Callable[[float], None] | None = None,
    unprintable: Callable[[str], None] | None = None,
) -> bytes:
    """The document as a PDF/A-3b file.

    `progress` is told how much is done, 0 to 1; `unprintable` gets the characters that no font of ours has, which stand
    in the file as U+FFFD.
    """
    setter = Typesetter(document.language, words.direction == "rtl")
    with _only_growing():
        written = _printed(document, Press(words, setter), progress or (lambda done: None))
    if unprintable and setter.unknown:
        unprintable("".join(sorted(setter.unknown)))
    return written


def _printed(document: Document, press: Press, progress: Callable[[float], None]) -> bytes:
    root = Node("Document")
    entries: list[Entry] = []
    pages = flow(_boxes(press, root, document, entries, progress))
    number_contents(press, entries)
    surround(press, pages, document)
    return _file(press, root, document, pages)


@contextmanager
def _only_growing() -> Iterator[None]:
    """Python looks for no rings of garbage: a report only grows until it is written, and looking took half the time."""
    was_looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_looking:
            gc.enable()


def _boxes(
    press: Press, root: Node, document: Document, entries: list[Entry], progress: Callable[[float], None]
) -> Iterator[Box]:
    yield from opening(press, root, document)
    front = root.add("Sect")
    headings = [(block, Node(f"H{block.level}")) for block in document.blocks if isinstance(block, Heading)]
    if document.contents and len(headings) > 1:
        yield from contents(press, front, headings, entries)
        yield PAGE_BREAK
    section, coming = front, iter(headings)
    for done, block in enumerate(document.blocks):
        progress(done / len(document.blocks))
        match block:
            case Heading(text, level):
                _heading, node = next(coming)
                if level == 1:
                    section = root.add("Sect")
                section.adopt(node)
                yield from heading(press, node, text, level)
            case Paragraph(runs):
                yield from paragraph(press, section.add("P"), runs)
            case Bullets(items):
                yield from bullets(press, section.add("L"), items)
            case KeyFigures(figures):
                yield from key_figures(press, section, figures)
            case Table():
                yield from table(press, section, block)
            case Chart():
                yield from chart(press, section, block)
            case Map():
                yield from shaded_map(press, section, block)
            case PageBreak():
                yield PAGE_BREAK
            case _:
                assert_never(block)
    progress(1.0)


def _file(press: Press, root: Node, document: Document, pages: list[Page]) -> bytes:
    objects = Objects()
    fonts = " ".join(f"/{use.name} {embed(objects, use)} 0 R" for use in press.ink.uses.values())
    resources = objects.put(f"<</Font<<{fonts}>>>>")
    parent = objects.reserve()
    numbers = [objects.reserve() for _page in pages]
    links: Links = {}
    key = len(pages)
    for page, number in zip(pages, numbers, strict=True):
        here = []
        for left, bottom, right, top, node, target, text in page.links:
            index, y = press.headings[target]
            link = objects.put(
                f"<</Type/Annot/Subtype/Link/Rect[{left:.2f} {bottom:.2f} {right:.2f} {top:.2f}]/Border[0 0 0]/F 4"
                f"/Dest[{numbers[index]} 0 R/XYZ 0 {y + 12:.2f} null]/StructParent {key}/Contents{text_string(text)}>>"
            )
            links.setdefault(node, []).append((key, link))
            here.append(f"{link} 0 R")
            key += 1
        content = objects.stream("\n".join(page.code).encode("ascii"))
        annotations = f"/Annots[{' '.join(here)}]" if here else ""
        objects.put(
            f"<</Type/Page/Parent {parent} 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Resources {resources} 0 R"
            f"/Contents {content} 0 R/StructParents {page.index}/Tabs/S{annotations}>>",
            number,
        )
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects.put(f"<</Type/Pages/Count {len(numbers)}/Kids[{kids}]>>", parent)
    tree = write_tree(objects, root, numbers, [page.marked for page in pages], links)
    outline = _outline(objects, press, document, numbers)
    catalogue = objects.put(
        f"<</Type/Catalog/Pages {parent} 0 R/Lang{text_string(document.language)}/MarkInfo<</Marked true>>"
        f"/StructTreeRoot {tree} 0 R/ViewerPreferences<</DisplayDocTitle true>>"
        f"{outline}{archive_entries(objects, document)}>>"
    )
    return objects.write(catalogue, information(objects, document))


def _outline(objects: Objects, press: Press, document: Document, pages: list[int]) -> str:
    """The headings as the reader's side bar, level 2 under level 1."""
    texts = [block for block in document.blocks if isinstance(block, Heading)]
    if not texts:
        return ""
    top = objects.reserve()
    items = [(objects.reserve(), block, *place) for block, place in zip(texts, press.headings.values(), strict=True)]
    parents: list[int] = []
    for number, block, _page, _y in items:
        if block.level == 1 or not parents:
            first_level = number
            parents.append(top)
        else:
            parents.append(first_level)
    for (number, block, page, y), parent in zip(items, parents, strict=True):
        siblings = [item[0] for item, other in zip(items, parents, strict=True) if other == parent]
        children = [item[0] for item, other in zip(items, parents, strict=True) if other == number]
        place = siblings.index(number)
        entries = f"/Prev {siblings[place - 1]} 0 R" if place else ""
        if place + 1 < len(siblings):
            entries += f"/Next {siblings[place + 1]} 0 R"
        if children:
            entries += f"/First {children[0]} 0 R/Last {children[-1]} 0 R/Count {len(children)}"
        objects.put(
            f"<</Title{text_string(clean(block.text))}/Parent {parent} 0 R{entries}"
            f"/Dest[{pages[page]} 0 R/XYZ 0 {y + 12:.2f} null]>>",
            number,
        )
    firsts = [item[0] for item, parent in zip(items, parents, strict=True) if parent == top]
    objects.put(f"<</Type/Outlines/First {firsts[0]} 0 R/Last {firsts[-1]} 0 R/Count {len(items)}>>", top)
    return f"/Outlines {top} 0 R/PageMode/UseOutlines"
