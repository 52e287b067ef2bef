"""Every reader of foreign files, and the inner parts of those that a file reaches slowly: what each is given, and how.

A reader either returns or refuses with a `RecordError`, whose sentence can be said. Anything else is a crash.
"""

import json
import posixpath
import random
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from db import escrow, keys, prose
from db.commands.documents import clean_name
from db.fields import Field, Kind
from db.queries.arrivals import Held
from db.queries.exchange_rates import HeldRates
from db.queries.indicators import OurIndicator
from db.queries.screening import Subject
from db.recovery import written
from desktop import policies
from desktop.exchange.partner_sheet import open_sheet
from desktop.intake import mapping, raw_rows, raw_sheets, raw_values, vocabulary
from desktop.intake.countries import country_and_digits, country_of
from desktop.intake.delimited import read_delimited
from desktop.intake.fields import READS
from desktop.intake.headings import propose
from desktop.intake.logframe import plan_log_frame, read_tables
from desktop.intake.outlines import read_outlines
from desktop.intake.planning import plan
from desktop.intake.rates import plan_rates
from desktop.intake.read import read_columns, text_of
from desktop.intake.sanctions import screen
from desktop.intake.workbook import Cell, Sheet, Workbook, read_workbook
from desktop.render.fill import fill_form
from desktop.render.pictures import opened
from desktop.reports.document import Count, Paragraph, Said
from desktop.reports.template_file import read_template
from desktop.reports.words_file import read_words
from desktop.updates import container, manifest
from i18n import Words
from i18n.date_parsing import date_order_of, parse_date, parse_month
from i18n.parsing import decimal_mark_of, parse_number
from tests.fuzz import mutating

CORPUS = Path(__file__).parent / "corpus"
FRENCH = Words.of("fr")
DAY = date(2026, 3, 1)
NOON = datetime(2026, 3, 1, 12, 30)  # noqa: DTZ001 # a workbook's moments have no zone
ID = UUID(int=7)
CODE = written(bytes(20))


@dataclass(frozen=True)
class Reader:
    """How a reader's input is made out of a file of its corpus, and what reads it; `share` of all inputs go to it."""

    corpus: str
    change: Callable[[bytes, random.Random], Any]
    read: Callable[[Any, Path], object]
    share: int = 1
    suffix: str = ""
    """What the name of its files ends with; empty where they have any name."""


def line(content: bytes, chance: random.Random) -> str:
    lines = _lines(content)
    return mutating.changed_text(chance.choice(lines), chance, lines + mutating.WORDS)


@cache
def _lines(content: bytes) -> tuple[str, ...]:
    return tuple(content.decode().splitlines())


def _cells(content: bytes, chance: random.Random) -> list[Cell]:
    """A few cells: what people type, and values of every type a workbook has."""
    return [_cell(line(content, chance), chance) for _each in range(chance.choice((1, 1, 3)))]


def _cell(text: str, chance: random.Random) -> Cell:
    match chance.randrange(12):
        case 0:
            return chance.choice((0.0, -0.0, 1.5, 1e308, -1e308, 1e-308, 45_000.5, float("inf"), float("nan"), 1e15))
        case 1:
            return chance.choice((True, False, 0, -1, 2**63, 10**30))
        case 2:
            return chance.choice((date.min, date.max, DAY, NOON.replace(year=1), NOON.replace(year=9999), NOON))
        case 3:
            return chance.choice((time(), time.max, timedelta.min, timedelta(days=1, microseconds=1)))
        case _:
            return text


def _table(content: bytes, chance: random.Random) -> Workbook:
    """A sheet out of a file of cells, some of them changed, moved or doubled."""
    rows = [row.split("\t") for row in _lines(content)]
    typed: list[list[Cell]] = [[_guess(cell) for cell in row] for row in rows]
    for _each in range(chance.choice((1, 2, 5))):
        row = chance.choice(typed)
        match chance.randrange(7):
            case 0 | 1 | 2:
                row[chance.randrange(len(row))] = _cell(
                    mutating.changed_text(str(chance.choice(row)), chance, _lines(content) + mutating.WORDS), chance
                )
            case 3:
                row[chance.randrange(len(row))] = chance.choice(chance.choice(typed))
            case 4:
                typed.insert(chance.randint(0, len(typed)), list(chance.choice(typed)))
            case 5:
                for each in typed:
                    each.insert(min(len(each), 2), chance.choice(each))
            case 6 if len(typed) > 1:
                typed.remove(row)
    width = max(map(len, typed))
    padded = tuple(tuple(row) + ("",) * (width - len(row)) for row in typed)
    return Workbook("essai.xlsx", (Sheet(chance.choice(("Feuille", "2026-03", "Mars 2026", "")), padded),), "0" * 64)


