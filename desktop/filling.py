"""Fill a donor's own form with a report, for whoever asks: the same way as `deliver`, but for the last step.

What is gathered, released and noted is the whole report, whichever of its figures the form asks for: the register
knows too much rather than too little.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from db.errors import RecordError
from db.queries.documents import content_of
from db.queries.report_forms import report_forms
from db.record import Record
from desktop.deliver import Cleared, Made, Order, clear, gather, leave
from desktop.foreign import read_file
from desktop.guard.tables import Tables
from desktop.render import Form
from desktop.render.fill import fill_apart
from desktop.render.form_file import LARGEST, check_form
from desktop.render.form_places import FilledForm, Unknown
from desktop.reports.offer import report_called
from desktop.reports.places import Filling, labels, places
from desktop.reports.report import KEPT
from i18n import N_, Words


class NoForm(RecordError):
    message = N_(
        "No form is named, and none is kept with this donor's requirements. Name a file, or add it there as a document "
        "of the kind “Form for reports”."
    )


class FormUnreadable(RecordError):
    message = N_("The form {path} could not be opened. Check its name and folder, and whether you may read it.")


class OtherKindOfFile(RecordError):
    message = N_("A form is filled as the kind of file that it is: {path} has to end in {suffix}.")


@dataclass(frozen=True)
class Filled:
    """A form as it leaves, and what whoever sends it should look at."""

    made: Made
    form: Form
    filled: tuple[str, ...]
    empty: tuple[str, ...]
    """Places whose value is hidden, missing or not written; a mark stands in them."""
    unknown: tuple[Unknown, ...]
    """Places that no report fills, with the name that each may have meant."""


def known_places(cleared: Cleared, order: Order) -> Mapping[str, Filling]:
    """What a form of this report can ask for, in the language of the order."""
    return places(report_called(order.report), cleared.released, words_of(order))


def known_labels(cleared: Cleared, order: Order) -> Mapping[str, str]:
    """What these places are of, where their names do not say it."""
    return labels(report_called(order.report), cleared.released, words_of(order))


def words_of(order: Order) -> Words:
    """The words that a form is filled with."""
    return Words.of(order.language, order.asked.typography or "un", order.asked.calendar)


@dataclass(frozen=True)
class Prepared:
    """A form that may be opened, and everything that it can ask for."""

    kind: Form
    cleared: Cleared
    places: Mapping[str, Filling]


def prepared(tables: Tables, order: Order, form: bytes) -> Prepared:
    """What the filling needs; the form is looked at first, so that a refusal does not wait for the weighing."""
    kind = check_form(form)
    cleared = clear(tables, order.asked)
    return Prepared(kind, cleared, known_places(cleared, order))


def fill(tables: Tables, order: Order, form: bytes) -> Filled:
    """The form filled; needs no record. The filling itself is done in a process of its own, which may end."""
    ready = prepared(tables, order, form)
    return filled(ready, fill_apart(form, ready.places, words_of(order)))


def filled(ready: Prepared, answer: FilledForm) -> Filled:
    """A filled form with what the guard and the register know of it."""
    cleared = ready.cleared
    kept = cast(Mapping[str, object], cleared.released.plain.get(KEPT, {}))
    made = Made(
        answer.content,
        cleared.released.notes,
        "",
        kept,
        cleared.counts,
        cleared.known_to,
        cleared.behind,
        len(answer.filled),
        {"form": answer.filled},
    )
    return Filled(made, ready.kind, answer.filled, answer.empty, answer.unknown)


def looked_at(done: Filled, words: Words) -> Iterator[str]:
    """What whoever sends it is told: how many places are filled, which stayed empty, which nobody knows."""
    said = words.ngettext("{count} place is filled.", "{count} places are filled.", len(done.filled))
    yield said.format(count=words.number(len(done.filled)))
    if done.empty:
        empty = words.gettext("These places stayed empty, a mark stands in each: {names}.")
        yield empty.format(names=words.list([words.isolate(name) for name in done.empty]))
    for one in done.unknown:
        if one.nearest:
            unknown = words.gettext("No report fills the place {name}; it may mean {nearest}.")
        else:
            unknown = words.gettext("No report fills the place {name}; it stands as it stood.")
        yield unknown.format(name=words.isolate(one.name), nearest=words.isolate(one.nearest))


def form_of(record: Record, order: Order, path: Path | None) -> bytes:
    """The form in a file, else the newest one that is kept with the donor's requirements."""
    if path is not None:
        try:
            return read_file(path, LARGEST)
        except OSError as refused:
            raise FormUnreadable(path=path) from refused
    donor = order.asked.scope.donor
    kept = record.read(report_forms, donor) if donor else ()
    if not kept:
        raise NoForm
    return record.read(content_of, kept[0].digest)


def deliver_form(record: Record, order: Order, form: bytes, path: Path) -> Filled:
    """The whole way, for one form: filled, written, and noted that it left."""
    kind = check_form(form)
    if path.suffix.lower() != f".{kind}":
        raise OtherKindOfFile(path=path, suffix=f".{kind}")
    done = fill(gather(record, order), order, form)
    leave(record, replace(order, form=done.form), done.made, path)
    return done
