"""A partner's profile, said: who it is, who leads it, what we do together, people and work."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import cast

from db.definitions import name_of
from db.models.agreements import STATUSES as AGREEMENT_STATUSES
from db.models.assessments import RATINGS, SCHEMES
from db.models.engagements import SEATS
from db.models.money import STAGES
from db.models.organisations import REACHES, TYPES
from db.models.results import NATURES as NATURE_TITLES
from db.models.results import SEXES
from db.models.women_led import ABOUT
from db.models.women_led import STATUSES as WOMEN_LED
from db.money import INDICATIVE
from db.money import Money as Amount
from db.queries.partner_profile import PartnerProfile
from desktop.guard.audiences import Audience
from desktop.guard.released import Released
from desktop.reports.blocks import table
from desktop.reports.document import (
    Align,
    Block,
    Column,
    Count,
    Day,
    KeyFigure,
    KeyFigures,
    Missing,
    Money,
    Paragraph,
    Row,
    Run,
    Said,
    Share,
    Table,
    Value,
)
from desktop.reports.notes import notes_part
from desktop.reports.report import FRAME, Frame, Part
from desktop.reports.saying import said, title
from i18n import N_, Words
from i18n.isolation import harmless

FOR_THOSE_CONCERNED = (Audience.INTERNAL, Audience.PARTNER)
"""Who is told what was found about a partner."""


def parts(plain: Mapping[str, object]) -> Sequence[Part]:
    """The parts; ratings only for the office and the partner itself."""
    frame = cast(Frame, plain[FRAME])
    ratings = (Part("ratings", N_("Assessments and ratings"), _ratings),)
    return (
        Part("identity", N_("Who it is"), _identity, N_("What the partner is known for.")),
        Part("lead", N_("Who leads it"), _lead),
        *(ratings if frame.asked.audience in FOR_THOSE_CONCERNED else ()),
        Part("agreements", N_("What we do together"), _together),
        Part("work", N_("People and work"), _work),
        notes_part(_notes),
    )


def _of(released: Released) -> PartnerProfile:
    return cast(PartnerProfile, released.plain["profile"])


def _identity(released: Released, words: Words) -> Iterator[Block]:
    """What it is; whatever tells who it is only where it may be named."""
    found, known = _of(released), _of(released).partner
    names = [words.isolate(name) for name, _language in found.names]
    places = [words.isolate(name) for name, _language in found.places]
    standing = ((words.gettext("UN Partner Portal"), known.standing.unpp), (words.gettext("IATI"), known.standing.iati))
    codes = [words.gettext("{code} ({list})").format(code=code, list=name) for name, code in standing if code]
    called = cast(Frame, released.plain[FRAME]).names.get(known.name)
    renamed = called is not None and called.shown(words.language).body != known.name
    telling: tuple[tuple[str, Value | None], ...] = (
        # As plain text, which stays as it is where names are put into the reader's language.
        (words.gettext("Name in its own language"), harmless(known.name) if renamed else None),
        (words.gettext("Acronym"), Said(known.acronym) if known.acronym else None),
        (words.gettext("Other names"), words.list(names) if names else None),
        (words.gettext("Founded on"), Day(known.founded_on) if known.founded_on else None),
        (words.gettext("Registration number"), Said(known.registration) if known.registration else None),
        (words.gettext("Website"), Said(known.website) if known.website else None),
        (words.gettext("Places of work"), words.list(places) if places else None),
        (words.gettext("Mandate"), Said(known.mandate) if known.mandate else None),
    )
    facts: tuple[tuple[str, Value | None], ...] = (
        (words.gettext("Type of organisation"), title(known.type, TYPES, words)),
        (words.gettext("Local, national or international"), title(known.reach, REACHES, words)),
        (words.gettext("Classified as"), words.list(codes) if codes else None),
        (words.gettext("Country of its head office"), words.territory_name(known.country) if known.country else None),
        *(telling if isinstance(said(released.figures["name"], words), Said) else ()),
    )
    rows = tuple(Row((fact, value)) for fact, value in facts if value is not None)
    columns = (Column(words.gettext("What"), weight=1), Column(words.gettext("Value"), weight=2.4))
    yield Table(words.gettext("Identity"), columns, rows, name="identity")


def _lead(released: Released, words: Words) -> Iterator[Block]:
    """Who leads it by which definition; what nobody assessed in one line, since the sheet is to stay a sheet."""
    rows, unassessed = [], []
    for about, name in ABOUT:
        one = next((each for each in _of(released).leads if each.about == about), None)
        if one is None and about != "women_led":
            unassessed.append(words.gettext(name))
            continue
        if one is None:
            unknown = title("unknown", WOMEN_LED, words)
            rows.append(Row((words.gettext(name), unknown, Missing(words.gettext("Not assessed")), "", "")))
            continue
        until: Value = Day(one.valid_until) if one.valid_until else words.gettext("Not stated")
        definition = name_of(one.definition, one.definition_version, words.language)
        status = title(one.counts_as, WOMEN_LED, words)
        rows.append(Row((words.gettext(name), status, definition, Day(one.assessed_on), until)))
    note = words.gettext("Unknown does not mean no.")
    if unassessed:
        told = words.gettext("Not assessed, hence unknown, which does not mean no: {list}.")
        note = told.format(list=words.list(unassessed))
    yield Table(
        words.gettext("As it was assessed"),
        (
            Column(words.gettext("Question"), weight=1.8),
            Column(words.gettext("Status"), weight=1.3),
            Column(words.gettext("Definition"), weight=3.2),
            Column(words.gettext("Assessed on"), weight=1.1),
            Column(words.gettext("Valid until"), weight=1.3),
        ),
        tuple(rows),
        note,
        "lead",
    )


def _ratings(released: Released, words: Words) -> Iterator[Block]:
    rows = tuple(
        Row(
            (
                title(each.scheme, SCHEMES, words),
                title(each.rating, RATINGS, words),
                Day(each.assessed_on),
                Day(each.valid_until) if each.valid_until else words.gettext("Not stated"),
                Said(each.agency) if each.agency else words.gettext("Our office"),
            )
        )
        for each in _of(released).ratings
    )
    columns = (
        Column(words.gettext("Scheme"), weight=3.3),
        Column(words.gettext("Rating"), weight=1.4),
        Column(words.gettext("Assessed on"), weight=1.1),
        Column(words.gettext("Valid until"), weight=1.3),
        Column(words.gettext("By"), weight=1.2),
    )
    empty = words.gettext("This partner was not rated yet.")
    yield from table(words.gettext("Newest rating by each scheme"), columns, rows, "ratings", empty=empty)


def _together(released: Released, words: Words) -> Iterator[Block]:
    found = _of(released)
    if found.agreements:
        yield Table(
            words.gettext("Agreements"),
            (
                Column(words.gettext("Agreement"), weight=3),
                Column(words.gettext("Status"), weight=1.2),
                Column(words.gettext("Period"), weight=2),
                Column(words.gettext("Amount"), Align.END, 1.3),
            ),
            tuple(
                Row(
                    (
                        Said(each.title, each.language),
                        title(each.status, AGREEMENT_STATUSES, words),
                        words.period(each.starts_on, each.ends_on),
                        _amount(each.amount, words),
                    )
                )
                for each in found.agreements
            ),
            name="agreements",
        )
    else:
        yield Paragraph((words.gettext("No signed agreement is in force in this period."),))
    if found.received:
        rows = tuple(Row((title(stage, STAGES, words), Money(m.amount, m.currency))) for stage, m in found.received)
        columns = (Column(words.gettext("Stage of the money"), weight=2), Column(words.gettext("Amount"), Align.END))
        yield Table(words.gettext("Money that came to it"), columns, rows, words.gettext(INDICATIVE), "received")
    if found.seats:
        rows = tuple(
            Row((title(seat, SEATS, words), Said(name or ""), Said(body) if body else ""))
            for seat, name, body in found.seats
        )
        heads = (words.gettext("Kind of participation"), words.gettext("Title"), words.gettext("Coordination body"))
        yield Table(words.gettext("Seats and voice"), tuple(Column(head) for head in heads), rows, name="seats")


def _amount(amount: Amount | None, words: Words) -> Value:
    return Money(amount.amount, amount.currency) if amount else Missing(words.gettext("Not stated"))


def _work(released: Released, words: Words) -> Iterator[Block]:
    reports = _of(released).reports
    natures = cast(tuple[str, ...], released.plain["natures"])
    people = [
        KeyFigure(said(released.figures[f"people_{nature}"], words), title(nature, NATURE_TITLES, words))
        for nature in natures
    ]
    share: Value = Missing(words.gettext("nothing to divide"))
    if reports.came:
        parts = Count(reports.in_time, reports.behind_came), Count(reports.came, reports.behind_came)
        share = Share(Decimal(reports.in_time) / reports.came, 0, reports.behind_came, parts)
    yield KeyFigures(
        (
            *people,
            KeyFigure(Count(cast(int, released.plain["activities"])), words.gettext("Protection activities")),
            KeyFigure(Count(reports.came, reports.behind_came), words.gettext("Reports received")),
            KeyFigure(share, words.gettext("Of these, by their day")),
            KeyFigure(Count(reports.late, reports.behind_late), words.gettext("Reports not received")),
        )
    )
    for nature in natures:
        if lines := released.grids[f"sexes_{nature}"]:
            figures = title(nature, NATURE_TITLES, words)
            heading = words.gettext("{figures}, by sex where collected").format(figures=figures)
            rows = tuple(
                Row((title(str(line.cells[0]) or None, SEXES, words), said(line.cells[1], words))) for line in lines
            )
            columns = (Column(words.gettext("Sex"), weight=2), Column(words.gettext("People"), Align.END))
            yield Table(heading, columns, rows, _sums(words), f"sexes_{nature}")


def _notes(released: Released, words: Words) -> Iterator[Run]:
    natures = cast(tuple[str, ...], released.plain["natures"])
    if natures and not any(released.grids[f"sexes_{nature}"] for nature in natures):
        yield _sums(words)


def _sums(words: Words) -> str:
    return words.gettext("One person may be counted by several activities: sums are sums of figures, not of persons.")
