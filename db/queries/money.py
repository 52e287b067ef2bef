"""Amounts in another currency: at which rate, from whom, of which day, and what rounding took or gave.

Rates are published against a base (the dollar for the United Nations, the euro for InforEuro); two other currencies are
compared through it. A rate holds in its month; a missing one is said, never guessed. Between a contribution's currency
and the office's, the contribution's own rule may put the contract's rate or that of the receipts in its place.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_UP, Context, Decimal
from fractions import Fraction
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import RecordError
from db.models.donors import Contribution
from db.models.money import RATE_SOURCES, ExchangeRate, Receipt
from db.models.people import Office
from db.money import Money
from i18n import N_, Words
from i18n.currencies import decimals_of

SOURCES = (*RATE_SOURCES, ("receipt", N_("Receipts of the contribution")))
"""Where the rate of a conversion may come from, for whoever says so."""
_PUBLISHED = tuple(code for code, _title in RATE_SOURCES if code != "contract")
_EARLY = timedelta(days=3)
"""January's rates are published as valid from the last days of December."""
_SHOWN, _UPWARDS = Context(prec=12), Context(prec=12, rounding=ROUND_UP)


class NoRate(RecordError):
    message = N_("There is no exchange rate for {currency} in {month}. Bring in the file of rates of that month.")

    def __init__(self, currency: str, on: date) -> None:
        super().__init__(currency=currency, month=on)
        self.on = on

    def values(self, words: Words) -> dict[str, str]:
        return super().values(words) | {"month": words.month(self.on)}


class NoContractRate(RecordError):
    message = N_(
        "“{contribution}” is converted at the rate of its contract, which is not noted. Note it, then try again."
    )


class NoReceiptRate(RecordError):
    message = N_("“{contribution}” is converted at the rate of its receipts, but none up to {on} has a rate. Note it.")


class NoOfficeCurrency(RecordError):
    message = N_("The currency of the office is not known. Note it with the office, then try again.")


@dataclass(frozen=True)
class Leg:
    """One step from a currency to another: the exact rate, who published it, and the day it is of."""

    given: str
    wanted: str
    exact: Fraction
    source: str
    on: date

    @property
    def rate(self) -> Decimal:
        """Units of the wanted currency for one of the given."""
        return _decimal(self.exact, _SHOWN)


@dataclass(frozen=True)
class Converted:
    """An amount in another currency; `rounding` is how much the exact one is larger, so that nothing is hidden."""

    given: Money
    money: Money
    legs: tuple[Leg, ...]
    rounding: Decimal

    @property
    def rate(self) -> Decimal:
        """Units of the wanted currency for one of the given, over all legs."""
        return _decimal(product(self.legs), _SHOWN)

    @property
    def source(self) -> str | None:
        """Who published the rate; None where none was needed."""
        return self.legs[0].source if self.legs else None

    @property
    def on(self) -> date | None:
        """The day the rate is of; None where none was needed."""
        return self.legs[0].on if self.legs else None


@dataclass(frozen=True)
class Sum:
    """Amounts added up in one currency, with every rate that was used; the parts as shown add up to it."""

    money: Money
    parts: tuple[Converted, ...]

    @property
    def rates(self) -> tuple[Leg, ...]:
        """The rates used, each once."""
        return tuple(dict.fromkeys(leg for part in self.parts for leg in part.legs))

    @property
    def rounding(self) -> Decimal:
        """What rounding took from the sum, or gave to it."""
        return sum((part.rounding for part in self.parts), Decimal())


@dataclass(frozen=True)
class Terms:
    """How a contribution is converted."""

    name: str
    currency: str | None
    rule: str | None
    contract_rate: Decimal | None
    receipts: tuple[tuple[date, int, Decimal], ...]
    """Day, minor units and rate of each receipt that has one."""


