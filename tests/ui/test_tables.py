"""Lists: walked, ordered and left by keyboard, in both directions of reading."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from db.commands.entries import add
from db.models import Indicator, Result
from db.queries.kinds import KINDS
from desktop.ui.desk import Desk
from desktop.ui.main_window import MainWindow
from desktop.ui.tables.column import columns_of
from desktop.ui.tables.view import choose_row


def names(window: MainWindow) -> list[str]:
    model = window.page.list.model()
    return [model.index(row, 0).data().strip("\u2068\u2069") for row in range(model.rowCount())]


@pytest.mark.parametrize("spoken", ["fr", "ar"])
def test_a_row_is_chosen_and_opened_by_keyboard_in_either_direction(
    window: Callable[..., MainWindow], settled: Callable[[], None], spoken: str
) -> None:
    shown = window(spoken)
    shown.go("partners")
    settled()
    table = shown.page.list
    choose_row(table, 1)
    assert {index.row() for index in table.selectionModel().selectedRows()} == {1}
    wanted = names(shown)[1]
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    settled()
    assert shown.page.key == "partners/one"
    assert wanted in shown.page.heading.text()


def test_names_stand_in_the_order_people_expect_and_turn_round(
    window: Callable[..., MainWindow], settled: Callable[[], None]
) -> None:
    shown = window("fr")
    shown.go("partners")
    settled()
    assert names(shown) == ["Association Femmes Debout", "Élan des mères", "Pionnières du désert"]
    shown.page.list.horizontalHeader().setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    settled()
    assert names(shown)[-1] == "Association Femmes Debout"


@pytest.mark.parametrize(("spoken", "called"), [("fr", "Pionnières du désert"), ("en", "جمعية رائدات الصحراء")])
def test_an_organisation_is_found_by_any_of_its_names_and_called_as_its_reader_calls_it(
    window: Callable[..., MainWindow], settled: Callable[[], None], spoken: str, called: str
) -> None:
    shown = window(spoken)
    shown.go("partners")
    shown.page.look_for()
    QTest.keyClicks(shown.page.finder.search, "pionnieres")
    QTest.keyClick(shown.page.finder.search, Qt.Key.Key_Return)
    settled()
    assert names(shown) == [called]


def test_an_empty_cell_is_announced_and_no_figure_is_not_zero(
    window: Callable[..., MainWindow], settled: Callable[[], None]
) -> None:
    shown = window("en")
    shown.go("activities")
    settled()
    model = shown.page.list.model()
    figures = [model.index(row, 7) for row in range(model.rowCount())]
    settled()
    assert sorted(index.data() for index in figures) == ["", "1,240"]
    empty = next(index for index in figures if not index.data())
    assert empty.data(Qt.ItemDataRole.AccessibleTextRole) == "No figure"


def test_a_hidden_column_stays_hidden_in_the_next_window(
    window: Callable[..., MainWindow], settled: Callable[[], None]
) -> None:
    shown = window("fr")
    shown.go("partners")
    settled()
    chooser = shown.page.list.choice_of_columns()
    chooser.menu().actions()[0].trigger()
    again = window("fr")
    again.go("partners")
    assert again.page.list.isColumnHidden(1)
    mirrored = window("ar")
    mirrored.go("partners")
    assert not mirrored.page.list.isColumnHidden(1)  # a state of one direction scrambles the other


def test_a_list_is_put_in_another_order_by_keyboard(
    window: Callable[..., MainWindow], settled: Callable[[], None]
) -> None:
    """The titles can be clicked but not reached; the same stands in the menu of the columns."""
    shown = window("en")
    shown.go("activities")
    settled()
    table = shown.page.list
    orders = next(each for each in shown.page.findChildren(QMenu) if each.title() == "Order by")
    people = next(each for each in orders.actions() if each.text() == "People")
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        people.trigger()
        settled()
        header = table.horizontalHeader()
        assert (header.sortIndicatorSection(), header.sortIndicatorOrder()) == (7, order)
        assert table._asked.order == "people"
        assert table._asked.descending == (order == Qt.SortOrder.DescendingOrder)


def test_why_there_is_no_figure_stands_in_its_cell_and_names_have_the_room_that_empty_columns_leave(
    desk: Desk, window: Callable[..., MainWindow], settled: Callable[[], None]
) -> None:
    name = "Personnes accueillies dans l'espace sûr"
    indicator = desk.record.write(add, Indicator, {"name": name, "unit": "persons"})
    told = {"indicator_id": indicator, "nature": "reached", "missing": "not_collected"}
    desk.record.write(add, Result, {**told, "starts_on": date(2026, 4, 1), "ends_on": date(2026, 6, 30)})
    shown = window("en")
    shown.go("results")
    settled()
    table = shown.page.list
    keys = [column.key for column in table._columns]
    model, figure, called = table.model(), keys.index("value"), keys.index("indicator_id")
    row = next(row for row in range(model.rowCount()) if model.index(row, called).data())
    settled()
    assert model.index(row, figure).data() == "Not collected"
    assert table.columnWidth(called) > 1.5 * table.columnWidth(keys.index("place_id"))


@pytest.mark.parametrize(("spoken", "said"), [("en", "0 to 17 years"), ("fr", "0 à 17 ans")])
def test_splits_and_ages_are_told_in_words(speak: Callable[[str], None], spoken: str, said: str) -> None:
    speak(spoken)
    columns = {column.key: column for column in columns_of(KINDS["breakdowns"])}
    assert columns["age_band"].text("0-17") == said
    assert columns["cut"].text("sex_age") != "sex_age"
    assert columns["cut"].text("au choix") == "\u2068au choix\u2069"  # a file's own word stands for itself
