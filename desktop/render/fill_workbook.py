"""A workbook filled in place: its parts are taken over byte by byte, but for the cells that were asked for.

No library writes a stranger's workbook without losing some of it. A number stays a number in the cell's own format, a
text stays text whatever it begins with, and formulas are worked out anew by whoever opens the file.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from lxml import etree

from desktop.render.cells import LONGEST
from desktop.render.form_file import FormRefused, NotAForm, tree_of
from desktop.render.form_places import FormAsksTooMuch, Places
from desktop.render.workbook_cells import S, Styles, cell_at, letters, put_text, put_value, text_of
from desktop.reports.document import Value
from i18n import N_

_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PLACE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_BRACES = re.compile(r"\{\{.{0,80}", re.DOTALL)
_ONE_CELL = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_BROKEN = (KeyError, ValueError, IndexError, etree.LxmlError)
_FIRST, _FIRST_OF_MACS = date(1899, 12, 30), date(1904, 1, 1)


class TooLongForACell(FormRefused):
    message = N_("The text for one place is longer than the {most} letters that a cell can hold. Use a Word form.")


@dataclass(frozen=True)
class _Book:
    """What the cells of every sheet share."""

    shared: Sequence[str]
    styles: Styles
    zero: date
    places: Places


def fill_workbook(content: bytes, places: Places) -> bytes:
    """The workbook with what its places ask for; a name that nobody knows stays as it stands."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = {one.filename: (one, archive.read(one)) for one in archive.infolist()}
    try:
        changed = _changed({name: body for name, (_one, body) in parts.items()}, places)
    except _BROKEN as damaged:
        raise NotAForm from damaged
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, (one, body) in parts.items():
            new = etree.tostring(changed[name], xml_declaration=True, encoding="UTF-8") if name in changed else body
            target.writestr(zipfile.ZipInfo(name, one.date_time), new, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _changed(parts: Mapping[str, bytes], places: Places) -> dict[str, etree._Element]:
    """The parts that are to be written anew."""
    workbook, files = tree_of(parts["xl/workbook.xml"]), _files(tree_of(parts["xl/_rels/workbook.xml.rels"]))
    styles = Styles(tree_of(parts["xl/styles.xml"]))
    book = _Book(_shared(parts), styles, _zero(workbook), places)
    named = _named(workbook, places)
    sheets = [(one.get("name", ""), files.get(one.get(_LINK, ""), "")) for one in workbook.iter(f"{S}sheet")]
    roots = {part: tree_of(parts[part]) for _title, part in sheets if part in parts and "worksheets/" in part}
    filled = [
        _fill(roots[part], {cell: name for (sheet, cell), name in named.items() if sheet == title}, book)
        for title, part in sheets
        if part in roots
    ]
    changed: dict[str, etree._Element] = {}
    if any(filled):
        _work_out_anew(workbook, roots.values())
        changed = {**roots, "xl/workbook.xml": workbook}
    if styles.changed:
        changed["xl/styles.xml"] = styles.root
    return changed


def _fill(sheet: etree._Element, named: Mapping[str, str], book: _Book) -> bool:
    """Fill one sheet, and say whether anything of it is new."""
    filled = [
        _fill_cell(cell, text, book) for cell in sheet.iter(f"{S}c") if "{{" in (text := text_of(cell, book.shared))
    ]
    for position, name in named.items():
        cell = cell_at(sheet, position)
        # A formula is the donor's own way to that figure.
        if cell is not None and cell.find(f"{S}f") is None and (value := book.places.ask(name)) is not None:
            _put(cell, value, book)
            filled.append(True)
    return any(filled)


def _fill_cell(cell: etree._Element, text: str, book: _Book) -> bool:
    """Fill the places of one cell: one that is the whole of it by its value, others as words among words."""
    for found in _BRACES.finditer(text):
        if not _PLACE.match(found[0]):
            raise FormAsksTooMuch(place=found[0])
    values = {name: book.places.ask(name) for name in _PLACE.findall(text)}
    whole = _PLACE.fullmatch(text.strip())
    if whole and (value := values[whole[1]]) is not None:
        _put(cell, value, book)
    elif any(value is not None for value in values.values()):
        said = {name: book.places.text(value) for name, value in values.items() if value is not None}
        _say(cell, _PLACE.sub(lambda place: said.get(place[1], place[0]), text), book)
    return any(value is not None for value in values.values())


def _put(cell: etree._Element, value: Value, book: _Book) -> None:
    if not put_value(cell, value, book.styles, book.zero):
        _say(cell, book.places.text(value), book)


def _say(cell: etree._Element, text: str, book: _Book) -> None:
    if len(text) > LONGEST:
        raise TooLongForACell(most=LONGEST)
    put_text(cell, text, book.styles)


def _files(links: etree._Element) -> dict[str, str]:
    """Which part each link of the workbook leads to."""
    return {one.get("Id", ""): posixpath.normpath(posixpath.join("/xl", one.get("Target", "")))[1:] for one in links}


def _named(workbook: etree._Element, places: Places) -> dict[tuple[str, str], str]:
    """Cells that go by the name of a place; a workbook has other names besides, which are no places."""
    found = {}
    for one in workbook.iter(f"{S}definedName"):
        name, cell = one.get("name", "").lower(), _ONE_CELL.fullmatch((one.text or "").strip())
        if cell and places.has(name):
            found[(cell[1].replace("''", "'") if cell[1] else cell[2], cell[3] + cell[4])] = name
    return found


def _shared(parts: Mapping[str, bytes]) -> list[str]:
    """The texts that cells point at, without their looks."""
    if "xl/sharedStrings.xml" not in parts:
        return []
    return ["".join(letters(one)) for one in tree_of(parts["xl/sharedStrings.xml"]).iter(f"{S}si")]


def _zero(workbook: etree._Element) -> date:
    """The day that a workbook counts from."""
    properties = workbook.find(f"{S}workbookPr")
    return _FIRST_OF_MACS if properties is not None and properties.get("date1904") in ("1", "true") else _FIRST


def _work_out_anew(workbook: etree._Element, sheets: Iterable[etree._Element]) -> None:
    """Have formulas worked out when the file is opened: what they last said was about an empty form."""
    for cell in (one for sheet in sheets for one in sheet.iter(f"{S}c") if one.find(f"{S}f") is not None):
        for stale in cell.findall(f"{S}v"):
            cell.remove(stale)
        cell.attrib.pop("t", None)
    how = workbook.find(f"{S}calcPr")
    if how is None:
        how = workbook.makeelement(f"{S}calcPr", {})
        earlier = [f"{S}{name}" for name in ("definedNames", "externalReferences", "functionGroups", "sheets")]
        after = next((found for name in earlier if (found := workbook.find(name)) is not None), None)
        workbook.insert(len(workbook) if after is None else workbook.index(after) + 1, how)
    how.set("fullCalcOnLoad", "1")
