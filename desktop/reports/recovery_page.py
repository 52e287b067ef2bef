"""The page to print with a recovery code: whose it is, of which record and day, and how to use it.

It is enough to open the record with, on this computer or another, for somebody who has lost all else. So it must not
lie where the record or a copy of it does.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from db.errors import RecordError
from db.keys import keys_path
from desktop.reports.document import Bullets, Day, Document, Heading, Said
from i18n import N_, Words


class BesideTheRecord(RecordError):
    message = N_(
        "Choose another folder: beside the record or its copies, this page opens them for whoever finds it. A stick on "
        "which no copies are would do."
    )


@dataclass(frozen=True)
class CodeOf:
    """Whose recovery code it is, in which office, and the file that it opens."""

    person: str
    office: str
    record: str


def refuse_beside_a_record(path: Path) -> None:
    """Refuse a folder in which a record lies, or its copies."""
    if any(any(path.absolute().parent.glob(found)) for found in ("*.keys", "*.backups/*.keys")):
        raise BesideTheRecord


def recovery_page(code: str, of: CodeOf, on: date, words: Words) -> Document:
    """One page that is enough to open the record with, on this computer or another."""
    points = (
        words.gettext(
            "On this computer: open Jalon, choose the record, and type this code in the place of the passphrase. "
            "Capitals, spaces and hyphens do not matter."
        ),
        words.gettext(
            "On another computer: open Jalon, choose “Bring back a copy…”, and on the stick or disk the newest copy of "
            "the record; its name begins with {name}. The file of the same name that ends in .keys has to lie beside "
            "it. Then type this code."
        ).format(name=words.isolate(Path(of.record).stem)),
        words.gettext(
            "Where there is no copy: put the record and its key file into one folder, and open the record there."
        ),
        words.gettext(
            "Once it was used, choose a new passphrase and then a new code: Settings, Who can open this record. Where "
            "the present passphrase is asked for, type this code. A new passphrase alone leaves this code as it is."
        ),
        words.gettext(
            "Keep this page locked away, apart from the computer and from the copies: whoever has it and one of them "
            "can read everything."
        ),
    )
    return Document(
        title=words.gettext("Recovery code"),
        language=words.language,
        as_of=on,
        blocks=(Heading(words.isolate(code)), Bullets(tuple((point,) for point in points))),
        cover=(
            (words.gettext("Whose it is"), Said(of.person)),
            (words.gettext("Office"), Said(of.office)),
            (words.gettext("The record"), Said(of.record)),
            (words.gettext("Its key file, beside it"), Said(keys_path(Path(of.record)).name)),
            (words.gettext("Date"), Day(on)),
        ),
        contents=False,
    )
