"""The 5W: every activity in scope as one row of one sheet, as clusters exchange it and as intake reads it back.

A count stands under what it is: declared people never under reached or targeted. What the guard hides goes out empty,
and a column of its own names it, so that whoever reads the file takes it for hidden and not for zero.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

import resources
from db.models.activities import MISSING_DATES, SECTORS, SENSITIVITIES, STATUSES
from db.models.donors import FUNDING_KINDS
from db.models.organisations import TYPES
from db.models.results import COUNTINGS, METHODS, NATURES, UNITS
from db.queries.fivew import Body, FiveW, FiveWActivity, Level, fivew
from db.record import Record
from desktop.exchange.fivew_counts import count
from desktop.exchange.hxl import columns
from desktop.guard.audiences import Audience, profile
from desktop.guard.release import LEFT_OUT
from desktop.guard.released import Absent, Known, Released, Unnamed, Withheld
from desktop.guard.tables import Entry, Grid, Line, Named, Tables
from desktop.reports.atoms import AtomBook, FigureAtoms
from desktop.reports.report import Asked
from desktop.reports.sheet import Cell, Sheet
from i18n import N_, Words
from i18n.folding import search_form

GRID = "fivew"
_WORD = re.compile(r"[^\W_]+")
Choices = tuple[tuple[str, str], ...]
_WOMEN_LED = {"met": N_("Yes"), "not_met": N_("No"), "unknown": N_("Unknown")}


@dataclass(frozen=True)
class Coded:
    """Codes of the record, said in the reader's words where the sheet is written."""

    messages: tuple[str, ...]


@dataclass(frozen=True)
class Funding:
    """Who pays: donors by name, and other kinds of funding as messages of the catalogues."""

    parts: tuple[tuple[str, bool], ...]
    """Each with whether it is a name."""


def gather(record: Record, asked: Asked) -> Tables:
    """The rows of the 5W, before the guard."""
    return tables(record.read(fivew, asked.scope), asked.audience)


def tables(found: FiveW, audience: Audience) -> Tables:
    """The activities as a grid of the columns; what is more than a little sensitive is not for the public."""
    book = AtomBook()
    running = FigureAtoms(found.running, book)
    fields = [column.field for column in columns()]
    lines = []
    for activity in found.activities:
        if audience is Audience.PUBLIC and activity.sensitivity != "low":
            continue
        entries = _entries(activity, audience) | _counts(activity, book, running)
        lines.append(Line(tuple(entries.get(field) for field in fields)))
    return Tables(tuple(book.atoms), {GRID: Grid(tuple(lines))}, plain={"as_of": found.as_of})


def sheet(released: Released, words: Words) -> Sheet:
    """The released rows as a sheet in the reader's language."""
    as_of = released.plain["as_of"]
    assert isinstance(as_of, date)
    fields = [column.field for column in columns()]
    return Sheet(
        name=words.gettext("5W"),
        headings=tuple(column.heading(words.language) for column in columns()),
        tags=tuple(column.tag for column in columns()),
        rows=tuple(tuple(_row(fields, line.cells, words)) for line in released.grids[GRID]),
        direction=words.direction,
        as_of=as_of,
    )


def _row(fields: list[str], cells: tuple[object, ...], words: Words) -> Iterator[Cell]:
    hidden = [field for field, cell in zip(fields, cells, strict=True) if _is_hidden(cell)]
    for field, cell in zip(fields, cells, strict=True):
        if field == "hidden" and isinstance(cell, tuple):
            yield "|".join(dict.fromkeys([*hidden, *cell])) or None
        else:
            yield _cell(cell, words)


def _is_hidden(cell: object) -> bool:
    return isinstance(cell, Withheld) or (isinstance(cell, Absent) and cell.reason == LEFT_OUT)


def _cell(entry: object, words: Words) -> Cell:
    match entry:
        case Known(count):
            return count
        case Withheld() | Absent() | None:
            return None
        case Unnamed(number):
            return words.gettext("Partner {number}, not named").format(number=words.number(number))
        case Coded(messages):
            return "; ".join(map(words.gettext, messages)) or None
        case Funding(parts):
            return "; ".join(text if is_name else words.gettext(text) for text, is_name in parts) or None
        case str():
            # On one line and with single spaces, as HXL's validator asks.
            return " ".join(entry.split()) or None
        case date():
            return entry
        case _:
            raise TypeError(f"no cell of a 5W: {type(entry).__name__}")