@dataclass(frozen=True)
class Rates:
    """All that converting needs, read once; converting many amounts asks the record no more."""

    published: Mapping[tuple[str, str], Mapping[str, tuple[tuple[date, Decimal], ...]]]
    """By source and base, then by currency, the rates in the order of their days."""
    office: str | None
    contributions: Mapping[UUID, Terms]

    def convert(
        self, money: Money, to: str, on: date, rule: str | None = None, contribution: UUID | None = None
    ) -> Converted:
        """An amount in another currency, by the rule asked for, or else by the contribution's own."""
        legs = self.legs(money.currency, to, on, rule, contribution)
        exact = Fraction(money.amount) * product(legs)
        minor = round(exact * 10 ** decimals_of(to))
        got = Money.of(minor, to)
        return Converted(money, got, legs, _decimal(exact - Fraction(got.amount), _UPWARDS))

    def sum(self, amounts: Iterable[Money], to: str, on: date) -> Sum:
        """Amounts of several currencies in one, at the rates of a month."""
        parts = tuple(self.convert(amount, to, on, "of_month") for amount in amounts)
        return Sum(Money(sum((part.money.amount for part in parts), Decimal()), to), parts)

    def legs(
        self, given: str, to: str, on: date, rule: str | None = None, contribution: UUID | None = None
    ) -> tuple[Leg, ...]:
        """The steps from one currency to another."""
        if given == to:
            return ()
        terms = self.contributions.get(contribution) if contribution else None
        rule = rule or (terms.rule if terms else None) or "of_month"
        if terms is None or rule == "of_month" or terms.currency not in (given, to):
            return (self._of_month(given, to, on),)
        if self.office is None:
            raise NoOfficeCurrency
        if terms.currency == self.office:
            return (self._of_month(given, to, on),)
        own = self._own(terms, rule, on)
        if given == terms.currency:
            rest = () if to == self.office else (self._of_month(self.office, to, on),)
            return (Leg(given, self.office, 1 / own.exact, own.source, own.on), *rest)
        first = () if given == self.office else (self._of_month(given, self.office, on),)
        return (own, *first)

    def _own(self, terms: Terms, rule: str, on: date) -> Leg:
        """From the office's currency to the contribution's, by the contribution's own rate."""
        assert self.office and terms.currency
        if rule == "of_contract":
            if not terms.contract_rate or terms.contract_rate < 0:
                raise NoContractRate(contribution=terms.name)
            return Leg(self.office, terms.currency, Fraction(terms.contract_rate), "contract", on)
        known = [each for each in terms.receipts if each[0] <= on]
        received = sum(amount for _day, amount, _rate in known)
        if not known or not received:
            raise NoReceiptRate(contribution=terms.name, on=on)
        # Weighted so that all receipts together are worth what they were worth on their days.
        worth = sum((Fraction(amount) / Fraction(rate) for _day, amount, rate in known), Fraction())
        return Leg(self.office, terms.currency, received / worth, "receipt", known[-1][0])

    def _of_month(self, given: str, to: str, on: date) -> Leg:
        lacking: list[str] = []
        for (source, base), held in self.published.items():
            found = {each: _newest(held.get(each, ()), on) for each in (given, to) if each != base}
            if missing := [each for each, rate in found.items() if rate is None]:
                lacking += missing
                continue
            rates = {each: rate for each, rate in found.items() if rate is not None}
            exact = Fraction(rates[to][1] if to in rates else 1) / Fraction(rates[given][1] if given in rates else 1)
            return Leg(given, to, exact, source, min(day for day, _rate in rates.values()))
        raise NoRate((*lacking, given)[0], on)


def rates(session: Session) -> Rates:
    """What the record knows of rates."""
    held: dict[tuple[str, str], dict[str, list[tuple[date, Decimal]]]] = defaultdict(lambda: defaultdict(list))
    rows = session.execute(
        select(
            ExchangeRate.source, ExchangeRate.base, ExchangeRate.currency, ExchangeRate.valid_from, ExchangeRate.rate
        )
        .where(ExchangeRate.removed_at.is_(None))
        .order_by(ExchangeRate.valid_from, ExchangeRate.row)
    )
    for source, base, currency, valid_from, rate in rows:
        if rate > 0:
            held[source, base][currency].append((valid_from, rate))
    order = sorted((key for key in held if key[0] in _PUBLISHED), key=lambda key: (_PUBLISHED.index(key[0]), key[1]))
    return Rates(
        {key: {currency: tuple(known) for currency, known in held[key].items()} for key in order},
        office_currency(session),
        _terms(session),
    )


def office_currency(session: Session) -> str | None:
    """The currency of the office, where it is noted."""
    return session.scalar(select(Office.currency).where(Office.removed_at.is_(None)).order_by(Office.row))


def _terms(session: Session) -> dict[UUID, Terms]:
    receipts: dict[UUID, list[tuple[date, int, Decimal]]] = defaultdict(list)
    for receipt in session.scalars(
        select(Receipt).where(Receipt.removed_at.is_(None)).order_by(Receipt.received_on, Receipt.row)
    ):
        if receipt.rate is not None and receipt.rate > 0:
            receipts[receipt.contribution_id].append((receipt.received_on, receipt.amount, receipt.rate))
    held = session.scalars(select(Contribution).where(Contribution.removed_at.is_(None)))
    return {
        each.id: Terms(
            each.title or each.reference or "",
            each.currency,
            each.rate_rule,
            each.contract_rate,
            tuple(receipts.get(each.id, ())),
        )
        for each in held
    }


def _newest(known: tuple[tuple[date, Decimal], ...], on: date) -> tuple[date, Decimal] | None:
    """The rate that holds on a day: the newest of its month, for months are what the sources publish."""
    since = on.replace(day=1) - (_EARLY if on.year > 1 else timedelta(0))
    return next((each for each in reversed(known) if since <= each[0] <= on), None)


def product(legs: Iterable[Leg]) -> Fraction:
    """The exact rate over all these steps."""
    exact = Fraction(1)
    for leg in legs:
        exact *= leg.exact
    return exact


def _decimal(exact: Fraction, context: Context) -> Decimal:
    return context.divide(Decimal(exact.numerator), Decimal(exact.denominator))
