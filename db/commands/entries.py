"""Adding things and putting them right: one pair of deeds for every kind, with the rules of each kind in one table.

What concerns one value is in its field, what concerns several fields of a thing is a rule here. A field that changes by
a deed of its own, such as an agreement's status, is refused here.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Table
from sqlalchemy.orm import Session

from db.base import Entity, new_id, there
from db.commands import (
    agreements,
    assessments,
    authorisations,
    documents,
    donors,
    duties,
    engagements,
    frameworks,
    indicators,
    money,
    people,
    report_templates,
    reports,
    results,
    retention,
    schedules,
    screening,
    texts,
    women_led,
)
from db.commands.checking import amounts_follow, complete, fill, in_order, not_in_a_ring
from db.deeds import Term, called, deed
from db.errors import InvalidValue
from db.fields import fields_of
from db.links import name_with_whole
from db.models import Organisation, Place, Screening
from db.queries.table_kinds import one_of_table
from i18n import N_

Rule = Callable[[Session, Any], None]


class ByItsOwnDeed(InvalidValue):
    message = N_("“{field}” is not typed in: it changes by an action of its own.")


BY_DEED: Mapping[type[Entity], Collection[str]] = {
    **agreements.BY_DEED,
    **women_led.BY_DEED,
    **duties.BY_DEED,
    **people.BY_DEED,
    **documents.BY_DEED,
    **texts.BY_DEED,
    **reports.BY_DEED,
}
"""Fields that follow from other deeds."""

RULES: Mapping[type[Entity], tuple[Rule, ...]] = {
    Organisation: (not_in_a_ring,),
    Place: (not_in_a_ring,),
    Screening: (screening.reference_only_for_a_match,),
    **agreements.RULES,
    **money.RULES,
    **donors.RULES,
    **women_led.RULES,
    **assessments.RULES,
    **frameworks.RULES,
    **indicators.RULES,
    **results.RULES,
    **engagements.RULES,
    **schedules.RULES,
    **documents.RULES,
    **texts.RULES,
    **report_templates.RULES,
    **reports.RULES,
    **authorisations.RULES,
    **retention.RULES,
}
"""What has to hold across the fields of a thing, and with what it points at."""

RULES_OF_CHANGING: Mapping[type[Entity], tuple[Rule, ...]] = {
    **agreements.RULES_OF_CHANGING,
    **women_led.RULES_OF_CHANGING,
    **reports.RULES_OF_CHANGING,
}
"""What stands against a change, asked before all else: while what stood there is still known."""

RULES_OF_TYPING: Mapping[type[Entity], tuple[Rule, ...]] = results.RULES_OF_TYPING
"""What has to hold besides of what a person types. What a file says is kept as it says it, and pointed out."""


@deed(N_("Add “{what}” ({kind})"))
def add(session: Session, entity: type[Entity], values: Mapping[str, Any]) -> UUID:
    """Add a thing of this kind."""
    thing = entity(id=new_id())
    _write(session, thing, values)
    return thing.id


@deed(N_("Edit “{what}” ({kind})"))
def edit(session: Session, entity: type[Entity], id: UUID, values: Mapping[str, Any]) -> None:
    """Put these fields of a thing right; the others stay."""
    _write(session, there(session, entity, id), values)


@deed(N_("Edit {count} things at once ({kind})"))
def edit_many(session: Session, entity: type[Entity], ids: Collection[UUID], values: Mapping[str, Any]) -> None:
    """Put the same values into many things, as one step of undo."""
    called(session, count=len(ids), kind=Term(one_of_table(entity.__tablename__)))
    for id in ids:
        _write(session, there(session, entity, id), values)


def _write(session: Session, thing: Any, values: Mapping[str, Any]) -> None:
    entity: type[Entity] = type(thing)
    described = fields_of(entity)
    for key in BY_DEED.get(entity, ()):
        if key in values and values[key] != getattr(thing, key):
            raise ByItsOwnDeed(described[key].name)
    amounts_follow(thing, values)
    fill(thing, values)
    complete(thing)
    in_order(getattr(thing, "starts_on", None), getattr(thing, "ends_on", None))
    for rule in (
        *RULES_OF_CHANGING.get(entity, ()),
        *RULES.get(entity, ()),
        *RULES_OF_TYPING.get(entity, ()),
    ):
        rule(session, thing)
    session.add(thing)
    session.flush()
    table = entity.__table__
    assert isinstance(table, Table)
    kind = Term(one_of_table(table.name))
    # What has no name is called by its kind, as over its page.
    called(session, what=name_with_whole(session.connection(), table, thing.id) or kind, kind=kind)
