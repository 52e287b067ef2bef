"""What the record holds about an organisation, laid out for that organisation itself.

It is what a partner may ask for, so nothing in it depends on who wrote it down or whether it flatters. What is left out
is named with its ground, always the same ones, so that the list does not tell what else there is; how much was left
out is kept in the record with the report, for whoever has to answer for it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

from db.errors import RecordError
from db.fields import Field, Kind
from db.models import LeadershipCount, Training
from db.money import INDICATIVE
from db.money import Money as Amount
from db.queries import Session
from db.queries.held import NOT_FOR_PARTNERS as INTERNAL_FILES
from db.queries.held import WITHHELD, HeldAbout, HeldThing, OrganisationNamed, held_about
from db.queries.kinds import KINDS
from db.queries.listed import ListedKind
from db.record import Record
from desktop.guard.audiences import Audience
from desktop.guard.released import Released
from desktop.guard.tables import Atom, Counted, Grid, Line, Named, Tables
from desktop.reports.document import (
    Block,
    Bullets,
    Column,
    Count,
    Day,
    Money,
    Paragraph,
    Row,
    RowKind,
    Said,
    Table,
    Value,
)
from desktop.reports.framing import frame_of
from desktop.reports.report import FRAME, KEPT, Asked, Part
from desktop.reports.saying import said
from i18n import N_, Words

_OF_PEOPLE = (LeadershipCount.__tablename__, Training.__tablename__)
"""Kinds whose counts are counts of people, and pass through the guard as such."""


class ForThePartnerOnly(RecordError):
    message = N_("What the record holds about a partner is told to that partner only, or looked at internally.")


@dataclass(frozen=True)
class Header:
    """Whom it is about."""

    name: str
    language: str | None
    kinds: Mapping[str, int]
    """How many things of each kind are not told one by one."""


def gather(record: Record, asked: Asked) -> Tables:
    """Everything held about the partner of the scope, or about the contact of it."""
    if asked.audience not in (Audience.PARTNER, Audience.INTERNAL):
        raise ForThePartnerOnly
    return record.read(_tables, asked)


def _tables(session: Session, asked: Asked) -> Tables:
    assert asked.scope.partner is not None
    held = held_about(session, asked.scope.partner, asked.scope.contact)
    found = tables(held)
    # It is told in the words in which it was kept, names too.
    return replace(found, plain={**found.plain, FRAME: replace(frame_of(session, asked), names={})})


def tables(held: HeldAbout) -> Tables:
    """What is held as one grid a kind: a line with a thing's name, then a line for each of its fields."""
    atoms: list[Atom] = []

    def entry(kind: str, field: Field, value: object) -> object:
        if isinstance(value, OrganisationNamed):
            return Named(value.id, Said(value.name), value.may_be_named)
        if kind in _OF_PEOPLE and field.kind is Kind.COUNT:
            atoms.append(Atom((kind, len(atoms)), cast(int, value), owner=held.organisation_id))
            return Counted(frozenset({len(atoms) - 1}))
        return value

    def lines(kind: str, thing: HeldThing) -> Iterator[Line]:
        yield Line((Said(thing.name), None), total=True)
        for field, value in thing.values:
            yield Line((field, entry(kind, field, value)))

    grids = {
        kind.entity: Grid(tuple(line for thing in kind.things for line in lines(kind.entity, thing)))
        for kind in held.kinds
    }
    kept = [{"kind": one.entity, "count": one.count, "ground": one.ground} for one in held.withheld]
    header = Header(held.name, held.language, {kind.entity: kind.more for kind in held.kinds})
    return Tables(tuple(atoms), grids, plain={"header": header, KEPT: {"withheld": kept}})


def parts(_plain: Mapping[str, object]) -> Sequence[Part]:
    """What is kept, and what is never told."""
    return (
        Part("kept", N_("What is kept"), _kept),
        Part("never", N_("What is never told in this answer, and why"), _left_out),
    )


def cover(released: Released, words: Words) -> Iterator[tuple[str, Value]]:
    """Whom it is about."""
    header = cast(Header, released.plain["header"])
    yield words.gettext("About"), Said(header.name, header.language)


def _kept(released: Released, words: Words) -> Iterator[Block]:
    yield Paragraph(
        (
            words.gettext(
                "This is what the office keeps about you, in the words in which it was kept. Please tell us "
                "what is wrong or out of date: it will be put right."
            ),
        )
    )
    kinds = cast(Header, released.plain["header"]).kinds
    yield from (_kind(kind, more, released, words) for kind, more in kinds.items())


def _kind(kind: str, more: int, released: Released, words: Words) -> Table:
    called, rows, has_money = _listed()[kind], [], False
    for line in released.grids[kind]:
        first, value = line.cells
        if line.total:
            name = cast(Said, first)
            rows.append(Row((name if name.text else words.gettext(called.one), ""), RowKind.SUBTOTAL))
        else:
            field = cast(Field, first)
            has_money = has_money or isinstance(value, Amount)
            rows.append(Row((words.gettext(field.name), _value(field, value, words))))
    if more:
        beyond = words.ngettext("And {count} more of {total}", "And {count} more of {total}", more)
        total = sum(line.total for line in released.grids[kind]) + more
        said_so = beyond.format(count=words.number(more), total=words.number(total))
        rows.append(Row((said_so, words.gettext("Ask us for them: each is told in the same way.")), RowKind.SUBTOTAL))
    columns = (Column(words.gettext("What is kept"), weight=1.0), Column(words.gettext("Value"), weight=2.0))
    note = words.gettext(INDICATIVE) if has_money else ""
    return Table(words.gettext(called.name), columns, tuple(rows), note=note, name=kind)


def _left_out(_released: Released, words: Words) -> Iterator[Block]:
    grounds = dict.fromkeys((*WITHHELD.values(), INTERNAL_FILES))
    yield Bullets(tuple((words.gettext(ground),) for ground in grounds))
    yield Paragraph(
        (
            words.gettext(
                "This list is the same in every such answer: it does not say that there is anything of the kind. "
                "You can ask the office's head to look at it again."
            ),
        )
    )


def _value(field: Field, value: Any, words: Words) -> Value:
    match value:
        case bool():
            return words.gettext("Yes") if value else words.gettext("No")
        case int():
            return Count(value)
        case Decimal():
            return words.number(value)
        case datetime():
            return Day(value.date())
        case date():
            return Day(value)
        case Amount(amount, currency):
            return Money(amount, currency)
        case str():
            return _text(field, value, words)
        case _:
            return said(value, words)


def _text(field: Field, value: str, words: Words) -> Value:
    match field.kind:
        case Kind.CHOICE:
            return words.gettext(field.title_of(value))
        case Kind.COUNTRY:
            return words.territory_name(value)
        case Kind.LANGUAGE:
            return words.language_name(value)
        case _:
            return Said(value)


def _listed() -> dict[str, ListedKind]:
    """The kinds by their table; organisations are listed under several names, the widest last."""
    return {kind.entity.__tablename__: kind for kind in KINDS.values()}
