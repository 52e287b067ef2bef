"""Whether a form that somebody sent may be opened at all: a Word file or a workbook, small, inert and self-contained.

A form is a stranger's file and leaves again in the office's name. What could run, fetch or swell is refused with the
reason, never taken out in silence: whoever made the form may need it, and should be asked. Only the address of the
template that Word made it from is let in, since half of all forms have one; it is taken off before the form leaves.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Literal

from lxml import etree

from db.errors import RecordError
from i18n import N_

MEGABYTE = 1024 * 1024
LARGEST = 20 * MEGABYTE
UNPACKED = 100 * MEGABYTE
LARGEST_PART = 30 * MEGABYTE
RATIO = 200
PARTS = 2_000
_CHUNK = 1024 * 1024
_RUNS = re.compile(
    r"vbaproject|vbadata|activex|oleobject|macrosheets/|dialogsheets/|externallinks/|connections\.xml|querytables/|"
    r"customui|webextensions?/|afchunk|attachedtoolbars|\.(?:bin|exe|dll|js|vbs|ps1|hta|html?|mht)$",
    re.IGNORECASE,
)
_HARMLESS = re.compile(r"printersettings\d*\.bin$", re.IGNORECASE)
_FIELDS = frozenset(
    "PAGE NUMPAGES SECTION SECTIONPAGES PAGEREF REF NOTEREF STYLEREF TOC TC SEQ HYPERLINK DATE TIME CREATEDATE "
    "SAVEDATE PRINTDATE EDITTIME FILENAME TITLE SUBJECT AUTHOR COMMENTS KEYWORDS DOCPROPERTY FORMTEXT FORMCHECKBOX "
    "FORMDROPDOWN MERGEFIELD SYMBOL BIBLIOGRAPHY CITATION XE INDEX =".split()
)
"""Field codes of Word that only count, name or point; every other one could fetch or run."""
_XML = (".xml", ".rels", ".vml")
_PACKAGES = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEMPLATE = "/attachedTemplate"
"""What a link to the template that a form was made from ends with."""
Kind = Literal["docx", "xlsx"]


class FormRefused(RecordError):
    """The form cannot be filled; nothing was written."""

    message = N_("This form cannot be filled. Nothing was written.")


class NotAForm(FormRefused):
    message = N_("This is no form that can be filled. Save it as a Word file (.docx) or a workbook (.xlsx), unlocked.")


class FormTooLarge(FormRefused):
    message = N_("This form is too large, or unpacks to too much. A form may have at most {most} MB.")


class FormRuns(FormRefused):
    message = N_("This form holds something that runs or fetches by itself ({part}). Ask for one without it.")


class FormReachesOut(FormRefused):
    message = N_("This form is linked to something outside itself ({target}). Break the link and choose it again.")


def check_form(content: bytes) -> Kind:
    """Which kind of form it is; whatever could do harm is refused."""
    if len(content) > LARGEST:
        raise FormTooLarge(most=LARGEST // MEGABYTE)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _small(archive, len(content))
            names = archive.namelist()
            for name in names:
                if _RUNS.search(name) and not _HARMLESS.search(name):
                    raise FormRuns(part=name)
            kind = _kind(archive, names)
            for name in names:
                if name.lower().endswith(_XML):
                    _inert(name, archive.read(name))
    except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, EOFError, ValueError, KeyError, OSError) as damaged:
        raise NotAForm from damaged
    except (NotImplementedError, RuntimeError, struct.error) as locked:  # an unknown compression, a password
        raise NotAForm from locked
    return kind


def tree_of(content: bytes) -> etree._Element:
    """A part as a tree, its entities left alone and nothing fetched for it."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(content, parser)


def _small(archive: zipfile.ZipFile, size: int) -> None:
    """Inflate every part once, against a limit: what the directory of a zip says of sizes may be a lie."""
    parts = archive.infolist()
    if len(parts) > PARTS:
        raise FormTooLarge(most=LARGEST // MEGABYTE)
    if len({part.filename for part in parts}) != len(parts):
        raise NotAForm
    total = 0
    for part in parts:
        own = 0
        with archive.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                own, total = own + len(chunk), total + len(chunk)
                if own > LARGEST_PART or total > UNPACKED or (total > 5 * MEGABYTE and total > RATIO * size):
                    raise FormTooLarge(most=LARGEST // MEGABYTE)


def _kind(archive: zipfile.ZipFile, names: list[str]) -> Kind:
    types = archive.read("[Content_Types].xml").decode("utf-8", "replace")
    if "macroEnabled" in types:
        raise FormRuns(part="[Content_Types].xml")
    if "wordprocessingml.document.main+xml" in types:
        return "docx"
    if "spreadsheetml.sheet.main+xml" in types and "xl/workbook.xml" in names:
        return "xlsx"
    raise NotAForm


def _inert(name: str, content: bytes) -> None:
    root = tree_of(content)
    if root.getroottree().docinfo.doctype or root.getroottree().docinfo.internalDTD is not None:
        raise FormRuns(part=name)
    if name.lower().endswith(".rels"):
        for link in root.iter(f"{_PACKAGES}Relationship"):
            external, kind = link.get("TargetMode", "").lower() == "external", link.get("Type", "")
            page = kind.endswith("/hyperlink") and _harmless(link.get("Target", ""))
            if external and not page and not (kind.endswith(TEMPLATE) and name == "word/_rels/settings.xml.rels"):
                raise FormReachesOut(target=link.get("Target", ""))
            if kind.endswith(("/aFChunk", "/oleObject", "/subDocument", "/vbaProject", "/control")):
                raise FormRuns(part=link.get("Target", ""))
    elif name.startswith("word/"):
        for code in _field_codes(root):
            if code.upper() not in _FIELDS:
                raise FormRuns(part=code)


def _field_codes(root: etree._Element) -> Iterator[str]:
    """What each field is told to do: the first word of its instruction."""
    open_fields: list[str] = []
    for one in root.iter(f"{_WORDS}fldChar", f"{_WORDS}instrText", f"{_WORDS}fldSimple"):
        if one.tag == f"{_WORDS}fldSimple":
            yield _first_word(one.get(f"{_WORDS}instr", ""))
        elif one.tag == f"{_WORDS}instrText":
            if not open_fields:
                yield _first_word(one.text or "")
            else:
                open_fields[-1] += one.text or ""
        elif one.get(f"{_WORDS}fldCharType") == "begin":
            open_fields.append("")
        elif one.get(f"{_WORDS}fldCharType") == "end" and open_fields:
            yield _first_word(open_fields.pop())
    yield from map(_first_word, open_fields)


def _first_word(code: str) -> str:
    words = code.split()
    return "=" if words and words[0].startswith("=") else words[0] if words else "="


def _harmless(target: str) -> bool:
    """Whether a link that a reader may click leads to a page or an address, never to a program or a file."""
    return target.lower().startswith(("http://", "https://", "mailto:", "#"))
