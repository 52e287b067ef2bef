"""What a report is: a name, what it asks for, how its answers are gathered, and the parts in which they are said.

`gather` asks the record and answers in `Tables` of counts; the guard releases them; `building` turns what was released
into a `Document`, part by part, with the writer's prose between the figures. A report opens nothing, formats nothing
and asks nobody.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from db.errors import InvalidValue, RecordError
from db.prose import Prose
from db.queries.called import Called
from db.queries.logos import Logo
from db.queries.scope import Scope
from db.record import Record
from desktop.guard.audiences import SUPPRESS, Audience
from desktop.guard.released import Released
from desktop.guard.tables import Tables
from desktop.reports.document import Block, Said, Value
from i18n import N_, Words

MOST_HIGHLIGHTS = 10
LONGEST_LINE = 300
LONGEST_HIGHLIGHT = 1000
KEPT = "kept"
"""Where a report's plain answers say what the record keeps of it besides what was asked."""
FRAME = "frame"
"""Where they hold the `Frame`."""
CITABLE = "citable"
"""Where they name the figures that prose can cite, each with its label: pairs of a name in `figures` and a `Label`."""

Label = str | Said | Mapping[str, str]
"""A message of the catalogues, a name that is data, or a text that comes with Jalon in each language."""


@dataclass(frozen=True)
class Told:
    """The writer's prose in one language, and how far it can be trusted (`db.models.texts.STATUSES`)."""

    language: str
    prose: Prose
    status: str = "original"


@dataclass(frozen=True)
class Worded:
    """A line of the writer's in one language, and how far it can be trusted."""

    language: str
    text: str
    status: str = "original"


@dataclass(frozen=True)
class PartWords:
    """What the writer makes of one part: whether it stands, under which heading, with which prose.

    The parts of a report follow each other as they are named here; those that are not named come after them.
    """

    part: str
    shown: bool = True
    heading: str = ""
    told: tuple[Told, ...] = ()
    headings: tuple[Worded, ...] = ()
    """The heading in other languages than the writer's."""


@dataclass(frozen=True)
class Signatory:
    """Who signs: in what role, and who and when where that is known."""

    role: str
    name: str = ""
    on: date | None = None


@dataclass(frozen=True)
class EarlierVersion:
    """A report that this one replaces: what it was called, which version, when it was sent, and why it is replaced."""

    title: str
    reason: str
    version: int | None = None
    sent_on: date | None = None


@dataclass(frozen=True)
class WritersWords:
    """What the writer adds: printed as it was written, never as markup."""

    title: str = ""
    reference: str = ""
    office: str = ""
    highlights: tuple[str, ...] = ()
    prepared_by: str = ""
    approved_by: str = ""
    summary: str = ""
    """A first page for those who sign and have no Jalon."""
    parts: tuple[PartWords, ...] = ()
    language: str = ""
    """In which title, summary and headings are written; empty where it is the report's own."""
    replaces: EarlierVersion | None = None
    signatories: tuple[Signatory, ...] = ()
    draft: bool = False
    """Whether every page says that nobody has approved it yet."""
    titles: tuple[Worded, ...] = ()
    """The title in other languages than the writer's."""
    summaries: tuple[Worded, ...] = ()
    """The summary in other languages than the writer's."""


@dataclass(frozen=True)
class Asked:
    """What somebody wants a report about, for whom, and what they have to say themselves."""

    scope: Scope = field(default_factory=Scope)
    audience: Audience = Audience.DONOR
    own: WritersWords = field(default_factory=WritersWords)
    method: str = SUPPRESS
    """Whether small counts of people are hidden, or all of them rounded besides."""
    coarser: tuple[str, ...] = ()
    """Which lines are told together instead of being hidden one by one (`desktop.reports.coarser`)."""
    since: date | None = None
    """The day of the last report or briefing: figures are shown with their change since then."""
    final: bool = False
    currency: str | None = None
    """In which money is added up; None for the office's own."""
    stage: str = "disbursement"
    """Of money: commitments, disbursements and spending are never mixed in one table."""
    paper: str = "a4"
    typography: str | None = None
    calendar: str | None = None


@dataclass(frozen=True)
class Frame:
    """What every report says around its figures."""

    asked: Asked
    as_of: date
    change: int
    """The newest change of the record that it takes into account."""
    office: str = ""
    logos: tuple[Logo, ...] = ()
    outlines: tuple[bytes, ...] = ()
    """What the office has put into the record to draw maps from."""
    names: Mapping[str, Called] = field(default_factory=dict)
    """Places and organisations that are called otherwise in other languages, by their own names."""


