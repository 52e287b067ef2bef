"""A deed of the history in words of the screen."""

from db.deeds import in_words
from db.queries.history import Done
from desktop.ui.language import _, words
from i18n import N_

ACTS = {"undo": N_("Taken back: {deed}"), "redo": N_("Done again: {deed}")}


def deed_in_words(done: Done) -> str:
    """A deed, or the taking back of one, in the words of the screen."""
    name = in_words(done.deed, done.details, words())
    return _(ACTS[done.act]).format(deed=name) if done.act in ACTS else name
