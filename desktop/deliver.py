"""Make this report, for whoever asks: gather, release, build, render, write. The window and the verbs come this way.

Gathering reads the record; the rest is pure and can run in a process that has neither key nor record.
"""

import errno
import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import cast

from db.commands.issuing import note_issued
from db.durable import write_durably
from db.errors import DiskFull, ReadOnlyPlace, RecordError
from db.record import Record
from desktop import VERSION
from desktop.guard.audiences import Audience
from desktop.guard.release import release
from desktop.guard.released import Notes
from desktop.guard.tables import Tables
from desktop.render import Form, render
from desktop.reports.attached import with_data
from desktop.reports.offer import report_called
from desktop.reports.report import Asked
from i18n import N_, Words

FORMS: tuple[Form, ...] = ("pdf", "docx", "xlsx", "text")
Progress = Callable[[float], None]


class NeedsPartner(RecordError):
    message = N_("A report for a partner needs to know which one. Choose the partner.")


class NoSuchFolder(RecordError):
    message = N_("There is no folder {path}. Make it, or choose another one.")


@dataclass(frozen=True)
class Order:
    """One report as it was asked for. `attach` puts the released figures inside; internal copies always have them."""

    report: str
    asked: Asked
    language: str
    form: Form
    attach: bool = False


@dataclass(frozen=True)
class Made:
    """A finished report, what the guard says of it, and the characters that no font of ours has."""

    content: bytes
    notes: Notes
    unprintable: str


def gather(record: Record, order: Order) -> Tables:
    """What the report wants to say; needs the record."""
    if order.asked.audience is Audience.PARTNER and order.asked.scope.partner is None:
        raise NeedsPartner
    return report_called(order.report).gather(record, order.asked)


def make(tables: Tables, order: Order, progress: Progress | None = None) -> Made:
    """The report itself; needs no record and can be cancelled by ending the process it runs in."""
    words = Words.of(order.language)
    released = release(tables, order.asked.audience, order.asked.scope.partner)
    document = report_called(order.report).build(released, words)
    if order.attach or order.asked.audience is Audience.INTERNAL:
        document = with_data(document, words)
    unprintable: list[str] = []
    content = render(document, order.form, words, progress, unprintable.append)
    return Made(content, released.notes, "".join(dict.fromkeys("".join(unprintable))))


def write(content: bytes, path: Path) -> None:
    """Put the file there whole, or leave what was there as it was."""
    try:
        write_durably(path, content)
    except FileNotFoundError as refused:
        raise NoSuchFolder(path=path.parent) from refused
    except OSError as refused:
        with suppress(OSError):
            path.with_name(path.name + ".part").unlink()
        if refused.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull from refused
        raise ReadOnlyPlace(path=path) from refused


def note(record: Record, order: Order, content: bytes) -> None:
    """Keep in the record that this report left: which, about what, for whom, in what form, with its digest."""
    scope = asdict(order.asked.scope)
    record.note(
        note_issued,
        order.report,
        order.language,
        order.form,
        order.asked.audience.value,
        {side: str(value) for side, value in scope.items() if value is not None},
        hashlib.sha256(content).hexdigest(),
        VERSION,
        record.person,
    )


def deliver(record: Record, order: Order, path: Path) -> Made:
    """The whole way, for one report and one file."""
    made = make(gather(record, order), order)
    write(made.content, path)
    note(record, order, made.content)
    return made


def form_of(name: str) -> Form:
    """A form by its name."""
    return cast(Form, name)
