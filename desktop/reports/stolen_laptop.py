"""The sheet for a stolen laptop: one page to print and keep apart, with what to do when the computer is gone.

It is for the office alone. It holds no word of the record but names of people of the office: how much there was of each
kind, which back-up to bring back, whom to call and whose ways in have to be closed.
"""

import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from db import backup, keys
from db.queries.loss import CHANGE, Loss, loss
from db.record import Record
from desktop.guard.released import Released
from desktop.guard.tables import Tables
from desktop.reports.document import Align, Block, Bullets, Column, Count, Paragraph, Row, Said, Table, Value
from desktop.reports.framing import frame_of
from desktop.reports.report import FRAME, KEPT, Asked, Part
from i18n import N_, Words

_STEPS = (
    N_("Call the people named above at once, in that order."),
    N_("Was the record open, or the passphrase known? Treat all that is listed here as read."),
    N_("Bring the newest back-up back on another computer."),
    N_("There, close the ways in of whoever lost it, and give the record a new key."),
    N_("Change the passphrase wherever else it is used, and the computer’s password."),
    N_("Warn the partners whose contacts or confidential texts were in it."),
)


@dataclass(frozen=True)
class Way:
    """Somebody who could open the record, and by what."""

    person: str
    by: tuple[str, ...]
    """Msgids."""
    reads_sealed: bool


@dataclass(frozen=True)
class Sheet:
    """What the sheet says, beside the frame."""

    loss: Loss
    ways: tuple[Way, ...]
    file: str
    computer: str
    copied_on: date | None
    copy_number: int | None
    copy_file: str


def gather(record: Record, asked: Asked) -> Tables:
    """What would be lost, and what there is to bring back."""
    lost, frame = record.read(loss), record.read(frame_of, asked)
    with record.driver() as driver:
        copy = backup.newest(record.path, driver)
    ways = tuple(
        Way(lost.people.get(one.person, ""), tuple(_by(one)), one.reads_sealed) for one in keys.ways_in(record.path)
    )
    sheet = Sheet(
        lost,
        ways,
        record.path.name,
        platform.node(),
        copy.made_at.astimezone().date() if copy else None,
        copy.number if copy else None,
        copy.path.name if copy else "",
    )
    return Tables((), plain={FRAME: frame, KEPT: {CHANGE: frame.change}, "sheet": sheet})


def parts(_plain: Mapping[str, object]) -> Sequence[Part]:
    """In the order in which somebody in a hurry needs them."""
    return (
        Part("call", N_("Whom to call"), _call),
        Part("do", N_("What to do"), _do),
        Part("lost", N_("What is lost, and who could open it"), _lost),
    )


def cover(released: Released, words: Words) -> Iterator[tuple[str, Value]]:
    """Which computer and which file it is, and the back-up to bring back."""
    sheet = _sheet(released)
    told = words.gettext("{computer}: {file}, in use there since {day}")
    computer, file = words.isolate(sheet.computer), words.isolate(sheet.file)
    since = words.date(sheet.loss.since)
    yield words.gettext("Computer and file"), told.format(computer=computer, file=file, day=since)
    if sheet.copied_on is None:
        yield words.gettext("Newest back-up"), words.gettext("None was made yet.")
    else:
        told = words.gettext("{day}, up to entry {number} of the history: {file}")
        number, day = words.number(sheet.copy_number or 0), words.date(sheet.copied_on)
        said = told.format(day=day, number=number, file=words.isolate(sheet.copy_file))
        yield words.gettext("Newest back-up"), said


def _sheet(released: Released) -> Sheet:
    return cast(Sheet, released.plain["sheet"])


def _call(released: Released, words: Words) -> Iterator[Block]:
    if lines := [line.strip() for line in (_sheet(released).loss.alarm or "").splitlines() if line.strip()]:
        yield Bullets(tuple((Said(line),) for line in lines))
    else:
        nobody = words.gettext("Nobody is named yet. Write it by hand now, and type it on the page of the office.")
        yield Paragraph((nobody,))


def _do(_released: Released, words: Words) -> Iterator[Block]:
    yield Bullets(tuple((words.gettext(step),) for step in _STEPS))


def _lost(released: Released, words: Words) -> Iterator[Block]:
    opens, reads = words.gettext("{name}: {ways}."), words.gettext("Confidential texts too.")
    lines = []
    for way in _sheet(released).ways:
        name = words.isolate(way.person) if way.person else words.gettext("Somebody unknown")
        said = opens.format(name=name, ways=words.list([words.gettext(one) for one in way.by]))
        lines.append((said, f" {reads}") if way.reads_sealed else (said,))
    yield Bullets(tuple(lines))
    yield from _held(released, words)


def _held(released: Released, words: Words) -> Iterator[Block]:
    columns = (
        Column(words.gettext("What it held"), weight=3),
        Column(words.gettext("How many"), Align.END),
        Column(words.gettext("Of these confidential"), Align.END),
    )
    held = _sheet(released).loss.held
    rows = tuple(Row((words.gettext(one.name), Count(one.count), Count(one.confidential))) for one in held)
    others = _sheet(released).loss.others
    note = words.ngettext(
        "Beside these {count} other thing. Confidential are sealed texts, sensitive activities and figures, all "
        "contacts, and documents for the office alone.",
        "Beside these {count} other things. Confidential are sealed texts, sensitive activities and figures, all "
        "contacts, and documents for the office alone.",
        others,
    ).format(count=words.number(others))
    yield Table(words.gettext("Things in the record, by kind"), columns, rows, note=note, name="held")


def _by(way: keys.WayIn) -> Iterator[str]:
    if way.passphrase:
        yield N_("passphrase")
    if way.recovery:
        yield N_("printed recovery code")
    if way.office_key:
        yield N_("the office’s key")
