"""What taking in another office's sheet of a partner would do, shown before anything is done.

What is empty here is filled and what is new is added; what differs is shown and stays as it is here, unless a person
takes the other office's value. Another office's finding that a partner is led by women is not believed: its criteria
and evidence come in, the status follows from them, and whoever takes the sheet in stands for it until it is reviewed.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from db.commands.arrivals import Added, Arrival, Changed
from db.queries.duplicates import Lookalike
from db.queries.partner_sheet import OWNER, Known, PartnerSheet, SheetRow, tells
from desktop.exchange.partner_sheet import SheetRefused
from i18n import N_

REMOVED_HERE = N_("was removed here and does not come back by itself")
OF_ANOTHER = N_("stands here under the same number as something else")
NO_SUCH_PLACE = N_("works in a place that is not known here by its P-code")
NO_FILE = N_("is a document whose file is not in the sheet")
TO_BE_REVIEWED = N_("comes in under your name, from its criteria and evidence alone: somebody else has to review it")
REASONS = (REMOVED_HERE, OF_ANOTHER, NO_SUCH_PLACE, NO_FILE, TO_BE_REVIEWED)


class OrganisationRemoved(SheetRefused):
    message = N_("“{name}” was removed here. Bring it back by undo, or say which organisation it is here.")


Taken = Collection[tuple[UUID, str]]
"""The values that a person takes from the sheet: the id of a row that is held, and the field."""


@dataclass(frozen=True)
class Difference:
    """A field that is held and that the sheet says otherwise; `held` is empty where it would be filled."""

    entity: str
    id: UUID
    key: str
    held: object
    theirs: object
    taken: bool


@dataclass(frozen=True)
class SheetPlan:
    """Everything a person is shown before a sheet is taken in, and what will be done."""

    office: str
    name: str
    organisation_id: UUID | None
    """The one it is here; None where it would be added."""
    lookalikes: tuple[Lookalike, ...]
    adds: Mapping[str, int]
    differences: tuple[Difference, ...]
    remarks: Mapping[tuple[str, str], int]
    """By table and reason (a msgid): how many rows it concerns."""
    arrival: Arrival
    files: Mapping[str, bytes]


def plan_sheet(
    sheet: PartnerSheet, known: Known, file: str, digest: str, received_on: date, taken: Taken = frozenset()
) -> SheetPlan:
    """Compare a sheet with what is held; nothing is overwritten but what is `taken`."""
    planning = _Planning(sheet, known, taken)
    planning.plan()
    added, changed = planning.added, planning.changed
    if added or changed:
        source = {"name": file, "kind": "raw", "digest": digest, "received_on": received_on, "rows": len(sheet.rows)}
        added = [*added, Added("source", len(added), source)]
    wanted = {row.values["digest"] for row in added if row.entity == "document"}
    return SheetPlan(
        office=sheet.office,
        name=str(sheet.organisation.values["name"]),
        organisation_id=known.organisation_id,
        lookalikes=known.lookalikes,
        adds=Counter(row.entity for row in added if row.entity != "source"),
        differences=tuple(planning.differences),
        remarks=planning.remarks,
        arrival=Arrival(file, "raw", known.seen, tuple(added), tuple(changed)),
        files={each: body for each, body in sheet.files.items() if each in wanted and each not in known.digests},
    )


@dataclass
class _Planning:
    sheet: PartnerSheet
    known: Known
    taken: Taken
    added: list[Added] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    remarks: Counter[tuple[str, str]] = field(default_factory=Counter)
    left_out: set[UUID] = field(default_factory=set)

    def plan(self) -> None:
        """Row by row: documents before what points at them, parts after what they are parts of."""
        theirs = self.sheet.organisation
        self._owner = self.known.organisation_id or theirs.id
        self._organisation(theirs)
        documents = [row for row in self.sheet.rows if row.entity == "document"]
        for row in (*documents, *(row for row in self.sheet.rows[1:] if row.entity != "document")):
            self._part(row)

    def _organisation(self, theirs: SheetRow) -> None:
        ours = self.known.held.get(self._owner)
        if self.known.organisation_id is None and ours is None:
            self._add(theirs, theirs.values)
            self.added.append(
                Added("organisation_role", len(self.added), {"organisation_id": theirs.id, "role": "partner"})
            )
            return
        if ours is None or ours.removed or ours.entity != "organisation":
            raise OrganisationRemoved(name=str(theirs.values["name"]))
        self._compare(SheetRow("organisation", self._owner, theirs.values), ours.values)
        name = theirs.values["name"]
        if name != ours.values["name"] and ("organisation_name", tells("organisation_name", theirs.values)) not in (
            self.known.parts
        ):
            values = {"organisation_id": self._owner, "name": name, "use": "spelling"}
            self.added.append(Added("organisation_name", len(self.added), values))

    def _part(self, row: SheetRow) -> None:
        values = dict(row.values)
        if row.entity in OWNER and values[OWNER[row.entity]] in self.left_out:
            self.left_out.add(row.id)
            return
        for key in ("document_id", "leadership_id"):
            if values.get(key) in self.left_out:
                values[key] = None
        if row.entity == "organisation_place":
            pcode = self.sheet.places[values["place_id"]][1]
            values["place_id"] = self.known.places.get(pcode or "")
        held = self.known.held.get(row.id)
        told = tells(row.entity, values)
        if reason := self._reason_against(row, values):
            self._leave_out(row, reason)
        elif held is not None:
            self._compare(SheetRow(row.entity, row.id, values), held.values)
        elif told is not None and (row.entity, told) in self.known.parts:
            self.left_out.add(row.id)
        else:
            self._new(row, values)

    def _reason_against(self, row: SheetRow, values: Mapping[str, Any]) -> str | None:
        held = self.known.held.get(row.id)
        if held is not None and held.entity != row.entity:
            return OF_ANOTHER
        if held is not None and held.removed:
            return REMOVED_HERE
        if row.entity == "organisation_place" and values["place_id"] is None:
            return NO_SUCH_PLACE
        if row.entity == "document" and held is None:
            digest = row.values["digest"]
            return None if digest in self.sheet.files or digest in self.known.digests else NO_FILE
        return None

    def _leave_out(self, row: SheetRow, reason: str) -> None:
        self.left_out.add(row.id)
        self.remarks[row.entity, reason] += 1

    def _new(self, row: SheetRow, values: dict[str, Any]) -> None:
        if row.entity == "document":
            values |= {"owner": "organisation", "owner_id": self._owner}
        elif row.entity not in OWNER:
            values["organisation_id"] = self._owner
        if row.entity == "women_led_assessment" and values["status"] != "unknown":
            values["status"] = "unknown"
            self.remarks[row.entity, TO_BE_REVIEWED] += 1
        self._add(row, values)

    def _add(self, row: SheetRow, values: Mapping[str, Any]) -> None:
        given = {key: value for key, value in values.items() if value is not None}
        self.added.append(Added(row.entity, len(self.added), {"id": row.id, **given}))

    def _compare(self, row: SheetRow, ours: Mapping[str, Any]) -> None:
        """Fill what is empty here, show what differs, write what was taken."""
        found = list(self._differing(row, ours))
        self.differences += found
        if values := {each.key: each.theirs for each in found if each.taken}:
            self.changed.append(Changed(row.entity, row.id, values))

    def _differing(self, row: SheetRow, ours: Mapping[str, Any]) -> Iterator[Difference]:
        for key, theirs in row.values.items():
            held = ours[key]
            fixed = key in _FIXED.get(row.entity, ()) or isinstance(theirs, UUID)
            if theirs is None or theirs == held or fixed:
                continue
            taken = held is None or (row.id, key) in self.taken
            yield Difference(row.entity, row.id, key, held, theirs, taken)


_FIXED: Mapping[str, tuple[str, ...]] = {
    "women_led_assessment": (
        *("status", "definition", "definition_version", "about", "said", "evidence"),
        *("assessed_on", "valid_until"),
    ),
    "criterion": ("code", "answer", "evidence"),
    "assessment": ("scheme", "version", "score", "rating"),
    "answer": ("question", "answer", "evidence"),
    "document": ("file", "digest", "size", "version"),
}
"""What an assessment found, and which file a document is, is never changed from outside: it is assessed anew."""
