"""A workbook of plain sheets written as its XML, row by row: for a hundred thousand rows that somebody asked to have.

It holds what such sheets need and no more: one head, texts, numbers and days, columns to filter, lists to choose from.
Charts, merged cells and looks of their own are the business of the workbook of a report. No text is ever a formula: a
text is written as text, and one that a spreadsheet could take for a formula after somebody edits it is marked as such.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from desktop.render.cells import DANGEROUS, LONGEST
from desktop.render.direction import plain
from desktop.render.theme import ACCENT, GREY, PAPER
from desktop.reports.sheet import Cell

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_ESCAPED = re.compile("(_x[0-9a-fA-F]{4}_)")
_FIRST_DAY, _DAY_NONE = date(1900, 3, 1), date(1899, 12, 30)
_STATES = {True: "hidden", False: "visible"}
_BATCH = 500
"""Rows that are packed together."""

TEXT, HEADING, TAG, DAY, READ = range(5)
"""How a cell looks; a text that could be a formula has the same look, five further on."""
_FONTS = '<font>{}<sz val="11"/><color rgb="FF{}"/><name val="Calibri"/><family val="2"/></font>'
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    f'<fonts count="3">{_FONTS.format("", "000000")}{_FONTS.format("<b/>", PAPER[1:])}{_FONTS.format("", GREY[1:])}'
    '</fonts><fills count="3"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill>'
    f'<fill><patternFill patternType="solid"><fgColor rgb="FF{ACCENT[1:]}"/></patternFill></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="10">'
    + "".join(
        f'<xf numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="0" xfId="0" applyNumberFormat="1" '
        f'applyFont="1" applyFill="1" applyAlignment="1"{quoted}><alignment vertical="top"{wrapped}/></xf>'
        for quoted in ("", ' quotePrefix="1"')
        for number, font, fill, wrapped in (
            (0, 0, 0, ""),
            (0, 1, 2, ' wrapText="1"'),
            (0, 2, 0, ""),
            (164, 0, 0, ""),
            (0, 0, 0, ' wrapText="1"'),
        )
    )
    + '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


class RawSheet(NamedTuple):
    """A sheet as it is written: `rows` come with their height (0 for the usual) and the look of their texts."""

    name: str
    rows: Iterable[tuple[Sequence[Cell], int, float]]
    widths: Sequence[float] = ()
    frozen: int = 0
    rtl: bool = False
    hidden: bool = False
    filtered: str = ""
    """The range that can be filtered, such as A1:D20."""
    choices: Sequence[tuple[str, str]] = ()
    """Ranges, and the range of another sheet that they choose from."""


def raw_workbook(sheets: Sequence[RawSheet], title: str, as_of: date) -> bytes:
    """The sheets as one workbook; the same sheets give the same bytes."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in _parts(sheets, title, as_of):
            archive.writestr(_entry(name), _HEAD + content)
        for number, sheet in enumerate(sheets, 1):
            with archive.open(_entry(f"xl/worksheets/sheet{number}.xml"), "w", force_zip64=True) as part:
                for piece in _sheet(sheet, number == 1):
                    part.write(piece.encode())
    return target.getvalue()


def letters(column: int) -> str:
    """The name of a column: 0 is A, 26 is AA."""
    return (letters(column // 26 - 1) if column >= 26 else "") + chr(65 + column % 26)


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name)
    entry.compress_type, entry.create_system = ZIP_DEFLATED, 3
    return entry


def _sheet(sheet: RawSheet, first: bool) -> Iterator[str]:
    view = (' rightToLeft="1"' if sheet.rtl else "") + (' tabSelected="1"' if first else "")
    pane = f'<pane ySplit="{sheet.frozen}" topLeftCell="A{sheet.frozen + 1}" activePane="bottomLeft" state="frozen"/>'
    widths = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(sheet.widths, 1)
    )
    yield (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView{view} workbookViewId="0">'
        f'{pane if sheet.frozen else ""}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
        f"{f'<cols>{widths}</cols>' if widths else ''}<sheetData>"
    )
    batch: list[str] = []
    for number, (cells, look, height) in enumerate(sheet.rows, 1):
        batch.append(_row(number, cells, look, height))
        if len(batch) == _BATCH:
            yield "".join(batch)
            batch.clear()
    yield "".join(batch) + "</sheetData>"
    if sheet.filtered:
        yield f'<autoFilter ref="{sheet.filtered}"/>'
    if sheet.choices:
        lists = "".join(
            '<dataValidation type="list" allowBlank="1" showInputMessage="1" showErrorMessage="1" '
            f'sqref="{where}"><formula1>{escape(source)}</formula1></dataValidation>'
            for where, source in sheet.choices
        )
        yield f'<dataValidations count="{len(sheet.choices)}">{lists}</dataValidations>'
    yield '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/></worksheet>'