def _guess(cell: str) -> Cell:
    try:
        return float(cell) if "." in cell else int(cell) if len(cell) < 12 else cell
    except ValueError:
        return cell


def _numbers(text: str, _path: Path) -> None:
    for mark in (None, ".", ","):
        parse_number(text, mark)
    decimal_mark_of({text, "1,5"})


def _days(text: str, _path: Path) -> None:
    order = date_order_of({text, "1/2/2025"})
    parse_date(text, order)
    parse_date(text, "dmy")
    parse_month(text)


def _words(text: str, _path: Path) -> None:
    vocabulary.heading_key(text)
    vocabulary.says_nothing(text)
    vocabulary.code_of("yes_no", text)
    country_of(text)
    country_and_digits(text)


def _names(text: str, _path: Path) -> None:
    name = clean_name(text)
    assert unicodedata.is_normalized("NFC", name) and name not in ("", ".", "..") and len(name.encode()) <= 255
    assert not set(name) & set('/\\<>:"|?*\0\n\r\u202e\u2028') and name.isprintable() and name == name.strip(". ")
    name.encode()


_EVERY_COLUMN = dict.fromkeys(READS, 0)
_ANY = mapping.Mapping("essai", mapping.Holds.ACTIVITIES, (("a", "impl_org_name"),))


def _typed(cells: list[Cell], _path: Path) -> None:
    read = read_columns([(cell,) for cell in cells], _EVERY_COLUMN, _ANY, ("Titre",))
    for found in (each for problems in read.problems.values() for each in problems):
        found.text(FRENCH)


_KINDS = (
    *(Field("Champ", kind) for kind in Kind if kind is not Kind.SEALED),
    Field("Choix", Kind.CHOICE, choices=(("a", "Yes"), ("b", "No"))),
)


def _raw_cells(cells: list[Cell], _path: Path) -> None:
    for field in _KINDS:
        value = raw_values.read_cell(field, "Titre", cells)
        raw_values.canonical(value)
        if field.kind is Kind.MONEY:
            value = raw_values.in_minor_units(field, value, text_of(cells[0])[:3])
        if not isinstance(value, raw_values.Finding | raw_values.Link):
            raw_values.problem_with(field, value)


def _planned(book: Workbook, _path: Path) -> None:
    plan(book, propose(book), Held())


def _rates(book: Workbook, _path: Path) -> None:
    plan_rates(book, HeldRates(), DAY)


def _log_frame(book: Workbook, _path: Path) -> None:
    ours = (OurIndicator(ID, "P.1", ("Nombre de femmes",)),)
    plan_log_frame(book.name, [[[str(cell) for cell in row] for row in sheet.rows] for sheet in book.sheets], ours)


def _raw_rows(book: Workbook, _path: Path) -> None:
    raw_sheets.about(book)
    raw_rows.read_rows([*raw_sheets.raw_sheets(book), *raw_sheets.raw_sheets(book, "organisations", by_headings=True)])


def _whole_workbook(_content: bytes, path: Path) -> None:
    read_workbook(path, password="essai")


def _whole_word(_content: bytes, path: Path) -> None:
    plan_log_frame(path.name, read_tables(path))


_SUBJECTS = (Subject(ID, None, ("Front imaginaire", "FIL")), Subject(ID, ID, ("Zéphyrin Inventé",)))
_KNOWN = {"people_reached": Count(29_117), "partner": Said("منظمة"), "text_results": (Paragraph((Said("Fin"),)),)}


def _screened(_content: bytes, path: Path) -> None:
    screen(path, _SUBJECTS)


