"""The problems file goes out, is put right, and comes back."""

from datetime import date
from pathlib import Path

from db.commands.arrivals import bring_in
from db.models import Activity, Result
from db.queries.arrivals import held
from db.record import Record
from desktop.intake.plan import Plan
from desktop.intake.planning import plan
from desktop.intake.problems import problems_sheet
from desktop.intake.profiles import mapping_for
from desktop.intake.workbook import Cell, read_workbook
from desktop.render.sheet import write_csv, write_xlsx
from i18n import Words
from tests.intake.files import HEADINGS, brought, held_values, rows
from tests.intake.test_monthly import HEADINGS as MONTHLY
from tests.intake.test_monthly import sheet as monthly

TODAY = date(2026, 11, 22)
LINES = rows(
    {}, {"Activité": "Abri", "Bénéficiaires directs": "douze"}, {"Activité": "Eau", "Date de fin": date(2024, 1, 1)}
)


def back(record: Record, path: Path) -> Plan:
    workbook = read_workbook(path)
    mapping = mapping_for(workbook)
    return plan(workbook, mapping, record.read(held, mapping.holds.value))


def test_it_holds_the_problem_rows_under_their_own_headings_and_says_why(record: Record) -> None:
    sheet = problems_sheet(brought(record, LINES), Words.of("fr"), TODAY)
    assert sheet.headings == (*HEADINGS, "À corriger")
    assert len(sheet.rows) == 2
    assert "douze" in str(sheet.rows[0][-1]) and sheet.rows[1][HEADINGS.index("Date de fin")] == date(2024, 1, 1)


def test_why_names_the_column_as_the_file_does_in_every_language(record: Record) -> None:
    planned = brought(record, LINES)
    for language in ("fr", "ar"):
        assert "Bénéficiaires directs" in str(problems_sheet(planned, Words.of(language), TODAY).rows[0][-1])


def test_uncorrected_rows_stay_problems(record: Record, tmp_path: Path) -> None:
    sheet = problems_sheet(brought(record, LINES), Words.of("fr"), TODAY)
    path = tmp_path / "problemes.xlsx"
    path.write_bytes(write_xlsx(sheet))
    assert back(record, path).summary()["problems"] == 2


def test_it_adds_only_what_was_corrected_and_only_once(record: Record, tmp_path: Path) -> None:
    for language, write in (("fr", write_xlsx), ("ar", write_csv)):
        plan_before = brought(record, LINES) if not held_values(record, Activity) else None
        sheet = problems_sheet(plan_before, Words.of(language), TODAY) if plan_before else None
        if sheet is None:
            continue
        corrected = (*sheet.rows[0][:-2], 12, sheet.rows[0][-1])
        fixed = type(sheet)(sheet.name, sheet.headings, (corrected, sheet.rows[1]), sheet.direction, TODAY)
        path = tmp_path / f"problemes.{'xlsx' if write is write_xlsx else 'csv'}"
        path.write_bytes(write(fixed))
        planned = back(record, path)
        assert planned.summary()["problems"] == 1
        record.write(bring_in, planned.arrival)
        assert [activity["title"] for activity in held_values(record, Activity)] == ["Écoute", "Abri"]
        assert [result["value"] for result in held_values(record, Result)] == [120, 12]
        assert back(record, path).arrival.empty


def test_the_month_and_partner_above_a_table_come_along(record: Record, tmp_path: Path) -> None:
    lines: list[tuple[Cell, ...]] = monthly("mars 2026", {}, {"Code activité": "A2", "Femmes ce mois": "vingt"})
    sheet = problems_sheet(brought(record, lines), Words.of("fr"), TODAY)
    women = MONTHLY.index("Femmes ce mois")
    corrected = tuple(20 if column == women else cell for column, cell in enumerate(sheet.rows[0]))
    path = tmp_path / "problemes.xlsx"
    path.write_bytes(write_xlsx(type(sheet)(sheet.name, sheet.headings, (corrected,), sheet.direction, TODAY)))
    planned = back(record, path)
    assert planned.summary()["adds"] == {"activity": 1, "organisation": 0, "place": 0, "donor": 0, "result": 2}
    record.write(bring_in, planned.arrival)
    assert {result["ends_on"] for result in held_values(record, Result)} == {date(2026, 3, 31)}
