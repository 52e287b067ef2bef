"""A plain workbook says a text as a text, whatever a spreadsheet could take it for."""

import io
import zipfile
from datetime import date

from desktop.render.raw_workbook import TEXT, RawSheet, raw_workbook


def test_a_formula_an_escape_and_a_day_before_all_spreadsheets_are_texts() -> None:
    rows = [(["=1+1", "_x0041_", date(1899, 5, 1)], TEXT, 0)]
    with zipfile.ZipFile(io.BytesIO(raw_workbook([RawSheet("Essai", rows)], "Essai", date(2026, 7, 1)))) as made:
        sheet, styles = (made.read(f"xl/{name}.xml").decode() for name in ("worksheets/sheet1", "styles"))
    quoted, escaped, early = sheet.split("<c ")[1:4]
    looks = styles.partition("<cellXfs")[2].split("<xf ")[1:]
    assert "=1+1</t>" in quoted and 'quotePrefix="1"' in looks[int(quoted.split('s="')[1].split('"')[0])]
    assert "_x005F_x0041_" in escaped and "<t" in early and "1899-05-01" in early
