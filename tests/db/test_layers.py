"""Shares to local and women-led partners by layer, worked out by hand beside the program's answer."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.commands import women_led
from db.commands.entries import add
from db.layers import earmarkings, layers
from db.models import Allocation, Contribution, ExchangeRate, Organisation
from db.models.donors import CHANNELS, EARMARKINGS
from db.models.money import LAYERS
from db.money import Money
from db.queries.allocations import ALLOCATIONS
from db.queries.donors import FLEXIBLE
from db.queries.kinds import KINDS
from db.queries.layers import LOCAL, FundingShare, FundingShares, definitions_used, shares
from db.queries.listing import RowsAsked, page, rows_in_order
from db.queries.money import NoRate
from db.record import Record

DAY = date(2026, 2, 3)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def partners(record: Record) -> Mapping[str, UUID]:
    """Partners of every kind; women lead the first, do not lead the second, and nobody assessed the others."""
    kinds: dict[str, dict[str, Any]] = {
        "women": {"type": "national_ngo", "affiliated": False},
        "men": {"type": "community", "reach": "local", "affiliated": False},
        "unassessed": {"type": "national_ngo", "reach": "national", "affiliated": False},
        "authority": {"type": "government", "reach": "national"},
        "branch": {"type": "national_ngo", "affiliated": True},
        "international": {"type": "international_ngo"},
        "unclear": {"type": "national_ngo"},
    }
    made = {name: record.write(add, Organisation, {"name": f"Essai {name}"} | kind) for name, kind in kinds.items()}
    for name, status in (("women", "met"), ("men", "not_met")):
        assess(record, made[name], status, date(2025, 6, 1))
    return made


def assess(record: Record, partner: UUID, status: str, day: date) -> None:
    asked = ("W-1",) if status == "met" else ("W-1", "W-2")
    answers = {code: {"answer": status, "evidence": "Statuts"} for code in asked}
    record.write(women_led.assess, partner, {"said": "yes", "definition": "WLO-50", "assessed_on": day}, answers)


def contribution(record: Record, channel: str = "direct", **values: Any) -> UUID:
    donor = record.write(add, Organisation, {"name": "Bailleur d'essai"})
    return record.write(add, Contribution, {"donor_id": donor, "channel": channel} | values)


def allocate(record: Record, contribution: UUID, amount: int, recipient: UUID | None = None, **values: Any) -> UUID:
    held = {"contribution_id": contribution, "amount": amount * 100, "currency": "USD", "stage": "commitment"}
    return record.write(add, Allocation, held | {"on": DAY, "recipient_id": recipient} | values)


def asked(record: Record, **more: Any) -> FundingShares:
    return record.read(shares, "commitment", *YEAR, "USD", **more)


def amounts(found: FundingShare) -> int:
    assert found.passed_on.amount == int(found.passed_on.amount)
    return int(found.passed_on.amount)


def test_the_shares_equal_a_hand_calculation(record: Record, partners: Mapping[str, UUID]) -> None:
    direct, agency, ours = (contribution(record, channel) for channel in ("direct", "agency", "managed"))
    private, pooled = contribution(record, "private"), contribution(record, "pooled")
    pledge = contribution(record, stage="pledged")
    # One intermediary: 300 + 50 of overheads to women, 200 not, 100 unassessed, 80 to an authority.
    allocate(record, direct, 300, partners["women"])
    allocate(record, direct, 50, partners["women"], overhead=True)
    allocate(record, direct, 200, partners["men"])
    allocate(record, direct, 100, partners["unassessed"])
    allocate(record, direct, 80, partners["authority"])
    # An international body had 500 and passed 150 on to women and 40 to men: it keeps 310, two hands to the partners.
    parent = allocate(record, direct, 500, partners["international"])
    allocate(record, direct, 150, partners["women"], parent_id=parent)
    allocate(record, direct, 40, partners["men"], parent_id=parent)
    # The fund that the office manages is reached directly; another's fund, or agency, was a hand before the office's.
    allocate(record, ours, 120, partners["women"])
    allocate(record, pooled, 70, partners["women"])
    allocate(record, agency, 60, partners["men"])
    # Raised privately: 90 to women, who passed 30 of it on to men.
    raised = allocate(record, private, 90, partners["women"])
    allocate(record, private, 30, partners["men"], parent_id=raised)
    allocate(record, direct, 400)
    allocate(record, direct, 25, partners["branch"])
    allocate(record, direct, 5, partners["unclear"])
    # None of these belong in the table: another stage, another year, a pledge.
    allocate(record, direct, 999, partners["women"], stage="spending")
    allocate(record, direct, 999, partners["women"], on=date(2025, 12, 31))
    allocate(record, pledge, 999, partners["women"])

    found = asked(record)
    # 300+50+200+100+80 + 500 + 120 + 70 + 60 + 90 + 400 + 25 + 5: what was passed on is in it once.
    assert found.total == Money(Decimal(2000), "USD")
    by_hand = {
        "L1P": {"met": 120, "not_met": 0, "unknown": 0},
        "L1": {"met": 300 + 50, "not_met": 200 + 30, "unknown": 100},
        "L2": {"met": 150 + 70, "not_met": 40 + 60, "unknown": 0},
        "DP": {"met": 90 - 30, "not_met": 0, "unknown": 0},
    }
    for layer, statuses in by_hand.items():
        for status, amount in statuses.items():
            assert amounts(found.of([layer], ["local"], status)) == amount, (layer, status)
    assert amounts(found.of(["L1"], ["state"])) == 80
    assert amounts(found.of(actors=["other"])) == 500 - 150 - 40 + 25
    assert amounts(found.of(actors=["unknown"])) == 5
    assert amounts(found.of(actors=["own"])) == 400
    # Women-led, over local partners and over all: 120 + 350 + 220 + 60 = 750 of 1180 and of 2000.
    women, local = found.of(actors=["local"], women_led="met"), found.of(actors=["local"])
    assert (amounts(women), amounts(local)) == (750, 1180)
    assert (women.share, women.over(local).share) == (Decimal("0.375"), Decimal(750) / Decimal(1180))
    # Toward the 25 %: pooled 120, one intermediary 350 + 230 + 100 + 80, private 60; longer chains do not count.
    assert amounts(found.counted) == 940
    assert found.counted.share == Decimal("0.47")
    assert (amounts(found.overheads), amounts(found.of(actors=LOCAL, overhead=False))) == (50, 1210)
    assert amounts(asked_stage(record, "spending").of(actors=["local"], women_led="met")) == 999


def asked_stage(record: Record, stage: str) -> FundingShares:
    return record.read(shares, stage, *YEAR, "USD")


def test_women_led_as_it_was_on_the_day_of_the_report_or_of_the_allocation(
    record: Record, partners: Mapping[str, UUID]
) -> None:
    held = contribution(record)
    allocate(record, held, 10, partners["women"], on=date(2026, 3, 1))
    allocate(record, held, 5, partners["women"], on=date(2026, 9, 1))
    assess(record, partners["women"], "not_met", date(2026, 6, 1))
    assess(record, partners["women"], "met", date(2027, 6, 1))
    report, then = asked(record), asked(record, at="allocation")
    assert [amounts(report.of(women_led=status)) for status in ("met", "not_met")] == [0, 15]
    assert [amounts(then.of(women_led=status)) for status in ("met", "not_met")] == [10, 5]
    assert [len(rows_of(record, then.of(women_led=status))) for status in ("met", "not_met")] == [1, 1]
    assert len(rows_of(record, report.of(women_led="not_met"))) == 2
    for at in ("report", "allocation"):
        assert record.read(definitions_used, "commitment", *YEAR, at) == (("WLO-50", "1"),)


def test_amounts_in_other_currencies_name_their_rates_and_a_missing_one_is_said(
    record: Record, partners: Mapping[str, UUID]
) -> None:
    held = contribution(record)
    allocate(record, held, 10, partners["women"])
    allocate(record, held, 10, partners["women"], currency="EUR")
    with pytest.raises(NoRate):
        asked(record)
    rate = {"currency": "EUR", "base": "USD", "rate": Decimal("0.75"), "valid_from": date(2026, 2, 1), "source": "un"}
    record.write(add, ExchangeRate, rate)
    found = asked(record)
    assert found.total == Money(Decimal("23.33"), "USD")
    assert [(leg.given, leg.source, leg.on) for leg in found.rates] == [("EUR", "un", date(2026, 2, 1))]
    assert found.rounding == Decimal("0.003333")


def rows_of(record: Record, figure: FundingShare) -> list[tuple[int, Any]]:
    """The allocations behind a figure, as the list shows them: minor units and recipient."""
    assert figure.behind.kind == "allocations"
    listing = KINDS[figure.behind.kind].listing
    assert listing.join is ALLOCATIONS.join
    numbers = record.read(rows_in_order, listing, RowsAsked("on", filters=dict(figure.behind.filters)))
    at = [*listing.columns].index("amount") + 1
    to = [*listing.columns].index("layer") + 1
    return [(row[at].minor // 100, row[to]) for row in record.read(page, listing, numbers).values()]


def test_behind_a_figure_stand_what_came_and_what_was_passed_on(record: Record, partners: Mapping[str, UUID]) -> None:
    held = contribution(record)
    parent = allocate(record, held, 500, partners["international"])
    allocate(record, held, 150, partners["women"], parent_id=parent)
    allocate(record, held, 7, partners["women"])
    allocate(record, held, 9, partners["women"], stage="spending")
    found = asked(record)
    assert sorted(rows_of(record, found.of(actors=["other"]))) == [(150, "L2"), (500, "L1")]
    assert rows_of(record, found.of(["L2"], ["local"], "met")) == [(150, "L2")]
    assert sorted(rows_of(record, found.of())) == [(7, "L1"), (150, "L2"), (500, "L1")]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.integers(1, 100), st.integers(0, 5), st.integers(0, 40)), min_size=1, max_size=6))
def test_passing_on_neither_makes_nor_loses_money(record: Record, steps: list[tuple[int, int, int]]) -> None:
    types = ("national_ngo", "international_ngo")
    made = [record.write(add, Organisation, {"name": "Essai", "type": type}) for type in types]
    held, whole = contribution(record), 1000
    before = asked(record).total.amount
    had = [(allocate(record, held, whole, made[0]), 0, whole)]
    day = DAY
    for amount, from_which, days in steps:
        number = from_which % len(had)
        parent, depth, left = had[number]
        day += timedelta(days=days)
        if amount <= left:
            had[number] = (parent, depth, left - amount)
            passed = allocate(record, held, amount, made[(depth + 1) % 2], parent_id=parent, on=day)
            had.append((passed, depth + 1, amount))
    assert asked(record).total.amount - before == whole
    halves = [(YEAR[0], date(2026, 4, 30)), (date(2026, 5, 1), YEAR[1])]
    parts = [record.read(shares, "commitment", *half, "USD") for half in halves]
    for layer in (each.code for each in layers()):
        together = sum(part.of([layer]).passed_on.amount for part in parts)
        assert together == asked(record).of([layer]).passed_on.amount, "two halves make a year"


def test_the_definitions_are_whole() -> None:
    ways = [way for layer in layers() for way in layer.reached]
    assert sorted(ways) == sorted((code, passes) for code, _title in CHANNELS for passes in range(3)), "each once"
    assert [layer.code for layer in layers() if not layer.recorded] == ["L0"], "what no record holds is not zero"
    assert all(layer.source for layer in layers())
    assert [code for code, _title in LAYERS] == [layer.code for layer in layers()]
    assert [code for code, _title in EARMARKINGS] == list(earmarkings())
    assert tuple(code for code, each in earmarkings().items() if each.flexible) == FLEXIBLE
