"""Whatever stands in the cells, a plan can be made, every row has one verdict, and the record takes what it adds."""

import pickle
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from db.commands.arrivals import bring_in
from db.record import Record
from desktop.intake.errors import FileRefused
from desktop.intake.plan import Plan, Verdict
from desktop.intake.problems import problems_sheet
from desktop.intake.workbook import Cell, read_workbook
from desktop.render.sheet import write_xlsx
from i18n import LANGUAGES, Words
from tests.intake.files import HEADINGS, ROW, planned

NASTY = st.sampled_from(
    [
        "=cmd|'/c calc'!A0",
        "<img src=x>",
        "\ud800",
        "\x00",
        "\u202e",
        "29,117",
        "1e9",
        "31/02/2025",
        "-",
        "١٢",
        "x" * 9999,
    ]
)
FOUND_NOT_SHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)
"""A failing file is small enough to read as it is, and making it smaller takes minutes."""
CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.just(""),
    st.text(max_size=20),
    NASTY,
    st.integers(-(10**15), 10**15),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(timedelta(0), timedelta(999)),
)
LINES = st.lists(
    st.tuples(*(CELLS | st.just(ROW[heading]) for heading in HEADINGS)),
    min_size=1,
    max_size=8,
).filter(lambda lines: any(not isinstance(cell, str) or cell.strip() for line in lines for cell in line))
"""Some rows of cells, not all of them blank: a table without a row is refused."""


def check(plan: Plan, rows: int) -> None:
    summary = plan.summary()
    assert sum(plan.count(verdict) for verdict in Verdict) == len(plan.rows) <= rows
    assert summary["adds"]["activity"] == plan.count(Verdict.ADD)  # type: ignore[index]
    assert all(row.problems for row in plan.rows if row.verdict is Verdict.PROBLEM)
    pickle.dumps(plan)
    for language in LANGUAGES:
        words = Words.of(language)
        for found in (one for row in plan.rows for one in (*row.problems, *row.remarks)):
            assert "{" not in found.text(words) or "{" in repr(plan.table.rows)
        write_xlsx(problems_sheet(plan, words, date(2026, 1, 1)))


@settings(max_examples=120, deadline=None, phases=FOUND_NOT_SHRUNK)
@given(LINES)
def test_a_plan_can_be_made_of_anything(lines: list[tuple[Cell, ...]]) -> None:
    check(planned(None, [HEADINGS, *lines]), len(lines))


@settings(
    max_examples=40, deadline=None, phases=FOUND_NOT_SHRUNK, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(LINES)
def test_the_record_takes_what_a_plan_adds(record: Record, lines: list[tuple[Cell, ...]]) -> None:
    plan = planned(record, [HEADINGS, *lines])
    if plan.arrival.empty:
        return
    record.write(bring_in, plan.arrival)
    again = planned(record, [HEADINGS, *lines])
    assert again.arrival.empty and again.count(Verdict.ADD) == 0
    record.undo()


@settings(
    max_examples=60, deadline=None, phases=FOUND_NOT_SHRUNK, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(max_size=2_000))
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    try:
        assert read_workbook(path).sheets
    except FileRefused as refused:
        assert refused.message
