"""What an erasure leaves behind, in words, and its certificate as a file: the window and the verb come this way."""

from pathlib import Path
from typing import Literal
from uuid import UUID

from db import backup, upkeep
from db.ageing import RETENTION
from db.caring import second_at_hand
from db.commands.issuing import Destination, Leaving
from db.queries.erasable import Reach
from db.queries.erasures import ErasureDone, erasure
from db.queries.issued import count_left
from db.queries.table_kinds import one_of_table
from db.record import Record
from desktop.deliver import leave_file
from desktop.render import Form, render
from desktop.reports.certificate import CERTIFICATE, Elsewhere, certificate
from i18n import N_, Words

WHY = N_("Certificate of an erasure")
STAYS = N_(
    "These belong to it and stay, without its name. If they are to go, or to belong to something else, see to that "
    "first:"
)


def told_staying(found: Reach, words: Words) -> list[str]:
    """What would point at something without a name, a line for each kind, with what the first of each are called."""
    whole, some = words.gettext("{kind}: {count} ({names})"), words.gettext("{kind}: {count}, such as {names}")
    return [
        (whole if one.count == len(one.names) else some).format(
            kind=words.gettext(one_of_table(one.table)),
            count=words.number(one.count),
            names=words.list([words.isolate(name) for name in one.names]),
        )
        for one in found.staying
    ]


def elsewhere(record: Record, done: ErasureDone) -> Elsewhere:
    """What is left of it outside the record, as far as the record knows."""
    moment = done.at.replace(microsecond=0)
    kept = upkeep.load(record.path)
    second = second_at_hand(record.path, kept)
    copies = [*backup.copies(record.path), *(backup.copies(record.path, second) if second else ())]
    before = [copy for copy in copies if copy.number < done.row or copy.made_at < moment]
    aside = [since for since in backup.asides(record.path).values() if since < moment]
    until = (done.at + RETENTION).astimezone().date()
    away: Literal["", "ages", "goes"] = ""
    if kept.second and second is None:
        away = "goes" if kept.only_newest else "ages"
    return Elsewhere(len(before) + len(aside), until, record.read(count_left, done.at), away)


def certify(record: Record, path: Path, language: str, form: Form = "pdf", id: UUID | None = None) -> ErasureDone:
    """Write the certificate of an erasure, the newest where none is named, and note that it left."""
    done = record.read(erasure, id)
    document = certificate(done, elsewhere(record, done), Words.of(language))
    fields = {"erasure": ("entry",)}
    leaving = Leaving(CERTIFICATE, "internal", {"entry": done.number}, language, form, rows=1, fields=fields)
    leave_file(record, leaving, render(document, form), path, Destination(purpose=WHY))
    return done
