"""What the menu of tools does: each a dialog of its own, imported when it is asked for, for most days need none."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.ui.desk import Desk


def tools(desk: Desk, window: QWidget) -> Mapping[str, Callable[[], object]]:
    """The commands of the menu by their keys, on this window's record."""
    does = (_screening, _duplicates, _same_places, _sheet, _raw, _check, _stolen, _copies, _self_test, _update)
    return {one.__name__[1:].replace("_", "-"): partial(one, desk, window) for one in does}


def ways(desk: Desk, window: QWidget | None) -> None:
    """Who can open the record, and by what: from the settings."""
    from desktop.ui.dialogs.ways import WaysDialog

    WaysDialog(desk, window).open()


def _screening(desk: Desk, window: QWidget) -> None:
    """Screen everybody against a sanctions list."""
    from desktop.ui.dialogs.screening import ScreeningDialog

    ScreeningDialog(desk, None, window).open()


def _duplicates(desk: Desk, window: QWidget) -> None:
    """Look for organisations that are held twice."""
    from desktop.ui.dialogs.merge import TWICE, DuplicatesDialog

    DuplicatesDialog(desk, TWICE["organisations"], window).open()


def _same_places(desk: Desk, window: QWidget) -> None:
    """Look for places that are held twice."""
    from desktop.ui.dialogs.merge import TWICE, DuplicatesDialog

    DuplicatesDialog(desk, TWICE["places"], window).open()


def _sheet(desk: Desk, window: QWidget) -> None:
    """Look at another office's sheet of a partner."""
    from desktop.ui.dialogs.partner_sheet import take_one

    take_one(desk, window)


def _raw(desk: Desk, window: QWidget) -> None:
    """Write the whole record as a workbook to be worked on."""
    from desktop.ui.dialogs.raw_export import ExportDialog

    ExportDialog(desk, window).open()


def _check(desk: Desk, window: QWidget) -> None:
    """Look through the whole record."""
    from desktop.ui.dialogs.checking import check_record

    check_record(desk, window)


def _stolen(desk: Desk, window: QWidget) -> None:
    """Write the sheet that is kept apart from the computer."""
    from desktop.ui.dialogs.held import write_sheet

    write_sheet(desk, window)


def _copies(desk: Desk, window: QWidget) -> None:
    """Where the copies are, how old, and the way back to one."""
    from desktop.ui.dialogs.copies import CopiesDialog

    CopiesDialog(desk, window).open()


def _self_test(desk: Desk, window: QWidget) -> None:
    """Prove that this copy works."""
    from desktop.ui.dialogs.self_test import SelfTestDialog

    dialog = SelfTestDialog(desk.tasks, window)
    dialog.open()
    dialog.begin()


def _update(desk: Desk, window: QWidget) -> None:
    """Bring this copy up to date from a file."""
    from desktop.ui.dialogs.updating import UpdateDialog

    UpdateDialog(desk, window).open()
