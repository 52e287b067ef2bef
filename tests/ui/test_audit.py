"""Every page and dialog, in French and Arabic: named, reached and left by keyboard, and with room for longer words."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTabWidget, QWidget

from db.commands.entries import add
from db.commands.erasing import Erased
from db.erasing import Done
from db.models import Activity, Agreement
from db.queries.arrivals import held
from db.queries.erasable import Reach
from db.queries.listing import RowsAsked, page, rows_in_order
from db.queries.lists import ACTIVITIES
from db.queries.organisations import organisations_like
from db.queries.report_lines import WrittenLine
from db.queries.selection import Behind
from desktop import settings
from desktop.beginning import begin
from desktop.intake.plan import Decisions
from desktop.reports.recovery_page import CodeOf
from desktop.sample import sheets
from desktop.ui import language, theme
from desktop.ui.desk import Desk
from desktop.ui.dialogs import people, told
from desktop.ui.dialogs.about import AboutDialog
from desktop.ui.dialogs.approving import ApproveForm
from desktop.ui.dialogs.behind import BehindDialog
from desktop.ui.dialogs.code import CodeDialog
from desktop.ui.dialogs.copies import CopiesDialog
from desktop.ui.dialogs.create import CreateDialog
from desktop.ui.dialogs.erasing import ErasedDialog
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.dialogs.full import FullDialog
from desktop.ui.dialogs.joining import another
from desktop.ui.dialogs.leave import LeaveDialog
from desktop.ui.dialogs.opening import OpeningWindow
from desktop.ui.dialogs.other_ways import OtherWays
from desktop.ui.dialogs.restoring import restore_dialog
from desktop.ui.dialogs.salvaging import salvage_dialog
from desktop.ui.dialogs.saving import WrittenDialog
from desktop.ui.dialogs.self_test import SelfTestDialog
from desktop.ui.dialogs.sending import SendForm
from desktop.ui.dialogs.settings import SettingsDialog
from desktop.ui.dialogs.updating import UpdateDialog
from desktop.ui.dialogs.ways import WaysDialog
from desktop.ui.errors import BugDialog
from desktop.ui.forms.assessing import AssessForm
from desktop.ui.forms.citing import CitingDialog
from desktop.ui.help import HelpWindow
from desktop.ui.main_window import MainWindow
from desktop.ui.pages import PAGES
from desktop.ui.pages.import_ import COLUMNS, DONE, FILE, PREVIEW, ImportPage
from desktop.ui.pages.writing_lines import LinesForm
from desktop.ui.reading import look, planned
from desktop.ui.tabs import Tabs
from tests.ui import audit

KINDS_SHOWN = ("partners", "partners/one", "activities/one", "agreements/one", "reports/one")
"""Pages made from data: a few kinds stand for all."""


def asked_by(ask: Callable[[QWidget], object]) -> QWidget:
    """The dialog that this opens over a window."""
    over = QWidget()
    ask(over)
    (dialog,) = over.findChildren(FormDialog)
    dialog.setParent(None)
    return dialog


LINES = (WrittenLine("title", "⟦~⟧", ()), WrittenLine("summary", "⟦~⟧", ()))
SHEET = next(file for file in sheets("2026-03") if "AML" in file.name)
DIALOGS: dict[str, Callable[[Desk], QWidget]] = {
    "opening": lambda desk: OpeningWindow(Path("essai.jalon"), locked=True),
    "opening-first": lambda desk: OpeningWindow(None),
    "create": lambda desk: CreateDialog(Path.home(), None),
    "opening-others": lambda desk: OtherWays(Path("essai.jalon"), None),
    "code": lambda desk: CodeDialog("ABCD-" * 8 + "ABCD", None, CodeOf("⟦~⟧", "⟦~⟧", "essai.jalon"), desk.tasks),
    "ways": lambda desk: WaysDialog(desk, None),
    "let-read": lambda desk: asked_by(lambda over: people.confidential(desk, desk.record.person, over)),
    "copies": lambda desk: CopiesDialog(desk, None),
    "full": lambda desk: FullDialog(None),
    "restore": lambda desk: restore_dialog(Path("essai.jalon"), desk.tasks, None, print, said="⟦~⟧"),
    "salvage": lambda desk: salvage_dialog(Path("essai.jalon"), desk.tasks, None, print),
    "settings": lambda desk: SettingsDialog(settings.Settings(), lambda chosen: None, lambda keep: None, None),
    "assess": lambda desk: FormDialog("⟦~⟧", AssessForm(desk, "women_led"), lambda *asked: None, None),
    "approve": lambda desk: FormDialog("⟦~⟧", ApproveForm(), lambda *asked: None, None),
    "send": lambda desk: FormDialog("⟦~⟧", SendForm(desk, ()), lambda *asked: None, None),
    "lines": lambda desk: FormDialog(
        "⟦~⟧", LinesForm((WrittenLine("title", "⟦~⟧", ()),), "ar"), lambda *asked: None, None
    ),
    "cite": lambda desk: CitingDialog((), lambda name: None, None),
    "behind": lambda desk: BehindDialog(desk, "⟦~⟧", "⟦~⟧", Behind("activities", (), 0), None),
    "leave": lambda desk: LeaveDialog(None),
    "another person": lambda desk: asked_by(lambda over: another(desk, over, lambda: None)),
    "erased": lambda desk: ErasedDialog(
        desk, Reach("⟦~⟧", {"activity": 2}, 0, 0, ()), Done(Erased(2, 2, ()), False, 0, True), None
    ),
    "written": lambda desk: WrittenDialog(desk, Path("⟦~⟧.pdf"), "⟦~⟧", (Activity, UUID(int=0)), None),
    "help": lambda desk: HelpWindow(),
    "news": lambda desk: told.news_dialog(None),
    "about": lambda desk: AboutDialog(None),
    "self-test": lambda desk: SelfTestDialog(desk.tasks, None),
    "update": lambda desk: UpdateDialog(desk, None),
    "bug": lambda desk: BugDialog("⟦~⟧", None),
}


def lay_out(shown: QWidget) -> None:
    """Let layouts settle: each round may ask for another."""
    for _round in range(4):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def tabs_of(page: QWidget) -> Iterator[None]:
    """A page as it stands, then each of its other tabs."""
    yield
    for parts in page.findChildren(Tabs):
        for part in range(1, parts.count()):
            if parts.allowed(part):
                parts.go(part)
                yield
    for tabs in page.findChildren(QTabWidget):
        for tab in range(1, tabs.count()):
            if tabs.isTabEnabled(tab):
                tabs.setCurrentIndex(tab)
                yield


@pytest.fixture
def about(desk: Desk) -> dict[str, object]:
    """What the pages on one thing are about."""
    numbers = desk.record.read(rows_in_order, ACTIVITIES, RowsAsked("title"))
    rows = desk.record.read(page, ACTIVITIES, numbers)
    partner = next(id for id, name in desk.record.read(organisations_like, "") if "رائدات" in name)
    agreement = desk.record.write(add, Agreement, {"title": "⟦~⟧", "partner_id": partner, "currency": "USD"})
    asked = {"title": "⟦~⟧", "report": "protection-overview", "language": "x-pseudo", "languages": "fr"}
    report = begin(desk.record, asked)
    return {
        "activities/one": rows[numbers[0]][0],
        "partners/one": partner,
        "agreements/one": agreement,
        "reports/one": report,
    }


def views_of(
    shown: MainWindow,
    settled: Callable[[], None],
    about: dict[str, object],
    keys: Sequence[str] = (*PAGES, *KINDS_SHOWN),
) -> Iterator[str]:
    """The pages of the window, with their tabs and steps, one after the other on show; gives their names."""
    for key in keys:
        shown.go(key, about.get(key))
        settled()
        for number, _tab in enumerate(tabs_of(shown.page)):
            settled()
            lay_out(shown)
            yield f"{key} {number}"
        if isinstance(shown.page, ImportPage):
            yield from steps_of(shown, shown.page)


def steps_of(shown: MainWindow, step: ImportPage) -> Iterator[str]:
    """The steps of an import with a real sheet in them."""
    seen = look(SHEET, None, (), None, None)
    step._path = SHEET
    step._columns.show_look(seen)
    step._show_step(COLUMNS)
    lay_out(shown)
    yield "import columns"
    holds = seen.mapping.holds.value
    decisions = Decisions()
    plan = planned(SHEET, None, seen.mapping, shown.desk.record.read(held, holds), decisions, seen.sheet)
    step._preview.show_plan(plan, decisions)
    step._show_step(PREVIEW)
    for number, _tab in enumerate(tabs_of(step._preview)):
        lay_out(shown)
        yield f"import preview {number}"
    step._show_step(DONE)
    lay_out(shown)
    yield "import done"
    step._show_step(FILE)


@pytest.mark.parametrize(
    ("spoken", "keys"),
    [("fr", (*PAGES, *KINDS_SHOWN)), ("ar", ("home", "partners/one", "quick-report", "reports/one"))],
)
def test_every_page_is_named_reached_and_left_by_keyboard(
    window: Callable[..., MainWindow],
    settled: Callable[[], None],
    about: dict[str, object],
    spoken: str,
    keys: Sequence[str],
) -> None:
    """In the other direction the order is the same: a few pages show that it is."""
    shown = window(spoken)
    faults = {
        name: found
        for name in views_of(shown, settled, about, keys)
        if (found := [*audit.unnamed(shown), *audit.lost_by_keyboard(shown)])
    }
    assert not faults


@pytest.mark.parametrize("mirrored", [False, True])
def test_every_page_has_room_for_longer_words_and_no_word_of_its_own(
    window: Callable[..., MainWindow], settled: Callable[[], None], about: dict[str, object], mirrored: bool
) -> None:
    shown = window("x-pseudo")
    if mirrored:
        QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert shown.width() <= 1024
    assert shown.height() <= 560
    faults = {
        name: found
        for name in views_of(shown, settled, about)
        if (found := [*audit.cut_off(shown), *([] if mirrored else audit.not_translated(shown))])
    }
    assert not faults


@pytest.mark.parametrize(("spoken", "size", "wide", "high"), [("x-pseudo", 150, 1180, 720), ("ar", 200, 1366, 720)])
def test_every_page_is_legible_in_large_text(
    qapp: QApplication,
    window: Callable[..., MainWindow],
    settled: Callable[[], None],
    about: dict[str, object],
    spoken: str,
    size: int,
    wide: int,
    high: int,
) -> None:
    families = theme.load_fonts()
    theme.apply(qapp, "light", size, families)
    try:
        shown = window(spoken)
        shown.resize(wide, high)
        few = ("home", "import", "partners", "agreements/one")
        faults = {name: found for name in views_of(shown, settled, about, few) if (found := audit.cut_off(shown))}
        assert not faults
    finally:
        theme.apply(qapp, "light", 100, families)


@pytest.mark.parametrize("spoken", ["fr", "ar", "x-pseudo"])
def test_every_dialog_is_named_reached_left_and_roomy(
    desk: Desk, settled: Callable[[], None], qtbot, spoken: str
) -> None:
    language.switch(spoken)
    faults = {}
    for name, made in DIALOGS.items():
        dialog = made(desk)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        with qtbot.waitActive(dialog):
            dialog.show()
            dialog.activateWindow()
        settled()
        lay_out(dialog)
        assert dialog.minimumSizeHint().width() <= 1024
        found = [audit.unnamed(dialog), audit.lost_by_keyboard(dialog), audit.cut_off(dialog)]
        if spoken == "x-pseudo":
            found.append(audit.not_translated(dialog))
        if any(found):
            faults[name] = found
        dialog.hide()
    assert not faults
