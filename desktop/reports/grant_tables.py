"""What happened with a donor's money, said: partners, changes, risks, what people said, trainings, seats, places."""

from collections.abc import Iterator
from datetime import date
from typing import cast

from db.definitions import MET, NOT_MET
from db.models.activities import SECTORS
from db.models.agreements import AMENDMENT_TYPES, GRADES, RISK_NATURES, RISK_STATUSES
from db.models.assessments import PLAN_STATUSES
from db.models.engagements import SEATS as SEAT_KINDS
from db.models.organisations import TYPES
from db.models.results import NATURES
from db.queries.grant_work import Amended, Seat
from db.queries.protection import NamedPlace
from desktop.guard.released import Released
from desktop.reports.blocks import table
from desktop.reports.document import Align, Block, Bullets, Column, Day, Missing, Paragraph, Row, Said, Value
from desktop.reports.grant_figures import BY_PLACE, BY_SECTOR, FEEDBACK, PARTNERS, SEATS, TRAININGS, page_of
from desktop.reports.grant_money_tables import amount
from desktop.reports.saying import Choices, in_words, said, title, women_led
from i18n import N_, Words

LOCAL: Choices = ((MET, N_("Yes")), (NOT_MET, N_("No")), ("unknown", N_("Unknown")))


def partners_table(released: Released, words: Words) -> Iterator[Block]:
    """Who carries it out."""
    rows = [
        Row(
            (
                said(line.cells[0], words),
                title(cast(str | None, line.cells[1]), TYPES, words),
                title(str(line.cells[2]), LOCAL, words),
                women_led(str(line.cells[3]), words),
            )
        )
        for line in released.grids[PARTNERS]
    ]
    columns = (
        Column(words.gettext("Partner"), weight=3),
        Column(words.gettext("Type of partner"), weight=1.6),
        Column(words.gettext("Local or national"), weight=1.1),
        Column(words.gettext("Women-led status"), weight=1.3),
    )
    note = words.gettext("Unknown does not mean no.")
    yield from table(words.gettext("Partners"), columns, rows, PARTNERS, note)


def agreements_table(released: Released, words: Words) -> Iterator[Block]:
    """Under which agreements."""
    rows = [
        Row(
            (
                in_words(one.title, words),
                Said(one.reference or ""),
                words.period(one.starts_on, one.ends_on),
                amount(one.amount, words.gettext("not stated")),
            )
        )
        for one in page_of(released).agreements
    ]
    columns = (
        Column(words.gettext("Agreement"), weight=3),
        Column(words.gettext("Reference"), weight=1.2),
        Column(words.gettext("Period"), weight=1.8),
        Column(words.gettext("Amount"), Align.END, 1.3),
    )
    yield from table(words.gettext("Agreements with partners"), columns, rows, "agreements")


def amendments_table(released: Released, words: Words) -> Iterator[Block]:
    """What changed since agreements were signed."""
    page = page_of(released)
    titles = {one.id: one.title for one in page.agreements}
    rows = [
        Row(
            (
                in_words(titles[one.agreement], words) if one.agreement in titles else "",
                words.gettext("No. {number}: {type}").format(
                    number=words.number(one.number), type=title(one.type, AMENDMENT_TYPES, words)
                ),
                Day(one.signed_on) if one.signed_on else Missing(words.gettext("not stated")),
                _changes(one, words),
                Said(one.reason or ""),
            )
        )
        for one in page.amendments
    ]
    columns = (
        Column(words.gettext("Agreement"), weight=2),
        Column(words.gettext("Amendment"), weight=1.5),
        Column(words.gettext("Signed on"), weight=1.1),
        Column(words.gettext("Changes"), weight=2),
        Column(words.gettext("Reason"), weight=2),
    )
    empty = words.gettext("No amendment was signed in this period.")
    yield from table(words.gettext("Amendments"), columns, rows, "amendments", empty=empty)


def risks_table(released: Released, words: Words) -> Iterator[Block]:
    """What may go wrong or has, and what is done about it."""
    rows = [
        Row(
            (
                title(one.nature, RISK_NATURES, words),
                Said(one.title),
                title(one.likelihood, GRADES, words),
                title(one.impact, GRADES, words),
                Said(one.response or ""),
                title(one.status, RISK_STATUSES, words),
            )
        )
        for one in page_of(released).risks
    ]
    columns = (
        Column(words.gettext("Risk or issue"), weight=1),
        Column(words.gettext("Title"), weight=2.2),
        Column(words.gettext("Likelihood"), weight=1.1),
        Column(words.gettext("How hard it would hit"), weight=1),
        Column(words.gettext("What is done about it"), weight=2.4),
        Column(words.gettext("Status"), weight=1),
    )
    empty = words.gettext("No risk is recorded for this money.")
    yield from table(words.gettext("Risks and issues"), columns, rows, "risks", empty=empty)


