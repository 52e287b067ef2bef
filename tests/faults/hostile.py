"""Hostile text through a form, a file and a report: kept exactly as it was typed, or refused in words; never a crash.

Emoji, both directions and what turns them round, NUL, half a character, what no text should hold, a million letters.
Spaces and marks that nobody sees may be tidied away; half a character cannot be in a file, for its bytes are those of
another encoding. Weaker: nothing that cannot be kept is refused any more.
"""

import os
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from db import base, fields
from db.base import Entity
from db.commands.arrivals import bring_in
from db.commands.entries import add
from db.errors import RecordError
from db.fields import Kind, fields_of
from db.models import Activity, Organisation
from db.queries.arrivals import held
from db.queries.check import check
from db.record import Record
from desktop.deliver import FORMS, Order, clear, gather, made
from desktop.guard.audiences import Audience
from desktop.intake.planning import plan
from desktop.intake.profiles import mapping_for
from desktop.intake.workbook import read_workbook
from desktop.reports.offer import REPORTS
from tests.faults.figure import Count, fresh, opened, scratch
from tests.reports.every import asked_of

NUMBER = 27
TEXTS = (
    "Zoë 👩🏽‍🌾 familles 👨‍👩‍👧‍👦 🇨🇩",
    "\U0001f9d1\u200d\U0001f91d\u200d\U0001f9d1 \U000e0001",
    "جمعية النساء ١٢ (x) ٣",
    "\u202eevil 12 | total 5",
    "\u2066\u2067\u2068 sans fin",
    "a\u200f\u200eb\u061c",
    "NUL\x00après",
    "moitié \ud83d d'un caractère",
    "\udc00",
    "\x1b[31mrouge\x07",
    "ligne\r\nsuivante\u2028encore\u2029fin",
    "a\u0300\u0301\u0302" * 60,
    "\ufdd0\uffff\U0010ffff",
    "\ufeffmarque",
    "  espaces \u00a0\u2007 ",
    "=cmd|'/C calc'!A0",
    "<script>alert(1)</script>&#x0;]]>",
    "{{ 7*7 }} {name} %s",
    "'; DROP TABLE organisation; --",
    "x" * 1_000_000,
    "م" * 1_000_000,
)
_HALVES = re.compile("[\ud800-\udfff]")
UNSEEN = ("Cf", "Cn", "Cs")
"""Marks, what is no letter in any version, and half a character, which an editor leaves out."""
ENTITIES: tuple[type[Entity], ...] = (Organisation, Activity)


def count(quick: bool, weaker: bool) -> Count:
    """Type, bring in, print, read back."""
    kept: dict[str, int] = {"exact": 0, "tidied": 0, "refused": 0}
    wrong: list[str] = []
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    _kept_alive = QApplication.instance() or QApplication([])
    never = re.compile("(?!)")
    loose = (patch.object(base, "_UNSTORABLE", never), patch.object(fields, "_UNSTORABLE", never))
    with scratch() as folder, opened(fresh(folder / "record")) as record:
        for patched in loose if weaker else ():
            patched.start()
        try:
            for text in TEXTS:
                for way, does in (("verb", _given), ("form", _typed), ("file", _brought_in)):
                    if does is _brought_in and _HALVES.search(text):
                        continue
                    said = _tried(does, record, text, folder)
                    if said in kept:
                        kept[said] += 1
                    else:
                        wrong.append(f"{way} {text[:12]!r}: {said}")
            printed = _printed(record, wrong, ("text",) if quick else FORMS)
            wrong += [finding.message for finding in check(record)]
        finally:
            patch.stopall()
    told = f"{sum(kept.values())} texts typed and brought in: {kept['exact']} kept exactly, {kept['tidied']} but for "
    told += f"what nobody sees, {kept['refused']} refused; {printed} reports printed; {len(wrong)} wrong {wrong[:3]}"
    return Count(told, printed > 0 and not wrong)


def _tried(does: Callable[..., str], record: Record, text: str, folder: Path) -> str:
    try:
        return does(record, text, folder)
    except RecordError:
        return "refused"
    except Exception as fault:
        return f"{type(fault).__name__}: {str(fault)[:60]}"


def _given(record: Record, text: str, _folder: Path) -> str:
    """As a verb gives it to every field of text of a thing."""
    return _as_it_came(_put(record, lambda _kind: text), text)


def _typed(record: Record, text: str, _folder: Path) -> str:
    """Through the editor of every field of text of a thing."""
    return _as_it_came(_put(record, lambda kind: _edited(kind, text)), text)


def _edited(kind: Kind, text: str) -> str:
    from desktop.ui.forms.inputs import LongTextEdit, TextEdit

    editor = TextEdit() if kind is Kind.TEXT else LongTextEdit()
    editor.show_value(text)
    return editor.value("")


def _put(record: Record, through: Callable[[Kind], str]) -> set[str]:
    came = set()
    for entity in ENTITIES:
        kinds = {key: each.kind for key, each in fields_of(entity).items() if each.kind in (Kind.TEXT, Kind.LONG_TEXT)}
        id = record.write(add, entity, {key: through(kind) for key, kind in kinds.items()})
        came |= set(record.read(_values, entity, list(kinds), id))
    return came


def _values(session: Session, entity: type[Entity], keys: list[str], id: Any) -> tuple[str, ...]:
    table = entity.__table__
    assert isinstance(table, Table)
    return tuple(session.execute(select(*(table.c[key] for key in keys)).where(table.c.id == id)).one())


def _brought_in(record: Record, text: str, folder: Path) -> str:
    """As a cell of a file that somebody sent; what such a file cannot hold is put there as bytes all the same."""
    file = folder / "envoi.csv"
    cell = '"' + text.replace('"', '""') + '"'
    line = f"Organisation,Activité,Cluster,Province\n{cell},{cell},Protection générale,Ituri\n"
    file.write_bytes(line.encode("utf-8", "surrogatepass"))
    workbook = read_workbook(file)
    mapping = mapping_for(workbook)
    planned = plan(workbook, mapping, record.read(held, mapping.holds.value))
    before = record.read(_titles)
    record.write(bring_in, planned.arrival)
    came = record.read(_titles) - before
    return _as_it_came(came, text) if came else "refused"


def _as_it_came(came: set[str], text: str) -> str:
    if came == {text}:
        return "exact"
    return "tidied" if {_seen(one) for one in came} == {_seen(text)} else f"altered: {next(iter(came))[:40]!r}"


def _seen(text: str) -> str:
    """What somebody sees of a text."""
    seen = (
        " " if unicodedata.category(one)[0] == "Z" else one for one in text if unicodedata.category(one) not in UNSEEN
    )
    return " ".join("".join(seen).split())


def _titles(session: Session) -> set[str]:
    return set(session.scalars(select(Activity.title)))


def _printed(record: Record, wrong: list[str], forms: tuple[Any, ...]) -> int:
    """How many reports of all that were printed; what broke goes to the others."""
    printed = 0
    for report in REPORTS:
        try:
            asked = asked_of(record, report, Audience.INTERNAL)
            cleared = clear(gather(record, Order(report.name, asked, "fr", "pdf")), asked)
            for form in forms:
                made(cleared, Order(report.name, asked, "ar", form))
                printed += 1
        except RecordError:
            continue  # one that the record holds nothing for
        except Exception as fault:
            wrong.append(f"{report.name}: {type(fault).__name__}: {str(fault)[:60]}")
    return printed