@dataclass(frozen=True)
class Part:
    """One part of a report: its name for arrangements, its heading, and the blocks that the record fills.

    `prompt` says to the writer what belongs there; `words` is how many words a donor allows.
    """

    name: str
    title: Label
    blocks: Callable[[Released, Words], Iterable[Block]] = lambda _released, _words: ()
    prompt: str = ""
    words: int | None = None


@dataclass(frozen=True)
class Lacking:
    """Something that a report needs and the record does not hold: a sentence, and the field that it belongs in."""

    message: str
    kind: str
    """The key in KINDS of the thing to open."""
    id: UUID | None = None
    """The thing, or None where one has to be added."""
    key: str | None = None
    """The field."""
    values: Mapping[str, Label] = field(default_factory=dict)
    """What stands in the gaps of the sentence; see `building.lacked`."""


@dataclass(frozen=True)
class Report:
    """A report on offer. `title` and `summary` are messages of the catalogues; `name` is what the terminal calls it."""

    name: str
    title: str
    summary: str
    gather: Callable[[Record, Asked], Tables]
    parts: Callable[[Mapping[str, object]], Sequence[Part]]
    """Its parts in their order, given the plain answers: some follow a donor's questions or log frame."""
    asks: tuple[str, ...] = ("partner", "donor", "place", "starts_on", "ends_on")
    """Which sides of what can be asked it heeds, by their names in `Scope` and `Asked`."""
    needs: tuple[str, ...] = ()
    """Which of these it cannot do without."""
    printed: str = ""
    """What it calls itself on paper, where that is not its title."""
    opening: str = ""
    """A sentence at its head, such as that its money is indicative."""
    cover: Callable[[Released, Words], Iterable[tuple[str, Value]]] = lambda _released, _words: ()
    """Lines of its first page besides those that every report has."""
    coarsens: tuple[str, ...] = ()
    """In which ways it can be told more coarsely (`desktop.reports.coarser`)."""
    lacking: Callable[[Record, Asked], Sequence[Lacking]] = lambda _record, _asked: ()
    """What is missing before it can go out."""
    signed: bool = False
    """Whether it ends with lines to sign on."""
    short: bool = False
    """Whether it begins on its first page, without a table of contents."""
    only: Audience | None = None
    """The only readers it is for."""


ASKABLE: Mapping[str, str] = {
    "partner": N_("Partner"),
    "donor": N_("Donor"),
    "contribution": N_("Contribution"),
    "agreement": N_("Agreement"),
    "framework": N_("Framework"),
    "place": N_("Place"),
    "starts_on": N_("Period from"),
    "ends_on": N_("Period to"),
    "since": N_("Changes since"),
    "final": N_("Final report"),
    "currency": N_("Currency"),
    "stage": N_("Stage of the money"),
}
"""Everything that a report can be asked for, by its name in `Scope` and `Asked`."""


class NeedsChosen(InvalidValue):
    message = N_("Choose “{field}”: this report is about one.")


class ForThemOnly(RecordError):
    message = N_("This report is for internal use only: choose “Internal” for who reads it.")


class WritersWordsTooLong(RecordError):
    message = N_("The writer's words are too long: at most {most} highlights of {longest} characters each.")


def refuse_what_lacks(report: Report, asked: Asked) -> None:
    """Refuse a report without what it is about, or for others than those it is for."""
    if report.only not in (None, asked.audience):
        raise ForThemOnly
    for side in report.needs:
        if given(asked, side) is None:
            raise NeedsChosen(ASKABLE[side])


def given(asked: Asked, side: str) -> Any:
    """What was asked on one side, by its name in `ASKABLE`."""
    return getattr(asked.scope, side) if hasattr(asked.scope, side) else getattr(asked, side)


def check_words(own: WritersWords) -> WritersWords:
    """The same words, or the reason they cannot stand in a report."""
    titles = (each.text for each in own.titles)
    lines = (own.title, *titles, own.reference, own.office, own.prepared_by, own.approved_by)
    if (
        len(own.highlights) > MOST_HIGHLIGHTS
        or any(len(line) > LONGEST_LINE for line in lines)
        or any(len(highlight) > LONGEST_HIGHLIGHT for highlight in own.highlights)
    ):
        raise WritersWordsTooLong(most=MOST_HIGHLIGHTS, longest=LONGEST_HIGHLIGHT)
    return own
