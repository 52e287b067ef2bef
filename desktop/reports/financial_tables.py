"""The tables of the financial situation, before they are said: each amount with the rows behind it."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from db.models.money import STAGES
from db.money import Money as Amount
from db.queries import Session, financial, grant
from db.queries.financial import AllocationRow, BudgetRow, TrancheRow, behind_money
from db.queries.money import rates
from db.queries.scope import Scope
from db.queries.selection import Behind
from db.queries.together import Sum, Together
from db.queries.tranches import AGES, OLDEST
from desktop.guard.released import Absent
from desktop.guard.tables import Entry, Line, Named
from desktop.reports.arithmetic import WORKED
from desktop.reports.document import Money, Said, Share
from i18n import N_

RECEIVED_MONEY = "received"
"""The name of what came in, beside the stages of what went out."""
OWN = "own"
"""In place of a recipient: the office itself."""
NO_RATE = N_("no rate")
NOTHING = N_("nothing to divide")
_NOT_STATED = N_("not stated")
PLANNED, PAID = N_("Overheads in the budget, of direct costs"), N_("Overheads paid, of direct costs")
Pair = tuple[Amount, Amount | None]
"""An amount, and what it is in the one currency."""


@dataclass(frozen=True)
class NamedLine:
    """A budget line by its code and title."""

    code: str | None
    title: str


class Gathered:
    """The rows of a scope, and the tables they make; sums in one currency are noted as they are made."""

    def __init__(self, session: Session, scope: Scope, currency: str, day: date, change: int = 0) -> None:
        self._scope, self._day, self._change = scope, day, change
        self.together = Together(rates(session), currency)
        self.agreements = financial.agreements(session, scope)
        self.budget = financial.budget_lines(session, scope)
        self.tranches = financial.tranches(session, scope)
        self.allocations = financial.allocations(session, scope)
        self.receipts = financial.receipts(session, scope)
        self.currencies = tuple(sorted({one.currency for one in self.budget} | {one.currency for one in self.tranches}))
        self.figures: dict[str, Entry] = {}
        self.moved: dict[str, list[tuple[date, Pair]]] = defaultdict(list)
        """What came in and what went out at each stage, day by day; what a partner passed on went out before."""
        self._titles = financial.names(session, self.agreements)
        self._bodies = grant.bodies(session, [one.recipient_id for one in self.allocations if one.recipient_id])
        self._contributions = financial.titles(session, self.receipts)
        payers: dict[UUID, set[UUID]] = defaultdict(set)
        for line in self.budget:
            if line.contribution_id:
                payers[line.agreement_id].add(line.contribution_id)
        self._payer = {agreement: next(iter(its)) for agreement, its in payers.items() if len(its) == 1}

    def grids(self) -> Iterator[tuple[str, list[Line]]]:
        """Every table by its name."""
        for currency in self.currencies:
            yield f"budget_{currency.lower()}", list(self._budget(currency))
            yield f"tranches_{currency.lower()}", list(self._tranches(currency))
        yield "ageing", list(self._ageing())
        for stage, _title in STAGES:
            if held := [one for one in self.allocations if one.stage == stage]:
                yield f"flows_{stage}", list(self._flows(stage, held))
        overheads = list(self._overheads())
        yield "overheads", [line for line, _worked in overheads]
        yield WORKED, [one for _line, worked in overheads for one in worked]
        yield "receipts", list(self._receipts())

    def _behind(self, kind: str, **narrowed: object) -> object:
        return behind_money(kind, self._scope, self._change, **narrowed)

    def _by_agreement(
        self,
        rows: Sequence[Any],
        currency: str,
        cells: Callable[[Any], tuple[object, ...]],
        sums: Callable[..., list[Entry]],
    ) -> Iterator[Line]:
        """The rows of one currency, headed by their agreements with the sums of each, and the whole."""
        mine = [row for row in rows if row.currency == currency]
        for agreement in self.agreements:
            if its := [row for row in mine if row.agreement_id == agreement.id]:
                yield Line((self._titles[agreement.id], *sums(its, agreement_id=agreement.id, currency=currency)))
                yield from (Line(cells(row)) for row in its)
        if mine:
            yield Line((None, *sums(mine, currency=currency)), total=True)

    def _budget(self, currency: str) -> Iterator[Line]:
        def parts(row: BudgetRow) -> list[int | None]:
            return [row.donor_amount, row.partner_amount, row.in_kind_amount]

        def cells(row: BudgetRow) -> tuple[object, ...]:
            behind = self._behind("budget-lines", id=row.id)
            given = parts(row)
            shares = [None if one is None else _money(one, currency, behind) for one in given]
            return (NamedLine(row.code, row.title), *shares, _money(sum(one or 0 for one in given), currency, behind))

        def sums(rows: Sequence[BudgetRow], **narrowed: object) -> list[Entry]:
            behind = self._behind("budget-lines", **narrowed)
            columns = [sum(one or 0 for one in column) for column in zip(*map(parts, rows), strict=True)]
            return [_money(one, currency, behind) for one in (*columns, sum(columns))]

        return self._by_agreement(self.budget, currency, cells, sums)

    def _tranches(self, currency: str) -> Iterator[Line]:
        def cells(row: TrancheRow) -> tuple[object, ...]:
            behind = self._behind("tranches", id=row.id)
            paid, settled = row.paid_by(self._day), row.settled_by(self._day)
            planned = None if row.planned_amount is None else _money(row.planned_amount, currency, behind)
            if paid is None:
                return (row.number, row.planned_on, planned, None, None, None, None)
            amounts = (paid, settled, paid - settled)
            return (row.number, row.planned_on, planned, row.paid_on, *(_money(m, currency, behind) for m in amounts))

        def sums(rows: Sequence[TrancheRow], **narrowed: object) -> list[Entry]:
            behind = self._behind("tranches", **narrowed)
            paid = [row for row in rows if row.paid_by(self._day) is not None]
            had = sum(row.paid_amount or 0 for row in paid)
            settled = sum(row.settled_by(self._day) for row in paid)
            planned = _money(sum(row.planned_amount or 0 for row in rows), currency, behind)
            return [None, planned, None, *(_money(one, currency, behind) for one in (had, settled, had - settled))]

        return self._by_agreement(self.tranches, currency, cells, sums)

    def _ageing(self) -> Iterator[Line]:
        """What is paid and not accounted for, by how long ago it was paid."""
        ages: dict[str, list[tuple[Amount, Amount | None]]] = defaultdict(list)
        for row in self.tranches:
            paid = row.paid_by(self._day)
            if paid is None or row.paid_on is None or (left := paid - row.settled_by(self._day)) <= 0:
                continue
            days = (self._day - row.paid_on).days
            age = next((name for last, name in AGES if days <= last), OLDEST)
            money = Amount.of(left, row.currency)
            ages[age].append((money, self.together.of(money, row.paid_on, self._payer.get(row.agreement_id))))
        behind = self._behind("tranches")
        for age in (*(name for _last, name in AGES), OLDEST):
            yield Line((age, *_sum(self.together.sum(ages[age]), behind)))
        whole = self.together.sum(each for its in ages.values() for each in its)
        yield Line((None, *_sum(whole, behind)), total=True)
        if self.tranches:
            self.figures["outstanding"] = _sum(whole, behind)[1]

    def _flows(self, stage: str, held: Sequence[AllocationRow]) -> Iterator[Line]:
        """Who had the money last, in the currency it had, and in one."""
        flows: dict[tuple[UUID | None, str], list[tuple[Amount, Amount | None]]] = defaultdict(list)
        recipients = {one.id: one.recipient_id for one in held}
        every = []
        for one in held:
            money = Amount.of(one.amount, one.currency)
            pair = (money, self.together.of(money, one.on, one.contribution_id))
            flows[one.recipient_id, one.currency].append(pair)
            if one.parent_id in recipients:
                flows[recipients[one.parent_id], one.currency].append(_less(pair))
                every.append(_less(pair))
            else:
                self.moved[stage].append((one.on, pair))
            every.append(pair)
        for (recipient, currency), pairs in flows.items():
            narrowed = {"stage": stage, "recipient_id": recipient, "currency": currency}
            behind = self._behind("allocations", **narrowed)
            added = self.together.sum(pairs)
            yield Line((self._recipient(recipient), *_sum(added, behind)))
        behind = self._behind("allocations", stage=stage)
        whole = self.together.sum(every)
        yield Line((None, *_sum(whole, behind)), total=True)
        self.figures[stage] = _sum(whole, behind)[1]

    def _recipient(self, id: UUID | None) -> Entry:
        body = self._bodies.get(id) if id else None
        return Named(body.id, Said(body.name, body.language), body.may_be_named) if body else OWN

    def _overheads(self) -> Iterator[tuple[Line, list[Line]]]:
        """Of each agreement what was agreed, what the budget holds and what was paid, with the arithmetic."""
        for agreement in self.agreements:
            agreed = agreement.overhead_rate
            for currency in self.currencies:
                narrowed = {"agreement_id": agreement.id, "currency": currency}
                lines = [one for one in self.budget if (one.agreement_id, one.currency) == (agreement.id, currency)]
                rows = [one for one in self.tranches if (one.agreement_id, one.currency) == (agreement.id, currency)]
                paid = [one for one in rows if one.paid_by(self._day) is not None]
                if not (lines or paid):
                    continue
                budgeted = (
                    sum(one.total for one in lines if one.overhead),
                    sum(one.total for one in lines if not one.overhead),
                )
                had = [one.overhead_amount for one in paid if one.paid_amount]
                known = None if None in had else sum(each or 0 for each in had)
                direct = sum(one.paid_amount or 0 for one in paid) - (known or 0)
                behind = self._behind("tranches", **narrowed)
                worked = [
                    _divided(PLANNED, *budgeted, currency, self._behind("budget-lines", **narrowed)),
                    _unsaid(PAID, behind) if known is None else _divided(PAID, known, direct, currency, behind),
                ]
                itself = Behind("agreements", (("title", agreement.title),), self._change)
                share = Absent(_NOT_STATED, itself) if agreed is None else Share(agreed / 100, 1, itself)
                cells = (cell for line in worked for cell in (line.cells[1], line.cells[-1]))
                yield (
                    Line((self._titles[agreement.id], share, *cells)),
                    [line for line in worked if isinstance(line.cells[-1], Share)],
                )

    def _receipts(self) -> Iterator[Line]:
        pairs = []
        for one in self.receipts:
            money = Amount.of(one.amount, one.currency)
            pair = (money, self.together.of(money, one.received_on, one.contribution_id))
            pairs.append(pair)
            self.moved[RECEIVED_MONEY].append((one.received_on, pair))
            behind = self._behind("receipts", id=one.id)
            head = (Said(self._contributions.get(one.contribution_id) or ""), one.received_on, one.rate)
            yield Line((*head, *_sum(self.together.sum([pair]), behind)))
        if pairs:
            behind, whole = self._behind("receipts"), self.together.sum(pairs)
            yield Line((None, None, None, *_sum(whole, behind)), total=True)
            self.figures[RECEIVED_MONEY] = _sum(whole, behind)[1]


def _money(minor: int, currency: str, behind: object) -> Money:
    amount = Amount.of(minor, currency)
    return Money(amount.amount, currency, behind)


def _sum(found: Sum, behind: object) -> tuple[Entry, Entry]:
    """What was added up, in each of its currencies, and in one."""
    amounts = tuple(Money(one.amount, one.currency, behind) for one in found.amounts)
    one = found.together
    return amounts, Absent(NO_RATE, behind) if one is None else Money(one.amount, one.currency, behind)


def _less(pair: Pair) -> Pair:
    money, together = pair
    return (
        Amount(-money.amount, money.currency),
        Amount(-together.amount, together.currency) if together else None,
    )


def _unsaid(title: str, behind: object) -> Line:
    """Where nobody said how much of what was paid is overheads: unknown is not zero."""
    unsaid = Absent(_NOT_STATED, behind)
    return Line((title, unsaid, unsaid, unsaid))


def _divided(title: str, part: int, whole: int, currency: str, behind: object) -> Line:
    share = Share(Decimal(part) / whole, 1, behind) if whole else Absent(NOTHING, behind)
    return Line((title, _money(part, currency, behind), _money(whole, currency, behind), share))
