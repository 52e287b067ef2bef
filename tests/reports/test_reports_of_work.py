"""Trainings, plans, programmes and data quality on the practice record: what they say, hide and open."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.commands.entries import add, edit
from db.frameworks import compass
from db.models import Framework, FrameworkItem, Office, Result, Training
from db.queries.names import id_called, id_of
from db.queries.scope import Scope
from db.record import Record
from desktop.deliver import Order, gather
from desktop.guard.audiences import Audience
from desktop.opening import PRACTICE_PASSPHRASE
from desktop.reports.caveats import CARRIED
from desktop.reports.document import Bullets, Count, Document, Money, Said, Share, numbers
from desktop.reports.offer import report_called
from desktop.reports.report import Asked
from tests.builders import copied
from tests.reports.practised import YEAR, counts, internal, key_figures, made, opened, table, tables


@pytest.fixture(scope="module")
def practice(practice_file: Path) -> Iterator[Record]:
    with Record.open(practice_file, PRACTICE_PASSPHRASE, write=False) as record:
        yield record


def framework(record: Record, code: str) -> Scope:
    return replace(YEAR, framework=record.read(id_called, Framework, code))


def bullets(found: Document) -> list[str]:
    return [str(run) for block in found.blocks if isinstance(block, Bullets) for item in block.items for run in item]


def test_participants_by_sex_are_added_up_and_unknown_ones_are_not_zero(practice: Record) -> None:
    found = made(practice, "trainings-advocacy", internal())
    *lines, total = table(found, "trainings").rows
    assert total.cells[5:] == (Count(40), Count(12), Count(1), Count(53))
    uncounted = next(line for line in lines if "Comité" in str(line.cells[2]))
    assert all(type(cell).__name__ == "Missing" for cell in uncounted.cells[5:])
    assert key_figures(found)["Share of women among them"] == Share(Decimal("0.75"))


def test_participants_are_the_same_people_in_every_report(practice: Record) -> None:
    def keys(name: str, asked: Asked) -> set[object]:
        return {(atom.key, atom.part) for atom in gather(practice, Order(name, asked, "fr", "pdf")).atoms}

    def trainings(session: Session) -> set[str]:
        return {str(id) for id in session.scalars(select(Training.id))}

    ids = practice.read(trainings)
    donor = practice.read(id_of, "donor", "CoopAr")
    narrative = {key for key in keys("donor-narrative", Asked(replace(YEAR, donor=donor))) if key[0] in ids}
    assert narrative and narrative <= keys("trainings-advocacy", internal())


def test_what_was_taken_higher_stays_in_the_office(practice: Record) -> None:
    inside = made(practice, "trainings-advocacy", internal())
    outside = made(practice, "trainings-advocacy", Asked(YEAR, Audience.DONOR))
    assert "escalations" in tables(inside) and "escalations" not in tables(outside)
    assert "Escalations" in key_figures(inside) and "Escalations" not in key_figures(outside)


def test_a_plan_is_counted_by_pillar_and_each_number_opens_its_actions(practice: Record) -> None:
    scope = framework(practice, "IOM-ROADMAP")
    found = made(practice, "plan-progress", internal(scope))
    *_lines, total = table(found, "progress").rows
    assert total.cells[1:] == (Count(44), Count(1), Count(4), Count(1), Count(3), Count(0), Count(35))
    asked = counts(found)
    served = [one for one in asked if one.behind.kind != "framework-items"]  # type: ignore[attr-defined]
    assert {one.value for one in served} >= {1, 2}
    assert all(opened(practice, one.behind) == one.value for one in asked[:40] + served)


def test_a_plan_is_told_as_it_stood_at_the_end_of_the_period(practice: Record) -> None:
    scope = framework(practice, "IOM-ROADMAP")
    told = key_figures(made(practice, "plan-progress", internal(replace(scope, ends_on=date(2026, 3, 31)))))
    assert (told["Done"], told["Nothing said yet"]) == (Count(2), Count(38))


def test_how_certain_a_line_is_and_escalations_are_for_the_office_alone(practice: Record) -> None:
    scope = framework(practice, "IOM-ROADMAP")

    def heads(audience: Audience) -> set[str]:
        found = made(practice, "plan-progress", Asked(scope, audience))
        return {column.heading for one in tables(found).values() for column in one.columns}

    assert {"Certainty", "Escalations"} <= heads(Audience.INTERNAL)
    assert not {"Certainty", "Escalations"} & heads(Audience.DONOR)


def test_a_programme_is_reproduced_with_its_caveats_and_only_wholes_are_summed(practice: Record) -> None:
    found = made(practice, "programme-year", Asked(framework(practice, "COMPASS"), Audience.PUBLIC))
    told = bullets(found)
    assert any("29,117 = 25,363 + 3,754" in one for one in told)
    assert any("28 = 17 + 6 + 1 + 3 + 1" in one for one in told)
    assert len([one for one in told if "make up the whole" in one]) == 2
    rows = {one.text: row for row in table(found, "published").rows if isinstance(one := row.cells[1], Said)}
    least = rows["more than 780"]
    assert least.cells[2] == "Persons" and opened(practice, getattr(least.cells[1], "behind", None)) == 1
    assert not [one for one in numbers(found.blocks) if isinstance(one, Count) and one.value in (780, 30_000, 30_227)]
    satisfied = next(row for row in table(found, "published").rows if row.cells[1] == Share(Decimal("0.82")))
    assert "respondents" in str(satisfied.cells[3])
    assert any(one.startswith("Shares are as they were published") for one in told)


def test_parts_that_no_longer_make_up_the_whole_are_said_to_be_short(practice_file: Path, tmp_path: Path) -> None:
    with Record.open(copied(practice_file, tmp_path / "copie.jalon"), PRACTICE_PASSPHRASE) as record:

        def part(session: Session) -> UUID:
            lines = select(FrameworkItem.id).where(FrameworkItem.code == "Y1-05e")
            return session.scalars(select(Result.id).where(Result.item_id.in_(lines))).one()

        record.write(edit, Result, record.read(part), {"value": 0})
        told = bullets(made(record, "programme-year", Asked(framework(record, "COMPASS"), Audience.INTERNAL)))
    assert any("= 27, of 28" in one for one in told)


def test_every_caveat_that_comes_with_jalon_is_in_the_catalogues() -> None:
    assert {line.notes for line in compass().lines if line.notes and line.figure} == set(CARRIED)


def test_what_is_lacking_opens_the_rows_that_lack_it(practice: Record) -> None:
    found = made(practice, "data-quality", internal())
    asked = counts(found)
    assert len(asked) > 30 and any(one.value for one in asked)
    assert all(opened(practice, one.behind) == one.value for one in asked if one.value)
    rows = {row.cells[0]: row.cells[1:] for row in table(found, "lacking_partners").rows}
    assert rows["Whether women lead it is not known"] == (Count(3), Count(7), Share(Decimal(3) / 7, 1))


def test_which_partner_lacks_what_is_not_for_donors(practice: Record) -> None:
    assert "by_partner" in tables(made(practice, "data-quality", internal()))
    assert "by_partner" not in tables(made(practice, "data-quality", Asked(YEAR, Audience.DONOR)))


def test_what_a_training_or_a_plan_lacks_opens_its_field(practice: Record) -> None:
    lacking = report_called("trainings-advocacy").lacking(practice, internal())
    assert {(one.kind, one.key) for one in lacking} == {("trainings", "women"), ("advocacy-actions", "outcome")}
    plan = report_called("plan-progress").lacking(practice, internal(framework(practice, "IOM-ROADMAP")))
    assert len(plan) == 35


def test_what_is_lacking_is_told_by_quarter_and_by_office(practice_file: Path, tmp_path: Path) -> None:
    with Record.open(copied(practice_file, tmp_path / "copie.jalon"), PRACTICE_PASSPHRASE) as record:
        assert "by_office" not in tables(made(record, "data-quality", internal()))
        record.write(add, Office, {"name": "Second bureau d'exercice"})
        found = made(record, "data-quality", internal())
        (office,) = table(found, "by_office").rows
        quarters = table(found, "by_quarter").rows
        asked = [cell for row in (office, *quarters) for cell in row.cells[1:] if isinstance(cell, Count)]
        assert all(opened(record, cell.behind) == cell.value for cell in asked)
    assert str(quarters[0].cells[0]) == "January – March 2026" and quarters[0].cells[2] != Count(0)
    missing = next(row for row in table(found, "lacking_results").rows if row.cells[0] == "People not split by sex")
    assert office.cells[2] == missing.cells[1]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("financial", None),
        ("plan-progress", "IOM-ROADMAP"),
        ("programme-year", "COMPASS"),
        ("data-quality", None),
        ("trainings-advocacy", None),
        ("protection-overview", None),
    ],
)
def test_every_number_says_what_is_behind_it(practice: Record, name: str, code: str | None) -> None:
    scope = framework(practice, code) if code else YEAR
    found = made(practice, name, replace(internal(scope), since=date(2026, 1, 31)))
    cells = [cell for one in tables(found).values() for row in one.rows for cell in row.cells]
    said = [cell for cell in (*cells, *key_figures(found).values()) if isinstance(cell, Count | Share | Money)]
    assert said and all(cell.behind is not None for cell in said)
