"""A partner's monthly sheet, from month to month."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

import resources
from db.commands.activities import Around, edit_activity
from db.commands.agreements import approve, change_status
from db.commands.duties import send_back
from db.commands.entries import add
from db.models import Activity, Agreement, Breakdown, Organisation, ReceivedReport, ReportingDuty, Result, Source
from db.queries.arrivals import Held
from db.queries.listing import RowsAsked, page, rows_in_order
from db.queries.lists import ACTIVITIES
from db.record import Record
from desktop.intake.plan import Decisions
from desktop.intake.planning import plan
from desktop.intake.profiles import mapping_for
from desktop.intake.workbook import Cell, read_workbook
from i18n import Words
from tests.intake.files import brought, held_values, planned, rows

LINE: dict[str, Cell] = {
    "Code activité": "A1",
    "Activité": "Écoute individuelle",
    "Domaine de responsabilité": "Violence basée sur le genre",
    "Code du projet": "P1",
    "Province": "Ituri",
    "Code province": "CD54",
    "Territoire": "Irumu",
    "Code territoire": "CD5402",
    "Zone de santé": "Bunia",
    "Code ZS": "CD5402ZS02",
    "Bailleur": "Fonds d’essai",
    "Date de début": date(2026, 1, 1),
    "Date de fin": date(2026, 12, 31),
    "État": "En cours",
    "Femmes ce mois": 20,
    "Hommes ce mois": 5,
    "Filles ce mois": 10,
    "Garçons ce mois": 4,
    "Total ce mois": 39,
    "Femmes cumul": 60,
    "Hommes cumul": 15,
    "Filles cumul": 30,
    "Garçons cumul": 12,
    "Total cumul": 117,
}
HEADINGS = tuple(LINE)


def sheet(month: str, *lines: dict[str, Cell]) -> list[tuple[Cell, ...]]:
    """A partner's sheet: a title block with the partner and the month, then the table."""
    head: list[tuple[Cell, ...]] = [
        ("Rapport mensuel du partenaire",),
        ("Partenaire", "Femmes d’Ituri (essai)"),
        ("Mois", month),
        (),
        HEADINGS,
    ]
    return head + [tuple((LINE | line)[heading] for heading in HEADINGS) for line in lines]


def results(record: Record) -> list[tuple[Any, ...]]:
    return [
        (one["span"], one["starts_on"], one["ends_on"], one["value"], one["missing"])
        for one in held_values(record, Result)
    ]


def test_a_sheet_gives_this_month_and_the_total_since_the_beginning(record: Record) -> None:
    plan = brought(record, sheet("mars 2026", {}))
    assert plan.summary()["adds"] == {"activity": 1, "organisation": 1, "place": 3, "donor": 1, "result": 2}
    assert results(record) == [
        ("period", date(2026, 3, 1), date(2026, 3, 31), 39, None),
        ("cumulative", None, date(2026, 3, 31), 117, None),
    ]
    assert len(held_values(record, Breakdown)) == 8
    (activity,) = held_values(record, Activity)
    assert activity["sector"] == "PRO-GBV" and activity["status"] == "ongoing"


def test_the_file_is_kept_with_its_reporter_and_period(record: Record) -> None:
    brought(record, sheet("03/2026", {}))
    (source,) = held_values(record, Source)
    assert (source["starts_on"], source["ends_on"]) == (date(2026, 3, 1), date(2026, 3, 31))
    assert source["reporter_id"] is not None and source["identity"] == "columns"


def test_next_month_adds_figures_to_the_same_activities(record: Record) -> None:
    brought(record, sheet("février 2026", {}, {"Code activité": "A2"}))
    plan = brought(record, sheet("mars 2026", {"Femmes ce mois": 7, "Total ce mois": 26}, {"Code activité": "A2"}))
    assert plan.summary()["adds"] == {"activity": 0, "organisation": 0, "place": 0, "donor": 0, "result": 4}
    assert len(held_values(record, Activity)) == 2 and len(held_values(record, Result)) == 8
    assert len(held_values(record, Organisation)) == 2


def test_the_same_sheet_again_plans_nothing(record: Record) -> None:
    lines = sheet("mars 2026", {}, {"Code activité": "A2"})
    brought(record, lines)
    again = planned(record, lines)
    assert again.summary()["held"] == 2 and again.arrival.empty


