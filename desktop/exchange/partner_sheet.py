"""The sheet of a partner as a file that another office's Jalon can read: JSON with its version and its digest.

It is signed by nobody, so what it says is that office's word and not ours. All of it is foreign when it comes back:
each value is checked against its field, each link has to stay inside the sheet, and nothing else is taken.
"""

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from db.base import Entity
from db.errors import RecordError
from db.fields import Field, Kind, fields_of
from db.queries.partner_sheet import LEAVES, OWNER, SCHEMES, PartnerSheet, SheetRow
from i18n import N_

KIND, VERSION = "jalon-partner-sheet", 1
MEGABYTES = 100
MOST_ROWS = 5_000
_TABLES: Mapping[str, type[Entity]] = {entity.__tablename__: entity for entity in LEAVES}
_TARGETS = {
    ("criterion", "assessment_id"): "women_led_assessment",
    ("answer", "assessment_id"): "assessment",
    ("women_led_assessment", "leadership_id"): "leadership_count",
}
_ANYWHERE = {"document_id": "document"}


class SheetRefused(RecordError):
    """The file is no sheet that can be taken."""

    message = N_("{name} is not a partner sheet. Ask the office that sent it for the file again.")


class SheetNewer(SheetRefused):
    message = N_("{name} was written by a newer version of this program. Install that version to read it.")


class SheetAltered(SheetRefused):
    message = N_("{name} is damaged or was altered on its way. Ask the office that sent it for the file again.")


class SheetTooLarge(SheetRefused):
    message = N_("{name} holds more than the sheet of one partner can, and was not read.")


def write_sheet(sheet: PartnerSheet, made_on: date) -> bytes:
    """The sheet as a file; the same sheet gives the same bytes."""
    content = {
        "rows": [
            {"entity": row.entity, "id": str(row.id), "values": {key: _plain(each) for key, each in row.values.items()}}
            for row in sheet.rows
        ],
        "places": {str(id): {"name": name, "pcode": pcode} for id, (name, pcode) in sheet.places.items()},
        "files": {digest: b64encode(body).decode() for digest, body in sheet.files.items()},
    }
    whole = {
        "kind": KIND,
        "version": VERSION,
        "office": {"id": str(sheet.office_id), "name": sheet.office},
        "made_on": made_on.isoformat(),
        "digest": _digest(content),
        "content": content,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode("utf-8")


def read_sheet(content: bytes, name: str) -> PartnerSheet:
    """The sheet that a file holds, every value checked; refused in words where it is none."""
    if len(content) > MEGABYTES * 1024 * 1024:
        raise SheetTooLarge(name=name)
    try:
        whole = json.loads(content)
        if whole["kind"] != KIND:
            raise SheetRefused(name=name)
        if type(whole["version"]) is not int or whole["version"] > VERSION:
            raise SheetNewer(name=name)
        if whole["digest"] != _digest(whole["content"]):
            raise SheetAltered(name=name)
        return _Reader(name).sheet(whole)
    # Whatever has another shape than a sheet fails in one of these ways; deep nesting in the last.
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as other:
        raise SheetRefused(name=name) from other


def open_sheet(path: Path) -> tuple[PartnerSheet, str]:
    """The sheet in a file, with the file's digest."""
    try:
        if path.stat().st_size > MEGABYTES * 1024 * 1024:
            raise SheetTooLarge(name=path.name)
        content = path.read_bytes()
    except OSError as refused:
        raise SheetRefused(name=path.name) from refused
    return read_sheet(content, path.name), hashlib.sha256(content).hexdigest()


class _Reader:
    """Turns what JSON holds into typed rows, and takes nothing that a sheet of ours would not hold."""

    def __init__(self, name: str) -> None:
        self._name = name

    def sheet(self, whole: Mapping[str, Any]) -> PartnerSheet:
        content = whole["content"]
        if len(content["rows"]) > MOST_ROWS or len(content["places"]) > MOST_ROWS:
            raise SheetTooLarge(name=self._name)
        rows = tuple(self._row(row) for row in content["rows"])
        places = {UUID(id): (_text(place["name"]), _text(place["pcode"])) for id, place in content["places"].items()}
        files = {digest: b64decode(body, validate=True) for digest, body in content["files"].items()}
        if any(hashlib.sha256(body).hexdigest() != digest for digest, body in files.items()):
            raise SheetAltered(name=self._name)
        sheet = PartnerSheet(
            _text(whole["office"]["name"]) or "",
            UUID(whole["office"]["id"]),
            rows,
            {id: (name or "", pcode) for id, (name, pcode) in places.items()},
            files,
        )
        self._hold_together(sheet)
        return sheet

    def _row(self, row: Mapping[str, Any]) -> SheetRow:
        entity = _TABLES[row["entity"]]
        described, given = fields_of(entity), row["values"]
        if set(given) != set(LEAVES[entity]):
            raise ValueError("other fields than a sheet has")
        values = {key: _typed(described[key], given[key]) for key in LEAVES[entity]}
        if entity.__tablename__ == "assessment" and values["scheme"] not in SCHEMES:
            raise ValueError("an assessment that no sheet holds")
        return SheetRow(entity.__tablename__, UUID(row["id"]), values)

    def _hold_together(self, sheet: PartnerSheet) -> None:
        """One organisation, first; no id twice; every link inside the sheet; every file that of its document."""
        by_id = {row.id: row.entity for row in sheet.rows}
        kinds = [row.entity for row in sheet.rows]
        if len(by_id) != len(kinds) or kinds[0] != "organisation" or kinds.count("organisation") != 1:
            raise ValueError("not one organisation, or an id twice")
        for row, key, id in _links(sheet):
            if key == "place_id":
                known = id in sheet.places
            else:
                known = by_id.get(id) == (_TARGETS.get((row.entity, key)) or _ANYWHERE[key])
            if not known:
                raise ValueError("a link out of the sheet")
        sizes = {row.values["digest"]: row.values["size"] for row in sheet.rows if row.entity == "document"}
        if any(sizes.get(digest) != len(body) for digest, body in sheet.files.items()):
            raise ValueError("a file that belongs to nothing, or of another size")


def _links(sheet: PartnerSheet) -> Iterator[tuple[SheetRow, str, UUID]]:
    for row in sheet.rows:
        for key, value in row.values.items():
            if isinstance(value, UUID):
                yield row, key, value
        if row.entity in OWNER and row.values[OWNER[row.entity]] is None:
            raise ValueError("a part of nothing")


def _typed(field: Field, value: Any) -> Any:
    """A value as its field keeps it; whatever cannot stand there is refused."""
    if value is not None and field.kind is Kind.DATE:
        value = date.fromisoformat(value)
    elif value is not None and field.kind is Kind.LINK:
        value = UUID(value)
    if problem := field.problem(value):
        raise ValueError(problem.field)
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


_LABEL = Field(N_("Name"), Kind.TEXT)


def _text(value: Any) -> str | None:
    """A text that is no field's, held to the same rules."""
    if _LABEL.problem(value):
        raise ValueError("no text")
    return None if value is None else str(value)


def _digest(content: Any) -> str:
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()
