"""A donor's money and those who work with it, gathered for any report to that donor: what the record knows, as tables.

People who were asked or trained are atoms like all others; names of partners go through the guard. Nothing of a partner
is here but what it does: no rating, no finding.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import cast
from uuid import UUID

from db.models.results import NATURES as NATURE_TITLES
from db.money import Money as Amount
from db.queries import Session, grant, grant_work
from db.queries.financial import behind_money
from db.queries.grant import Agreed, Grant, Partner
from db.queries.grant_money import Flow, LineOfBudget, StageOfMoney, budget_of, stage_of
from db.queries.grant_work import Amended, Risked, ServiceFeedback, Trained
from db.queries.history import as_of
from db.queries.measured import PlaceNamed
from db.queries.money import office_currency
from db.queries.paid import activities_of, behind_paid
from db.queries.protection import Protection, counted_activities
from db.queries.scope import Scope
from db.queries.selection import Behind
from desktop.guard.released import Absent, Released
from desktop.guard.tables import Atom, Counted, Entry, Grid, Line, Named
from desktop.guard.tables import Part as PartOf
from desktop.reports import report
from desktop.reports.atoms import AtomBook
from desktop.reports.document import Count, Money, Said, Share
from desktop.reports.people import People, grouped
from desktop.reports.people_split import nature_line
from desktop.reports.trained import participants
from i18n import N_

GRANT = "grant"
"""The plain answer that holds the `GrantPage`."""
FEEDBACK, TRAININGS, PARTNERS, SEATS, FLOWS = "feedback", "trainings", "partners", "seats", "flows"
BY_PLACE, BY_SECTOR, ACTIVITY_SPLIT = "activities_by_place", "activities_by_sector", "activities_split"
NATURES = ("planned", "declared", "reached")
NOT_COLLECTED = N_("not collected")
NO_RATE = N_("no rate")
OWN = "own"
"""In place of a recipient: the office itself."""


@dataclass(frozen=True)
class GrantPage:
    """What the pages say of a donor's money besides the tables: nothing that counts people."""

    grants: tuple[Grant, ...]
    reporting: Said | None
    country: str | None
    partners: tuple[tuple[str, str], ...]
    """Whether each is local, and whether women lead it."""
    agreements: tuple[Agreed, ...]
    amendments: tuple[Amended, ...]
    risks: tuple[Risked, ...]
    budget: tuple[LineOfBudget, ...]
    money: StageOfMoney | None
    spent: StageOfMoney | None
    places: tuple[PlaceNamed, ...]
    """Where activities are; of those with sensitive counts only the province."""
    activities: int
    shared: int
    """How many of the activities other donors pay for too."""
    natures: tuple[str, ...]
    """Of the people that activities counted; none where no activity did."""
    capacity: Mapping[str, int]


@dataclass(frozen=True)
class GrantFigures:
    """The same before the guard, with the tables and key figures."""

    page: GrantPage
    partners: tuple[Partner, ...]
    grids: dict[str, Grid]
    figures: dict[str, Entry]
    people: People
    found: Protection
    citable: tuple[tuple[str, str], ...]


def grant_figures(session: Session, asked: report.Asked, book: AtomBook) -> GrantFigures:
    """What the record knows of the money of a scope."""
    scope, change = asked.scope, as_of(session)
    grants, partners = grant.grants(session, scope), grant.partners_of(session, scope)
    ids = [one.body.id for one in partners]
    found = counted_activities(session, scope, activities_of(scope))
    counted = {count.nature for one in found.activities for count in one.counts}
    natures = tuple(nature for nature in NATURES if nature in counted)
    people = People(found.activities, natures, book)
    currency = asked.currency or _currency(session, grants)

    def at(stage: str) -> StageOfMoney | None:
        ours = [one.id for one in grants]
        return stage_of(session, ours, stage, currency, scope.starts_on, scope.ends_on) if currency else None

    money, own = at(asked.stage), grant.own_organisation(session)
    named = _names(session, (*ids, *(flow.recipient for flow in money.flows if flow.recipient)) if money else ids)
    behind = behind_paid(scope, change)
    grids = {
        FEEDBACK: [_asked(one, named, book) for one in grant_work.feedback(session, scope, ids)],
        TRAININGS: [_trained(one, named, book, change) for one in grant_work.trainings(session, scope, ids)],
        PARTNERS: [Line((named(one.body.id), one.type, one.local, one.women_led)) for one in partners],
        SEATS: [Line((named(one.partner), one)) for one in grant_work.seats(session, scope, ids)],
        FLOWS: [
            Line((named(flow.recipient) if flow.recipient else OWN, *moved(money, flow, scope, change)))
            for flow in (money.flows if money else ())
            if money
        ],
        BY_PLACE: list(_places(found, people, natures, scope, change)),
        BY_SECTOR: list(_sectors(found, people, natures, behind)),
        ACTIVITY_SPLIT: [line for nature in natures for line in nature_line(nature, people, found.activities, behind)],
    }
    page = GrantPage(
        grants,
        Said(own.name, own.language) if own else None,
        grant.country(session),
        tuple((one.local, one.women_led) for one in partners),
        grant.agreements(session, scope),
        grant_work.amendments(session, scope),
        grant_work.risks(session, scope),
        budget_of(session, scope),
        money,
        at("spending"),
        _told_places(session, found),
        len(found.activities),
        sum(len(one.funding) > 1 for one in found.activities),
        natures,
        grant_work.capacity(session, ids),
    )
    figures: dict[str, Entry] = {f"people_{nature}": people.of(found.activities, nature, behind) for nature in natures}
    named_figures = [(f"people_{nature}", name) for nature, name in NATURE_TITLES if nature in natures]
    for name, label, figure in _citable(page, scope, change):
        figures[name] = figure
        named_figures.append((name, label))
    shown = {name: Grid(tuple(its)) for name, its in grids.items()}
    return GrantFigures(page, partners, shown, figures, people, found, tuple(named_figures))


