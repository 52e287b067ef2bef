"""A document as a Word file that an office can go on writing in: real styles, headings, tables, fields and charts."""

from collections.abc import Iterator
from io import BytesIO
from typing import assert_never
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as WordFile
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from desktop.render import theme
from desktop.render.docx_chart import chart_run
from desktop.render.docx_page import SHEETS, ended, set_page, set_properties, strip, turned
from desktop.render.docx_picture import picture_run
from desktop.render.docx_styles import apply_styles
from desktop.render.docx_table import report_table, too_wide
from desktop.render.docx_text import legend_mark, note, paragraph, sentence, table, value, written
from desktop.render.map_picture import map_picture
from desktop.render.maps import classes_of, legend_of
from desktop.render.pdf_patterns import Pattern
from desktop.render.tabular import map_table
from desktop.render.values import shown, spoken
from desktop.reports.document import (
    Block,
    Bullets,
    Chart,
    Day,
    Document,
    Heading,
    Hidden,
    Image,
    KeyFigures,
    Map,
    Missing,
    PageBreak,
    Paragraph,
    Said,
    Signatures,
    Table,
    Value,
)
from i18n import Words

_FIGURES_A_ROW = 3
_MAP = 0.7
"""The part of the text's width that a map takes."""
_LONGEST_FIGURE = 12
_PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def render_docx(document: Document, words: Words) -> bytes:
    """The whole document; the same document gives the same bytes."""
    file = docx.Document()
    strip(file)
    apply_styles(file, words, SHEETS[document.paper].body)
    set_properties(file, document)
    set_page(file, document, words)
    # Read anew as a whole: moving a long table from one tree to another takes lxml minutes.
    body = "".join(_body(file, document, words, file.element.body[-1].xml))
    file.part._element = parse_xml(f"<w:document {nsdecls('w', 'r')}><w:body>{body}</w:body></w:document>")
    return _packed(file)


def _body(file: WordFile, document: Document, words: Words, section: str) -> Iterator[str]:
    """Everything, a section for each change of the sheet's side, closed by the properties of the last."""
    sheet = SHEETS[document.paper]
    yield from _opening(file, document, words, sheet.body)
    heading = drawn = 0
    lying = False
    for block, lies in zip(document.blocks, _lying(document.blocks, words, sheet.body), strict=True):
        if lies is not lying:
            yield ended(section, lying)
            lying = lies
        heading += isinstance(block, Heading)
        drawn += isinstance(block, Chart | Image | Map)
        match block:
            case Heading(text, level):
                mark = f'<w:bookmarkStart w:id="{heading}" w:name="{_bookmark(heading)}"/>'
                runs = f'{mark}{written(text, words)}<w:bookmarkEnd w:id="{heading}"/>'
                yield paragraph(f"Heading{level}", runs, words)
            case Chart(title=title):
                yield paragraph("Caption", written(title, words), words)
                # In a paragraph from right to left, LibreOffice writes the chart's figures backwards.
                yield f"<w:p>{chart_run(file, block, drawn, document.as_of, words)}</w:p>"
                yield from note(block.note, words)
            case Map():
                yield from _map(file, block, 2000 + drawn, words, sheet.body)
            case Image():
                yield paragraph("Normal", picture_run(file, block, 2000 + drawn, sheet.body), words)
            case _:
                yield from _block(block, words, (sheet.laid() if lies else sheet).body)
    yield turned(section) if lying else section


def _lying(blocks: tuple[Block, ...], words: Words, width: int) -> list[bool]:
    """Which blocks stand on lying sheets: tables too wide to stand, and the headings right above them."""
    found = [isinstance(block, Table) and too_wide(block, words, width) for block in blocks]
    for at in reversed(range(len(blocks) - 1)):
        found[at] = found[at] or (isinstance(blocks[at], Heading) and found[at + 1])
    return found


