"""What a donor narrative still lacks: figures, texts, terms, rates, reports of partners; each with its field."""

from collections.abc import Iterator, Sequence

from db.prose import words_in
from db.queries import Session
from db.queries.duties import gaps
from db.queries.grant_lacking import duties_answered, terms_lacking
from db.queries.measured import indicators_of, measured
from db.record import Record
from desktop.reports.atoms import AtomBook
from desktop.reports.document import Said
from desktop.reports.donor_narrative import along, narrative_of
from desktop.reports.grant_figures import grant_figures
from desktop.reports.indicator_lacking import figures_lacking
from desktop.reports.report import Asked, Label, Lacking
from i18n import N_


def lacking(record: Record, asked: Asked) -> Sequence[Lacking]:
    """What is missing before the report can go out."""
    return tuple(record.read(_lacking, asked)) if asked.scope.donor or asked.scope.contribution else ()


def _lacking(session: Session, asked: Asked) -> list[Lacking]:
    asked = along(session, asked)
    indicators = indicators_of(session, asked.scope)
    return [
        *_terms(session, asked),
        *figures_lacking(measured(session, indicators, asked.scope)),
        *_texts(session, asked),
        *_money(session, asked),
        *_reports(session, asked),
    ]


def _terms(session: Session, asked: Asked) -> Iterator[Lacking]:
    for id, key, field in terms_lacking(session, asked.scope):
        yield Lacking(N_("The contribution lacks: {field}."), "contributions", id, key, {"field": field.name})


def _texts(session: Session, asked: Asked) -> Iterator[Lacking]:
    """Questions and lines nobody has written of yet, and texts longer than the donor allows."""
    narrative = narrative_of(session, asked, [])
    told = {one.part: [each.prose for each in one.told] for one in asked.own.parts if one.shown}
    left_out = {one.part for one in asked.own.parts if not one.shown}
    wanted: list[tuple[str, Label, int | None]] = [
        (one.question.code, one.question.titles, one.words) for one in narrative.questions
    ]
    wanted += [(f"line_{line.id.hex}", Said(f"{line.code} {line.name}"), None) for line in narrative.lines or ()]
    for part, name, limit in wanted:
        texts = told.get(part, [])
        if part not in left_out and not any(texts):
            yield Lacking(N_("Nothing is written yet for “{part}”."), "reports", None, part, {"part": name})
        if limit and any(words_in(prose) > limit for prose in texts):
            said = N_("The text for “{part}” is longer than the donor allows.")
            yield Lacking(said, "reports", None, part, {"part": name})


def _money(session: Session, asked: Asked) -> Iterator[Lacking]:
    page = grant_figures(session, asked, AtomBook()).page
    for stage in {one.stage: one for one in (page.money, page.spent) if one}.values():
        for each in stage.unconverted:
            said = N_("An amount has no rate into {currency}, so that its sums have no figure.")
            yield Lacking(said, "allocations", each, "amount", {"currency": Said(stage.currency)})
    if page.spent is None or not page.spent.flows:
        yield Lacking(N_("Nothing is recorded as spent."), "allocations", None, "amount")


def _reports(session: Session, asked: Asked) -> Iterator[Lacking]:
    """The duty that this report answers, and what partners still owe for it."""
    duties = duties_answered(session, asked.scope)
    if not duties:
        yield Lacking(N_("No reporting duty to this donor covers the period: its day is not known."), "duties")
    for duty in duties:
        for gap in gaps(session, duty):
            name: dict[str, Label] = {"agreement": Said(gap.agreement or gap.partner or "")}
            if gap.duty_id is None:
                said = N_("“{agreement}” owes no report for this period.")
                yield Lacking(said, "agreements", gap.agreement_id, None, name)
            else:
                said = (
                    N_("The report of “{agreement}” came but is not accepted yet.")
                    if gap.received
                    else N_("The report of “{agreement}” has not come.")
                )
                yield Lacking(said, "duties", gap.duty_id, "status", name)