def _citable(page: GrantPage, scope: Scope, change: int) -> Iterator[tuple[str, str, Entry]]:
    """What prose can cite besides people: a name, a label, the figure."""
    yield "activities", N_("Activities"), Count(page.activities, behind_paid(scope, change))
    yield "partners", N_("Partners"), Count(len(page.partners))
    yield "women_led_partners", N_("Women-led partners"), Count(sum(led == "met" for _local, led in page.partners))
    for name, label, stage in (
        ("money_to_date", N_("Money to date"), page.money),
        ("money_spent", N_("Spent to date"), page.spent),
    ):
        if stage and stage.flows:
            yield name, label, moved(stage, stage, scope, change)[1]


def page_of(released: Released) -> GrantPage:
    """The plain answers of a donor's money, once released."""
    return cast(GrantPage, released.plain[GRANT])


def _told_places(session: Session, found: Protection) -> tuple[PlaceNamed, ...]:
    delicate = {one.place for one in found.activities if any(count.sensitive for count in one.counts)}
    provinces = grant.provinces_of(session, (place for place in delicate if place))
    told = (
        provinces.get(id) or PlaceNamed(place.id, place.name, place.language, place.pcode)
        for id, place in found.places.items()
    )
    return tuple(dict.fromkeys(told))


def _names(session: Session, ids: tuple[UUID, ...] | list[UUID]) -> Callable[[UUID | None], Entry]:
    bodies = grant.bodies(session, ids)

    def named(partner: UUID | None) -> Entry:
        body = bodies.get(partner) if partner else None
        return Named(body.id, Said(body.name, body.language), body.may_be_named) if body else Said("")

    return named


def _currency(session: Session, grants: tuple[Grant, ...]) -> str | None:
    """The currency of the money where it has one, else the office's."""
    known = {one.amount.currency for one in grants if one.amount}
    return known.pop() if len(known) == 1 else office_currency(session)


def moved(
    stage: StageOfMoney, flow: Flow | StageOfMoney, scope: Scope, change: int
) -> tuple[Money | Absent, Money | Absent]:
    """What moved in the period and to date, to one recipient or altogether, with the allocations behind it."""
    only = {"recipient_id": flow.recipient} if isinstance(flow, Flow) else {}
    since = Scope(donor=scope.donor, contribution=scope.contribution, ends_on=scope.ends_on)

    def amount(found: Amount | None, of: Scope) -> Money | Absent:
        behind = behind_money("allocations", of, change, stage=stage.stage, **only)
        return Money(found.amount, found.currency, behind) if found else Absent(NO_RATE, behind)

    return amount(flow.in_period, replace(since, starts_on=scope.starts_on)), amount(flow.to_date, since)


def _asked(one: ServiceFeedback, named: Callable[[UUID | None], Entry], book: AtomBook) -> Line:
    """What was asked, of whom, when and where; the satisfied share, and the number of those asked."""
    head = (Said(one.title), named(one.partner), one.on, Said(one.place or ""))
    if one.asked is None or one.satisfied is None or one.satisfied > one.asked:
        stated = Share(one.stated / 100) if one.stated is not None else Absent(NOT_COLLECTED)
        return Line((*head, stated, Absent(NOT_COLLECTED)))
    satisfied = book.add(Atom(str(one.id), one.satisfied, one.partner, one.sensitive, "satisfied"))
    others = book.add(Atom(str(one.id), one.asked - one.satisfied, one.partner, one.sensitive, "others"))
    whole = Counted(frozenset({satisfied, others}))
    return Line((*head, PartOf(Counted(frozenset({satisfied})), whole), whole))


def _trained(one: Trained, named: Callable[[UUID | None], Entry], book: AtomBook, change: int) -> Line:
    behind = Behind("trainings", (("organisation_id", str(one.partner)),), change)
    counts = (one.women, one.men, one.not_said)
    cells = [Counted(atoms, behind) for atoms in participants(one.id, one.partner, counts, book)]
    whole = Counted(frozenset[int]().union(*(cell.atoms for cell in cells)), behind)
    return Line((Said(one.title), named(one.partner), one.starts_on, *cells, whole))


def _places(found: Protection, people: People, natures: tuple[str, ...], scope: Scope, change: int) -> Iterator[Line]:
    by_place = grouped(found.activities, lambda one: (one.place,))
    for id, place in found.places.items():
        chosen = by_place.get(id, [])
        here = behind_paid(replace(scope, place=id), change)
        counts = (people.of(chosen, nature, here) for nature in natures)
        yield Line((place, Count(len(chosen), here), *counts))


def _sectors(found: Protection, people: People, natures: tuple[str, ...], behind: Behind) -> Iterator[Line]:
    for sector, chosen in grouped(found.activities, lambda one: (one.sector,)).items():
        counts = (people.of(chosen, nature, behind) for nature in natures)
        yield Line((sector, Count(len(chosen), behind), *counts))
