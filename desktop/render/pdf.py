"""A document as a PDF: laid out, tagged for screen readers, archivable, the same bytes for the same document."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import assert_never

from reportlab.pdfbase.pdfdoc import PDFArray, PDFName

from db.growing import only_growing
from desktop.render.layout import Typesetter
from desktop.render.pdf_archive import archive
from desktop.render.pdf_blocks import Press, bullets, heading, key_figures, paragraph
from desktop.render.pdf_chart import chart
from desktop.render.pdf_file import Objects, Paper, give, text_string
from desktop.render.pdf_fonts import embed
from desktop.render.pdf_front import Entry, contents, number_contents, opening, surround
from desktop.render.pdf_map import shaded_map
from desktop.render.pdf_page import PAGE_BREAK, SHEETS, Box, Page, flow
from desktop.render.pdf_picture import logos, picture
from desktop.render.pdf_signatures import signatures
from desktop.render.pdf_table import table
from desktop.render.pdf_tags import Links, Node, write_tree
from desktop.render.pictures import Picture
from desktop.render.values import clean, spoken
from desktop.reports.document import (
    Bullets,
    Chart,
    Document,
    Heading,
    Image,
    KeyFigures,
    Map,
    PageBreak,
    Paragraph,
    Signatures,
    Table,
)
from i18n import Words


def render_pdf(
    document: Document,
    words: Words,
    progress: Callable[[float], None] | None = None,
    unprintable: Callable[[str], None] | None = None,
    first: int | None = None,
    tagged: bool = True,
) -> bytes:
    """The document as a PDF/A-3b file, or its first pages, which do not know how many follow.

    Without being `tagged` it is for our own window alone: the same pages and side bar, but no word of what each mark on
    them means, no links, and nothing of what makes it fit for an archive.

    `progress` is told how much is done, 0 to 1; `unprintable` gets the characters that no font of ours has, which stand
    in the file as U+FFFD.
    """
    setter = Typesetter(document.language, words.direction == "rtl")
    with only_growing():
        press = Press(words, setter, SHEETS[document.paper], tagged=tagged)
        written = _printed(document, press, progress or (lambda done: None), first)
    if unprintable and setter.unknown:
        unprintable("".join(sorted(setter.unknown)))
    return written


def _printed(document: Document, press: Press, progress: Callable[[float], None], first: int | None) -> bytes:
    root = Node("Document")
    entries: list[Entry] = []
    boxes = _boxes(press, root, document, entries, progress)
    pages = list(islice(flow(boxes, press.sheet, press.setter.rtl, press.tagged), first))
    number_contents(press, entries)
    for page in pages:
        surround(press, page, None if first else len(pages), document)
    return _file(press, root, document, pages)


def _boxes(
    press: Press, root: Node, document: Document, entries: list[Entry], progress: Callable[[float], None]
) -> Iterator[Box]:
    yield from logos(press, root, document.logos)
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
                yield from heading(press, node, text, level, dense=not document.contents)
            case Paragraph(language=language):
                node = section.add("P", language=clean(language or ""))
                yield from paragraph(press, node, spoken(block, press.words))
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
            case Image():
                yield picture(press, section, block)
            case Signatures():
                yield from signatures(press, section, block)
            case PageBreak():
                yield PAGE_BREAK
            case _:
                assert_never(block)
    progress(1.0)


def _file(press: Press, root: Node, document: Document, pages: list[Page]) -> bytes:
    paper = Paper(press.sheet[:2], document.language)
    objects = paper.objects
    resources = objects.reference(_resources(press, objects))
    keys = {node: f"h{number}" for number, node in enumerate(press.headings)}
    standing: dict[int, list[tuple[Node, float]]] = {}
    for node, (index, y) in press.headings.items():
        standing.setdefault(index, []).append((node, y))
    for page in pages:
        paper.setPageSize(page.sheet[:2])
        for node, y in standing.get(page.index, ()):
            paper.bookmarkPage(keys[node], fit="XYZ", left=0, top=y + 12)
        paper.showPage()
        # What stays in the memory of this machine need not be small.
        drawn = objects.stream("\n".join(page.code).encode("ascii"), compress=press.tagged)
        page.code.clear()
        held = objects.Pages.pages[page.index]
        held.Contents, held.Resources = objects.reference(drawn), resources
    _outline(paper, [block for block in document.blocks if isinstance(block, Heading)][: len(keys)], keys.values())
    if press.tagged:
        _tell(press, paper, root, pages)
        archive(paper, document)
    return bytes(paper.getpdfdata())


def _tell(press: Press, paper: Paper, root: Node, pages: list[Page]) -> None:
    """Write what each mark means, and the links."""
    objects = paper.objects
    numbers = [objects.page_number(page.index) for page in pages]
    tree = write_tree(objects, root, numbers, [page.marked for page in pages], _link(press, objects, pages, numbers))
    give(
        objects.Catalog,
        StructTreeRoot=objects.reference(tree),
        MarkInfo=objects.reference(objects.put("<</Marked true>>")),
        ViewerPreferences=objects.reference(objects.put("<</DisplayDocTitle true>>")),
    )


def _resources(press: Press, objects: Objects) -> int:
    """The fonts and pictures that pages call by name, the same for all."""
    fonts = "".join([f"/{use.name} {embed(objects, use)} 0 R" for use in press.ink.uses.values()])
    pictures = "".join([f"/{name} {_picture(objects, one)} 0 R" for one, name in press.pictures.items()])
    return objects.put(f"<</Font<<{fonts}>>/XObject<<{pictures}>>>>")


def _picture(objects: Objects, one: Picture) -> int:
    entries = (
        f"/Type/XObject/Subtype/Image/Width {one.width}/Height {one.height}/ColorSpace/DeviceRGB/BitsPerComponent 8"
    )
    return objects.stream(one.pixels, entries)


def _link(press: Press, objects: Objects, pages: list[Page], numbers: list[int]) -> Links:
    """Give the pages their links and their place in the structure tree; answers what the tree says of each link."""
    links: Links = {}
    key = len(pages)
    for page, held in zip(pages, objects.Pages.pages, strict=True):
        here = []
        for left, bottom, right, top, node, target, text in page.links:
            index, y = press.headings[target]
            link = objects.put(
                f"<</Type/Annot/Subtype/Link/Rect[{left:.2f} {bottom:.2f} {right:.2f} {top:.2f}]/Border[0 0 0]/F 4"
                f"/Dest[{numbers[index]} 0 R/XYZ 0 {y + 12:.2f} null]/StructParent {key}/Contents{text_string(text)}>>"
            )
            links.setdefault(node, []).append((key, link))
            here.append(objects.reference(link))
            key += 1
        given = {"StructParents": page.index, "Tabs": PDFName("S"), "Annots": PDFArray(here) if here else None}
        give(held, Trans=None, **given)
    return links


def _outline(paper: Paper, headings: list[Heading], keys: Iterable[str]) -> None:
    """The headings as the reader's side bar, level 2 under level 1."""
    depth = -1
    for heading_, key in zip(headings, keys, strict=True):
        depth = min(heading_.level - 1, depth + 1)
        paper.addOutlineEntry(clean(heading_.text), key, depth, closed=False)
    if headings:
        paper.showOutline()
