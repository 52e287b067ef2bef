"""The sheets of a Word file: their size, what stands on every page, and sections that lie for tables too wide to stand.

Word turns a page by ending a section: its last paragraph holds the sheet of all that came before.
"""

import re
from datetime import UTC, datetime, time
from string import Formatter
from typing import NamedTuple

from docx.document import Document as WordFile
from docx.oxml.ns import qn
from docx.shared import Twips

from desktop.render.docx_text import TAGS, elements, field, paragraph, written
from desktop.render.values import clean
from desktop.reports.document import Document, Paper
from i18n import Words

MARGIN = 1134
"""2 cm, in twentieths of a point."""
_UNUSED = {"thumbnail", "customXml", "stylesWithEffects", "extended-properties"}


class Sheet(NamedTuple):
    """A sheet of paper in twentieths of a point."""

    width: int
    height: int

    @property
    def body(self) -> int:
        """How wide the text stands."""
        return self.width - 2 * MARGIN

    def laid(self) -> "Sheet":
        """The same sheet on its long side."""
        return Sheet(self.height, self.width)


SHEETS = {Paper.A4: Sheet(11906, 16838), Paper.LETTER: Sheet(12240, 15840)}


def ended(section: str, lying: bool) -> str:
    """The paragraph that ends a section of upright or lying sheets."""
    return f"<w:p><w:pPr>{turned(section) if lying else section}</w:pPr></w:p>"


def turned(section: str) -> str:
    """The properties of a section, its sheets lying."""

    def size(found: re.Match[str]) -> str:
        return f'<w:pgSz w:w="{found["h"]}" w:h="{found["w"]}" w:orient="landscape"/>'

    return re.sub(r'<w:pgSz w:w="(?P<w>\d+)" w:h="(?P<h>\d+)"/>', size, section)


def strip(file: WordFile) -> None:
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


def set_properties(file: WordFile, document: Document) -> None:
    moment = datetime.combine(document.as_of, time(), UTC)
    properties = file.core_properties
    properties.title, properties.subject = clean(document.title)[:255], clean(document.subtitle)[:255]
    properties.author = properties.last_modified_by = clean(document.author)[:255]
    properties.language = TAGS.get(document.language, document.language)
    properties.created = properties.modified = moment
    properties.comments = properties.keywords = ""
    properties.revision = 1


def set_page(file: WordFile, document: Document, words: Words) -> None:
    section = file.sections[0]
    sheet = SHEETS[document.paper]
    section.page_width, section.page_height = Twips(sheet.width), Twips(sheet.height)
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
    head = paragraph("Header", written(document.title, words), words)
    if document.banner:
        head += paragraph("Banner", written(document.banner, words), words)
    for part, content in ((section.header, head), (section.footer, paragraph("Footer", foot, words))):
        part.is_linked_to_previous = False
        part._element.clear()
        part._element.extend(elements(content))
