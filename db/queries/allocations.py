"""What is worked out about each allocation: who received it, whether women lead them, through how many hands it went.

Said once, for the list of allocations and for the shares that are made of them, so that a figure and the rows behind it
cannot differ.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select
from sqlalchemy.orm import aliased

from db.definitions import MET, NOT_MET
from db.fields import Field, Kind
from db.layers import MOST_PASSES, layers
from db.models.donors import SECURED, Contribution
from db.models.money import LAYERS, Allocation
from db.models.organisations import REACHES, TYPES, Organisation
from db.organisation_types import mapped
from db.queries import selection
from db.queries.listed import listing_of
from db.queries.women_led import status_held
from i18n import N_

ACTORS = (
    ("local", N_("Local and national partners, non-state")),
    ("state", N_("Local and national authorities")),
    ("other", N_("Partners that are neither local nor national")),
    ("unknown", N_("Partners of which this is not known")),
    ("own", N_("The office itself")),
)
"""State actors stand apart; a partner whose affiliation nobody asked about is not known to be local."""

TITLES = {
    "layer": Field(N_("Layer"), Kind.CHOICE, choices=LAYERS),
    "actor": Field(N_("Kind of recipient"), Kind.CHOICE, choices=ACTORS),
}
PER_ALLOCATION = "allocation"
"""In place of a day: whether women lead a partner as it was assessed on the day of each allocation."""

_Parent, _Grand = aliased(Allocation), aliased(Allocation)
passes: ColumnElement[int] = case((_Parent.id.is_(None), 0), (_Grand.id.is_(None), 1), else_=MOST_PASSES)
"""How many partners passed an allocation on before its recipient had it; longer chains count as the longest."""


def layer_of(recipient: Any, channel: Any, passes: Any) -> ColumnElement[str]:
    """The layer of an allocation; empty where the office itself carries it out."""
    ways = ((each.code, *way) for each in layers() for way in each.reached)
    return case(
        (recipient.is_(None), None), *((and_(channel == came, passes == times), code) for code, came, times in ways)
    )


layer = layer_of(Allocation.recipient_id, Contribution.channel, passes)


def _actor() -> ColumnElement[str]:
    """Who counts as local is said once, in `db.organisation_types`: here it is put as lists that SQL can look in."""
    answers = {None: "", False: "0", True: "1"}
    kinds: dict[str, list[str]] = {"state": [], "local": [], "other": []}
    for type, reach, affiliated in product(_codes(TYPES), _codes(REACHES), answers):
        known = mapped(type, reach, affiliated)
        found = (known.local_state, known.local_non_state)
        kind = {(MET, NOT_MET): "state", (NOT_MET, MET): "local", (NOT_MET, NOT_MET): "other"}.get(found)
        if kind:
            kinds[kind].append(f"{type or ''} {reach or ''} {answers[affiliated]}")
    said = case((Organisation.affiliated.is_(True), "1"), (Organisation.affiliated.is_(False), "0"), else_="")
    whole = func.coalesce(Organisation.type, "") + " " + func.coalesce(Organisation.reach, "") + " " + said
    return case(
        (Organisation.id.is_(None), "own"),
        *((whole.in_(each), kind) for kind, each in kinds.items()),
        else_="unknown",
    )


def _codes(choices: Iterable[tuple[str, str]]) -> tuple[str | None, ...]:
    return (None, *(code for code, _title in choices))


actor = _actor()
"""Who received it, by what is known of the recipient."""


def women_led_on(day: Any) -> ColumnElement[str]:
    """Whether women lead the recipient as it was assessed by a day; none where there is no recipient."""
    return case((Organisation.id.is_(None), "none"), else_=status_held(on=day))


def with_hands(query: Select[Any]) -> Select[Any]:
    """Allocations of money that is secured, with the hands each went through before."""
    return _joined(query).where(Contribution.stage.in_(SECURED))


def behind(share: str) -> ColumnElement[bool]:
    """The allocations behind a figure of a table of shares: what these recipients had, and what was passed on of it."""
    with selection.read(share) as asked:
        period = (
            Allocation.stage == asked["stage"],
            Allocation.on.between(date.fromisoformat(asked["from"]), date.fromisoformat(asked["to"])),
        )
        conditions = _conditions(asked)
    chosen = _with_recipient(with_hands(select(Allocation.id))).where(*conditions).correlate(None)
    return and_(*period, or_(Allocation.id.in_(chosen), Allocation.parent_id.in_(chosen)))


def _conditions(asked: dict[str, str]) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Allocation.removed_at.is_(None)]
    if "layer" in asked:
        found.append(layer.in_(asked["layer"].split(",")))
    if "actor" in asked:
        found.append(actor.in_(asked["actor"].split(",")))
    if "women_led" in asked:
        day = asked["status_on"]
        on = Allocation.on if day == PER_ALLOCATION else literal(date.fromisoformat(day))
        found.append(women_led_on(on) == asked["women_led"])
    if "overhead" in asked:
        found.append(Allocation.overhead.is_(asked["overhead"] == "1"))
    return found


def _with_recipient(query: Select[Any]) -> Select[Any]:
    return query.outerjoin(Organisation, Organisation.id == Allocation.recipient_id)


def _joined(query: Select[Any]) -> Select[Any]:
    return (
        query.join(Contribution, Contribution.id == Allocation.contribution_id)
        .outerjoin(_Parent, _Parent.id == Allocation.parent_id)
        .outerjoin(_Grand, _Grand.id == _Parent.parent_id)
    )


_plain = listing_of(Allocation, {"layer": layer, "actor": actor})
ALLOCATIONS = replace(
    _plain, join=lambda query: _with_recipient(_joined(query)), filters={**_plain.filters, "share": behind}
)
