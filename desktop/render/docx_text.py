"""Sentences, paragraphs and tables as WordprocessingML, written whole.

Word's own objects would be set cell by cell (24 seconds for 1,200 cells, measured); whole XML is read at once.
Word knows a direction for the paragraph, the table and each run, and takes the font, size and weight of Arabic from
settings of their own; so each run says which way it reads.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

from desktop.render import theme
from desktop.render.direction import marked, plain, runs_rtl, stretches
from desktop.render.values import shown
from desktop.reports.document import Align, Emphasis, Run, Said, Strong, Value
from i18n import Words

TAGS = {"fr": "fr-FR", "en": "en-GB", "es": "es-ES", "ar": "ar-SA"}
"""Word's spelling of the languages on offer; any other tag is written as it is."""
_TAG = re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


def elements(xml: str) -> list[BaseOxmlElement]:
    """The elements of a stretch of WordprocessingML."""
    return list(parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>"))


def paragraph(style: str, content: str, words: Words, align: Align = Align.START) -> str:
    """A paragraph of a named style around runs already written."""
    bidi = "<w:bidi/>" if words.direction == "rtl" else ""
    # Under bidi, Word reads "left" as the side where reading starts.
    side = '<w:jc w:val="right"/>' if align is Align.END else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{bidi}{side}</w:pPr>{content}</w:p>'


def sentence(runs: Iterable[Run], words: Words) -> str:
    """The runs of a sentence."""
    return "".join(
        written(run.text, words, type(run).__name__) if isinstance(run, Strong | Emphasis) else value(run, words)
        for run in runs
    )


def value(shown_value: Value, words: Words, style: str = "") -> str:
    """One value as runs; a person's own words keep their direction and are not spell-checked in a guessed language."""
    rtl = words.direction == "rtl"
    if not isinstance(shown_value, Said):
        return written(shown(shown_value, words), words, style)
    text = plain(shown_value.text)
    kept = marked(f"\u2068{text}\u2069", rtl)
    language = shown_value.language if shown_value.language and _TAG.fullmatch(shown_value.language) else None
    return _runs(kept, runs_rtl(text) if text else rtl, style, _language(language) if language else "<w:noProof/>")


def written(text: str, words: Words, style: str = "") -> str:
    """A sentence of ours as runs, cut where its direction changes."""
    rtl = words.direction == "rtl"
    return _runs(marked(text, rtl), rtl, style, _language(words.language))


def field(instruction: str, words: Words, style: str = "") -> str:
    """A field that Word works out, such as the number of the page."""
    look = _look(style, words.direction == "rtl", "")

    def char(kind: str) -> str:
        return f'<w:r>{look}<w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = f'<w:r>{look}<w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
    return f"{char('begin')}{code}{char('separate')}<w:r>{look}<w:t>1</w:t></w:r>{char('end')}"


def table(
    style: str,
    widths: Sequence[int],
    rows: Iterable[tuple[Sequence[str], str]],
    words: Words,
    head: bool = True,
    description: str = "",
) -> str:
    """A table of cells that are paragraphs already written; each row comes with its shade or "". Widths in twips."""
    visual = "<w:bidiVisual/>" if words.direction == "rtl" else ""
    first = int(head)
    described = f"<w:tblDescription w:val={quoteattr(plain(description))}/>" if description else ""
    properties = (
        f'<w:tblPr><w:tblStyle w:val="{style}"/>{visual}<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="04{first * 2}0" w:firstRow="{first}" w:lastRow="0" '
        f'w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
        f"{described}</w:tblPr>"
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body = "".join(_row(cells, shade, widths, head and at == 0) for at, (cells, shade) in enumerate(rows))
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def note(text: str, words: Words) -> Iterator[str]:
    """What stands small under a block, if anything."""
    if text:
        yield paragraph("Note", written(text, words), words)


def legend_mark(fill: str | None, plain_fill: bool) -> str:
    """A square as a map fills a place: shaded, or with the lines of what is hidden or missing."""
    square = "\u25a9" if fill is None else "\u25a0" if plain_fill else "\u25a4"
    colour = (fill if fill and plain_fill else theme.GREY).lstrip("#")
    return f'<w:r><w:rPr><w:color w:val="{colour}"/><w:sz w:val="24"/></w:rPr><w:t>{square}</w:t></w:r>'


def _row(cells: Sequence[str], shade: str, widths: Sequence[int], head: bool) -> str:
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    written_cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{fill}</w:tcPr>{cell}</w:tc>'
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{written_cells}</w:tr>"


def _runs(text: str, rtl: bool, style: str, language: str) -> str:
    return "".join(
        f'<w:r>{_look(style, right, language)}<w:t xml:space="preserve">{escape(stretch)}</w:t></w:r>'
        for stretch, right in stretches(text, rtl)
    )


def _look(style: str, rtl: bool, language: str) -> str:
    # In the order the schema asks for: style, proof, direction, language.
    proof, tag = (language, "") if language == "<w:noProof/>" else ("", language)
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    properties = f"{named}{proof}{'<w:rtl/>' if rtl else ''}{tag}"
    return f"<w:rPr>{properties}</w:rPr>" if properties else ""


def _language(code: str) -> str:
    tag = TAGS.get(code, code)
    return f'<w:lang w:val="{tag}" w:bidi="{tag}"/>'
