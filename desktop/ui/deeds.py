"""A deed of the history in words of the screen, and by what a deed just done is known in it."""

from uuid import UUID

from db.commands.arrivals import Arrival, bring_in
from db.deeds import in_words
from db.queries.history import Done, steps_to_take
from db.record import Record
from desktop.ui.language import _, words
from i18n import N_

ACTS = {"undo": N_("Taken back: {deed}"), "redo": N_("Done again: {deed}")}


def deed_in_words(done: Done) -> str:
    """A deed, or the taking back of one, in the words of the screen."""
    name = in_words(done.deed, done.details, words())
    return _(ACTS[done.act]).format(deed=name) if done.act in ACTS else name


def brought_in(record: Record, arrival: Arrival) -> UUID:
    """Bring a file in; answers the deed that this was, for whoever takes it back later."""
    record.write(bring_in, arrival)
    newest, _again = record.read(steps_to_take)
    assert newest is not None, "it was just done"
    return newest.id
