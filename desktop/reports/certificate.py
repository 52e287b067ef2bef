"""The certificate of an erasure: that something was erased, by whom, when, on what ground, and what is left elsewhere.

It never says what: whoever asked for it knows, and nobody else has to. Anybody who holds the record can compare its
chain with the digest that stands here.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from db.queries.erasures import ErasureDone
from db.queries.table_kinds import one_of_table
from desktop.reports.document import Column, Count, Day, Document, Paragraph, Row, SignatureLine, Signatures, Table
from i18n import N_, Words

CERTIFICATE = "erasure"
TITLE = N_("Certificate of erasure")


@dataclass(frozen=True)
class Elsewhere:
    """What is left outside the record: verified copies from before it, until when, and files that had left by then."""

    copies: int
    until: date
    left: int
    second: Literal["", "ages", "goes"] = ""
    """What becomes of the copies in a second place that is not at hand: they go with age, or as soon as it is."""


def certificate(done: ErasureDone, elsewhere: Elsewhere, words: Words) -> Document:
    """The certificate in the language of these words."""
    says = words.gettext
    on = done.at.astimezone().date()
    rows = [Row((says(one_of_table(table)), Count(count))) for table, count in done.kinds.items()]
    return Document(
        title=says(TITLE),
        language=words.language,
        as_of=on,
        contents=False,
        claims_ua=True,
        cover=(
            (says("Office"), done.office),
            (says("Erased by"), done.person),
            (says("On"), Day(on)),
            (says("Ground"), str(done.details.get("ground", ""))),
            (says("Entry of the history"), Count(done.number)),
            (says("Digest of the chain at that entry"), done.chain),
        ),
        blocks=(
            Paragraph(
                (
                    says(
                        "What was erased is not named here. Its values are gone from the record: from its tables, its "
                        "history, its search, its drafts and its documents. Nobody can bring them back from it."
                    ),
                )
            ),
            Table(
                says("What was erased"),
                (Column(says("Kind of record"), weight=3.0), Column(says("How many"), weight=1.0)),
                (*rows, Row((says("Entries of the history that lost their values"), Count(done.entries)))),
                name="erased",
            ),
            *(Paragraph((sentence,)) for sentence in _left(elsewhere, words)),
            Signatures((SignatureLine(says("For the office"), done.person, on),)),
        ),
    )


def _left(elsewhere: Elsewhere, words: Words) -> list[str]:
    said = []
    if elsewhere.copies:
        sentence = words.ngettext(
            "{count} encrypted copy of the record from before still holds it. It is taken away by {day}, later where "
            "the record is seldom opened.",
            "{count} encrypted copies of the record from before still hold it. They are taken away by {day}, later "
            "where the record is seldom opened.",
            elsewhere.copies,
        )
        said.append(sentence.format(count=words.number(elsewhere.copies), day=words.date(elsewhere.until)))
    else:
        said.append(words.gettext("No copy of the record beside it holds what was erased."))
    if elsewhere.second == "goes":
        said.append(
            words.gettext(
                "Copies in the second place, which was not plugged in, still hold it. They are taken away once it is."
            )
        )
    elif elsewhere.second:
        sentence = words.gettext("Copies in the second place are taken away after {day}, when it is plugged in.")
        said.append(sentence.format(day=words.date(elsewhere.until)))
    if elsewhere.left:
        sentence = words.ngettext(
            "{count} file had left the record by then, as its register says. What left is not called back by this.",
            "{count} files had left the record by then, as its register says. What left is not called back by this.",
            elsewhere.left,
        )
        said.append(sentence.format(count=words.number(elsewhere.left)))
    return said
