"""The frameworks and the programme we carry: all of them there, each line with its certainty, texts and source."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from db.commands.entries import add, edit
from db.commands.frameworks import (
    CodeTwice,
    NewLine,
    ParentUnknown,
    add_frameworks,
    bring_framework,
    bring_lines,
)
from db.commands.indicators import bring_indicators, indicators, record_progress
from db.commands.programmes import add_programme
from db.deeds import deed
from db.errors import RecordError
from db.fields import field_of
from db.frameworks import CarriedLine, compass, frameworks
from db.models import (
    Activity,
    ActivityTag,
    Engagement,
    Framework,
    FrameworkItem,
    Indicator,
    IndicatorLink,
    Organisation,
    Result,
    Source,
    SourceRow,
    Tag,
    Text,
)
from db.queries.frameworks import framework_lines, framework_progress, offered, progress
from db.record import Record
from tests.builders import PASSPHRASE, PERSON, everything, new_record

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


def test_every_framework_is_carried() -> None:
    assert {one.code: len(one.lines) for one in frameworks()} == {
        ROADMAP: 79,
        "IOM-SP2428": 43,
        "SDG": 18,
        "IOM-PIHA": 37,
        DATA_PLAN: 28,
        "GCM": 23,
        "IOM-SRF": 0,
    }
    assert [line.code for line in lines("SDG") if line.kind == "goal"] == [f"SDG-{number}" for number in range(1, 18)]
    assert [line.code for line in lines("GCM")] == [f"GCM-{number}" for number in range(1, 24)]


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


def test_the_frameworks_are_taken_back_in_one_step(office: Record) -> None:
    before = office.read(everything)
    office.write(add_frameworks)
    office.undo()
    assert office.read(everything) == before


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


@pytest.fixture
def office(path: Path) -> Iterator[Record]:
    with Record.open(path, PASSPHRASE) as opened:
        yield opened


def line_called(session: Session, code: str) -> UUID:
    return session.scalars(select(FrameworkItem.id).where(FrameworkItem.code == code)).one()


def lacking_goals(session: Session) -> None:
    """The goals as an older record holds them: some of them, and no other framework."""
    framework = Framework(code="SDG", name="Objectifs cités", name_language="fr")
    session.add(framework)
    session.flush()
    for position, code in enumerate(("SDG-1", "SDG-3", "SDG-10"), start=1):
        session.add(FrameworkItem(framework_id=framework.id, code=code, kind="goal", name=code, position=position))


def test_an_older_record_is_offered_what_it_lacks_and_keeps_what_it_holds(office: Record) -> None:
    office.write(deed("Prepare")(lacking_goals))
    assert {one.code: (one.lines, one.held) for one in office.read(offered)}["SDG"] == (15, True)
    framework = office.write(bring_framework, "SDG")
    goals = [(line.code, line.name) for line in office.read(framework_lines, framework, "fr") if line.kind == "goal"]
    assert [code for code, _name in goals] == [f"SDG-{number}" for number in range(1, 18)]
    assert dict(goals)["SDG-3"] == "SDG-3" and dict(goals)["SDG-2"] != "SDG-2"
    assert "SDG" not in {one.code for one in office.read(offered)}
    before = office.read(everything)
    office.write(bring_framework, "SDG")
    assert office.read(everything) == before


def test_lines_are_shown_in_the_language_asked_for_and_under_each_other(record: Record) -> None:
    roadmap = record.read(lambda session: session.scalars(select(Framework.id).where(Framework.code == ROADMAP)).one())
    shown = {line.code: line for line in record.read(framework_lines, roadmap, "ar")}
    assert len(shown) == 79
    assert (shown["LDR"].name, shown["LDR"].language) == ("القيادة", "ar")
    assert shown["PRT-M3"].depth == 2
    assert (shown["PRT-M3"].pillar, shown["PRT-M3"].horizon) == (shown["PRT"].id, "medium")


def test_the_roadmap_is_told_by_pillar_and_horizon_with_what_counts_for_it(office: Record) -> None:
    roadmap = office.write(bring_framework, ROADMAP)
    item = office.read(line_called, "PRT-M3")
    other = office.read(line_called, "PRT-M1")
    activity = office.write(add, Activity, {"title": "Atelier"})
    for tagged in (item, other, item):
        office.write(add, ActivityTag, {"activity_id": activity, "item_id": tagged})
    meeting = office.write(add, Engagement, {"title": "Rencontre", "type": "meeting", "on": date(2026, 3, 1)})
    office.write(add, Tag, {"engagement_id": meeting, "item_id": item})
    assert office.read(progress, item) is None
    office.write(record_progress, item, {"status": "ongoing", "on": date(2026, 3, 1)})
    office.write(record_progress, item, {"status": "done", "on": date(2026, 9, 1)})
    office.write(record_progress, item, {"status": "blocked", "on": date(2026, 6, 1)})
    newest = office.read(progress, item)
    assert newest is not None and (newest.status, newest.person) == ("done", PERSON)

    told = office.read(framework_progress, roadmap)
    assert sum(part.actions for part in told.parts) == 44
    assert len({part.pillar for part in told.parts}) == 5
    lines_by_code = {line.code: line for line in told.lines}
    assert lines_by_code["PRT-M3"].tagged == {"activities": 1, "engagements": 1}
    part = next(each for each in told.parts if (each.pillar, each.horizon) == (lines_by_code["PRT"].id, "medium"))
    assert (part.actions, part.statuses) == (3, {"done": 1, None: 2})
    assert part.tagged == {"activities": 2, "engagements": 1}
    assert sum(part.certainties.values()) == 3


def test_thirty_indicators_come_under_their_themes_in_four_languages(office: Record) -> None:
    framework = office.write(bring_framework, "IOM-PIHA")
    office.write(bring_indicators, framework)

    def held(session: Session) -> dict[str | None, Indicator]:
        return {indicator.code: indicator for indicator in session.scalars(select(Indicator))}

    found = office.read(held)
    assert len(found) == len(indicators()) == 30
    assert (found["G-1"].sensitivity, found["G-1"].roll_up_periods) == ("severe", "largest")
    assert found["G-1"].item_id == office.read(line_called, "THM-4")
    assert all(indicator.roll_up_periods != "sum" for indicator in found.values() if indicator.counting == "stock")
    texts = office.read(lambda s: Counter(s.scalars(select(Text.language).where(Text.owner == "indicator"))))
    assert texts == {"en": 30, "es": 30, "ar": 30}
    before = office.read(everything)
    office.write(bring_indicators, framework)
    assert office.read(everything) == before


def test_every_carried_indicator_fits_its_fields_and_has_words_in_each_language() -> None:
    for one in indicators():
        assert all(one.names.values()), one.code
        assert one.names["ar"] != one.names["en"] != one.names["fr"]


def test_the_empty_framework_takes_lines_from_a_file_whole_or_not_at_all(office: Record) -> None:
    framework = office.write(bring_framework, "IOM-SRF")
    lines_of_file = (
        NewLine("1a", "Résultat", "output", parent="1", language="fr", texts=(("en", "Output"),)),
        NewLine("1", "Effet", "outcome", language="fr"),
    )
    office.write(bring_lines, framework, {"lines": lines_of_file})
    assert [(line.code, line.depth) for line in office.read(framework_lines, framework)] == [("1", 0), ("1a", 1)]
    assert office.read(framework_lines, framework, "en")[1].name == "Output"
    before = office.read(everything)
    with pytest.raises(CodeTwice):
        office.write(bring_lines, framework, {"lines": (NewLine("2", "Deux", "output"), NewLine("1a", "…", "output"))})
    with pytest.raises(ParentUnknown):
        office.write(bring_lines, framework, {"lines": (NewLine("3", "Trois", "output", parent="9"),)})
    ring = NewLine("4", "Quatre", "output", parent="5"), NewLine("5", "Cinq", "output", parent="4")
    with pytest.raises(RecordError):
        office.write(bring_lines, framework, {"lines": ring})
    assert office.read(everything) == before


def test_a_donors_log_frame_is_a_framework_of_the_donor_with_our_indicators_linked(office: Record) -> None:
    donor = office.write(add, Organisation, {"name": "Coopération d'essai"})
    ours = office.write(add, Indicator, {"name": "Participants"})
    values = {"code": "LF-7", "name": "Cadre logique", "name_language": "fr", "donor_id": donor}
    framework = office.write(add, Framework, values)
    lines_of_file = NewLine("R1", "Résultat 1", "output"), NewLine("R1.i", "Nombre de participants", "indicator", "R1")
    office.write(bring_lines, framework, {"lines": lines_of_file, "links": [("R1.i", ours)]})
    line = office.read(framework_lines, framework)[1]
    assert (line.name, line.language, line.indicators) == ("Nombre de participants", "fr", 1)
    assert office.read(lambda s: s.scalars(select(IndicatorLink.item_id)).one()) == line.id
    office.undo()
    assert office.read(framework_lines, framework) == ()


def test_a_line_stays_within_its_framework(office: Record) -> None:
    first, second = (office.write(add, Framework, {"code": code, "name": code}) for code in "AB")
    top = office.write(add, FrameworkItem, {"framework_id": first, "code": "1", "kind": "outcome", "name": "Un"})
    below = {"framework_id": first, "code": "2", "kind": "output", "name": "Deux", "parent_id": top}
    inner = office.write(add, FrameworkItem, below)
    with pytest.raises(RecordError):
        office.write(edit, FrameworkItem, top, {"parent_id": inner})
    with pytest.raises(RecordError):
        office.write(add, FrameworkItem, {**below, "framework_id": second})