def _opening(file: WordFile, document: Document, words: Words, width: int) -> Iterator[str]:
    """Logos, title, the lines that say what this report is, and the contents."""
    if document.logos:
        runs = [picture_run(file, logo, 1000 + at, width, logo=True) for at, logo in enumerate(document.logos, 1)]
        yield paragraph("Normal", '<w:r><w:t xml:space="preserve">   </w:t></w:r>'.join(runs), words)
    yield paragraph("Title", written(document.title, words), words)
    if document.subtitle:
        yield paragraph("Subtitle", written(document.subtitle, words), words)
    if document.cover:
        lines = [
            (
                [
                    paragraph("TableText", written(label, words, "Strong"), words),
                    paragraph("TableText", value(said, words), words),
                ],
                "",
            )
            for label, said in document.cover
        ]
        yield table("TableNormal", [width // 3, width - width // 3], lines, words, head=False)
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    if document.contents and headings:
        yield from _contents(headings, words)
    if document.contents:
        yield _PAGE_BREAK


def _block(
    block: Paragraph | Bullets | KeyFigures | Table | Signatures | PageBreak, words: Words, width: int
) -> Iterator[str]:
    match block:
        case Paragraph():
            yield paragraph("Normal", sentence(spoken(block, words), words), words)
        case Bullets(items):
            yield from (paragraph("ListBullet", sentence(item, words), words) for item in items)
        case KeyFigures():
            yield _key_figures(block, words, width)
        case Table():
            yield from report_table(block, words, width)
        case Signatures():
            yield _signatures(block, words, width)
        case PageBreak():
            yield _PAGE_BREAK
        case _:
            assert_never(block)


def _map(file: WordFile, block: Map, number: int, words: Words, width: int) -> Iterator[str]:
    """The map as a picture with what its shades mean, where there are outlines; its places in a table either way."""
    if content := map_picture(block):
        yield paragraph("Caption", written(block.title, words), words)
        yield paragraph("Normal", picture_run(file, Image(content, block.description, _MAP), number, width), words)
        legend = (
            legend_mark(look.fill, look.pattern is Pattern.PLAIN) + written(f" {text}    ", words)
            for look, text in legend_of(block, classes_of(block.areas), words)
        )
        yield paragraph("Note", "".join(legend), words)
    yield from report_table(map_table(block, words), words, width)


def _contents(headings: list[Heading], words: Words) -> Iterator[str]:
    """The contents, already filled: Word would leave the field empty until somebody updates it."""
    yield paragraph("TOCHeading", written(words.gettext("Contents"), words), words)
    code = '<w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText>'
    begin, separate = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate"))
    opening = f"{begin}<w:r>{code}</w:r>{separate}"
    closing = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    for at, heading in enumerate(headings, 1):
        link = f'<w:hyperlink w:anchor="{_bookmark(at)}" w:history="1">{written(heading.text, words)}</w:hyperlink>'
        runs = f"{opening if at == 1 else ''}{link}{closing if at == len(headings) else ''}"
        yield paragraph(f"TOC{heading.level}", runs, words)


def _bookmark(heading: int) -> str:
    return f"_Toc{heading:08}"


def _key_figures(block: KeyFigures, words: Words, width: int) -> str:
    """Figures side by side, so many a row; the cells left over stay empty."""
    cells = [
        paragraph(_figure_style(figure.value, words), value(figure.value, words), words)
        + paragraph("KeyFigureLabel", written(figure.label, words), words)
        + (paragraph("Note", written(figure.note, words), words) if figure.note else "")
        for figure in block.figures
    ]
    across = min(len(cells), _FIGURES_A_ROW)
    cells += [paragraph("KeyFigureLabel", "", words)] * (-len(cells) % across)
    rows = [(cells[at : at + across], theme.ZEBRA.lstrip("#")) for at in range(0, len(cells), across)]
    return table("TableNormal", [width // across] * across, rows, words, head=False) + paragraph("Note", "", words)


def _figure_style(figure: Value, words: Words) -> str:
    wordy = isinstance(figure, Hidden | Missing) or len(shown(figure, words)) > _LONGEST_FIGURE
    return "KeyFigureLong" if wordy else "KeyFigure"


def _signatures(block: Signatures, words: Words, width: int) -> str:
    """Who signs, a rule for the hand and one for the day."""
    rows = [
        (
            [
                paragraph("TableText", value(Said(line.role), words, "Strong"), words)
                + paragraph("TableText", value(Said(line.name), words), words),
                paragraph("SignatureRule", "", words)
                + paragraph("Note", written(words.gettext("Signature"), words), words),
                paragraph("SignatureRule", value(Day(line.on), words) if line.on else "", words)
                + paragraph("Note", written(words.gettext("Date"), words), words),
            ],
            "",
        )
        for line in block.lines
    ]
    return table("TableNormal", [width * 4 // 10, width * 35 // 100, width // 4], rows, words, head=False)


def _packed(file: WordFile) -> bytes:
    """The file with no trace of the hour or the machine it was made on."""
    loose, packed = BytesIO(), BytesIO()
    file.save(loose)
    with ZipFile(loose) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = ZipInfo(name)
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 3
            target.writestr(entry, source.read(name))
    return packed.getvalue()
