"""A chart in a Word file: drawn by Word itself, with the workbook of its figures inside, so that it can be edited.

Word and Excel share one language for charts; so the chart is written once, as a workbook's, and taken over from there.
"""

import re
from datetime import date
from io import BytesIO
from xml.sax.saxutils import quoteattr
from zipfile import ZipFile

from docx.document import Document as WordFile
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from desktop.render.cells import new_workbook, put, sheet_names
from desktop.render.direction import plain
from desktop.render.docx_styles import ARABIC_FONT, FONT
from desktop.render.live_chart import WIDTH, height, live_chart
from desktop.render.plotted import Places, write_plotted
from desktop.render.tabular import chart_table
from desktop.reports.document import Chart
from i18n import Words

_PIXEL = 9525
"""English metric units in a pixel of a workbook."""
_ONLY_VALUES = "".join(
    f'<c:show{what} val="{int(what == "Val")}"/>'
    for what in ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")
)
_FONTS = (
    "<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr>"
    f'<a:latin typeface="{FONT}"/><a:cs typeface="{ARABIC_FONT}"/></a:defRPr></a:pPr><a:endParaRPr/></a:p></c:txPr>'
)
_DATA = '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData>'
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"


def chart_run(file: WordFile, chart: Chart, number: int, as_of: date, words: Words) -> str:
    """The run that shows the chart; its parts are added to the file. `number` is the chart's place in the document."""
    package = file.part.package
    drawn = Part(
        PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, _drawn(chart, as_of, words), package
    )
    data = Part(
        PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx"),
        CONTENT_TYPE.SML_SHEET,
        _figures(chart, as_of, words),
        package,
    )
    # The first relation of a part is always named rId1, as the chart's own XML says.
    drawn.relate_to(data, RELATIONSHIP_TYPE.PACKAGE)
    relation = file.part.relate_to(drawn, RELATIONSHIP_TYPE.CHART)
    name, description = quoteattr(plain(chart.title)), quoteattr(plain(chart.description))
    return (
        f'<w:r><w:drawing><wp:inline {nsdecls("wp", "a", "r")} distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{WIDTH * _PIXEL}" cy="{height(chart) * _PIXEL}"/>'
        f'<wp:docPr id="{number}" name={name} descr={description}/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_CHART}"><c:chart xmlns:c="{_CHART}" r:id="{relation}"/></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r>"
    )


def _drawn(chart: Chart, as_of: date, words: Words) -> bytes:
    target, book, sheet, places = _workbook(chart, as_of, words)
    sheet.insert_chart(0, 0, live_chart(book, chart, places, words))
    book.close()
    with ZipFile(target) as archive:
        xml = archive.read("xl/charts/chart1.xml").decode()
    # Word takes a label it is not told about for one to show, and Excel for one to hide.
    xml = xml.replace('<c:showVal val="1"/>', _ONLY_VALUES)
    return re.sub("<c:printSettings>.*</c:printSettings>", _FONTS + _DATA, xml, flags=re.DOTALL).encode()


def _figures(chart: Chart, as_of: date, words: Words) -> bytes:
    target, book, _sheet, _places = _workbook(chart, as_of, words)
    book.close()
    return target.getvalue()


def _workbook(chart: Chart, as_of: date, words: Words) -> tuple[BytesIO, Workbook, Worksheet, Places]:
    target = BytesIO()
    book, formats = new_workbook(target, as_of)
    (name,) = sheet_names([chart.title])
    sheet = book.add_worksheet(name)
    table = chart_table(chart)
    for at, cells in enumerate([[column.heading for column in table.columns], *(row.cells for row in table.rows)]):
        for column, value in enumerate(cells):
            put(sheet, at, column, value, words, formats)
    return target, book, sheet, write_plotted(chart, sheet, 0, words, formats)
