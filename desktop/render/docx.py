"""A document as a Word file that an office can go on writing in: real styles, headings, tables, fields and charts."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time
from io import BytesIO
from string import Formatter
from typing import assert_never
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as WordFile
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Twips

from desktop.render import theme
from desktop.render.docx_chart import chart_run
from desktop.render.docx_styles import MARGIN, PAGE_HEIGHT, PAGE_WIDTH, TEXT_WIDTH, apply_styles
from desktop.render.docx_text import TAGS, elements, field, paragraph, sentence, table, value, written
from desktop.render.tabular import map_table, signatures_table
from desktop.render.values import clean, shown, spoken
from desktop.reports.document import (
    Bullets,
    Chart,
    Document,
    Heading,
    Hidden,
    Image,
    KeyFigures,
    Map,
    Missing,
    PageBreak,
    Paragraph,
    RowKind,
    Signatures,
    Table,
    Value,
)
from i18n import Words

_SHADES = {RowKind.BODY: "", RowKind.SUBTOTAL: theme.SUBTOTAL.lstrip("#"), RowKind.TOTAL: theme.TOTAL.lstrip("#")}
_ROOMY_COLUMNS = 8
_FIGURES_A_ROW = 3
_LONGEST_FIGURE = 12
_BREAKS = re.compile("[ -]")
_UNUSED = {"thumbnail", "customXml", "stylesWithEffects", "extended-properties"}
_PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def render_docx(document: Document, words: Words) -> bytes:
    """The whole document; the same document gives the same bytes."""
    file = docx.Document()
    _strip(file)
    apply_styles(file, words)
    _set_properties(file, document)
    _set_page(file, document, words)
    # Read anew as a whole: moving a long table from one tree to another takes lxml minutes.
    last = file.element.body[-1].xml
    whole = (
        f"<w:document {nsdecls('w', 'r')}><w:body>{''.join(_body(file, document, words))}{last}</w:body></w:document>"
    )
    file.part._element = parse_xml(whole)
    return _packed(file)


def _body(file: WordFile, document: Document, words: Words) -> Iterator[str]:
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
        yield table("TableNormal", [TEXT_WIDTH // 3, TEXT_WIDTH - TEXT_WIDTH // 3], lines, words, head=False)
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    if document.contents and headings:
        yield from _contents(headings, words)
    yield _PAGE_BREAK
    heading = chart = 0
    for block in document.blocks:
        heading += isinstance(block, Heading)
        chart += isinstance(block, Chart)
        match block:
            case Heading(text, level):
                mark = f'<w:bookmarkStart w:id="{heading}" w:name="{_bookmark(heading)}"/>'
                runs = f'{mark}{written(text, words)}<w:bookmarkEnd w:id="{heading}"/>'
                yield paragraph(f"Heading{level}", runs, words)
            case Chart(title=title, note=note):
                yield paragraph("Caption", written(title, words), words)
                # In a paragraph from right to left, LibreOffice writes the chart's figures backwards.
                yield f"<w:p>{chart_run(file, block, chart, document.as_of, words)}</w:p>"
                yield from _note(note, words)
            case _:
                yield from _block(block, words)


def _block(
    block: Paragraph | Bullets | KeyFigures | Table | Map | Image | Signatures | PageBreak, words: Words
) -> Iterator[str]:
    match block:
        case Paragraph():
            yield paragraph("Normal", sentence(spoken(block, words), words), words)
        case Bullets(items):
            yield from (paragraph("ListBullet", sentence(item, words), words) for item in items)
        case KeyFigures():
            yield _key_figures(block, words)
        case Table():
            yield from _table(block, words)
        case Map():
            yield from _table(map_table(block, words), words)
        case Image(description=description):
            yield from _note(description, words)
        case Signatures():
            yield from _table(signatures_table(block, words), words)
        case PageBreak():
            yield _PAGE_BREAK
        case _:
            assert_never(block)


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


def _key_figures(block: KeyFigures, words: Words) -> str:
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
    return table("TableNormal", [TEXT_WIDTH // across] * across, rows, words, head=False) + paragraph("Note", "", words)


def _figure_style(figure: Value, words: Words) -> str:
    wordy = isinstance(figure, Hidden | Missing) or len(shown(figure, words)) > _LONGEST_FIGURE
    return "KeyFigureLong" if wordy else "KeyFigure"


def _table(block: Table, words: Words) -> Iterator[str]:
    narrow = "Narrow" if len(block.columns) > _ROOMY_COLUMNS else ""
    yield paragraph("Caption", written(block.title, words), words)
    head = [
        paragraph(f"TableHead{narrow}", written(column.heading, words), words, column.align) for column in block.columns
    ]
    rows: list[tuple[list[str], str]] = [(head, "")]
    for row in block.rows:
        style = "" if row.kind is RowKind.BODY else "Strong"
        cells = [
            paragraph(f"TableText{narrow}", value(cell, words, style), words, column.align)
            for cell, column in zip(row.cells, block.columns, strict=True)
        ]
        rows.append((cells, _SHADES[row.kind]))
    yield table("ReportTable", _widths(block, words), rows, words, description=block.title)
    yield from _note(block.note or " ", words)


def _widths(block: Table, words: Words) -> list[int]:
    """The page shared out: each column gets its longest word, and what is left goes where there is most to say."""
    columns = [
        [shown(column.heading, words), *(shown(row.cells[at], words) for row in block.rows)]
        for at, column in enumerate(block.columns)
    ]
    room = TEXT_WIDTH / (78 if len(block.columns) > _ROOMY_COLUMNS else 90)
    # Whatever font stands in for the Arabic one of Word draws wider letters.
    beside = 4 if words.direction == "rtl" else 2
    needs = [
        min(beside + max(len(word) for text in texts for word in _BREAKS.split(text)), room / 3) for texts in columns
    ]
    # One long text among many short ones may wrap: nine in ten decide.
    usual = [sorted(map(len, texts))[int(0.9 * (len(texts) - 1))] for texts in columns]
    wishes = [max(need, min(2 + length, room / 2)) for need, length in zip(needs, usual, strict=True)]
    wanting = sum(wishes) - sum(needs)
    if sum(wishes) <= room:
        weights = sum(column.weight for column in block.columns)
        spare = room - sum(wishes)
        shares = [wish + spare * column.weight / weights for wish, column in zip(wishes, block.columns, strict=True)]
    else:
        given = max(0.0, room - sum(needs)) / wanting if wanting else 0
        shares = [need + (wish - need) * given for need, wish in zip(needs, wishes, strict=True)]
    return [round(TEXT_WIDTH * share / sum(shares)) for share in shares]


def _note(text: str, words: Words) -> Iterator[str]:
    if text:
        yield paragraph("Note", written(text, words), words)


def _strip(file: WordFile) -> None:
    """Take out what python-docx's template brings along: a picture of a page, old effects, the settings of old Word."""
    package, part = file.part.package, file.part
    for owner in (package, part):
        for relation in [one for one in owner.rels.values() if one.reltype.rsplit("/", 1)[-1] in _UNUSED]:
            owner.rels.pop(relation.rId)
    settings = file.settings.element
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    for name in ("w:zoom", "w:savePreviewPicture", "w:rsids", "w:themeFontLang", "w:shapeDefaults"):
        for setting in settings.findall(qn(name)):
            settings.remove(setting)


