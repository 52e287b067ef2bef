"""Checking the whole record, and saying in words what is wrong with it: pages, history, register, links and values."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from db.queries.check import Finding, check
from desktop.ui.desk import Desk
from desktop.ui.dialogs.told import Told
from desktop.ui.language import _, words


def check_record(desk: Desk, over: QWidget) -> None:
    """Look through everything, off the window's thread, and tell what was found."""
    desk.say(_("Checking the record. It may take a minute; you can go on working."))
    desk.tasks.with_record(lambda: check(desk.record), lambda found: told(found, over).open(), owner=over)


def told(found: Sequence[Finding], over: QWidget | None) -> Told:
    """The findings, a sentence each; with a way to keep them, for whoever can help."""
    sound = _("The record is sound: its file, its pages, its log and its rules.")
    said = [words().gettext(one.message).format(**one.values(words())) for one in found]
    return Told(_("Check of the record"), "\n\n".join(said) or sound, over, save_as="check.txt" if said else "")
