"""The frameworks and the programme we carry: all of them there, each line with its certainty, texts and source."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from db.commands.frameworks import add_frameworks
from db.commands.programmes import add_programme
from db.fields import field_of
from db.frameworks import CarriedLine, compass, frameworks
from db.models import Framework, FrameworkItem, Result, Source, SourceRow, Text
from db.record import Record
from tests.builders import everything, new_record

ROADMAP, DATA_PLAN = "IOM-ROADMAP", "IOM-DRL"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    made, _code = new_record(tmp_path_factory.mktemp("frameworks") / "office.jalon")
    with made:
        made.write(add_frameworks)
        made.write(add_programme, compass())
        yield made


def lines(code: str) -> tuple[CarriedLine, ...]:
    return next(one.lines for one in frameworks() if one.code == code)


def kinds(session: Session, framework: str) -> Counter[str]:
    rows = session.execute(
        select(FrameworkItem.kind, func.count())
        .join(Framework, Framework.id == FrameworkItem.framework_id)
        .where(Framework.code == framework)
        .group_by(FrameworkItem.kind)
    )
    return Counter(dict(rows.all()))


def certainties(session: Session) -> Counter[str | None]:
    return Counter(
        session.scalars(
            select(FrameworkItem.certainty)
            .join(Framework, Framework.id == FrameworkItem.framework_id)
            .where(Framework.code == ROADMAP, FrameworkItem.kind.in_(("outcome", "action")))
        )
    )


def test_all_two_hundred_rows_are_carried() -> None:
    assert sum(1 + len(one.lines) for one in frameworks()) == 200
    assert [one.code for one in frameworks()] == [ROADMAP, "IOM-SP2428", "SDG", "IOM-PIHA", DATA_PLAN]


def test_the_roadmap_and_the_data_plan_come_in_whole(record: Record) -> None:
    roadmap = record.read(kinds, ROADMAP)
    assert (roadmap["pillar"], roadmap["cell"], roadmap["outcome"], roadmap["action"]) == (5, 15, 15, 44)
    assert record.read(kinds, DATA_PLAN)["action"] == 20


def test_every_line_of_the_roadmap_says_how_sure_its_place_is(record: Record) -> None:
    assert record.read(certainties) == {"certain": 22, "likely": 30, "uncertain": 7}
    known = {code for code, _title in field_of(FrameworkItem.certainty).choices}
    assert {line.certainty for one in frameworks() for line in one.lines} <= known


def test_another_possible_place_is_a_cell_of_the_same_framework() -> None:
    cells = {line.code for line in lines(ROADMAP) if line.kind == "cell"}
    others = {line.other_place for line in lines(ROADMAP) if line.other_place}
    assert len(others) > 5
    assert others <= cells


def test_nothing_is_called_official_and_no_pillar_is_invented(record: Record) -> None:
    assert record.read(lambda session: set(session.scalars(select(Framework.official)))) == {False}
    unnamed = [line for line in lines("IOM-PIHA") if line.kind == "pillar_placeholder"]
    assert [line.certainty for line in unnamed] == ["unknown"] * 5


def test_every_name_is_there_in_four_languages_with_its_standing(record: Record) -> None:
    def standings(session: Session) -> Counter[tuple[str, str]]:
        texts = session.execute(
            select(Text.language, Text.status).where(Text.owner.in_(("framework", "framework_item")))
        )
        return Counter((language, status) for language, status in texts)

    ours, theirs = sum(1 + len(one.lines) for one in frameworks()), 1 + len(compass().lines)
    assert record.read(standings) == {
        ("en", "reviewed"): ours,
        ("en", "draft"): theirs,
        ("es", "draft"): ours + theirs,
        ("ar", "draft"): ours + theirs,
    }


def test_what_lies_under_a_line_is_of_the_same_framework(record: Record) -> None:
    def strays(session: Session) -> int | None:
        parent = aliased(FrameworkItem)
        return session.scalar(
            select(func.count())
            .select_from(FrameworkItem)
            .join(parent, parent.id == FrameworkItem.parent_id)
            .where(parent.framework_id != FrameworkItem.framework_id)
        )

    assert record.read(strays) == 0


def test_frameworks_that_are_held_are_not_brought_in_again(record: Record) -> None:
    before = record.read(everything)
    record.write(add_frameworks)
    assert record.read(everything) == before


def test_the_frameworks_are_taken_back_in_one_step(tmp_path: Path) -> None:
    record, _code = new_record(tmp_path / "office.jalon")
    with record:
        before = record.read(everything)
        record.write(add_frameworks)
        record.undo()
        assert record.read(everything) == before


def figures(session: Session) -> dict[str, Result]:
    rows = session.execute(select(FrameworkItem.code, Result).join(FrameworkItem, FrameworkItem.id == Result.item_id))
    return dict(rows.all())


def test_the_figures_of_the_first_year_stand_as_they_were_published(record: Record) -> None:
    found = record.read(figures)
    assert found["Y1-01"].value == 29_117 == (found["Y1-01a"].value or 0) + (found["Y1-01b"].value or 0)
    assert found["Y1-05"].value == 28 == sum(found[f"Y1-05{part}"].value or 0 for part in "abcde")
    assert [found[code].value for code in ("Y1-02", "Y1-03", "Y1-04", "Y1-06")] == [1_110, 165, 12_856, 202]
    assert (found["Y1-07"].qualifier, found["Y1-07"].value) == ("more_than", 780)
    assert (found["Y1-08"].unit, found["Y1-08"].value) == ("percent", 82)


def test_figures_of_people_and_of_other_things_are_of_different_natures(record: Record) -> None:
    assert {(result.unit == "persons", result.nature) for result in record.read(figures).values()} == {
        (True, "reached"),
        (False, "background"),
    }


def test_a_figure_that_must_not_be_added_says_so(record: Record) -> None:
    found = record.read(figures)
    for code in ("Y1-01", "Y1-02", "Y1-03", "Y1-04", "GEN-2", "GEN-8", "GEN-11"):
        assert found[code].notes, code


def test_every_figure_has_the_publication_it_stands_in(record: Record) -> None:
    def cited(session: Session) -> dict[str, str | None]:
        rows = session.execute(
            select(SourceRow.key, Source.citation)
            .join(Source, Source.id == SourceRow.source_id)
            .where(Source.kind == "programme", SourceRow.entity == "result")
        )
        return dict(rows.all())

    found = record.read(cited)
    assert set(found) == set(record.read(figures))
    assert "iom.int/fr/compass-results" in (found["Y1-01"] or "")