def _set_properties(file: WordFile, document: Document) -> None:
    moment = datetime.combine(document.as_of, time(), UTC)
    properties = file.core_properties
    properties.title, properties.subject = clean(document.title)[:255], clean(document.subtitle)[:255]
    properties.author = properties.last_modified_by = clean(document.author)[:255]
    properties.language = TAGS.get(document.language, document.language)
    properties.created = properties.modified = moment
    properties.comments = properties.keywords = ""
    properties.revision = 1


def _set_page(file: WordFile, document: Document, words: Words) -> None:
    section = file.sections[0]
    section.page_width, section.page_height = Twips(PAGE_WIDTH), Twips(PAGE_HEIGHT)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Twips(MARGIN)
    if words.direction == "rtl":
        grid = section._sectPr.find(qn("w:docGrid"))
        (bidi,) = elements("<w:bidi/>")
        section._sectPr.append(bidi) if grid is None else grid.addprevious(bidi)
    # The sentence is the catalogue's; Word fills its gaps on every page.
    pages = "".join(
        written(text, words) + (field({"page": "PAGE", "pages": "NUMPAGES"}[gap], words) if gap else "")
        for text, gap, _form, _conversion in Formatter().parse(words.gettext("Page {page} of {pages}"))
    )
    said = "" if document.running_foot == document.title else document.running_foot
    foot = f"{written(said, words)}<w:r><w:tab/></w:r>{pages}"
    for part, style, runs in (
        (section.header, "Header", written(document.title, words)),
        (section.footer, "Footer", foot),
    ):
        part.is_linked_to_previous = False
        part._element.clear()
        part._element.extend(elements(paragraph(style, runs, words)))


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
