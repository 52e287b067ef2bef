"""Make this report, for whoever asks: gather, release, build, render, write. The window and the verbs come this way.

Gathering reads the record; the rest is pure and can run in a process that has neither key nor record.
"""

import errno
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from db.commands.issuing import Destination, Leaving, forget_unwritten, note_issued
from db.durable import write_durably
from db.errors import DiskFull, NoSuchFolder, RecordError
from db.growing import only_growing
from db.keys import belongs_to_a_record
from db.queries.authorisations import permits
from db.queries.released import Counts, earlier, reader_of
from db.record import Record
from desktop import VERSION
from desktop.guard.audiences import Audience
from desktop.guard.behind import permitted, rows_behind
from desktop.guard.release import release_and_tell
from desktop.guard.released import Notes, Released
from desktop.guard.tables import Tables
from desktop.render import Form, render
from desktop.reports.attached import with_data
from desktop.reports.building import build
from desktop.reports.document import Document, Table
from desktop.reports.offer import report_called
from desktop.reports.report import KEPT, Asked, refuse_what_lacks
from i18n import N_, Words
from i18n.isolation import harmless

FORMS: tuple[Form, ...] = ("pdf", "docx", "xlsx", "text")
Progress = Callable[[float], None]


class NeedsPartner(RecordError):
    message = N_("A report for a partner needs to know which one. Choose the partner.")


class CannotWrite(RecordError):
    message = N_(
        "{path} could not be written: it may be open in another program, or its folder may be closed to you. "
        "Choose another name or folder."
    )


class PeriodTurnedRound(RecordError):
    message = N_("The period begins on {first}, after it ends on {last}. Change one of the two days.")


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
    """A finished report, what the guard says of it, and the characters that no font of ours has.

    `kept` is what the record keeps with it besides what was asked, such as what was withheld and on what ground;
    `counts` is what the register keeps, and `known_to` how far that went when this was weighed against it.
    """

    content: bytes
    notes: Notes
    unprintable: str
    kept: Mapping[str, Any] = field(default_factory=dict)
    counts: Counts = field(default_factory=Counts)
    known_to: int | None = None
    behind: Mapping[str, Any] = field(default_factory=dict)
    """The selections that its figures are made of, by kind."""
    rows: int | None = None
    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """How many rows its tables have, and the headings of each."""


def gather(record: Record, order: Order) -> Tables:
    """What the report wants to say, beside what left earlier; needs the record."""
    refuse_what_cannot_be(order.asked)
    report = report_called(order.report)
    refuse_what_lacks(report, order.asked)
    with only_growing():
        return beside_earlier(record, report.gather(record, order.asked), order.asked)


def told_coarser(record: Record, order: Order) -> dict[str, Tables]:
    """The same report told more coarsely, in each way that it can be and is not yet, for `coarser.proposals`."""
    ways = (way for way in report_called(order.report).coarsens if way not in order.asked.coarser)
    asked = {way: replace(order.asked, coarser=(*order.asked.coarser, way)) for way in ways}
    return {way: gather(record, replace(order, asked=one)) for way, one in asked.items()}


def beside_earlier(record: Record, tables: Tables, asked: Asked) -> Tables:
    """The tables with what the readers of this audience hold already, and what they may be told by authorisation.

    Copies for the office count for nobody.
    """
    if asked.audience is Audience.INTERNAL:
        return tables
    reader = record.read(reader_of, asked.audience.value, asked.scope)
    found = replace(tables, earlier=record.read(earlier, reader))
    if reader.whom is None:
        return found
    kept = {**cast(Mapping[str, Any], tables.plain.get(KEPT, {})), reader.audience: reader.whom}
    allowed = record.read(permits, UUID(reader.whom), date.today())
    return replace(found, permits=allowed, plain={**tables.plain, KEPT: kept})


def make(tables: Tables, order: Order, progress: Progress | None = None) -> Made:
    """The report itself; needs no record and can be cancelled by ending the process it runs in."""
    return made(clear(tables, order.asked), order, progress)


@dataclass(frozen=True)
class Cleared:
    """A report's tables after the guard, for as many languages and formats as are asked for."""

    released: Released
    counts: Counts
    known_to: int | None
    behind: Mapping[str, Any]