def feedback_table(released: Released, words: Words) -> Iterator[Block]:
    """What people said, always with the number of those asked."""
    rows = []
    for line in released.grids[FEEDBACK]:
        what, partner, on, place, share, asked = line.cells
        rows.append(
            Row(
                (
                    said(what, words),
                    said(partner, words),
                    Day(cast(date, on)),
                    said(place, words),
                    said(share, words),
                    said(asked, words),
                )
            )
        )
    columns = (
        Column(words.gettext("What was asked"), weight=2.4),
        Column(words.gettext("Partner"), weight=2),
        Column(words.gettext("Date"), weight=1.2),
        Column(words.gettext("Place"), weight=1.2),
        Column(words.gettext("Satisfied"), Align.END),
        Column(words.gettext("People asked (n)"), Align.END),
    )
    empty = words.gettext("No feedback was recorded in this period.")
    yield from table(words.gettext("What people said of the services"), columns, rows, FEEDBACK, empty=empty)


def trainings_table(released: Released, words: Words) -> Iterator[Block]:
    """What partners learned."""
    rows = []
    for line in released.grids[TRAININGS]:
        what, partner, on, *counts = line.cells
        cells = (said(one, words) for one in counts)
        rows.append(Row((said(what, words), said(partner, words), Day(cast(date, on)), *cells)))
    columns = (
        Column(words.gettext("Training"), weight=2.4),
        Column(words.gettext("Organisation trained"), weight=2),
        Column(words.gettext("Start date"), weight=1.2),
        *(Column(words.gettext(one), Align.END) for one in _TRAINED),
    )
    yield from table(words.gettext("Trainings"), columns, rows, TRAININGS)


def seats_table(released: Released, words: Words) -> Iterator[Block]:
    """Where partners have a say."""
    rows = []
    for line in released.grids[SEATS]:
        seat = cast(Seat, line.cells[1])
        since: Value = Day(seat.since) if seat.since else Missing(words.gettext("not stated"))
        rows.append(
            Row((said(line.cells[0], words), title(seat.seat, SEAT_KINDS, words), Said(seat.where or ""), since))
        )
    columns = (
        Column(words.gettext("Organisation"), weight=2.4),
        Column(words.gettext("Kind of participation"), weight=1.6),
        Column(words.gettext("Coordination body"), weight=2.4),
        Column(words.gettext("Since"), weight=1.2),
    )
    yield from table(words.gettext("Where partners have a say"), columns, rows, SEATS)


def together_line(released: Released, words: Words) -> Iterator[Block]:
    """How many agreements were designed together with the partner."""
    agreements = page_of(released).agreements
    asked = [one for one in agreements if one.designed_together is not None]
    if asked:
        yield Paragraph(
            (
                words.gettext("Agreements designed together with the partner: {designed} of {count}.").format(
                    count=words.number(len(asked)),
                    designed=words.number(sum(bool(one.designed_together) for one in asked)),
                ),
            )
        )


def capacity_line(released: Released, words: Words) -> Iterator[Block]:
    """How far the partners' capacity plans have come: numbers of actions, never what they are about."""
    found = page_of(released).capacity
    told = words.gettext("{status}: {count}")
    points = tuple(
        (told.format(status=words.gettext(name), count=words.number(found[status])),)
        for status, name in PLAN_STATUSES
        if found.get(status)
    )
    if points:
        yield Paragraph((words.gettext("Actions of the partners' capacity plans, by how far they have come:"),))
        yield Bullets(points)


def places_table(released: Released, words: Words) -> Iterator[Block]:
    """Activities by place, with the people they counted."""
    natures = page_of(released).natures
    rows = [
        Row((Said(place.name, place.language), *(said(cell, words) for cell in line.cells[1:])))
        for line in released.grids[BY_PLACE]
        if isinstance(place := line.cells[0], NamedPlace)
    ]
    columns = (
        Column(words.gettext("Place"), weight=2),
        Column(words.gettext("Activities"), Align.END),
        *(Column(title(nature, NATURES, words), Align.END) for nature in natures),
    )
    yield from table(words.gettext("Activities by place"), columns, rows, BY_PLACE)


def sectors_table(released: Released, words: Words) -> Iterator[Block]:
    """Activities by sector, with the people they counted."""
    natures = page_of(released).natures
    rows = [
        Row(
            (
                title(cast(str | None, line.cells[0]), SECTORS, words),
                *(said(cell, words) for cell in line.cells[1:]),
            )
        )
        for line in released.grids[BY_SECTOR]
    ]
    columns = (
        Column(words.gettext("Sector"), weight=2),
        Column(words.gettext("Activities"), Align.END),
        *(Column(title(nature, NATURES, words), Align.END) for nature in natures),
    )
    yield from table(words.gettext("Activities by sector"), columns, rows, BY_SECTOR)


_TRAINED = (N_("Women"), N_("Men"), N_("Another or not said"), N_("Total"))


def _changes(one: Amended, words: Words) -> str:
    told = []
    for name, before, after in one.changes:
        if before is None and after is None:
            told.append(words.gettext(name))
        else:
            told.append(
                words.gettext("{field}: {before}, now {after}").format(
                    field=words.gettext(name), before=_text(before, words), after=_text(after, words)
                )
            )
    return words.list(told) if told else ""


def _text(kept: str | None, words: Words) -> str:
    """A value as an amendment keeps it: a day, an amount with its currency, or words."""
    if not kept:
        return words.gettext("not stated")
    try:
        return words.date(date.fromisoformat(kept))
    except ValueError:
        return words.isolate(kept)
