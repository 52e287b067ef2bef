"""A document as a workbook: a first sheet to read, then a sheet a table, with numbers that can be counted on.

Whoever opens it sorts, adds up and copies; so a figure is a number, a day is a day, and a hidden count is the same word
as on paper. Charts are live: they follow their cells.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from math import ceil
from typing import Any, assert_never

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from desktop.render.cells import Formats, new_workbook, put, sheet_names
from desktop.render.direction import marked
from desktop.render.live_chart import live_chart
from desktop.render.map_picture import map_picture
from desktop.render.maps import classes_of, legend_of
from desktop.render.pdf_patterns import Pattern
from desktop.render.pictures import opened
from desktop.render.plotted import write_plotted
from desktop.render.tabular import chart_table, map_table, signatures_table
from desktop.render.theme import ACCENT, ALARM, GREY, PAPER, RULE, SUBTOTAL, TOTAL
from desktop.render.values import clean, running, shown, spoken
from desktop.reports.document import (
    Align,
    Bullets,
    Chart,
    Document,
    Heading,
    Image,
    KeyFigures,
    Map,
    PageBreak,
    Paper,
    Paragraph,
    RowKind,
    Signatures,
    Table,
    Value,
)
from i18n import Words

_SHEETS = {Paper.A4: 9, Paper.LETTER: 1}
_TALLEST, _TALLEST_LOGO = 240, 60
"""Of pictures, in points."""
_HEAD_ROW = 2
_WIDEST, _LINE_HEIGHT = 40, 15.5
_READING_WIDTHS = (76, 24, 44)
_LOOKS: dict[RowKind, dict[str, Any]] = {
    RowKind.BODY: {},
    RowKind.SUBTOTAL: {"bold": True, "bg_color": SUBTOTAL},
    RowKind.TOTAL: {"bold": True, "bg_color": TOTAL, "top": 1},
}


def render_xlsx(document: Document, words: Words) -> bytes:
    """The whole document; the same document gives the same bytes."""
    target = BytesIO()
    book, formats = new_workbook(
        target,
        document.as_of,
        title=clean(document.title),
        author=clean(document.author),
        subject=clean(document.subtitle),
    )
    sheeted = [block for block in document.blocks if isinstance(block, Table | Chart | Map)]
    first, *names = sheet_names([words.gettext("Overview"), *(block.title for block in sheeted)])
    overview = _new_sheet(book, first, document, words)
    _fill_overview(overview, document, names, words, formats)
    for block, name in zip(sheeted, names, strict=True):
        sheet = _new_sheet(book, name, document, words)
        match block:
            case Table():
                _fill_table(sheet, block, words, formats)
            case Chart():
                _fill_table(sheet, chart_table(block), words, formats)
                places = write_plotted(block, sheet, _HEAD_ROW, words, formats)
                drawn = live_chart(book, block, places, words)
                sheet.insert_chart(_HEAD_ROW, places.free + 1, drawn, {"description": clean(block.description)})
            case Map():
                _fill_table(sheet, map_table(block, words), words, formats)
                _put_map(sheet, block, words, formats)
            case _:
                assert_never(block)
    book.close()
    return target.getvalue()


def _new_sheet(book: Workbook, name: str, document: Document, words: Words) -> Worksheet:
    sheet = book.add_worksheet(name)
    if words.direction == "rtl":
        sheet.right_to_left()
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(_SHEETS[document.paper])
    sheet.fit_to_pages(1, 0)
    # In a header, & opens a command.
    title, banner = (clean(text).replace("&", "&&") for text in (document.title, document.banner))
    sheet.set_header("&C" + (f"{banner[:60]} – {title[:140]}" if banner else title[:200]))
    sheet.set_footer("&C&P / &N")
    return sheet


@dataclass(frozen=True)
class _Line:
    """A line of the first sheet: its cells, how they look, and the sheet it leads to."""

    cells: tuple[Value, ...] = ()
    look: dict[str, Any] = field(default_factory=dict)
    leads_to: str = ""
    picture: Image | None = None
    tallest: int = _TALLEST


def _fill_overview(sheet: Worksheet, document: Document, names: list[str], words: Words, formats: Formats) -> None:
    for column, width in enumerate(_READING_WIDTHS):
        sheet.set_column(column, column, width)
    start = _side(Align.START, words)
    for row, line in enumerate(_overview(document, iter(names), words)):
        if line.picture:
            sheet.set_row(row, _put_picture(sheet, row, line.picture, line.tallest))
            continue
        sheet.set_row(row, _row_height(line, words))
        for column, value in enumerate(line.cells):
            put(sheet, row, column, value, words, formats, text_wrap=True, align=start, **line.look)
        if line.leads_to:
            place = "internal:'{}'!A1".format(line.leads_to.replace("'", "''"))
            link = formats(font_color=ACCENT, underline=1, align=start, text_wrap=True)
            sheet.write_url(row, 0, place, link, marked(shown(line.cells[0], words), words.direction == "rtl"))


def _row_height(line: _Line, words: Words) -> float:
    """High enough for its wrapped words: not every program works that out when it opens a file."""
    size = float(line.look.get("font_size", 11))
    needed = [
        ceil(len(shown(value, words)) * size / 11 / (width - 2))
        for value, width in zip(line.cells, _READING_WIDTHS, strict=False)
    ]
    return max(needed, default=1) * size * 1.4


def _put_map(sheet: Worksheet, asked: Map, words: Words, formats: Formats) -> None:
    """Put the map beside its table, and what its shades mean above it."""
    if (content := map_picture(asked)) is None:
        return
    legend = legend_of(asked, classes_of(asked.areas), words)
    for row, (look, text) in enumerate(legend, _HEAD_ROW):
        fill: dict[str, Any] = {"bg_color": look.fill or PAPER, "border": 1, "border_color": GREY}
        if look.fill is None or look.pattern is not Pattern.PLAIN:
            fill |= {"pattern": 16 if look.fill is None else 11, "fg_color": GREY, "bg_color": PAPER}
        sheet.write_blank(row, 3, None, formats(**fill))
        put(sheet, row, 4, text, words, formats)
    options = {"image_data": BytesIO(content), "description": clean(asked.description), "x_scale": 0.5, "y_scale": 0.5}
    sheet.insert_image(_HEAD_ROW + len(legend) + 1, 3, "map.png", options)


def _put_picture(sheet: Worksheet, row: int, asked: Image, tallest: int) -> float:
    """Put our own copy of a picture into a row; answers how high the row has to be, in points."""
    held = opened(asked.content)
    # Three quarters of a point are a dot of a screen, and a letter of a column's width is seven dots.
    scale = min(1.0, tallest / (held.height * 0.75), 7 * _READING_WIDTHS[0] / held.width)
    options = {"image_data": BytesIO(held.file), "description": clean(asked.description)}
    sheet.insert_image(row, 0, "picture.png", {**options, "x_scale": scale, "y_scale": scale})
    return held.height * 0.75 * scale + 6


def _overview(document: Document, names: Iterator[str], words: Words) -> Iterator[_Line]:
    """The words of the document in its order, with a link to the sheet of each table."""
    yield from (_Line(picture=logo, tallest=_TALLEST_LOGO) for logo in document.logos)
    if document.banner:
        yield _Line((document.banner,), {"bold": True, "font_color": ALARM})
    yield _Line((document.title,), {"bold": True, "font_size": 20, "font_color": ACCENT})
    if document.subtitle:
        yield _Line((document.subtitle,), {"font_size": 13, "font_color": GREY})
    yield _Line()
    for label, value in document.cover:
        yield _Line((label, value))
    for block in document.blocks:
        match block:
            case Heading(text, level):
                yield _Line()
                yield _Line((text,), {"bold": True, "font_size": 14 if level == 1 else 12, "font_color": ACCENT})
            case Paragraph():
                yield _Line((running(spoken(block, words), words),))
            case Bullets(items):
                yield from (_Line((f"• {running(item, words)}",)) for item in items)
            case KeyFigures(figures):
                for figure in figures:
                    yield _Line((figure.label, figure.value, figure.note), {"bottom": 1, "border_color": RULE})
            case Table(title=title) | Chart(title=title) | Map(title=title):
                yield _Line((title,), leads_to=next(names))
            case Image():
                yield _Line(picture=block)
            case Signatures():
                yield from (_Line(row.cells[:3]) for row in signatures_table(block, words).rows)
            case PageBreak():
                pass
            case _:
                assert_never(block)
    if document.running_foot not in ("", document.title):
        yield _Line()
        yield _Line((document.running_foot,), {"font_color": GREY})


def _fill_table(sheet: Worksheet, table: Table, words: Words, formats: Formats) -> None:
    put(sheet, 0, 0, table.title, words, formats, bold=True, font_size=13, font_color=ACCENT)
    sides = [_side(column.align, words) for column in table.columns]
    headings = tuple(column.heading for column in table.columns)
    widths = [_width(values, words) for values in zip(headings, *(row.cells for row in table.rows), strict=True)]
    head = {"bold": True, "bg_color": ACCENT, "font_color": PAPER}
    looks = [head, *({"bottom": 1, "bottom_color": RULE, **_LOOKS[row.kind]} for row in table.rows)]
    for number, (cells, look) in enumerate(zip([headings, *(row.cells for row in table.rows)], looks, strict=True)):
        at = _HEAD_ROW + number
        lines = max(ceil(len(shown(value, words)) / width) for value, width in zip(cells, widths, strict=True))
        sheet.set_row(at, lines * _LINE_HEIGHT)
        for column, (value, side) in enumerate(zip(cells, sides, strict=True)):
            put(sheet, at, column, value, words, formats, text_wrap=True, indent=1, align=side, **look)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width + 4)
    if table.note:
        _put_note(sheet, _HEAD_ROW + len(table.rows) + 2, table.note, [width + 4 for width in widths], words, formats)
    sheet.freeze_panes(_HEAD_ROW + 1, 1)
    sheet.repeat_rows(_HEAD_ROW)


def _put_note(sheet: Worksheet, row: int, note: str, widths: Sequence[int], words: Words, formats: Formats) -> None:
    """Put what is said of a table under its columns alone: a map or a chart beside them would cover it."""
    look: dict[str, Any] = {"font_color": GREY, "italic": True, "text_wrap": True}
    if len(widths) > 1:
        sheet.merge_range(row, 0, row, len(widths) - 1, "", formats(**look))
    sheet.set_row(row, ceil(len(note) / (sum(widths) - 2)) * _LINE_HEIGHT)
    put(sheet, row, 0, note, words, formats, **look)


def _side(align: Align, words: Words) -> str:
    return "left" if (align is Align.START) == (words.direction == "ltr") else "right"


def _width(values: Iterable[Value], words: Words) -> int:
    """Wide enough for most of what stands in the column; longer names wrap."""
    return min(max(8, *(len(shown(value, words)) for value in values)), _WIDEST)
