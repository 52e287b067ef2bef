"""Monthly exchange rates out of a file: the United Nations' operational rates, per dollar, or InforEuro's, per euro.

Neither file says what it is, so its own rows prove it: the base is the currency whose rate is one. What is new comes
in, what differs from what is held is shown before it is put right, and nothing is guessed: a row with two readings, or
two rates for one currency and day, are said and left out.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from db.commands.arrivals import Added, Arrival, Changed, Made
from db.queries.exchange_rates import KIND, HeldRates
from desktop.intake.errors import FileRefused
from desktop.intake.findings import Finding, finding
from desktop.intake.rate_tables import Rate, month_of, read_rates, table_of
from desktop.intake.workbook import Workbook
from i18n import N_

BASES = {"un": "USD", "inforeuro": "EUR"}
"""Whose rates are read, and the currency they are against."""

TWO_RATES = N_("The file has several rates of {currency} for {on}: none of them is taken.")


class NoRates(FileRefused):
    message = N_("{name} holds no exchange rates: a column of currency codes and one of rates are needed.")


class UnknownPublisher(FileRefused):
    message = N_("Neither the dollar nor the euro is at 1 in {name}: say whose rates these are.")


class OtherBase(FileRefused):
    message = N_(
        "The rates of {name} are not per {base}: one {base} is {rate} there. Choose the other source of rates."
    )


@dataclass(frozen=True)
class RateChange:
    """A rate that is held, and what the file says instead."""

    currency: str
    on: date
    before: Decimal
    after: Decimal


@dataclass(frozen=True)
class RatesPlan:
    """What a file of rates would do; `arrival` does it."""

    source: str
    base: str
    new: tuple[Rate, ...]
    changed: tuple[RateChange, ...]
    unchanged: int
    problems: tuple[tuple[int, Finding], ...]
    """The number of a row in the sheet, and why it is left out."""
    arrival: Arrival


def plan_rates(
    workbook: Workbook,
    held: HeldRates,
    received_on: date,
    source: str | None = None,
    month: date | None = None,
) -> RatesPlan:
    """What a workbook of rates brings in; `source` and `month` where the file does not say them itself."""
    table = next((found for sheet in workbook.sheets if (found := table_of(sheet))), None)
    if table is None:
        raise NoRates(name=workbook.name)
    month = month.replace(day=1) if month else month_of(workbook.name, table)
    read, problems = read_rates(workbook.name, table, month)
    source = source or _publisher(workbook.name, read)
    base = BASES[source]
    for _number, rate in read:
        if rate.currency == base and rate.rate != 1:
            raise OtherBase(name=workbook.name, base=base, rate=str(rate.rate))
    rates, twice = _agreed([each for each in read if each[1].currency != base])
    if not rates and not problems:
        raise NoRates(name=workbook.name)
    return _plan(
        workbook,
        table.sheet.name,
        source,
        rates,
        sorted((*problems, *twice), key=lambda each: each[0]),
        held,
        received_on,
    )


def _plan(
    workbook: Workbook,
    sheet: str,
    source: str,
    rates: Sequence[Rate],
    problems: Sequence[tuple[int, Finding]],
    held: HeldRates,
    received_on: date,
) -> RatesPlan:
    base = BASES[source]
    new, changed, changes = [], [], []
    for rate in rates:
        known = held.rates.get((source, rate.currency, base, rate.on))
        if known is None:
            new.append(rate)
        elif known[1] != rate.rate:
            changed.append(RateChange(rate.currency, rate.on, known[1], rate.rate))
            changes.append(Changed("exchange_rate", known[0], {"rate": rate.rate, "source_id": Made(0)}))
    days = [rate.on for rate in rates]
    file = {
        "name": workbook.name,
        "kind": KIND,
        "digest": workbook.digest,
        "sheet": sheet,
        "starts_on": min(days, default=None),
        "ends_on": max(days, default=None),
        "received_on": received_on,
        "rows": len(rates),
        "problems": len(problems),
    }
    added = [Added("source", 0, file)] if new or changed else []
    for number, rate in enumerate(new, start=1):
        values = {"currency": rate.currency, "base": base, "valid_from": rate.on, "rate": rate.rate, "source": source}
        added.append(Added("exchange_rate", number, values | {"source_id": Made(0)}))
    arrival = Arrival(workbook.name, KIND, held.files, tuple(added), tuple(changes))
    unchanged = len(rates) - len(new) - len(changed)
    return RatesPlan(source, base, tuple(new), tuple(changed), unchanged, tuple(problems), arrival)


def _publisher(name: str, read: Iterable[tuple[int, Rate]]) -> str:
    at_one = {rate.currency for _number, rate in read if rate.rate == 1}
    proved = [source for source, base in BASES.items() if base in at_one]
    if len(proved) != 1:
        raise UnknownPublisher(name=name)
    return proved[0]


def _agreed(read: Iterable[tuple[int, Rate]]) -> tuple[list[Rate], list[tuple[int, Finding]]]:
    """One rate for each currency and day: a currency that several countries share stands in the file several times."""
    by_day: dict[tuple[str, date], list[tuple[int, Rate]]] = defaultdict(list)
    for number, rate in read:
        by_day[rate.currency, rate.on].append((number, rate))
    agreed, problems = [], []
    for (currency, on), each in by_day.items():
        if len({rate.rate for _number, rate in each}) == 1:
            agreed.append(each[0][1])
        else:
            problems += [(number, finding(TWO_RATES, currency=currency, on=on)) for number, _rate in each]
    return agreed, problems
