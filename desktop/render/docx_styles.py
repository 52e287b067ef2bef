"""The styles of a Word report: real, named ones, so that an office can restyle a report in one place and keep writing.

python-docx opens a template of its own with a hundred table styles and defaults of another country; all of them go,
and what a report uses is said here. Word's own styles keep their names, since its navigation and contents hang on them.
"""

from docx.document import Document as WordFile
from docx.oxml.ns import qn

from desktop.render import theme
from desktop.render.docx_text import TAGS, elements
from i18n import Words

FONT, ARABIC_FONT, CHINESE_FONT = "Calibri", "Arial", "Microsoft YaHei"
"""On every machine with Word; the open fonts of the PDF are not, and Word does not say when it replaces one."""
_BOLD = "<w:b/><w:bCs/>"
_TOGETHER = "<w:keepNext/><w:keepLines/>"
_RULE_BELOW = f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="{theme.GREY.lstrip("#")}"/></w:pBdr>'
_RULE, _ACCENT = theme.RULE.lstrip("#"), theme.ACCENT.lstrip("#")


def apply_styles(file: WordFile, words: Words, width: int) -> None:
    """Put our styles in place of the template's, in the language of the words, for text this wide."""
    styles, numbering = file.styles.element, file.part.numbering_part.element
    for old in [*styles.findall(qn("w:docDefaults")), *styles.findall(qn("w:style"))]:
        styles.remove(old)
    styles.insert(0, *elements(_defaults(words)))
    styles.extend(elements(_OTHER_STYLES + "".join(_paragraph_styles(width))))
    for old in list(numbering):
        numbering.remove(old)
    numbering.extend(elements(_BULLETS))


def _defaults(words: Words) -> str:
    tag = TAGS.get(words.language, words.language)
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{CHINESE_FONT}" w:cs="{ARABIC_FONT}"/>'
        f"{_colour(theme.INK)}{_size(theme.BODY_SIZE)}"
        f'<w:lang w:val="{tag}" w:eastAsia="{tag}" w:bidi="{tag}"/>'
        '</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
    )


def _paragraph_styles(width: int) -> list[str]:
    level_1, level_2 = theme.HEADING_SIZES
    accent, grey = _colour(theme.ACCENT), _colour(theme.GREY)
    return [
        _style("Title", "Title", f"{_BOLD}{accent}{_size(theme.TITLE_SIZE)}", _space(0, 6), "Subtitle"),
        _style("Subtitle", "Subtitle", f"{grey}{_size(theme.SUBTITLE_SIZE)}", _space(0, 18), "Normal"),
        _heading(1, f"{_BOLD}{accent}{_size(level_1)}", _space(18, 6)),
        _heading(2, f"{_BOLD}{accent}{_size(level_2)}", _space(14, 4)),
        _style("ListBullet", "List Bullet", "", f'<w:numPr><w:numId w:val="1"/></w:numPr>{_space(0, 4)}'),
        _style(
            "Caption", "caption", f"{_BOLD}{_size(theme.BLOCK_TITLE_SIZE)}", f"{_TOGETHER}{_space(10, 4)}", "Normal"
        ),
        _style("Note", "Note", f"{grey}{_size(theme.SMALL_SIZE)}", _space(3, 10)),
        _style("TableHead", "Table Head", f"{_BOLD}{_colour(theme.PAPER)}{_size(theme.TABLE_SIZE)}", _space(2, 2)),
        _style("TableText", "Table Text", _size(theme.TABLE_SIZE), _space(2, 2)),
        _style("TableHeadNarrow", "Table Head Narrow", _size(7), based_on="TableHead"),
        _style("TableTextNarrow", "Table Text Narrow", _size(7), based_on="TableText"),
        _style("KeyFigure", "Key Figure", f"{_BOLD}{accent}{_size(theme.FIGURE_SIZE - 2)}", _space(4, 0)),
        _style("KeyFigureLong", "Key Figure Long", _size(14), based_on="KeyFigure"),
        _style("KeyFigureLabel", "Key Figure Label", "", _space(0, 2)),
        _style("TOCHeading", "TOC Heading", f"{_BOLD}{accent}{_size(level_1)}", f"{_TOGETHER}{_space(18, 6)}"),
        _style("TOC1", "toc 1", "", _space(0, 3)),
        _style("TOC2", "toc 2", "", f'{_space(0, 3)}<w:ind w:left="284"/>'),
        _style("Banner", "Banner", f"{_BOLD}{_colour(theme.ALARM)}{_size(theme.SMALL_SIZE)}", '<w:jc w:val="center"/>'),
        _style("SignatureRule", "Signature Rule", "", f"{_TOGETHER}{_RULE_BELOW}{_space(24, 2)}"),
        _style("Header", "header", f"{grey}{_size(theme.SMALL_SIZE)}", _space(0, 0)),
        _style(
            "Footer",
            "footer",
            f"{grey}{_size(theme.SMALL_SIZE)}",
            f'<w:tabs><w:tab w:val="right" w:pos="{width}"/></w:tabs>{_space(0, 0)}',
        ),
    ]


_OTHER_STYLES = (
    """<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>
    <w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
      <w:name w:val="Default Paragraph Font"/></w:style>
    <w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:qFormat/>
      <w:rPr><w:b/><w:bCs/></w:rPr></w:style>
    <w:style w:type="character" w:styleId="Emphasis"><w:name w:val="Emphasis"/><w:qFormat/>
      <w:rPr><w:i/></w:rPr></w:style>
    <w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>
      <w:tblInd w:w="0" w:type="dxa"/>
      <w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>
      </w:style>"""
    f'''<w:style w:type="table" w:customStyle="1" w:styleId="ReportTable"><w:name w:val="Report Table"/>
      <w:basedOn w:val="TableNormal"/>
      <w:tblPr><w:tblBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="{_RULE}"/>
      <w:insideH w:val="single" w:sz="4" w:space="0" w:color="{_RULE}"/></w:tblBorders></w:tblPr>
      <w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{_ACCENT}"/></w:tcPr>
      </w:tblStylePr></w:style>'''
)
_BULLETS = """<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">
      <w:start w:val="1"/><w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet"/><w:lvlText w:val="•"/>
      <w:lvlJc w:val="left"/><w:pPr><w:ind w:left="284" w:hanging="284"/></w:pPr></w:lvl></w:abstractNum>
    <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"""
_OURS = {"Note", "Table", "Key", "Banner", "Signature"}


def _heading(level: int, look: str, space: str) -> str:
    return _style(
        f"Heading{level}", f"heading {level}", look, f'{_TOGETHER}{space}<w:outlineLvl w:val="{level - 1}"/>', "Normal"
    )


def _style(key: str, name: str, look: str = "", layout: str = "", next_: str = "", based_on: str = "Normal") -> str:
    custom = 'w:customStyle="1" ' if name.split(maxsplit=1)[0] in _OURS else ""
    following = f'<w:next w:val="{next_}"/>' if next_ else ""
    return (
        f'<w:style w:type="paragraph" {custom}w:styleId="{key}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{based_on}"/>{following}<w:qFormat/><w:pPr>{layout}</w:pPr><w:rPr>{look}</w:rPr></w:style>'
    )


def _size(points: float) -> str:
    """A size in half points, said twice: Arabic takes its own."""
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def _colour(value: str) -> str:
    return f'<w:color w:val="{value.lstrip("#")}"/>'


def _space(before: int, after: int) -> str:
    return f'<w:spacing w:before="{before * 20}" w:after="{after * 20}"/>'
