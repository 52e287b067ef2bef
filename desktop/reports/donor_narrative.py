"""The narrative report to a donor: the harmonised questions (8+3) as its profile asks them, or its own log frame.

Each part opens with what the record knows; the writer's prose stands before it. The questions' titles are our own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast
from uuid import UUID

from db import questions
from db.errors import RecordError
from db.queries import Session, grant
from db.queries.frameworks import framework_lines
from db.queries.measured import indicators_by_line, indicators_of, log_frame_of
from db.questions import AskedQuestion
from db.record import Record
from desktop.guard.released import Released
from desktop.guard.tables import Tables
from desktop.reports.atoms import AtomBook
from desktop.reports.document import Block, Emphasis, Paragraph, Run, Said
from desktop.reports.donor_questions import PROMPTS, blocks_of
from desktop.reports.framing import frame_of, scope_names
from desktop.reports.grant_cover import administrative
from desktop.reports.grant_figures import GRANT, grant_figures, page_of
from desktop.reports.grant_money_tables import money_blocks
from desktop.reports.grant_tables import amendments_table, risks_table
from desktop.reports.indicator_figures import INDICATORS, grain_of, indicator_figures
from desktop.reports.indicator_tables import periods_table, results_table, split_table
from desktop.reports.notes import notes_part
from desktop.reports.report import CITABLE, FRAME, Asked, Part
from i18n import N_, Words

NARRATIVE = "narrative"
"""The plain answer that holds what the parts follow."""
MONEY_QUESTION = "X-1"


class NeedsDonor(RecordError):
    message = N_("This report is about a donor's money. Choose the donor or the contribution.")


@dataclass(frozen=True)
class LineOfFrame:
    """A line of the donor's log frame in its own words, with the places of its indicators in the report."""

    id: UUID
    code: str
    name: str
    language: str | None
    measured: tuple[int, ...]
    above: bool
    """Whether other lines stand under it."""


@dataclass(frozen=True)
class Narrative:
    """What the parts follow: the questions asked, or the lines of a log frame."""

    questions: tuple[AskedQuestion, ...]
    lines: tuple[LineOfFrame, ...] | None


def gather(record: Record, asked: Asked) -> Tables:
    """What the record knows of this money, before the guard."""
    if not (asked.scope.donor or asked.scope.contribution):
        raise NeedsDonor
    return record.read(_tables, asked)


def _tables(session: Session, asked: Asked) -> Tables:
    book, asked = AtomBook(), along(session, asked)
    indicators = indicators_of(session, asked.scope)
    measured = indicator_figures(session, indicators, asked.scope, book, grain=grain_of(asked))
    known = grant_figures(session, asked, book)
    plain = {
        FRAME: frame_of(session, asked),
        INDICATORS: measured.described,
        GRANT: known.page,
        NARRATIVE: narrative_of(session, asked, indicators),
        CITABLE: (*known.citable, *measured.citable),
    }
    figures = measured.figures | known.figures | scope_names(session, asked)
    return Tables(tuple(book.atoms), {**measured.grids, **known.grids}, figures, plain)


def along(session: Session, asked: Asked) -> Asked:
    """The same along the donor's log frame, where none was chosen but its profile asks for reports along it."""
    profile = profile_of(session, asked)
    if asked.scope.framework or profile is None or profile.template != "log_frame":
        return asked
    found = log_frame_of(session, asked.scope)
    return replace(asked, scope=replace(asked.scope, framework=found)) if found else asked


def narrative_of(session: Session, asked: Asked, indicators: Sequence[UUID]) -> Narrative:
    """The questions of the donor's profile, or the lines of the log frame that was asked for."""
    profile = profile_of(session, asked)
    if asked.scope.framework is None:
        return Narrative(questions.asked(profile.questions if profile else None), None)
    place = {id: at for at, id in enumerate(indicators)}
    by_line = indicators_by_line(session, asked.scope.framework)
    # In the donor's own wording, whatever language the report is in.
    lines = framework_lines(session, asked.scope.framework, "")
    return Narrative(
        (),
        tuple(
            LineOfFrame(
                line.id,
                line.code,
                line.name,
                line.language,
                tuple(place[one] for one in by_line.get(line.id, ()) if one in place),
                at + 1 < len(lines) and lines[at + 1].depth > line.depth,
            )
            for at, line in enumerate(lines)
        ),
    )


def profile_of(session: Session, asked: Asked) -> grant.Profile | None:
    """What the donor's newest requirements say."""
    donor = asked.scope.donor or next((one.donor.id for one in grant.grants(session, asked.scope)), None)
    return grant.profile(session, donor) if donor else None


def parts(plain: Mapping[str, object]) -> Sequence[Part]:
    """The administrative part, then questions or lines, then what every such report ends with."""
    narrative = cast(Narrative, plain[NARRATIVE])
    cover = Part("administrative", N_("Administrative part"), administrative)
    money = Part("money", N_("Money"), money_blocks)
    if narrative.lines is not None:
        return (
            cover,
            *map(_line, narrative.lines),
            Part("changes", N_("Changes and amendments"), amendments_table),
            Part("risks", N_("Risks and issues"), risks_table),
            money,
            notes_part(_shared),
        )
    codes = {one.question.code for one in narrative.questions}
    return (
        cover,
        *map(_question, narrative.questions),
        *(() if MONEY_QUESTION in codes else (money,)),
        notes_part(lambda released, words: (*_shared(released, words), *_unofficial(released, words))),
    )


def _question(one: AskedQuestion) -> Part:
    code = one.question.code
    return Part(code, one.question.titles, blocks_of(code), PROMPTS.get(code, ""), one.words)


def _line(line: LineOfFrame) -> Part:
    def blocks(released: Released, words: Words) -> Iterator[Block]:
        if line.measured:
            yield from results_table(released, words, line.measured)
            yield from periods_table(released, words, line.measured)
            yield from split_table(released, words, line.measured)
        elif line.above:
            yield Paragraph((Emphasis(words.gettext("It is measured by the lines under it.")),))
        else:
            yield Paragraph((Emphasis(words.gettext("No indicator measures this line.")),))

    prompt = N_("What was done for this line, what came of it, and why it is more or less than was planned.")
    return Part(f"line_{line.id.hex}", Said(f"{line.code} {line.name}", line.language), blocks, prompt)


def _shared(released: Released, words: Words) -> Iterator[Run]:
    if shared := page_of(released).shared:
        yield words.ngettext(
            "{count} activity has several donors and counts whole under each.",
            "{count} activities have several donors and count whole under each.",
            shared,
        ).format(count=words.number(shared))


def _unofficial(_released: Released, words: Words) -> Iterator[Run]:
    yield words.gettext(
        "The titles of the questions are our own words for the eight core and the additional questions of the "
        "harmonised donor report (8+3): unofficial wording."
    )