def _row(number: int, cells: Sequence[Cell], look: int, height: float) -> str:
    parts = [f'<row r="{number}" ht="{height:g}" customHeight="1">' if height else f'<row r="{number}">']
    for place, cell in zip(_columns(len(cells)), cells, strict=True):
        # The commonest first: a sheet holds millions.
        if isinstance(cell, str):
            parts.append(f'<c r="{place}{number}"{_text(cell, look)}')
        elif isinstance(cell, int):
            parts.append(f'<c r="{place}{number}" s="{look}"><v>{cell}</v></c>')
        elif isinstance(cell, Decimal):
            parts.append(f'<c r="{place}{number}" s="{look}"><v>{cell:f}</v></c>')
        elif cell is not None and cell >= _FIRST_DAY:
            parts.append(f'<c r="{place}{number}" s="{DAY}"><v>{(cell - _DAY_NONE).days}</v></c>')
        elif cell is not None:
            parts.append(f'<c r="{place}{number}"{_text(cell.isoformat(), look)}')
    return "".join(parts) + "</row>"


@lru_cache
def _columns(count: int) -> tuple[str, ...]:
    return tuple(letters(column) for column in range(count))


@lru_cache(65_536)
def _text(text: str, look: int) -> str:
    """All of a text's cell but its place."""
    clean = "\n".join(map(plain, text.splitlines()))[:LONGEST]
    shown = escape(_ESCAPED.sub(r"_x005F\1", clean))
    style = look + 5 if clean.startswith(DANGEROUS) else look
    return f' s="{style}" t="inlineStr"><is><t xml:space="preserve">{shown}</t></is></c>'


def _parts(sheets: Sequence[RawSheet], title: str, as_of: date) -> Iterator[tuple[str, str]]:
    """Everything in the package but the sheets."""
    numbers = range(1, len(sheets) + 1)
    overrides = [("/xl/workbook.xml", f"{_TYPE}.sheet.main+xml"), ("/xl/styles.xml", f"{_TYPE}.styles+xml")]
    overrides += [(f"/xl/worksheets/sheet{number}.xml", f"{_TYPE}.worksheet+xml") for number in numbers]
    overrides += [("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")]
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in overrides)
        + "</Types>",
    )
    core = f"{_PACKAGE}/relationships/metadata/core-properties"
    yield "_rels/.rels", _related([(f"{_RELATIONS}/officeDocument", "xl/workbook.xml"), (core, "docProps/core.xml")])
    properties = (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(plain(title))}</dc:title>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{as_of.isoformat()}T00:00:00Z</dcterms:created>'
        "</cp:coreProperties>"
    )
    yield "docProps/core.xml", properties
    listed = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{number}" state="{_STATES[sheet.hidden]}" r:id="rId{number}"/>'
        for number, sheet in zip(numbers, sheets, strict=True)
    )
    book = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{listed}</sheets></workbook>"
    )
    yield "xl/workbook.xml", book
    related = [(f"{_RELATIONS}/worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
    yield "xl/_rels/workbook.xml.rels", _related([*related, (f"{_RELATIONS}/styles", "styles.xml")])
    yield "xl/styles.xml", _STYLES


def _related(targets: Sequence[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'