def test_a_corrected_sheet_changes_the_figures_of_its_month_only(record: Record) -> None:
    brought(record, sheet("février 2026", {}))
    brought(record, sheet("mars 2026", {}))
    plan = brought(record, sheet("mars 2026", {"Femmes ce mois": 21, "Total ce mois": 40}))
    assert plan.summary()["changes"] == 1
    values = [value for span, _first, _last, value, _missing in results(record) if span == "period"]
    assert values == [39, 40]
    record.undo()
    assert [value for span, *_days, value, _missing in results(record) if span == "period"] == [39, 39]


def test_what_describes_an_activity_follows_the_newest_sheet(record: Record) -> None:
    brought(record, sheet("février 2026", {}))
    brought(record, sheet("mars 2026", {"État": "Clôturé"}))
    assert [activity["status"] for activity in held_values(record, Activity)] == ["completed"]


def test_a_day_that_somebody_filled_in_stays_when_the_sheet_has_no_column_for_it(record: Record) -> None:
    def without_days(month: str, state: str) -> list[tuple[Cell, ...]]:
        return [
            tuple(cell for heading, cell in zip(HEADINGS, line, strict=False) if not heading.startswith("Date"))
            if len(line) == len(HEADINGS)
            else line
            for line in sheet(month, {"État": state})
        ]

    brought(record, without_days("février 2026", "En cours"))
    activity = held_values(record, Activity)[0]
    assert (activity["starts_on"], activity["starts_on_missing"]) == (None, "not_stated")
    number = record.read(rows_in_order, ACTIVITIES, RowsAsked("title"))
    id, *_values = record.read(page, ACTIVITIES, number)[number[0]]
    record.write(edit_activity, id, {"starts_on": date(2026, 1, 1)}, Around())
    brought(record, without_days("mars 2026", "Clôturé"))
    after = held_values(record, Activity)[0]
    assert (after["status"], after["starts_on"], after["starts_on_missing"]) == ("completed", date(2026, 1, 1), None)


def test_a_month_without_figures_is_missing_and_not_zero(record: Record) -> None:
    blank: dict[str, Cell] = {heading: "" for heading in HEADINGS if "mois" in heading or "cumul" in heading}
    brought(record, sheet("mars 2026", blank))
    assert results(record) == [("period", date(2026, 3, 1), date(2026, 3, 31), None, "not_stated")]


def test_parts_that_exceed_their_total_are_remarked_on() -> None:
    plan = planned(None, sheet("mars 2026", {"Total ce mois": 30}))
    assert any("39" in remark.text(Words.of("en")) for remark in plan.rows[0].remarks)


def test_a_sheet_without_a_month_brings_nothing_in() -> None:
    plan = planned(None, sheet("", {}))
    assert plan.summary()["problems"] == 1


def test_a_replaced_sheet_takes_away_what_it_no_longer_has(record: Record) -> None:
    first = brought(record, sheet("mars 2026", {}, {"Code activité": "A2"}), name="mars.xlsx")
    assert not first.gone
    known = planned(record, sheet("mars 2026", {}), name="mars-2.xlsx")
    assert [source.name for source in known.replaceable] == ["mars.xlsx"]
    asked = Decisions(replaces=known.replaceable[0].id)
    plan = brought(record, sheet("mars 2026", {}), name="mars-2.xlsx", decisions=asked)
    assert plan.summary()["held"] == 1
    assert len(held_values(record, Activity)) == 1 and len(held_values(record, Result)) == 2


def test_replacing_a_month_leaves_the_other_months_of_its_activities(record: Record) -> None:
    brought(record, sheet("février 2026", {}, {"Code activité": "A2"}), name="fevrier.xlsx")
    brought(record, sheet("mars 2026", {}, {"Code activité": "A2"}), name="mars.xlsx")
    known = planned(record, sheet("mars 2026", {}), name="mars-2.xlsx")
    asked = Decisions(replaces=known.replaceable[-1].id)
    brought(record, sheet("mars 2026", {}), name="mars-2.xlsx", decisions=asked)
    assert len(held_values(record, Activity)) == 2
    assert len([one for one in results(record) if one[0] == "period"]) == 3


def test_the_third_month_s_sheets_have_one_row_to_put_right() -> None:
    problems = 0
    for file in sorted(resources.path("sample").glob("*-2026-03.xlsx")):
        workbook = read_workbook(file)
        made = plan(workbook, mapping_for(workbook), Held())
        assert made.mapping.name == "Rapport mensuel du partenaire" and len(made.rows) == 30
        problems += made.summary()["problems"]  # type: ignore[operator]
    assert problems == 1