def _entries(activity: FiveWActivity, audience: Audience) -> dict[str, Entry]:
    """Everything about an activity but its counts. Free text may name people: it stays among those who know them."""
    partner, kinds = activity.partner, dict(FUNDING_KINDS)
    confidant = audience in (Audience.INTERNAL, Audience.PARTNER)
    return {
        "reporting_org_name": _named(activity.reporter),
        "prog_org_name": _named(partner),
        "prog_org_acronym": partner.acronym if partner and (confidant or partner.may_be_named) else None,
        "prog_org_type": _coded(TYPES, partner.type) if partner else None,
        "impl_org_wlo": Coded((_WOMEN_LED[partner.women_led],)) if partner else None,
        "donor_name": Funding(
            tuple((donor or kinds[kind], bool(donor)) for kind, donor in activity.funding if kind != "not_stated")
        ),
        "sector": _coded(SECTORS, activity.sector) or activity.sector_stated,
        "project_code": _unless_naming(activity.project, activity, audience),
        "activity_name": _unless_naming(activity.title, activity, audience),
        "activity_desc": activity.description if confidant else None,
        "activity_status": _coded(STATUSES, activity.status) or activity.status_stated,
        "modality": activity.modality,
        "date_start": activity.starts_on,
        "date_end": activity.ends_on,
        "pop_group": activity.population,
        "sensitivity": _coded(SENSITIVITIES, activity.sensitivity),
        "appeal_code": activity.response_plan,
        "framework_codes": "|".join(activity.framework_codes) or None,
        "row_id": str(activity.id),
        "date_start_missing": _coded(MISSING_DATES, activity.starts_on_missing),
        "funding_kind": _coded(FUNDING_KINDS, *(kind for kind, _donor in activity.funding)),
        **_where(activity.where, audience),
    }


def _unless_naming(text: str | None, activity: FiveWActivity, audience: Audience) -> str | None:
    """A text, unless it gives the name of somebody who may not be named."""
    for body in (activity.partner, activity.reporter):
        if body and not profile(audience).may_be_named(body.may_be_named):
            names = [_words_of(name) for name in (body.name, body.acronym) if name]
            if any(name.strip() and name in _words_of(text or "") for name in names):
                return None
    return text


def _words_of(text: str) -> str:
    """A text as its words between spaces, so that no name is found inside a word."""
    return f" {' '.join(_WORD.findall(search_form(text)))} "


def _counts(activity: FiveWActivity, book: AtomBook, running: FigureAtoms) -> dict[str, Entry]:
    """The counts of an activity, each in its own column, and what is said about them."""
    counts = count(activity, book, running)
    return {
        **counts.cells,
        "unit": _coded(UNITS, counts.unit),
        "count_rule": _coded(COUNTINGS, counts.counting),
        "sadd_method": _coded(METHODS, counts.method),
        "nature": _coded(NATURES, *counts.natures),
        "hidden": counts.hidden,
    }


def _named(body: Body | None) -> Named | None:
    return Named(body.id, body.name, body.may_be_named) if body else None


def _coded(choices: Choices, *codes: str | None) -> Coded | None:
    titles = dict(choices)
    known = tuple(titles[code] for code in dict.fromkeys(codes) if code)
    return Coded(known) if known else None


def _where(line: tuple[Level, ...], audience: Audience) -> dict[str, Entry]:
    """Three levels under the country; what lies deeper is a site, and sites of shelter are not for the public."""
    entries: dict[str, Entry] = {}
    if country := next((level.country for level in line if level.country), None):
        entries["adm0_code"] = _three_letters().get(country, country)
    for level in line:
        if level.kind == "site" or level.level > 3:
            entries["site_name"] = None if audience is Audience.PUBLIC else level.name
        elif level.level:
            entries |= {f"adm{level.level}_name": level.name, f"adm{level.level}_code": level.pcode}
    return entries


@cache
def _three_letters() -> dict[str, str]:
    with resources.path("countries.csv").open(encoding="ascii", newline="") as file:
        return {row["alpha2"]: row["alpha3"] for row in csv.DictReader(file)}