def clear(tables: Tables, asked: Asked) -> Cleared:
    """What may be told to these readers."""
    with only_growing():
        released, counts = release_and_tell(tables, asked.audience, asked.scope.partner, asked.method)
    return Cleared(released, counts, tables.earlier.known_to if tables.earlier else None, rows_behind(tables))


def document(cleared: Cleared, order: Order) -> Document:
    """What was released, as a document in the language of the order."""
    words = Words.of(order.language, order.asked.typography or "un", order.asked.calendar)
    report = report_called(order.report)
    built = build(report, cleared.released, words)
    # A sheet that is for the office alone is to be printed: there is nobody to check its figures.
    if order.form == "pdf" and (order.attach or (order.asked.audience is Audience.INTERNAL and not report.only)):
        return with_data(built, words)
    return built


def made(cleared: Cleared, order: Order, progress: Progress | None = None) -> Made:
    """One file of it."""
    unprintable: list[str] = []
    said = document(cleared, order)
    content = render(said, order.form, progress, unprintable.append)
    tables = [block for block in said.blocks if isinstance(block, Table)]
    kept = cast(Mapping[str, Any], cleared.released.plain.get(KEPT, {}))
    letters = "".join(dict.fromkeys("".join(unprintable)))
    return Made(
        content,
        cleared.released.notes,
        letters,
        kept,
        cleared.counts,
        cleared.known_to,
        cleared.behind,
        sum(len(table.rows) for table in tables),
        {table.name or table.title: [column.heading for column in table.columns] for table in tables},
    )


def refuse_what_cannot_be(asked: Asked) -> None:
    """Refuse what is for a partner that nobody named, and a period that ends before it begins."""
    first, last = asked.scope.starts_on, asked.scope.ends_on
    if first and last and last < first:
        raise PeriodTurnedRound(first=first, last=last)
    if asked.audience is Audience.PARTNER and asked.scope.partner is None:
        raise NeedsPartner


def write(content: bytes, path: Path, before: Callable[[], object] = lambda: None) -> None:
    """Put the file there whole, or leave what was there as it was; `before` is called before it has its name."""
    try:
        # Found out first, so that nothing is noted of what cannot leave; and no report is ever put in a record's place.
        if path.is_dir() or belongs_to_a_record(path):
            raise CannotWrite(path=path)
        write_durably(path, content, before)
    except FileNotFoundError as refused:
        raise NoSuchFolder(path=path.parent) from refused
    except OSError as refused:
        if refused.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull from refused
        raise CannotWrite(path=path) from refused
    except ValueError as no_name:  # NUL, or half a letter
        raise CannotWrite(path=path) from no_name


def leave(record: Record, order: Order, made: Made, path: Path, sent: Destination | None = None) -> None:
    """Write the report, and keep in the record that it left: which, about what, to whom and why, every count in it."""
    leave_file(record, leaving_of(order, made), made.content, path, sent)


def leaving_of(order: Order, made: Made) -> Leaving:
    """What the record keeps of a report that leaves."""
    return Leaving(
        order.report,
        order.asked.audience.value,
        {**told_scope(order.asked), **made.kept},
        order.language,
        order.form,
        made.counts,
        made.known_to,
        made.behind,
        permitted(made.notes),
        made.rows,
        made.fields,
    )


def told_scope(asked: Asked) -> dict[str, Any]:
    """What a report or an export was asked about, as the register keeps it."""
    return {side: str(value) for side, value in asdict(asked.scope).items() if value is not None}


def leave_file(record: Record, leaving: Leaving, content: bytes, path: Path, sent: Destination | None = None) -> None:
    """Write the file and note it, before it has its name: where all ends in between, too much is noted, never less."""
    noted: list[UUID] = []
    sent = replace(sent, purpose=sent.purpose or record.reason) if sent else Destination(purpose=record.reason)
    digest = hashlib.sha256(content).hexdigest()

    def note() -> None:
        # A folder's name need not be text that can be kept.
        place = harmless(str(path.absolute()))
        noted.append(record.note(note_issued, leaving, digest, VERSION, record.person, sent, place))

    try:
        write(content, path, note)
    except RecordError:
        for one in noted:
            record.note(forget_unwritten, one)
        raise


def deliver(record: Record, order: Order, path: Path) -> Made:
    """The whole way, for one report and one file."""
    made = make(gather(record, order), order)
    leave(record, order, made, path)
    return made
