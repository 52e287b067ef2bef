"""A donor's own form with its named places filled: a Word file or a workbook, laid out by the donor and not by us.

A place is a name between double braces, `{{ people_reached }}`; in a workbook a cell can have the name instead. A form
is data and never a program: a place that holds more than a name is refused, whatever library would understand it.
"""

import multiprocessing
from collections.abc import Mapping
from multiprocessing.connection import Connection

from db.errors import RecordError
from desktop.render.form_file import FormRefused, check_form
from desktop.render.form_places import FilledForm, Places
from desktop.reports.places import Filling
from i18n import N_, Words

LIMIT = 30
"""Seconds that filling may take."""


class FormTooSlow(FormRefused):
    message = N_("This form took more than {seconds} seconds to fill and was given up. Nothing was written.")


class FillingEnded(FormRefused):
    message = N_("The filling of this form ended before it was done. Nothing was written. Try again.")


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
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(theirs, content, dict(known), words), daemon=True)
    process.start()
    theirs.close()
    try:
        if not ours.poll(seconds):
            raise FormTooSlow(seconds=int(seconds))
        answer = ours.recv()
    except (EOFError, OSError) as ended:
        raise FillingEnded from ended
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()
    if isinstance(answer, FilledForm):
        return answer
    raise answer


def _answer(line: Connection, content: bytes, known: Mapping[str, Filling], words: Words) -> None:
    try:
        answer: FilledForm | RecordError = fill_form(content, known, words)
    except RecordError as refused:
        answer = refused
    line.send(answer)
