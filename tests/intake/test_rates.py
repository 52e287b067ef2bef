"""Files of exchange rates: both publishers in several forms, hostile ones refused in words, a plan before anything."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.commands.arrivals import NothingArrives, PlanOutdated, bring_in
from db.money import Money
from db.queries.exchange_rates import HeldRates, held_rates
from db.queries.money import rates
from db.record import Record
from desktop.intake.errors import FileRefused
from desktop.intake.rate_tables import NoMonth
from desktop.intake.rates import NoRates, OtherBase, RatesPlan, UnknownPublisher, plan_rates
from desktop.intake.workbook import Cell, read_workbook
from i18n import Words
from tests.intake.files import workbook

TODAY = date(2026, 3, 5)
MARCH = date(2026, 3, 1)
UN: list[Sequence[Cell]] = [
    ("UN Operational Rates of Exchange (essai)",),
    (),
    ("Country", "Currency", "Abbreviation", "Effective Date", "Rate"),
    ("Pays un", "Franc essai", "CDF", "01 Mar 2026", 2800.5),
    ("Pays deux", "Euro", "EUR", "01 Mar 2026", 0.922),
    ("Pays trois", "Euro", "EUR", "01 Mar 2026", 0.922),
    ("Pays quatre", "US Dollar", "USD", "01 Mar 2026", 1),
]
INFOREURO: list[Sequence[Cell]] = [
    ("Country", "Currency", "ISO A3 Code", "Value"),
    ("Pays un", "Franc essai", "CDF", "3037,5"),
    ("Pays deux", "Euro", "EUR", "1"),
    ("Pays trois", "Dollar", "USD", "1,0846"),
]


def planned(lines: Iterable[Sequence[Cell]], name: str = "essai.xlsx", **more: object) -> RatesPlan:
    return plan_rates(workbook(lines, name), HeldRates(), TODAY, **more)  # type: ignore[arg-type]


def told(plan: RatesPlan) -> list[tuple[str, date, Decimal]]:
    return [(rate.currency, rate.on, rate.rate) for rate in plan.new]


def test_operational_rates_are_per_dollar_from_their_effective_date() -> None:
    plan = planned(UN)
    assert (plan.source, plan.base, plan.problems) == ("un", "USD", ())
    assert told(plan) == [("CDF", MARCH, Decimal("2800.5")), ("EUR", MARCH, Decimal("0.922"))]


@pytest.mark.parametrize("name", ["inforeuro-2026-03.xlsx", "rates_202603.csv", "InforEuro 03-2026.xlsx"])
def test_inforeuro_is_per_euro_and_its_month_may_stand_in_the_name_of_the_file(name: str) -> None:
    plan = planned(INFOREURO, name)
    assert (plan.source, plan.base) == ("inforeuro", "EUR")
    assert told(plan) == [("CDF", MARCH, Decimal("3037.5")), ("USD", MARCH, Decimal("1.0846"))]


def test_a_month_over_the_table_or_given_by_a_person_counts() -> None:
    over = [("InforEuro",), ("mars 2026",), *INFOREURO]
    assert {on for _currency, on, _rate in told(planned(over))} == {MARCH}
    assert {on for _currency, on, _rate in told(planned(INFOREURO, month=date(2026, 3, 17)))} == {MARCH}
    with pytest.raises(NoMonth):
        planned(INFOREURO)


def test_of_two_readings_of_a_date_the_first_of_a_month_is_meant() -> None:
    lines = [("Code", "Date", "Taux"), ("CDF", "01/03/2026", 2800), ("USD", "01/03/2026", 1)]
    assert told(planned(lines)) == [("CDF", MARCH, Decimal(2800))]
    lines = [("Code", "Date", "Taux"), ("CDF", "02/03/2026", 2800), ("USD", "01/03/2026", 1)]
    assert [number for number, _why in planned(lines).problems] == [2]


def test_what_cannot_be_read_is_said_by_its_row_and_left_out() -> None:
    wrong: list[Sequence[Cell]] = [
        ("", "", "XAF", "01 Mar 2026", "n/a"),
        ("", "", "XOF", "01 Mar 2026", 0),
        ("", "", "SDG", "01 Mar 2026", -4.5),
        ("", "", "ETB", "bientôt", 130),
        ("", "", "LYD", "01 Mar 2026", 4.8),
        ("", "", "LYD", "01 Mar 2026", 6.3),
        ("", "", "TND", "01 Mar 2026", float("inf")),
    ]
    plan = planned([*UN, *wrong])
    assert [number for number, _why in plan.problems] == [8, 9, 10, 11, 12, 13, 14]
    assert [currency for currency, _on, _rate in told(plan)] == ["CDF", "EUR"]
    words = Words.of("en")
    said = dict(plan.problems)[12].text(words).replace("\u2068", "").replace("\u2069", "")
    assert said == "The file has several rates of LYD for 1 Mar 2026: none of them is taken."


def test_files_that_are_no_rates_are_refused_in_words() -> None:
    for lines, error in (
        ([("Nom", "Montant"), ("a", 1)], NoRates),
        ([("Code", "Rate"), ("dollar", 1)], NoRates),
        ([("Code", "Date", "Rate"), ("CDF", MARCH, 2800), ("XAF", MARCH, 600)], UnknownPublisher),
        ([("Code", "Date", "Rate"), ("USD", MARCH, 1)], NoRates),
    ):
        with pytest.raises(error):
            planned(lines)
    with pytest.raises(OtherBase) as refused:
        planned(INFOREURO, month=MARCH, source="un")
    assert "1.0846" in refused.value.message.format(**refused.value.values(Words.of("en")))


def test_rates_come_in_once_and_what_differs_is_shown_before_it_is_put_right(record: Record) -> None:
    plan = plan_rates(workbook(UN), record.read(held_rates), TODAY)
    record.write(bring_in, plan.arrival)
    assert record.read(rates).convert(Money(Decimal(2), "USD"), "CDF", TODAY).money == Money(Decimal("5601"), "CDF")
    with pytest.raises(PlanOutdated):
        record.write(bring_in, plan.arrival)
    again = plan_rates(workbook(UN), record.read(held_rates), TODAY)
    assert (again.new, again.changed, again.unchanged) == ((), (), 2)
    with pytest.raises(NothingArrives):
        record.write(bring_in, again.arrival)
    put_right = [*UN[:3], ("", "", "CDF", "01 Mar 2026", 2900), *UN[4:]]
    right = plan_rates(workbook(put_right), record.read(held_rates), TODAY)
    assert [(each.currency, each.before, each.after) for each in right.changed] == [
        ("CDF", Decimal("2800.5"), Decimal(2900))
    ]
    record.write(bring_in, right.arrival)
    assert record.read(rates).convert(Money(Decimal(2), "USD"), "CDF", TODAY).rate == 2900
    record.undo()
    assert record.read(rates).convert(Money(Decimal(2), "USD"), "CDF", TODAY).rate == Decimal("2800.5")


def test_a_csv_with_tabs_and_a_head_is_read(tmp_path: Path) -> None:
    file = tmp_path / "essai.xls"
    lines = ["\t".join(map(str, line)) for line in UN]
    file.write_text("\r\n".join(lines), encoding="utf-8")
    assert told(plan_rates(read_workbook(file), HeldRates(), TODAY))[1] == ("EUR", MARCH, Decimal("0.922"))


cells = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["Code", "Rate", "Date", "USD", "EUR", "1", "1.000", "01/02/2026", "=1+1", "\u202e1", "9" * 90]),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.dates(),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(cells, min_size=1, max_size=5), min_size=1, max_size=8), st.booleans())
def test_any_table_is_read_or_refused(lines: list[list[Cell]], headed: bool) -> None:
    table = [["Code", "Date", "Rate"], *lines] if headed else lines
    try:
        plan = planned(table, month=MARCH)
    except FileRefused as refused:
        assert refused.message.format(**refused.values(Words.of("fr")))
    else:
        assert all(rate.rate > 0 for rate in plan.new)
        for _number, why in plan.problems:
            assert why.text(Words.of("ar"))
