"""The two pages that a donor is briefed with, gathered: figures then and now, partners, money, what is open.

A change is a count of its own: who knows then and now knows it, so that it goes through the guard like both, wherever
the earlier people are among the later ones. Where they are not, it is said only if both may be seen.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import cast
from uuid import UUID

from db.models.results import NATURES as NATURE_TITLES
from db.money import Money as Amount
from db.queries import Session, briefing, grant
from db.queries.figures import figures_of_people
from db.queries.history import as_of, state
from db.queries.measured import indicators_of, measured
from db.queries.paid import activities_of, behind_paid
from db.queries.protection import counted_activities
from db.queries.scope import Scope
from db.record import Record
from desktop.guard.released import Absent
from desktop.guard.tables import Grid, Line, Named, Tables
from desktop.reports.atoms import AtomBook, FigureAtoms
from desktop.reports.changes import CHANGES, changed
from desktop.reports.document import Count, Said, Share
from desktop.reports.framing import frame_of, scope_names
from desktop.reports.grant_figures import BY_PLACE, GRANT, GrantFigures, grant_figures, moved
from desktop.reports.indicator_figures import INDICATORS, PLACES, Refused, entry, indicator_figures
from desktop.reports.people import People
from desktop.reports.report import CITABLE, FRAME, Asked, Label, Lacking
from i18n import N_

BRIEFING, THREE = "briefing", "three_partners"
MOST_INDICATORS, MOST_PARTNERS = 3, 3


@dataclass(frozen=True)
class Briefed:
    """What the pages say besides the tables."""

    since: date | None
    told: briefing.Briefing
    women_led: tuple[Amount, Amount, Amount] | None
    """Money that women-led partners had, those of whom this is not known, and all partners."""


def gather(record: Record, asked: Asked) -> Tables:
    """All that the briefing prints, before the guard."""
    return record.read(_tables, asked)


def _tables(session: Session, asked: Asked) -> Tables:
    donor, until = cast(UUID, asked.scope.donor), asked.scope.ends_on or state(session).on
    since = asked.since or briefing.last_briefing(session, donor, until)
    # Everything up to the day: a briefing says where things stand, and how they changed.
    asked = replace(asked, scope=replace(asked.scope, starts_on=None))
    book = AtomBook()
    indicators = indicators_of(session, asked.scope)
    atoms = FigureAtoms(figures_of_people(session, indicators), book)
    found = indicator_figures(session, indicators, asked.scope, book, atoms)
    known = grant_figures(session, asked, book)
    changes = [
        *_activities(session, asked.scope, since, known, book),
        *_indicators(session, asked.scope, since, indicators, atoms),
        *_things(session, asked, since, known),
    ]
    share = _women_led(session, known)
    grids = {
        CHANGES: Grid(tuple(changes)),
        BY_PLACE: known.grids[BY_PLACE],
        PLACES: found.grids[PLACES],
        THREE: Grid(tuple(_partners(session, asked.scope, known))),
    }
    plain = {
        FRAME: frame_of(session, asked),
        INDICATORS: found.described,
        GRANT: known.page,
        BRIEFING: Briefed(since, briefing.briefing(session, donor), share),
        CITABLE: (*known.citable, *found.citable),
    }
    figures = found.figures | known.figures | scope_names(session, asked)
    return Tables(tuple(book.atoms), grids, figures, plain)


def lacking(record: Record, asked: Asked) -> Sequence[Lacking]:
    """What a briefing would want to say and the record does not hold."""
    return record.read(_lacking, asked) if asked.scope.donor else ()


def _lacking(session: Session, asked: Asked) -> tuple[Lacking, ...]:
    return tuple(_lacks(session, asked))


def _lacks(session: Session, asked: Asked) -> Iterator[Lacking]:
    donor = cast(UUID, asked.scope.donor)
    told = briefing.briefing(session, donor)
    if asked.since is None and briefing.last_briefing(session, donor, asked.scope.ends_on or date.max) is None:
        yield Lacking(
            N_("No earlier briefing of this donor is recorded, so that no change can be shown."), "engagements"
        )
    for one in told.secured:
        if one.earmarking is None:
            name: dict[str, Label] = {"contribution": Said(one.title or one.reference or "")}
            said = N_("How “{contribution}” is earmarked is not known.")
            yield Lacking(said, "contributions", one.id, "earmarking", name)
    for one in told.asked:
        if one.amount is None:
            name = {"contribution": Said(one.title or one.reference or "")}
            yield Lacking(
                N_("How much is asked for with “{contribution}” is not noted."), "contributions", one.id, "amount", name
            )
    if not indicators_of(session, asked.scope):
        yield Lacking(N_("No indicator is set for what is asked."), "indicators")


def _activities(
    session: Session, scope: Scope, since: date | None, known: GrantFigures, book: AtomBook
) -> Iterator[Line]:
    """People by nature, of all activities and of those that had begun by then."""
    natures = known.page.natures
    earlier = _until(scope, since)
    begun = counted_activities(session, earlier, activities_of(earlier)).activities if earlier else ()
    then = People(begun, natures, book)
    for nature in ("reached", "declared", "planned"):
        if nature in natures:
            title = dict(NATURE_TITLES)[nature]
            now = known.people.of(known.found.activities, nature)
            yield changed(title, now, then.of(begun, nature) if earlier else None)


def _indicators(
    session: Session, scope: Scope, since: date | None, indicators: Sequence[UUID], atoms: FigureAtoms
) -> Iterator[Line]:
    """The first indicators that count people, reported up to now and up to then."""
    earlier = _until(scope, since)
    chosen = [one for one in measured(session, indicators, scope) if one.unit == "persons"][:MOST_INDICATORS]
    before = measured(session, [one.id for one in chosen], earlier) if earlier else ()
    for at, one in enumerate(chosen):
        now = entry(one, one.to_date, atoms)
        # What may not be put together is told in the annex: here it would be no figure.
        if not isinstance(now, Refused):
            yield changed(one.name, now, entry(before[at], before[at].to_date, atoms) if before else None)


def _things(session: Session, asked: Asked, since: date | None, known: GrantFigures) -> Iterator[Line]:
    """Activities and money: these are no counts of people."""
    earlier = _until(asked.scope, since)
    before = grant_figures(session, replace(asked, scope=earlier), AtomBook()).page if earlier else None
    page = known.page
    yield Line((N_("Activities"), Count(page.activities), Count(before.activities) if before else None, None))
    if page.money and page.money.to_date and page.money.flows:
        change, then = as_of(session), before.money if before else None
        now = moved(page.money, page.money, asked.scope, change)[1]
        was = moved(then, then, earlier, change)[1] if then and earlier else None
        yield Line((N_("Money to partners and to our own work"), now, was, None))


def _partners(session: Session, scope: Scope, known: GrantFigures) -> Iterator[Line]:
    """The partners that had most of the money, or else have most activities; neither is a count of people."""
    money, change = known.page.money, as_of(session)
    work = Counter(one.partner for one in known.found.activities if one.partner)
    had = {flow.recipient: flow for flow in (money.flows if money else ()) if flow.recipient}
    ordered = sorted(had, key=lambda one: flow.amount if (flow := had[one].to_date) else Decimal(), reverse=True)
    others = sorted((one.body.id for one in known.partners), key=lambda one: work[one], reverse=True)
    ids = list(dict.fromkeys((*ordered, *others)))[:MOST_PARTNERS]
    bodies = {one.body.id: one for one in grant.partners_called(session, ids)}
    for one in (bodies[id] for id in ids if id in bodies):
        id = one.body.id
        named = Named(id, Said(one.body.name, one.body.language), one.body.may_be_named)
        titles = tuple(each.title for each in known.page.agreements if each.partner == id)
        done = Count(work[id], behind_paid(replace(scope, partner=id), change))
        amount = moved(money, had[id], scope, change)[1] if money and id in had else Absent(N_("not recorded"))
        yield Line((named, one.local, one.women_led, titles, amount if had else done))


def _women_led(session: Session, known: GrantFigures) -> tuple[Amount, Amount, Amount] | None:
    """Of the money that partners had, what women-led ones had."""
    flows = [flow for flow in (known.page.money.flows if known.page.money else ()) if flow.recipient]
    if not flows or not known.page.money or any(flow.to_date is None for flow in flows):
        return None
    found = grant.partners_called(session, [flow.recipient for flow in flows if flow.recipient])
    led = {one.body.id: one.women_led for one in found}

    def had(statuses: Collection[str]) -> Amount:
        its = (one.to_date for one in flows if one.recipient and led.get(one.recipient, "unknown") in statuses)
        return Amount(sum((each.amount for each in its if each), Decimal()), currency)

    currency = known.page.money.currency
    return had(("met",)), had(("unknown",)), had(("met", "not_met", "unknown"))


def share_of(part: Amount, whole: Amount) -> Share:
    """The part of the whole."""
    return Share((part.amount / whole.amount).quantize(Decimal("0.001")), 1)


def _until(scope: Scope, since: date | None) -> Scope | None:
    return replace(scope, ends_on=since) if since else None
