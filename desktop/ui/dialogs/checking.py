"""Checking the whole record, and saying in words what is wrong with it: pages, history, register, links and values."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from db.queries.check import DAMAGED, SHORTER, Finding, check
from desktop.ui.desk import Desk
from desktop.ui.dialogs.saving import proposed
from desktop.ui.dialogs.told import Told
from desktop.ui.language import _, words


def check_record(desk: Desk, over: QWidget) -> None:
    """Look through everything, off the window's thread, and tell what was found."""
    desk.say(_("Checking the record. It may take a minute; you can go on working."))
    desk.tasks.with_record(lambda: check(desk.record), lambda found: _tell(desk, found, over), owner=over)


def _tell(desk: Desk, found: Sequence[Finding], over: QWidget) -> None:
    """Say what was found; where a copy is what helps, on the screen that brings one back."""
    if desk.backing is not None and any(one.message in (DAMAGED, SHORTER) for one in found):
        desk.backing.bring_back(_said(found))
    else:
        told(found, over).open()


def told(found: Sequence[Finding], over: QWidget | None) -> Told:
    """The findings, a sentence each; with a way to keep them, for whoever can help."""
    sound = _("The record is sound: its file, its pages, its log and its rules.")
    said = _said(found)
    return Told(
        _("Check of the record"),
        said or sound,
        over,
        save_as=proposed("", _("Check of the record"), "txt") if said else "",
    )


def _said(found: Sequence[Finding]) -> str:
    return "\n\n".join(words().gettext(one.message).format(**one.values(words())) for one in found)
