"""Cells of a stranger's workbook, read and set in their XML: a value of its own type, a text that stays text."""

import re
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from datetime import date

from lxml import etree

from desktop.render.cells import DANGEROUS
from desktop.reports.document import Count, Day, Money, Share, Value

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_EXACT = 10**15
_FIRST_SURE = date(1900, 3, 1)
_POSITION = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_LAST_COLUMN, _LAST_ROW = 16_384, 1_048_576
_OWN_DATES = frozenset((*range(14, 18), 22, *range(27, 37), *range(50, 59)))
"""Formats of days that every spreadsheet knows by number."""
_UNSAID = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_DAY_OR_YEAR = re.compile(r"[dy]", re.IGNORECASE)


def text_of(cell: etree._Element, shared: Sequence[str]) -> str:
    """The text that somebody typed into a cell; nothing where it holds a formula or a number."""
    if cell.find(f"{S}f") is not None:
        return ""
    if cell.get("t") == "s":
        number = cell.findtext(f"{S}v", "")
        return shared[int(number)] if number.isdigit() and int(number) < len(shared) else ""
    return "".join(letters(cell)) if cell.get("t") == "inlineStr" else ""


def letters(one: etree._Element) -> Iterator[str]:
    """The letters of a text, not how they are read aloud."""
    for text in one.iter(f"{S}t"):
        if (parent := text.getparent()) is None or parent.tag != f"{S}rPh":
            yield text.text or ""


def cell_at(sheet: etree._Element, position: str) -> etree._Element | None:
    """The cell at a position, made where a sheet keeps none; None where no sheet reaches."""
    found = _POSITION.fullmatch(position)
    rows = sheet.find(f"{S}sheetData")
    if not found or rows is None or _column(found[1]) > _LAST_COLUMN or int(found[2]) > _LAST_ROW:
        return None
    row = _child(rows, "row", found[2], lambda one: int(one.get("r", "0")), int(found[2]))
    row.attrib.pop("spans", None)
    return _child(row, "c", position, lambda one: _column(one.get("r", "A").rstrip("0123456789")), _column(found[1]))


def put_value(cell: etree._Element, value: Value, styles: "Styles", zero: date) -> bool:
    """Write a number or a day as itself; False where a spreadsheet would not keep it or show it as what it is."""
    match value:
        case Count(number) if abs(number) < _EXACT:
            number_said = str(number)
        case Share(ratio, decimals):
            # Rounded as it is printed: the digits behind a printed percentage can give a hidden count away.
            number_said = str(round(ratio, decimals + 2))
        case Money(amount) if abs(amount) < _EXACT:
            number_said = str(amount)
        case Day(on) if on >= _FIRST_SURE and styles.shows_days(cell.get("s")):
            number_said = str((on - zero).days)
        case _:
            return False
    _emptied(cell)
    etree.SubElement(cell, f"{S}v").text = number_said
    return True


def put_text(cell: etree._Element, text: str, styles: "Styles") -> None:
    """Write a text so that it stays text, even after someone has edited the cell."""
    _emptied(cell)
    cell.set("t", "inlineStr")
    if text.startswith(DANGEROUS):
        cell.set("s", styles.quoted(cell.get("s")))
    said = etree.SubElement(etree.SubElement(cell, f"{S}is"), f"{S}t")
    said.set(_SPACE, "preserve")
    said.text = text


class Styles:
    """What the formats of a workbook show, and one more of them where a text could be taken for a formula."""

    def __init__(self, root: etree._Element) -> None:
        self.root, self.changed = root, False
        self._formats = root.find(f"{S}cellXfs")
        self._codes = {one.get("numFmtId"): one.get("formatCode", "") for one in root.iter(f"{S}numFmt")}
        self._quoted: dict[str | None, str] = {}

    def shows_days(self, style: str | None) -> bool:
        """Whether a cell of this format shows a number as a day."""
        one = self._format(style)
        number = one.get("numFmtId", "0") if one is not None else "0"
        own = _UNSAID.sub("", self._codes.get(number, ""))
        return bool(_DAY_OR_YEAR.search(own)) or (number.isdigit() and int(number) in _OWN_DATES)

    def quoted(self, style: str | None) -> str:
        """The same format, of a cell whose text is never a formula."""
        one = self._format(style)
        if one is None or self._formats is None:
            return style or "0"
        if style not in self._quoted:
            like = deepcopy(one)
            like.set("quotePrefix", "1")
            self._formats.append(like)
            self._formats.set("count", str(len(self._formats)))
            self._quoted[style], self.changed = str(len(self._formats) - 1), True
        return self._quoted[style]

    def _format(self, style: str | None) -> etree._Element | None:
        place = int(style) if style and style.isdigit() else 0
        return self._formats[place] if self._formats is not None and place < len(self._formats) else None


def _emptied(cell: etree._Element) -> None:
    for one in list(cell):
        cell.remove(one)
    for name in ("t", "cm", "vm"):
        cell.attrib.pop(name, None)


def _child(
    parent: etree._Element, tag: str, name: str, order: Callable[[etree._Element], int], wanted: int
) -> etree._Element:
    """The child of this place, or a new one between its neighbours."""
    place = len(parent)
    for number, one in enumerate(parent):
        if order(one) == wanted:
            return one
        if order(one) > wanted:
            place = number
            break
    new = parent.makeelement(f"{S}{tag}", {"r": name})
    parent.insert(place, new)
    return new


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
