"""The 5W that goes out comes back into an empty record as the same activities, in every language and form."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.commands.arrivals import bring_in
from db.models import Activity, Result
from db.queries.arrivals import Held, held
from db.record import Record
from desktop.exporting import export_fivew
from desktop.guard.audiences import Audience
from desktop.intake.plan import Plan, Verdict
from desktop.intake.planning import plan
from desktop.intake.profiles import mapping_for
from desktop.intake.workbook import read_workbook
from desktop.reports.report import Asked
from tests.builders import new_record
from tests.intake.files import brought, rows

WORK = rows(
    {"Bénéficiaires directs": 8},
    {"Activité": "-Formation, “suite”", "Bailleur": "Fonds propres; Fonds d’essai", "Cluster": "VBG"},
    {"Activité": "=1+1", "Date de début": "", "Bénéficiaires directs": ""},
    {"Activité": "Écoute", "Code projet": "P2", "Bailleur": "Autre", "Bénéficiaires directs": 0},
    {"Organisation": "جمعية نساء (essai)", "Bailleur": "", "Cluster": "Chose sans code"},
)


@contextmanager
def a_record(path: Path) -> Iterator[Record]:
    record, _code = new_record(path)
    with record:
        yield record


def come_back(record: Record, path: Path) -> Plan:
    workbook = read_workbook(path)
    mapping = mapping_for(workbook)
    found = plan(workbook, mapping, record.read(held, mapping.holds.value))
    record.write(bring_in, found.arrival)
    return found


def columns_of(record: Record, path: Path) -> list[list[object]]:
    """Every row of the record's own 5W but for the identifier of the row, which is another record's affair."""
    export_fivew(record, Asked(audience=Audience.INTERNAL), "fr", path)
    table = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    own = table[1].index("#meta+id")
    return [row[:own] + row[own + 1 :] for row in table]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with a_record(tmp_path_factory.mktemp("here") / "here.jalon") as record:
        brought(record, WORK)
        yield record


@pytest.mark.parametrize(("language", "form"), [("fr", "xlsx"), ("en", "csv"), ("es", "xlsx"), ("ar", "csv")])
def test_what_goes_out_comes_back_the_same(here: Record, tmp_path: Path, language: str, form: str) -> None:
    sent = tmp_path / f"5w.{form}"
    with a_record(tmp_path / "there.jalon") as there:
        assert export_fivew(here, Asked(audience=Audience.INTERNAL), language, sent).rows == 5
        found = come_back(there, sent)
        assert (found.count(Verdict.ADD), found.count(Verdict.PROBLEM)) == (5, 0)
        assert columns_of(there, tmp_path / "b.xlsx") == columns_of(here, tmp_path / "a.xlsx")
        again = plan(workbook := read_workbook(sent), mapping_for(workbook), there.read(held, "activities"))
        assert again.count(Verdict.HELD) == 5 and again.arrival.empty


def test_what_the_public_may_not_see_comes_back_as_hidden(here: Record, tmp_path: Path) -> None:
    sent = tmp_path / "5w.xlsx"
    with a_record(tmp_path / "there.jalon") as there:
        export_fivew(here, Asked(audience=Audience.PUBLIC), "ar", sent)
        come_back(there, sent)

        def answers(session: Session) -> list[tuple[str, int | None, str | None]]:
            asked = select(Activity.title, Result.value, Result.missing).join(Result, Result.activity_id == Activity.id)
            return [tuple(row) for row in session.execute(asked.order_by(Result.value))]

        found = there.read(answers)
        assert ("Écoute", None, "hidden") in found and ("Écoute", 0, None) in found
        assert not [value for _title, value, _missing in found if value == 8]


@pytest.mark.real
def test_the_drc_file_goes_out_and_comes_back_the_same(tmp_path: Path, shared_data: Path) -> None:
    workbook = read_workbook(shared_data / "drc-5w-2025-05.xlsx")
    with a_record(tmp_path / "here.jalon") as here, a_record(tmp_path / "there.jalon") as there:
        here.write(bring_in, plan(workbook, mapping_for(workbook), Held()).arrival)
        sent = tmp_path / "5w.xlsx"
        assert export_fivew(here, Asked(audience=Audience.INTERNAL), "es", sent).rows == 3944
        found = come_back(there, sent)
        assert (found.count(Verdict.ADD), found.count(Verdict.DOUBLE), found.count(Verdict.PROBLEM)) == (3944, 0, 0)
        assert columns_of(there, tmp_path / "b.xlsx") == columns_of(here, tmp_path / "a.xlsx")
        declared = select(func.sum(Result.value)).where(Result.nature == "declared")
        assert there.read(lambda session: session.scalar(declared)) == here.read(
            lambda session: session.scalar(declared)
        )