# --- a sheet that came in is a report received ------------------------------------------------------------------------

CAME = Decisions(received_on=date(2026, 4, 8))


def owing(record: Record, *, agreements: int = 1) -> list[UUID]:
    """Duties for March of the partner of the sheets, one an agreement that runs."""
    (partner,) = record.read(
        lambda session: session.scalars(select(Organisation.id).where(Organisation.name.like("Femmes%"))).all()
    )
    duties = []
    for number in range(agreements):
        values = {"title": f"Accord {number}", "partner_id": partner, "starts_on": date(2026, 1, 1)}
        agreement = record.write(add, Agreement, values)
        record.write(approve, agreement, {})
        for status in ("review", "approved", "signed"):
            record.write(change_status, agreement, {"status": status, "on": date(2026, 1, 1)})
        owed = {"direction": "in", "kind": "figures", "agreement_id": agreement, "organisation_id": partner}
        owed |= {"starts_on": date(2026, 3, 1), "ends_on": date(2026, 3, 31), "due_on": date(2026, 4, 10)}
        duties.append(record.write(add, ReportingDuty, owed))
    return duties


def statuses(record: Record) -> list[tuple[Any, ...]]:
    return [(one["status"], one["submitted_on"]) for one in held_values(record, ReportingDuty)]


def test_a_sheet_is_a_report_received_and_settles_what_was_owed(record: Record) -> None:
    brought(record, sheet("février 2026", {}))
    assert not held_values(record, ReceivedReport), "nobody said when it came"
    (duty,) = owing(record)
    made = brought(record, sheet("mars 2026", {}), decisions=CAME)
    assert "8 Apr 2026" in " ".join(note.text(Words.of("en")) for note in made.notes)
    assert made.summary()["adds"] == {"activity": 0, "organisation": 0, "place": 0, "donor": 0, "result": 2}
    (report,) = held_values(record, ReceivedReport)
    assert (report["duty_id"], report["channel"], report["received_on"]) == (duty, "file", date(2026, 4, 8))
    assert (report["starts_on"], report["ends_on"]) == (date(2026, 3, 1), date(2026, 3, 31))
    assert report["agreement_id"] == held_values(record, ReportingDuty)[0]["agreement_id"]
    assert report["source_id"] and report["received_by_id"]
    assert statuses(record) == [("submitted", date(2026, 4, 8))]
    assert [bool(one["report_id"]) for one in held_values(record, Result)] == [False, False, True, True]
    assert planned(record, sheet("mars 2026", {}), decisions=CAME).arrival.empty
    record.undo()
    assert not held_values(record, ReceivedReport) and statuses(record) == [("planned", None)]


def test_of_two_duties_that_it_may_answer_a_sheet_settles_none(record: Record) -> None:
    brought(record, sheet("février 2026", {}))
    owing(record, agreements=2)
    brought(record, sheet("mars 2026", {}), decisions=CAME)
    (report,) = held_values(record, ReceivedReport)
    assert (report["agreement_id"], report["duty_id"]) == (None, None)
    assert statuses(record) == [("planned", None)] * 2


def test_a_sheet_that_replaces_another_stands_for_its_report(record: Record) -> None:
    brought(record, sheet("février 2026", {}))
    (duty,) = owing(record)
    brought(record, sheet("mars 2026", {}, {"Code activité": "A2"}), name="mars.xlsx", decisions=CAME)
    record.write(send_back, duty, "Une ligne de trop.")
    earlier = planned(record, sheet("mars 2026", {})).replaceable[-1]
    again = Decisions(received_on=date(2026, 4, 15), replaces=earlier.id)
    brought(record, sheet("mars 2026", {"Total ce mois": 41}), name="mars-2.xlsx", decisions=again)
    (report,) = held_values(record, ReceivedReport)
    assert report["received_on"] == date(2026, 4, 15) and report["source_id"] != earlier.id
    assert statuses(record) == [("submitted", date(2026, 4, 15))]


def test_a_list_of_activities_is_no_partner_s_report(record: Record) -> None:
    brought(record, rows({}), decisions=CAME)
    assert held_values(record, Result) and not held_values(record, ReceivedReport)
