"""A mapping is a file that offices share."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.intake.errors import MappingNewer, MappingUnreadable
from desktop.intake.mapping import Holds, Mapping, columns_of, dumped, load, loaded
from desktop.intake.profiles import shipped

NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)


@given(
    st.builds(
        Mapping,
        name=NAMES,
        holds=st.sampled_from(Holds),
        columns=st.lists(st.tuples(NAMES, st.sampled_from(["declared", "prog_org_name"])), min_size=1).map(tuple),
        sheet=st.none() | NAMES,
        heading_row=st.none() | st.integers(1, 1000),
        constants=st.lists(st.tuples(st.just("adm0_code"), NAMES), max_size=1).map(tuple),
        keys=st.lists(NAMES, max_size=3).map(tuple),
        period=st.none() | st.tuples(st.dates(), st.dates()),
        date_order=st.sampled_from([None, "dmy", "mdy"]),
        decimal_mark=st.sampled_from([None, ".", ","]),
        splitters=st.lists(NAMES, max_size=2).map(tuple),
        acronyms_name_donors=st.booleans(),
        may_be_named=st.sampled_from([None, True, False]),
        encoding=st.sampled_from([None, "cp1256"]),
    )
)
def test_what_is_written_is_what_is_read(mapping: Mapping) -> None:
    assert loaded(dumped(mapping), "essai.json") == mapping


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"format": 1}',
        '{"format": 1, "name": "a", "holds": "secrets", "columns": [["A", "declared"]]}',
        '{"format": 1, "name": "a", "holds": "activities", "columns": [["A", "no such field"]]}',
        '{"format": 1, "name": "a", "holds": "activities", "columns": [["A"]]}',
        '{"format": 1, "name": "a", "holds": "activities", "columns": [["A", "declared"]], "heading_row": -1}',
        '{"format": 1, "name": "a", "holds": "activities", "columns": [["A", "declared"]], "run": "cmd"}',
        "[" * 100_000,
    ],
)
def test_a_file_that_is_no_mapping_is_refused(text: str) -> None:
    with pytest.raises(MappingUnreadable):
        loaded(text, "essai.json")


def test_a_mapping_of_a_newer_program_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"format": 99}))
    with pytest.raises(MappingNewer):
        load(path)


def test_of_equal_headings_the_first_named_is_the_leftmost() -> None:
    mapping = Mapping("a", Holds.MONTHLY, (("Femmes", "reached_women"), ("Femmes", "cumulative_women")))
    assert columns_of(mapping, ("Femmes", "x", "FEMMES")) == {"reached_women": 0, "cumulative_women": 2}


def test_the_published_files_may_name_their_organisations() -> None:
    named = {mapping.name: mapping.may_be_named for mapping in shipped()}
    assert named["RDC 5W (OCHA)"] is True and named["Tchad 3W opérationnelle (OCHA)"] is True
    assert named["Rapport mensuel du partenaire"] is None


def test_a_period_is_two_days() -> None:
    mapping = Mapping("a", Holds.MONTHLY, (("F", "reached"),), period=(date(2025, 3, 1), date(2025, 3, 31)))
    assert '"2025-03-01"' in dumped(mapping)
