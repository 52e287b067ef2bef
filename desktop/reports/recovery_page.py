"""The page to print with a recovery code: whose it is, of which office and day, and how to use it."""

from dataclasses import dataclass
from datetime import date

from desktop.reports.document import Bullets, Day, Document, Heading, Said
from i18n import Words


@dataclass(frozen=True)
class CodeOf:
    """Whose recovery code it is, in which office, and the file that it opens."""

    person: str
    office: str
    record: str


def recovery_page(code: str, of: CodeOf, on: date, words: Words) -> Document:
    """One page that is enough to open the record with, on this computer or another."""
    points = (
        words.gettext(
            "Open Jalon, choose the record {record}, and type this code in the place of the passphrase. Capitals, "
            "spaces and hyphens do not matter."
        ).format(record=words.isolate(of.record)),
        words.gettext(
            "On another computer, copy the record and the file of the same name that ends in .keys into one folder "
            "first: the newest back-up copy will do."
        ),
        words.gettext(
            "Keep this page locked away, apart from the computer: whoever has it and the record can read everything. "
            "Once it was used, choose a new passphrase and a new code: Settings, Who can open this record."
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
            (words.gettext("Date"), Day(on)),
        ),
        contents=False,
    )
