"""The register in words, for whoever looks at it: in the window, at a terminal, in a workbook."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from db.fields import fields_of
from db.queries.issued import IssuedFile
from db.queries.kinds import KINDS
from db.queries.registered import Entry
from desktop.reports.building import AUDIENCES
from desktop.reports.certificate import CERTIFICATE, TITLE
from desktop.reports.offer import REPORTS
from desktop.reports.sheet import Sheet
from desktop.reports.standing import one_line
from i18n import N_, Words

_OTHERS: Mapping[str, str] = {
    "fivew": N_("5W"),
    "raw": N_("Workbook of the record"),
    "partner-sheet": N_("Sheet of a partner"),
    "calendar": N_("Calendar"),
    "report-template": N_("Template of a report"),
    "register": N_("What left the record"),
    CERTIFICATE: TITLE,
}
"""What leaves besides reports; a document leaves under its own title."""


@dataclass(frozen=True)
class Column:
    """A column of the register: its heading (a message), what an entry says in it, and how wide it is beside others."""

    heading: str
    text: Callable[[Entry, Words], str]
    width: int = 16


def what(one: Entry, words: Words) -> str:
    """What left or was opened."""
    if isinstance(one, IssuedFile):
        return words.gettext(_titles()[one.name]) if one.name in _titles() else one_line(one.name, words)
    opened = words.gettext("Confidential text opened: {field}, {whose}")
    return opened.format(field=words.gettext(one.field), whose=one_line(one.name, words))


def why(one: Entry, words: Words) -> str:
    """To what end."""
    if isinstance(one, IssuedFile):
        return words.gettext(one.purpose) if one.purpose else ""
    return one_line(one.reason, words)


def fields_said(one: IssuedFile, words: Words) -> list[str]:
    """The columns or fields in a file, each once; those of the record as the reader's language calls them."""
    tables = {kind.entity.__tablename__: kind.entity for kind in KINDS.values()}
    said: dict[str, None] = {}
    for name, keys in one.fields.items():
        entity = KINDS[name].entity if name in KINDS else tables.get(name)
        described = fields_of(entity) if entity else {}
        titles = (words.gettext(described[key].name) if key in described else one_line(key, words) for key in keys)
        said |= dict.fromkeys(titles)
    return list(said)


def register_sheet(entries: Sequence[Entry], words: Words) -> Sheet:
    """The register as a sheet, with what the list has no room for."""
    more = ("SHA-256", words.gettext("Where it was written"))
    return Sheet(
        name=words.gettext("Register"),
        headings=(*(words.gettext(column.heading) for column in COLUMNS), *more),
        rows=tuple((*(column.text(one, words) for column in COLUMNS), *_digest_and_place(one)) for one in entries),
        direction=words.direction,
        as_of=max((one.at.astimezone().date() for one in entries), default=date.min),
    )


def _digest_and_place(one: Entry) -> tuple[str, str]:
    return (one.digest, one.place or "") if isinstance(one, IssuedFile) else ("", "")


@cache
def _titles() -> Mapping[str, str]:
    return {report.name: report.title for report in REPORTS} | dict(_OTHERS)


def _when(one: Entry, words: Words) -> str:
    local = one.at.astimezone()
    return words.gettext("{day} at {time}").format(day=words.date(local.date()), time=f"{local:%H:%M}")


def _readers(one: Entry, words: Words) -> str:
    if not isinstance(one, IssuedFile):
        return ""
    named = {audience.value: title for audience, title in AUDIENCES.items()}
    return words.gettext(named[one.audience]) if one.audience in named else one_line(one.audience, words)


def _whom(one: Entry, words: Words) -> str:
    return words.list([one_line(each, words) for each in one.recipients]) if isinstance(one, IssuedFile) else ""


def _rows(one: Entry, words: Words) -> str:
    return words.number(one.rows) if isinstance(one, IssuedFile) and one.rows is not None else ""


def _language(one: Entry, words: Words) -> str:
    return words.language_name(one.language) if isinstance(one, IssuedFile) and one.language else ""


def _format(one: Entry, _words: Words) -> str:
    return one.format.upper() if isinstance(one, IssuedFile) else ""


COLUMNS = (
    Column(N_("When"), _when, 30),
    Column(N_("What left"), what, 30),
    Column(N_("Who reads it"), _readers),
    Column(N_("To whom"), _whom, 20),
    Column(N_("Why"), why, 20),
    Column(N_("Rows"), _rows, 8),
    Column(N_("Format"), _format, 8),
    Column(N_("Language"), _language, 10),
    Column(N_("By"), lambda one, words: one_line(one.person or "", words)),
)
