"""Freezing a written report: every language and format at once, with its answers and the records behind them.

What needs the record and what does not are apart, as in `deliver`: the window gathers in one thread, presses in another
process, and keeps in the first. Two frozen versions can be compared: what changed, and which records made it change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast
from uuid import UUID

from db.commands.documents import clean_name
from db.commands.frozen_reports import FrozenFile, keep_frozen
from db.errors import RecordError
from db.queries import Session
from db.queries.documents import content_of
from db.queries.reports import Frozen, Written, written
from db.queries.touched import behind, touched
from db.record import Record
from desktop import VERSION
from desktop.deliver import Made, Order, Progress, clear, document, gather, leaving_of
from desktop.guard.tables import Tables
from desktop.render import Form
from desktop.reports.answers import Answer, Answers, answers_of, packed, unpacked
from desktop.reports.report import FRAME, Frame
from desktop.reports.written import asked_of, languages_of
from desktop.together import made_each
from i18n import N_

SUFFIXES: Mapping[Form, str] = {"pdf": "pdf", "docx": "docx", "xlsx": "xlsx", "text": "txt"}


class ChangedMeanwhile(RecordError):
    message = N_("The report was changed since its files were made. Make them again, then freeze it.")


@dataclass(frozen=True)
class Pressed:
    """All files of one report, and its answers in the language it was written in."""

    files: tuple[tuple[Order, Made], ...]
    answers: Answers


@dataclass(frozen=True)
class Difference:
    """One figure of two frozen reports: before, after, and the records that make the difference, by their kind."""

    path: tuple[str, ...]
    before: Answer | None
    after: Answer | None
    kind: str | None = None
    records: tuple[UUID, ...] = ()


def orders_of(report: Written, forms: Sequence[Form]) -> tuple[Order, ...]:
    """A file for each language and format; every copy carries its figures."""
    asked = asked_of(report)
    name = str(report.values["report"])
    return tuple(Order(name, asked, language, form, True) for language in languages_of(report) for form in forms)


def press(tables: Tables, orders: Sequence[Order], progress: Progress = lambda _part: None) -> Pressed:
    """Make every file from one release; needs no record."""
    once = clear(tables, orders[0].asked)
    files = made_each(once, orders, progress)
    change = cast(Frame, tables.plain[FRAME]).change
    return Pressed(files, answers_of(document(once, replace(orders[0], form="text")), change))


def keep(record: Record, report_id: UUID, pressed: Pressed) -> UUID:
    """Keep the files, the answers and the records behind them, and in the register that they left."""
    now = record.read(written, report_id)
    # A word that was changed since would be approved and frozen unsaid; so would the mark of a draft.
    if asked_of(now) != pressed.files[0][0].asked:
        raise ChangedMeanwhile
    answers = record.read(_looked_up, pressed.answers)
    stem = clean_name(now.values["title"])
    files: list[FrozenFile] = []
    for order, each in pressed.files:
        leaving = leaving_of(order, each)
        # They were weighed together, so only the first asks whether anything left meanwhile.
        weighed = replace(leaving, known_to=None) if files else leaving
        name = f"{stem}-{order.language}.{SUFFIXES[order.form]}"
        files.append(FrozenFile(name, order.language, each.content, weighed))
    return record.write(keep_frozen, report_id, VERSION, packed(answers), files)


def freeze(record: Record, report_id: UUID, forms: Sequence[Form]) -> UUID:
    """The whole way at once, for a terminal and for tests."""
    orders = orders_of(record.read(written, report_id), forms)
    return keep(record, report_id, press(gather(record, orders[0]), orders))


def compare(session: Session, before: Frozen, after: Frozen) -> tuple[Difference, ...]:
    """Every figure that two frozen reports say differently, in the order of the later one."""
    old, new = (unpacked(content_of(session, each.answers)) for each in (before, after))
    was = {one.path: one for one in old.answers}
    now = {one.path: one for one in new.answers}
    found = []
    for path in dict.fromkeys((*now, *was)):
        one, other = was.get(path), now.get(path)
        if one is None or other is None or (one.value, one.state) != (other.value, other.state):
            found.append(_difference(session, path, (old, one), (new, other)))
    return tuple(found)


def _difference(
    session: Session,
    path: tuple[str, ...],
    old: tuple[Answers, Answer | None],
    new: tuple[Answers, Answer | None],
) -> Difference:
    kinds, ids = [], []
    for answers, answer in (old, new):
        number = answer.behind if answer else None
        kinds.append(None if number is None else answers.selections[number][0])
        ids.append(frozenset[UUID]() if number is None else frozenset(answers.records[number]))
    kind = kinds[1] or kinds[0]
    changed = ids[0] ^ ids[1]
    if kind and (both := ids[0] & ids[1]):
        changed |= touched(session, kind, both, old[0].change, new[0].change)
    return Difference(path, old[1], new[1], kind, tuple(sorted(changed)))


def _looked_up(session: Session, answers: Answers) -> Answers:
    return replace(answers, records=tuple(behind(session, kind, filters) for kind, filters in answers.selections))
