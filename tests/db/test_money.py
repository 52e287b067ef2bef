"""Money: nothing lost in splitting, rates that say where they are from, allocations within what there is."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.commands.arrivals import Added, Arrival, BreaksRule, bring_in
from db.commands.checking import AmountsStayBehind
from db.commands.entries import add, edit, edit_many
from db.commands.money import (
    BeforeReceived,
    InARing,
    LessThanAllocated,
    MoreThanLeft,
    MoreThanReceived,
    NobodyPassesOn,
    NotAPercentage,
    NotMoney,
    NotTwoCurrencies,
    OtherCurrency,
    OtherRecipient,
    OtherWay,
)
from db.commands.removing import remove
from db.models import Agreement, Allocation, Contribution, ExchangeRate, Office, Organisation, Receipt, Tranche
from db.money import Money, NeedsCurrency, split
from db.queries.donors import pipeline
from db.queries.money import Converted, NoContractRate, NoOfficeCurrency, NoRate, NoReceiptRate, Rates, rates
from db.record import Record
from i18n import Words
from tests.builders import add_partner


def converted(
    session: Session, money: Money, to: str, on: date, rule: str | None = None, contribution: UUID | None = None
) -> Converted:
    return rates(session).convert(money, to, on, rule, contribution)


DAY = date(2026, 3, 10)
MARCH = date(2026, 3, 1)


def dollars(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def euros(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


def rate(record: Record, currency: str, value: str, base: str = "USD", on: date = MARCH, source: str = "un") -> None:
    values = {"currency": currency, "base": base, "rate": Decimal(value), "valid_from": on, "source": source}
    record.write(add, ExchangeRate, values)


def office(session: Session) -> UUID:
    return session.scalars(select(Office.id)).one()


def contribution(record: Record, **values: Any) -> UUID:
    donor = record.write(add, Organisation, {"name": "Bailleur d'essai"})
    return record.write(add, Contribution, {"donor_id": donor, "currency": "USD", "amount": 1000_00} | values)


def allocate(record: Record, contribution: UUID, minor: int, **values: Any) -> UUID:
    held = {"contribution_id": contribution, "amount": minor, "currency": "USD", "stage": "commitment", "on": DAY}
    return record.write(add, Allocation, held | values)


def left_in(refused: Any) -> str:
    return refused.value.values(Words.of("en"))["left"].replace("\u202f", " ").replace("\u00a0", " ")


@given(st.integers(-(10**15), 10**15), st.lists(st.integers(0, 10**6), min_size=1).filter(any))
def test_splitting_loses_no_cent(minor: int, weights: list[int]) -> None:
    shares = split(minor, weights)
    assert sum(shares) == minor
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - Fraction(minor) * weight / sum(weights)) < 1
        assert weight or not share


def test_a_rate_is_of_its_month_and_says_its_source_and_day(record: Record) -> None:
    rate(record, "CDF", "2800")
    rate(record, "CDF", "2850", on=date(2026, 3, 15))
    rate(record, "CDF", "3000", on=date(2026, 4, 1))
    early = record.read(converted, dollars("10.00"), "CDF", DAY)
    assert (early.money, early.rate, early.source, early.on) == (
        Money(Decimal("28000"), "CDF"),
        Decimal(2800),
        "un",
        MARCH,
    )
    assert record.read(converted, dollars("10.00"), "CDF", date(2026, 3, 31)).rate == 2850
    same = record.read(converted, dollars("10.00"), "USD", DAY)
    assert (same.money, same.rate, same.legs, same.rounding) == (dollars("10.00"), 1, (), 0)
    with pytest.raises(NoRate) as refused:
        record.read(converted, dollars("10.00"), "CDF", date(2026, 5, 2))
    words = Words.of("en")
    said = words.gettext(refused.value.message).format(**refused.value.values(words))
    assert "CDF" in said and "May 2026" in said, "a rate of last month is no rate"


def test_january_may_be_valid_from_the_last_day_of_december(record: Record) -> None:
    rate(record, "EUR", "0.9", on=date(2025, 12, 31))
    assert record.read(converted, dollars("10"), "EUR", date(2026, 1, 20)).money == euros("9")


def test_two_currencies_are_compared_through_their_base(record: Record) -> None:
    rate(record, "USD", "1.25", base="EUR", source="inforeuro")
    rate(record, "CDF", "3500", base="EUR", source="inforeuro")
    found = record.read(converted, dollars("3.00"), "CDF", DAY)
    assert (found.money, found.rate, found.source) == (Money(Decimal("8400"), "CDF"), 2800, "inforeuro")
    rate(record, "CDF", "2790")
    assert record.read(converted, dollars("3.00"), "CDF", DAY).source == "un", "the office's own system comes first"


RULED = [("of_contract", "0.8", "contract"), ("of_receipt", "0.85", "receipt"), ("of_month", "0.9", "un")]


@pytest.mark.parametrize(("rule", "per_dollar", "source"), RULED)
def test_a_contribution_is_converted_by_its_own_rule(record: Record, rule: str, per_dollar: str, source: str) -> None:
    record.write(edit, Office, record.read(office), {"currency": "USD"})
    rate(record, "EUR", "0.9")
    rate(record, "CDF", "2800")
    held = contribution(record, currency="EUR", rate_rule=rule, contract_rate=Decimal("0.8"))
    # 400 € at 0.80 and 450 € at 0.90 were worth 500 $ each: 850 € for 1,000 $.
    for minor, its in ((400_00, "0.8"), (450_00, "0.9")):
        receipt = {"contribution_id": held, "received_on": MARCH, "amount": minor, "currency": "EUR"}
        record.write(add, Receipt, receipt | {"rate": Decimal(its)})
    found = record.read(converted, dollars("100"), "EUR", DAY, contribution=held)
    assert (found.money, found.rate, found.source) == (
        Money(Decimal(per_dollar) * 100, "EUR"),
        Decimal(per_dollar),
        source,
    )
    back = record.read(converted, found.money, "USD", DAY, contribution=held)
    assert back.money == dollars("100")
    francs = record.read(converted, found.money, "CDF", DAY, contribution=held)
    assert abs(francs.money.amount - 280_000) <= 1, "through the office's currency where the rule speaks of another"
    assert record.read(converted, dollars("100"), "EUR", DAY, "of_month", held).rate == Decimal("0.9")


def test_a_rule_without_its_rate_is_said(record: Record) -> None:
    held = {rule: contribution(record, currency="EUR", rate_rule=rule) for rule in ("of_contract", "of_receipt")}
    with pytest.raises(NoOfficeCurrency):
        record.read(converted, dollars("1"), "EUR", DAY, contribution=held["of_contract"])
    record.write(edit, Office, record.read(office), {"currency": "USD"})
    with pytest.raises(NoContractRate):
        record.read(converted, dollars("1"), "EUR", DAY, contribution=held["of_contract"])
    with pytest.raises(NoReceiptRate):
        record.read(converted, dollars("1"), "EUR", DAY, contribution=held["of_receipt"])


def test_a_sum_in_one_currency_names_its_rates_and_its_rounding(record: Record) -> None:
    rate(record, "EUR", "0.9")
    rate(record, "CDF", "2800")
    found = record.read(rates).sum([euros("10"), Money(Decimal("1000"), "CDF"), dollars("1")], "USD", DAY)
    assert found.money == dollars("12.47")
    assert [(leg.given, leg.rate) for leg in found.rates] == [
        ("EUR", Decimal("1.11111111111")),
        ("CDF", Decimal("0.000357142857143")),
    ]
    assert abs(found.rounding - (Decimal(10) / Decimal("0.9") + Decimal(1000) / 2800 + 1 - Decimal("12.47"))) < Decimal(
        "1e-9"
    )


amounts = st.integers(-(10**12), 10**12)
published = st.decimals(Decimal("0.0001"), Decimal("99999"), allow_nan=False, allow_infinity=False, places=4)


@settings(max_examples=60, deadline=None)
@given(minor=amounts, one=published, other=published)
def test_there_and_back_differs_by_no_more_than_the_rounding_shown(minor: int, one: Decimal, other: Decimal) -> None:
    known = Rates({("un", "USD"): {"EUR": ((MARCH, one),), "CDF": ((MARCH, other),)}}, "USD", {})
    there = known.convert(Money.of(minor, "EUR"), "CDF", DAY)
    back = known.convert(there.money, "EUR", DAY)
    exact = abs(Fraction(there.rounding)) * Fraction(one) / Fraction(other) + abs(Fraction(back.rounding))
    assert abs(Fraction(back.money.amount) - Fraction(minor, 100)) <= exact
    assert abs(there.rounding) <= Decimal("0.51")


def test_allocations_stay_within_the_contribution_at_each_stage(record: Record) -> None:
    held = contribution(record)
    allocate(record, held, 600_00)
    with pytest.raises(MoreThanLeft) as refused:
        allocate(record, held, 400_01)
    assert left_in(refused) == "USD 400.00"
    last = allocate(record, held, 400_00)
    allocate(record, held, 1000_00, stage="disbursement")
    with pytest.raises(MoreThanLeft):
        record.write(edit, Allocation, last, {"amount": 400_01})
    record.write(edit, Allocation, last, {"amount": 399_00})
    with pytest.raises(LessThanAllocated):
        record.write(edit, Contribution, held, {"amount": 999_00})
    with pytest.raises(NotMoney):
        allocate(record, held, 0)
    with pytest.raises(NeedsCurrency):
        record.write(edit, Contribution, held, {"currency": None})
    thin = contribution(record, amount=None, currency=None)
    allocate(record, thin, 5_000_00)


def test_another_currency_with_other_decimals_takes_its_amounts_along(record: Record) -> None:
    partner = record.write(add_partner, "Femmes d'essai")
    agreement = record.write(add, Agreement, {"title": "Essai", "partner_id": partner})
    values = {
        "agreement_id": agreement,
        "number": 1,
        "currency": "USD",
        "planned_amount": 12_500_50,
        "overhead_amount": 5,
    }
    tranche = record.write(add, Tranche, values)
    for its in ({"currency": "JPY"}, {"currency": "JPY", "planned_amount": 12_500}):
        with pytest.raises(AmountsStayBehind) as refused:
            record.write(edit, Tranche, tranche, its)
        assert refused.value.field == "Currency"
    with pytest.raises(AmountsStayBehind):
        record.write(edit_many, Tranche, [tranche], {"currency": "JPY"})
    record.write(edit, Tranche, tranche, {"currency": "JPY", "planned_amount": 12_500, "overhead_amount": None})
    record.write(edit, Tranche, tranche, {"currency": "XOF"})  # as few decimals: the amount stays what it says
    with pytest.raises(AmountsStayBehind):
        record.write(edit, Tranche, tranche, {"currency": "EUR"})


def test_an_allocation_in_another_currency_is_converted_first(record: Record) -> None:
    held = contribution(record)
    with pytest.raises(NoRate):
        allocate(record, held, 100, currency="EUR")
    rate(record, "EUR", "0.5")
    with pytest.raises(MoreThanLeft):
        allocate(record, held, 500_01, currency="EUR")
    allocate(record, held, 500_00, currency="EUR")


def test_a_file_of_allocations_in_another_currency_is_held_to_what_there_is_at_the_rates_it_brings(
    record: Record,
) -> None:
    held = contribution(record)
    its = {"contribution_id": held, "currency": "EUR", "stage": "commitment", "on": DAY}
    rated = {"currency": "EUR", "base": "USD", "rate": Decimal("0.5"), "valid_from": MARCH, "source": "un"}

    def brought(*amounts: int) -> Arrival:
        allocations = [Added("allocation", key, its | {"amount": minor}) for key, minor in enumerate(amounts, 1)]
        return Arrival("Essai.xlsx", "raw", frozenset(), (Added("exchange_rate", 0, rated), *allocations))

    with pytest.raises(BreaksRule):
        record.write(bring_in, brought(200_00, 200_00, 100_01))
    record.write(bring_in, brought(200_00, 200_00, 100_00))
    with pytest.raises(MoreThanLeft):
        allocate(record, held, 1)


def test_an_allocation_goes_to_the_partner_of_its_agreement(record: Record) -> None:
    partner, other = (record.write(add_partner, name) for name in ("Femmes d'essai", "Autre essai"))
    agreement = record.write(add, Agreement, {"title": "Essai", "partner_id": partner})
    held = contribution(record)
    with pytest.raises(OtherRecipient):
        allocate(record, held, 100, agreement_id=agreement, recipient_id=other)
    allocate(record, held, 100, agreement_id=agreement)

    def recipients(session: Session) -> list[UUID | None]:
        return list(session.scalars(select(Allocation.recipient_id)))

    assert record.read(recipients) == [partner]


def test_what_is_passed_on_stays_within_what_was_received(record: Record) -> None:
    first, second, third = (record.write(add_partner, name) for name in ("Un essai", "Deux essai", "Trois essai"))
    held, another = contribution(record), contribution(record)
    ours = allocate(record, held, 100_00)
    parent = allocate(record, held, 600_00, recipient_id=first)
    passed = {"parent_id": parent, "recipient_id": second}
    with pytest.raises(MoreThanReceived) as refused:
        allocate(record, held, 600_01, **passed)
    assert left_in(refused) == "USD 600.00"
    child = allocate(record, held, 250_00, **passed)
    with pytest.raises(MoreThanReceived):
        allocate(record, held, 350_01, **(passed | {"recipient_id": third}))
    with pytest.raises(LessThanAllocated):
        record.write(edit, Allocation, parent, {"amount": 249_00})
    for values, error in (
        ({"parent_id": ours, "recipient_id": second}, NobodyPassesOn),
        ({"parent_id": parent}, NobodyPassesOn),
        ({"parent_id": parent, "recipient_id": first}, NobodyPassesOn),
        (passed | {"stage": "spending"}, OtherWay),
        (passed | {"on": date(2026, 3, 9)}, BeforeReceived),
    ):
        with pytest.raises(error):
            allocate(record, held, 1_00, **values)
    with pytest.raises(OtherWay):
        allocate(record, another, 1_00, **passed)
    with pytest.raises(InARing):
        record.write(edit, Allocation, parent, {"parent_id": child})
    with pytest.raises(OtherWay):
        record.write(edit, Allocation, parent, {"stage": "spending"})
    record.write(remove, Allocation, child)
    record.write(edit, Allocation, parent, {"amount": 249_00})


def test_a_file_of_allocations_is_held_to_what_is_left(record: Record) -> None:
    rate(record, "EUR", "0.5")
    held = contribution(record)
    partner, other = (record.write(add_partner, name) for name in ("Un essai", "Deux essai"))
    parent = allocate(record, held, 300_00, recipient_id=partner)
    allocate(record, held, 100_00, currency="EUR")

    def bring(*minors: int, **values: Any) -> None:
        its = {"contribution_id": held, "currency": "USD", "stage": "commitment", "on": DAY} | values
        added = tuple(Added("allocation", key, its | {"amount": minor}) for key, minor in enumerate(minors))
        record.write(bring_in, Arrival("essai.xlsx", "raw", frozenset(), added=added))

    with pytest.raises(BreaksRule) as refused:
        bring(250_01, 250_01)
    assert isinstance(refused.value.broken, MoreThanLeft)
    assert refused.value.broken.left == dollars("249.99"), "for one, beside the other"
    with pytest.raises(BreaksRule) as refused:
        bring(2**63 - 1, 2**63 - 1)
    assert isinstance(refused.value.broken, MoreThanLeft), "however much it says"
    with pytest.raises(BreaksRule) as refused:
        bring(200_00, 100_01, parent_id=parent, recipient_id=other)
    assert isinstance(refused.value.broken, MoreThanReceived)
    bring(400_00, 100_00)
    bring(200_00, 100_00, parent_id=parent, recipient_id=other)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.lists(st.tuples(st.integers(1, 900_00), st.integers(-1, 5)), min_size=1, max_size=7))
def test_no_sequence_of_allocations_makes_money(record: Record, asked: list[tuple[int, int]]) -> None:
    partners = [record.write(add_partner, f"Essai {number}") for number in range(2)]
    held = contribution(record)
    done: list[tuple[UUID, int, int | None]] = []
    for minor, wanted in asked:
        parent = wanted if 0 <= wanted < len(done) else None
        depth = 0
        step = parent
        while step is not None:
            depth, step = depth + 1, done[step][2]
        values = {"parent_id": done[parent][0]} if parent is not None else {}
        try:
            id = allocate(record, held, minor, recipient_id=partners[depth % 2], **values)
        except (MoreThanLeft, MoreThanReceived):
            continue
        done.append((id, minor, parent))
    assert sum(minor for _id, minor, parent in done if parent is None) <= 1000_00
    for number, (_id, minor, _parent) in enumerate(done):
        assert sum(passed for _id, passed, parent in done if parent == number) <= minor


def test_rules_of_receipts_rates_and_contributions(record: Record) -> None:
    held = contribution(record)
    with pytest.raises(OtherCurrency):
        record.write(add, Receipt, {"contribution_id": held, "received_on": DAY, "amount": 5, "currency": "EUR"})
    with pytest.raises(NotMoney):
        rate(record, "CDF", "0")
    with pytest.raises(NotTwoCurrencies):
        rate(record, "USD", "1")
    with pytest.raises(NotAPercentage):
        contribution(record, probability=101)


def test_the_pipeline_weighs_what_is_likely_and_names_what_nobody_weighed(record: Record) -> None:
    contribution(record, stage="pledged", probability=80, amount=1000_00)
    contribution(record, stage="submitted", probability=25, amount=100_01)
    contribution(record, stage="idea", probability=None, amount=777_00)
    contribution(record, stage="idea", probability=10, amount=None, currency=None)
    contribution(record, stage="pledged", probability=50, amount=10_00, currency="EUR")
    contribution(record, stage="committed", amount=5_00)
    contribution(record, stage="declined", probability=90, amount=5_00)
    euro, dollar = record.read(pipeline).sums
    assert (euro.whole, euro.weighted) == (euros("10"), euros("5"))
    assert (dollar.whole, dollar.weighted) == (dollars("1877.01"), dollars("825.00"))
    assert (dollar.count, dollar.not_weighted) == (3, dollars("777"))
    assert record.read(pipeline).without_amount == 1
