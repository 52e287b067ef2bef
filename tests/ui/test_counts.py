"""In the window: a report typed in with its lines, a figure corrected, a framework's tree, and lines from a file."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtWidgets import QWidget
from sqlalchemy import select

from db.commands.entries import add
from db.commands.frameworks import bring_framework
from db.commands.received import ReportedLine, receive_report
from db.models import Agreement, Aim, Framework, FrameworkItem, Indicator, ReceivedReport, Result
from db.queries.frameworks import framework_lines, offered
from db.queries.indicators import rolled_up
from db.queries.organisations import organisations_like
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.dialogs.framework_file import LinesDialog
from desktop.ui.main_window import MainWindow
from desktop.ui.pages.framework import TreePart, _standing
from desktop.ui.pages.indicator import SumPart
from desktop.ui.pages.texts import TextsPart, translated
from desktop.ui.tables.short import ShortView

Window = Callable[..., MainWindow]
Settled = Callable[[], None]


@pytest.fixture
def counted(desk: Desk) -> tuple[UUID, UUID, UUID]:
    """A partner, an agreement with it, and an indicator that the agreement aims at."""
    partner = desk.record.read(organisations_like, "Femmes Debout")[0][0]
    agreement = desk.record.write(add, Agreement, {"title": "Écoute", "partner_id": partner, "type": "project"})
    values = {"name": "Personnes formées", "code": "F-1", "roll_up_periods": "sum", "roll_up_places": "sum"}
    indicator = desk.record.write(add, Indicator, values)
    desk.record.write(add, Aim, {"indicator_id": indicator, "kind": "target", "value": 500, "agreement_id": agreement})
    return partner, agreement, indicator


def kept(desk: Desk) -> list[Any]:
    rows = select(Result.span, Result.value).where(Result.report_id.is_not(None)).order_by(Result.row)
    return desk.record.read(lambda session: [tuple(row) for row in session.execute(rows)])


def part_of(shown: MainWindow, kind: type[QWidget]) -> Any:
    """Go to the part of the page on show that is of this kind."""
    tabs = shown.page.tabs
    for place in range(1, tabs.count()):
        tabs.go(place)
        if isinstance(tabs.part(place), kind):
            return tabs.part(place)
    raise AssertionError(kind)


def said_in(table: ShortView, row: int, column: int) -> str:
    return str(table.list.data(table.list.index(row, column)))


def test_a_report_told_by_telephone_is_typed_in_with_its_lines(
    window: Window, settled: Settled, desk: Desk, counted: tuple[UUID, UUID, UUID]
) -> None:
    partner, agreement, _indicator = counted
    shown = window("fr")
    given = {"organisation_id": (partner, "Association Femmes Debout"), "agreement_id": (agreement, "Écoute")}
    desk.open("received-reports", given)
    settled()
    form = shown.page.form
    assert not form.dirty
    (line,) = form.lines._rows
    assert line.about.name == "Personnes formées"
    for key, typed in (("this_period", "1 200"), ("women", "700"), ("cumulative", "٣٠٠٠")):
        line.inputs[key].setText(typed)
    form.editor(ReceivedReport.starts_on).show_value(date(2026, 1, 1))
    form.editor(ReceivedReport.ends_on).show_value(date(2026, 1, 31))
    form.editor(ReceivedReport.received_on).show_value(date(2026, 2, 3))
    form.editor(ReceivedReport.channel).show_value("telephone")
    draft = form.draft()
    form.restore(draft)
    line = form.lines._rows[0]
    line.inputs["men"].setText("900")
    shown.page.save()
    settled()
    assert "Personnes formées" in line.note.text() and line.note.isVisible(), "said beside the line that is wrong"
    line.inputs["men"].setText("")
    shown.page.save()
    settled()
    assert "janv" in shown.page.heading.text()
    assert kept(desk) == [("period", 1200), ("cumulative", 3000)]
    assert not form.lines.isVisible()


def test_a_cell_that_is_no_number_is_said_beside_the_table(
    window: Window, settled: Settled, desk: Desk, counted: tuple[UUID, UUID, UUID]
) -> None:
    partner, agreement, _indicator = counted
    shown = window("en")
    desk.open("received-reports", {"organisation_id": (partner, "Femmes"), "agreement_id": (agreement, "Écoute")})
    settled()
    (line,) = shown.page.form.lines._rows
    line.inputs["women"].setText("beaucoup")
    assert shown.page.form.values() is None
    (bound,) = (each for each in shown.page.form._bound if each.key == "lines")
    assert "Personnes formées" in bound.note.text()


def test_what_does_not_add_up_is_said_on_the_page_and_a_figure_is_corrected_there(
    window: Window, settled: Settled, desk: Desk, counted: tuple[UUID, UUID, UUID]
) -> None:
    partner, agreement, indicator = counted
    came = {"received_on": date(2026, 3, 2), "channel": "paper", "organisation_id": partner, "agreement_id": agreement}
    period = {"starts_on": date(2026, 2, 1), "ends_on": date(2026, 2, 28)}
    report = desk.record.write(receive_report, came | period, [ReportedLine(indicator, None, 90, 60, women=50)])
    shown = window("en")
    desk.open("received-reports", report)
    settled()
    assert "90" in shown.page.remarks.text() and "60" in shown.page.remarks.text()

    result = desk.record.read(
        lambda s: s.scalars(select(Result.id).where(Result.span == "period", Result.value == 90)).one()
    )
    desk.open("results", result)
    settled()
    (act,) = shown.page.entry.acts
    shown.page.do(act)
    dialog = shown.findChildren(FormDialog)[-1]
    settled()
    dialog._form.editor(Result.value).show_value(60)
    ((_women, part),) = dialog._form._split._parts
    assert part.value("") == 50
    part.setText("45")
    dialog._form._bound[-1].editor.show_value("Typed twice")
    dialog._save()
    settled()
    place = shown.page.entry.acts.index(act)
    assert "60" in shown.page.corrected.text() and shown.page.corrected.isVisible()
    assert not shown.page._acts[place].isVisible(), "one that was corrected is not corrected again"
    shown.page.leads.click()
    settled()
    assert shown.page.form.editor(Result.value).value("") == 60
    assert not shown.page.corrected.isVisible() and shown.page._acts[place].isVisible()
    desk.open("received-reports", report)
    settled()
    assert shown.page.remarks.text() == ""
    assert desk.record.read(rolled_up, indicator).value == 60

    desk.open("indicators", indicator)
    settled()
    part = part_of(shown, SumPart)
    settled()
    assert "60" in part.figure.text()
    assert part.split.list.rows == []  # what was counted since the beginning was not split
    part._last.show_value(date(2026, 2, 28))
    part._first.show_value(date(2026, 2, 1))
    part._ask()
    settled()
    assert [(row.sex, row.band, row.value) for row in part.split.list.rows] == [("female", "18+", 45)]
    part.opens.click()
    settled()
    assert shown.page.list.list.rowCount() == 1, "of the three results, the one that was counted"


def test_a_framework_that_is_lacking_is_offered_brought_in_and_shown_as_a_tree(
    window: Window, settled: Settled, desk: Desk
) -> None:
    shown = window("ar")
    shown.go("frameworks")
    settled()
    for one in desk.record.read(offered):
        if one.code in ("GCM", "COMPASS"):
            shown.page._bring(one)
            settled()
    figures = select(Result.value).join(FrameworkItem, FrameworkItem.id == Result.item_id)
    first = figures.where(FrameworkItem.code == "Y1-01")
    assert desk.record.read(lambda s: s.scalars(first).one()) == 29_117
    assert not {"GCM", "COMPASS"} & {one.code for one in desk.record.read(offered)}
    id = desk.record.read(lambda s: s.scalars(select(Framework.id).where(Framework.code == "GCM")).one())
    desk.open("frameworks", id)
    settled()
    part = part_of(shown, TreePart)
    settled()
    rows = part.list.list.rows
    assert len(rows) == 23 and {row.language for row in rows} == {"ar"}
    assert all(row.unofficial and _standing(row) for row in rows), "a draft translation is marked as one"
    desk.open("framework-items", rows[0].id)
    settled()
    texts = part_of(shown, TextsPart)
    settled()
    assert {row.field for row in texts.list.list.rows} <= set(translated(FrameworkItem))


def test_lines_from_a_file_are_shown_first_and_brought_in_when_somebody_says_so(
    window: Window, settled: Settled, desk: Desk, tmp_path: Path
) -> None:
    id = desk.record.write(bring_framework, "IOM-SRF")
    path = tmp_path / "lines.csv"
    lines = ("Code,Parent,Type,Name,Risk", "1,,Outcome,People are safe,Rain", "1a,1,Output,Services,", "2,1,,,Lost")
    path.write_text("\n".join(lines), encoding="utf-8")
    shown = window("en")
    dialog = LinesDialog(desk, id, path, shown)
    dialog.open()
    settled()
    assert [said_in(dialog.list, row, 1) for row in range(dialog.list.list.rowCount())] == ["Outcome", "Output"]
    assert "Risk" in dialog._note.text() and dialog.left_out.isVisible()
    assert "Lost" in said_in(dialog.left_out, 0, 0)
    assert desk.record.read(framework_lines, id) == ()
    dialog._bring_in()
    settled()
    assert [line.code for line in desk.record.read(framework_lines, id)] == ["1", "1a"]
