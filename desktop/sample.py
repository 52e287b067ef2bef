"""The practice record: an invented office with its partners, donors and two months of their sheets, done by deeds.

Everything in it is made up and says so; its passphrase is published. What is invented stands in `resources/sample`, and
comes in as a person would bring it in, so that the record has a history to undo and a third month to import.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import resources
from db.commands.activities import Around, add_activity
from db.commands.arrivals import bring_in
from db.commands.donors import add_contribution
from db.commands.frameworks import add_frameworks
from db.commands.organisations import add_name, add_organisation
from db.commands.places import add_place
from db.commands.programmes import add_programme
from db.commands.women_led import assess
from db.engine import worded
from db.errors import RecordExists
from db.frameworks import compass
from db.keys import keys_path
from db.models import Activity, Contribution, WomenLedAssessment
from db.queries.arrivals import held
from db.queries.entries import entries_like
from db.record import Record
from desktop.intake.plan import Decisions
from desktop.intake.planning import plan
from desktop.intake.profiles import mapping_for
from desktop.intake.workbook import read_workbook
from desktop.opening import PRACTICE_PASSPHRASE
from desktop.story import tell, typed


@dataclass(frozen=True)
class Practice:
    """A practice record that was made, what opens it, and the partners' files that wait to be brought in."""

    record: Path
    passphrase: str
    to_import: tuple[Path, ...]


def make_practice_record(path: Path) -> Practice:
    """Make the practice record whole, or leave nothing there."""
    office = _office()
    if path.exists() or keys_path(path).exists():
        raise RecordExists(path=path)
    with worded(path), TemporaryDirectory(dir=path.parent, prefix=path.name) as folder:
        made = Path(folder, path.name)
        record, _code = Record.create(
            made, PRACTICE_PASSPHRASE, office["person"], office["office"], holding=add_frameworks
        )
        with record:
            _fill(record, office)
        keys_path(made).replace(keys_path(path))
        made.replace(path)
    return Practice(path, PRACTICE_PASSPHRASE, to_import())


def to_import() -> tuple[Path, ...]:
    """The partners' sheets that wait to be brought in."""
    return tuple(sheets(_office()["month_to_import"]))


def sheets(*months: str) -> list[Path]:
    """The partners' sheets of these months, the oldest first."""
    return [file for month in months for file in sorted(resources.path("sample").glob(f"*-{month}.xlsx"))]


def _office() -> dict[str, Any]:
    text = resources.path("sample/office.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def _fill(record: Record, office: Mapping[str, Any]) -> None:
    record.write(add_programme, compass())
    places: dict[str, UUID] = {}
    for place in office["places"]:
        values = {"name": place["name"], "kind": "admin", "level": place["level"], "pcode": place["code"]}
        places[place["code"]] = record.write(add_place, values | {"parent_id": places.get(place["in"])})
    organisations = {one["code"]: _add_organisation(record, one) for one in office["organisations"]}
    contributions = {
        one["code"]: record.write(add_contribution, organisations[one["donor"]], typed(Contribution, one["values"]))
        for one in office["contributions"]
    }
    for one in office["activities"]:
        links = {"partner_id": organisations[one["partner"]], "place_id": places[one["place"]]}
        donor = organisations[one["donor"]] if "donor" in one else None
        around = Around(one.get("funding", "not_stated"), donor, one.get("declared"))
        record.write(add_activity, typed(Activity, one["values"]) | links, around)
    for file in sheets(*office["months_in"]):
        _bring_in(record, file, date.fromisoformat(office["received_on"][file.stem[-7:]]))
    ((bureau, _name),) = record.read(entries_like, "office", "")
    tell(record, {"bureau": bureau, **places, **organisations, **contributions})


def _add_organisation(record: Record, one: Mapping[str, Any]) -> UUID:
    organisation = record.write(add_organisation, one["values"], one["roles"])
    for name in one.get("names", ()):
        record.write(add_name, organisation, name)
    if "women_led" in one:
        found = dict(one["women_led"])
        criteria = found.pop("criteria", {})
        answers = {code: {"answer": answer, "evidence": evidence} for code, (answer, evidence) in criteria.items()}
        record.write(assess, organisation, typed(WomenLedAssessment, found), answers)
    return organisation


def _bring_in(record: Record, file: Path, received_on: date) -> None:
    """Bring in a sheet as the import page does when nobody changes what it proposes."""
    workbook = read_workbook(file)
    mapping = mapping_for(workbook)
    planned = plan(workbook, mapping, record.read(held, mapping.holds.value), Decisions(received_on=received_on))
    record.write(bring_in, planned.arrival)
