"""Every report on offer, asked for as a record allows; and the numbers of a document, read back from its files."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pypdfium2
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import (
    Agreement,
    Contribution,
    Framework,
    FrameworkItem,
    Organisation,
    OrganisationRole,
    Place,
    Result,
)
from db.queries.scope import Scope
from db.record import Record
from desktop.guard.audiences import Audience
from desktop.reports.document import Count, Document, Money, Share, numbers
from desktop.reports.report import Asked, Report
from i18n import Words

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def asked_of(record: Record, report: Report, audience: Audience) -> Asked:
    """What this report needs, and no more, from what the record holds; a partner's own where it is for a partner."""
    chosen = record.read(_chosen)
    sides = {side: chosen[side] for side in report.needs if side in chosen}
    if "contribution" in report.asks:
        sides["contribution" if chosen["contribution"] else "donor"] = chosen["contribution"] or chosen["donor"]
    if report.name == "calendar":
        sides["donor"] = chosen["donor"]  # outside the office it is told of one organisation
    if audience is Audience.PARTNER:
        sides["partner"] = chosen["partner"]
    scope = Scope(**{key: value for key, value in sides.items() if key in Scope.__dataclass_fields__})
    others = {key: value for key, value in sides.items() if key not in Scope.__dataclass_fields__}
    return replace(Asked(scope, audience, stage="commitment"), **others)


def _chosen(session: Session) -> dict[str, Any]:
    def first(entity: Any, *where: Any) -> Any:
        return session.scalar(select(entity.id).where(entity.removed_at.is_(None), *where).order_by(entity.row))

    def playing(role: str) -> Any:
        held = select(OrganisationRole.organisation_id).where(OrganisationRole.role == role)
        return first(Organisation, Organisation.id.in_(held))

    with_figures = select(FrameworkItem.framework_id).join(Result, Result.item_id == FrameworkItem.id)
    agreed = session.scalar(select(Agreement.partner_id).order_by(Agreement.row))
    return {
        "partner": agreed or playing("partner"),
        "donor": session.scalar(select(Contribution.donor_id).order_by(Contribution.row)) or playing("donor"),
        "contribution": first(Contribution),
        "agreement": first(Agreement),
        "framework": first(Framework, Framework.id.in_(with_figures)) or first(Framework),
        "place": first(Place),
        "starts_on": YEAR[0],
        "ends_on": YEAR[1],
        "since": date(2026, 3, 31),
    }


def bare(text: str) -> str:
    """A text without the marks of direction and the spaces inside numbers."""
    return "".join(letter for letter in text if letter not in "\u2066\u2067\u2068\u2069\u200e\u200f\u202f\u00a0 \n\r")


def not_found(document: Document, form: str, content: bytes, words: Words) -> list[str]:
    """The numbers of a document that its file does not print."""
    if form == "xlsx":
        cells = set(_cells(content))
        return [str(one) for one in numbers(document.blocks) if _as_cell(one) not in cells]
    text = bare(_text(form, content))
    said = (bare(_said(one, words)) for one in numbers(document.blocks))
    return sorted({one for one in said if one not in text})


def _said(number: Count | Share | Money, words: Words) -> str:
    match number:
        case Count(value):
            return words.number(value)
        case Share(ratio, decimals):
            return _number(words.percent(ratio, decimals))
        case Money(amount, currency):
            return _number(words.money(amount, currency))


def _number(text: str) -> str:
    """A number without its sign of money or per cent, whose side is a matter of direction."""
    return "".join(letter for letter in text if not letter.isalpha() and letter not in "%٪")


def _as_cell(number: Count | Share | Money) -> Decimal:
    match number:
        case Count(value):
            return Decimal(value)
        case Share(ratio, decimals):
            return Decimal(str(float(round(ratio, decimals + 2))))
        case Money(amount):
            return Decimal(str(float(amount)))


def _text(form: str, content: bytes) -> str:
    if form == "pdf":
        return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))
    if form == "docx":
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            # A chart's numbers stand in its own part, as numbers for whoever opens it in Word.
            parts = [file.read(name).decode() for name in file.namelist() if name.endswith(".xml")]
        return "".join(parts)
    return content.decode()


def _cells(content: bytes) -> Iterator[Decimal]:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for name in workbook.sheet_names:
        for row in workbook.get_sheet_by_name(name).to_python():
            yield from (Decimal(str(cell)) for cell in row if isinstance(cell, int | float))