def _key_file(content: bytes, path: Path) -> None:
    record = path.with_name("essai.jalon")
    keys.keys_path(record).write_bytes(content)
    keys.ways_in(record)
    keys.unlock_by_office(record, bytes(range(32)))


def _office_key(_content: bytes, path: Path) -> None:
    escrow.public_half(path)
    keys.keys_path(record := path.with_name("essai.jalon")).write_bytes((CORPUS / "keys" / "k.keys").read_bytes())
    escrow.unlock(record, path, CODE)


def _prose(content: bytes, _path: Path) -> None:
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        return
    prose.words_in(prose.read(data))


def _update(_content: bytes, path: Path) -> None:
    with container.opened(path) as file:
        manifest.read_manifest(file.manifest()[0])
        for digest in file.digests:
            for _piece in file.unpacked(digest, 100_000):
                pass


def _manifest(content: bytes, _path: Path) -> None:
    listing = manifest.read_manifest(content).listing
    for each in (*listing.files, *listing.links):
        assert not each.path.startswith("/") and not {"", ".", ".."} & set(each.path.split("/")), each
    for link in listing.links:
        end = posixpath.normpath(posixpath.join("/version", posixpath.dirname(link.path), link.to))
        assert end.startswith("/version/"), link


def _policies(_content: bytes, path: Path) -> None:
    settled = policies._read(path, machine=False)
    settled.news(FRENCH)
    for name in policies.TITLES:
        policies.in_words(name, getattr(settled, name), FRENCH)
    strict = policies.strictest(settled)
    assert not settled.faults or settled == strict


READERS: Mapping[str, Reader] = {
    "numbers": Reader("values", line, _numbers, 200),
    "days": Reader("values", line, _days, 200),
    "words": Reader("values", line, _words, 100),
    "names": Reader("names", line, _names, 100),
    "cells": Reader("values", _cells, _typed, 8),
    "raw cells": Reader("values", _cells, _raw_cells, 50),
    "prose": Reader("prose", mutating.changed_json, _prose, 60),
    "mappings": Reader(
        "mappings", mutating.changed_json, lambda it, _path: mapping.loaded(it.decode("utf-8", "replace"), "x"), 60
    ),
    "delimited": Reader("delimited", mutating.changed_bytes, lambda it, _path: read_delimited(it, "x.csv"), 100),
    "raw rows": Reader("raw", _table, _raw_rows, 30),
    "rates": Reader("rates", _table, _rates, 50),
    "log frames": Reader("logframes", _table, _log_frame, 50),
    "plans": Reader("tables", _table, _planned, 5),
    "templates": Reader("templates", mutating.changed_json, lambda _it, path: read_template(path), 15, ".json"),
    "writers' words": Reader("words", mutating.changed_json, lambda _it, path: read_words(path), 15, ".json"),
    "partner sheets": Reader("sheets", mutating.changed_sheet, lambda _it, path: open_sheet(path), 10, ".json"),
    "outlines": Reader("outlines", mutating.changed_json, lambda _it, path: read_outlines(path), 15, ".geojson"),
    "key files": Reader("keys", mutating.changed_json, _key_file, 8, ".keys"),
    "office keys": Reader("office", mutating.changed_json, _office_key, 8, ".key"),
    "sanctions lists": Reader(
        "sanctions", mutating.changed_bytes, lambda _it, path: screen(path, _SUBJECTS), 15, ".xml"
    ),
    "workbooks": Reader("workbooks", mutating.changed_zip, _whole_workbook, 10, ".xlsx"),
    "old and locked workbooks": Reader("ole", mutating.changed_bytes, _whole_workbook, 1, ".xls"),
    "Word files": Reader("word", mutating.changed_zip, _whole_word, 8, ".docx"),
    "updates": Reader("updates", mutating.changed_zip, _update, 15, ".update"),
    "lists of updates": Reader("manifests", mutating.changed_json, _manifest, 60),
    "forms": Reader("forms", mutating.changed_zip, lambda it, _path: fill_form(it, _KNOWN, FRENCH), 2),
    "pictures": Reader("pictures", mutating.changed_bytes, lambda it, _path: opened(it), 60),
    "policies": Reader("policies", mutating.changed_bytes, _policies, 40, ".toml"),
}
"""By name: the quick inner parts first, then whole files."""
