"""A donor's own form with its named places filled: a Word file or a workbook, laid out by the donor and not by us.

A place is a name between double braces, `{{ people_reached }}`; in a workbook a cell can have the name instead. A form
is data and never a program: a place that holds more than a name is refused, whatever library would understand it.
"""

from collections.abc import Mapping

from desktop.apart import ask_once
from desktop.render.form_file import check_form
from desktop.render.form_places import FilledForm, Places
from desktop.reports.places import Filling
from i18n import Words

LIMIT = 30
"""Seconds that filling may take."""


def fill_form(content: bytes, known: Mapping[str, Filling], words: Words) -> FilledForm:
    """The form with every known place filled; refused where it could do harm."""
    kind = check_form(content)
    places = Places(known, words)
    if kind == "docx":
        from desktop.render.fill_word import fill_word

        return places.filled(fill_word(content, places))
    from desktop.render.fill_workbook import fill_workbook

    return places.filled(fill_workbook(content, places))


def fill_apart(content: bytes, known: Mapping[str, Filling], words: Words, seconds: float = LIMIT) -> FilledForm:
    """The same in a process of its own, which has neither key nor record and is ended when its time is over."""
    filled: FilledForm = ask_once(fill_form, content, dict(known), words, seconds=seconds)
    return filled
