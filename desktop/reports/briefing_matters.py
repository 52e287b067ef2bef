"""What a donor is told of its money and of what is open: contributions, earmarking, asks, promises, questions."""

from collections.abc import Iterator
from datetime import date
from typing import cast

from db.models.donors import EARMARKINGS, STAGES
from db.queries.briefing import FlexiblePart, Given
from db.queries.donors import FLEXIBLE
from db.queries.engagements import Matter
from desktop.guard.released import Released
from desktop.reports.document import Align, Block, Bullets, Column, Paragraph, Row, Said, Table, Value
from desktop.reports.donor_briefing import BRIEFING, Briefed
from desktop.reports.grant_money_tables import amount
from desktop.reports.report import FRAME, Frame
from desktop.reports.saying import title
from i18n import Words


def briefed(released: Released) -> Briefed:
    """What the pages say besides the tables."""
    return cast(Briefed, released.plain[BRIEFING])


def contributions(released: Released, words: Words) -> Iterator[Block]:
    """What the donor gave, how it is bound, and what of it is flexible."""
    told = briefed(released).told
    if not told.secured:
        yield Paragraph((words.gettext("Nothing is committed yet."),))
        return
    rows = [
        Row(
            (
                _contribution(one),
                words.period(one.starts_on, one.ends_on) if one.starts_on or one.ends_on else "",
                amount(one.amount, words.gettext("not stated")),
                title(one.earmarking, EARMARKINGS, words),
            )
        )
        for one in told.secured
    ]
    letters = words.gettext("Earmarkings that count as flexible: {letters}.")
    notes = [*(_flexible(part, words) for part in told.flexible), letters.format(letters=words.list(sorted(FLEXIBLE)))]
    yield Table(
        words.gettext("Contributions"),
        (
            Column(words.gettext("Contribution"), weight=2.6),
            Column(words.gettext("Period"), weight=1.6),
            Column(words.gettext("Amount"), Align.END, 1.4),
            Column(words.gettext("Earmarking as received"), weight=2),
        ),
        tuple(rows),
        " ".join(notes),
        "contributions",
    )


def _flexible(part: FlexiblePart, words: Words) -> str:
    sentence = words.gettext("Flexible, of what is known: {flexible} of {known}.")
    if part.unknown:
        sentence = words.ngettext(
            "Flexible, of what is known: {flexible} of {known}; the earmarking of {count} contribution is not.",
            "Flexible, of what is known: {flexible} of {known}; the earmarking of {count} contributions is not.",
            part.unknown,
        )
    return sentence.format(
        flexible=words.money(part.flexible.amount, part.currency),
        known=words.money(part.known.amount, part.currency),
        count=words.number(part.unknown),
    )


def open_matters(released: Released, words: Words) -> Iterator[Block]:
    """What is asked for, the next step, and what each side owes the other."""
    told, today = briefed(released).told, cast(Frame, released.plain[FRAME]).as_of
    points = [_asked(one, words) for one in told.asked]
    if step := told.matters.next_step:
        sentence = words.gettext("Next step, agreed on {day}: {step}")
        points.append(sentence.format(day=words.date(step.on), step=words.isolate(step.text)))
    kinds = (
        (words.gettext("We promised: {matter}"), told.matters.ours),
        (words.gettext("Promised to us: {matter}"), told.matters.theirs),
        (words.gettext("We were asked: {matter}"), told.matters.questions),
    )
    points += [said.format(matter=_matter(one, today, words)) for said, its in kinds for one in its]
    if points:
        yield Bullets(tuple((point,) for point in points))
    else:
        yield Paragraph((words.gettext("Nothing is open between us."),))


def _asked(one: Given, words: Words) -> str:
    name, stage = words.isolate(one.title or one.reference or ""), title(one.stage, STAGES, words)
    if one.amount is None:
        return words.gettext("Asked for: {contribution} ({stage})").format(contribution=name, stage=stage)
    amount = words.money(one.amount.amount, one.amount.currency)
    sentence = words.gettext("Asked for: {contribution}, {amount} ({stage})")
    return sentence.format(contribution=name, amount=amount, stage=stage)


def _contribution(one: Given) -> Value:
    return Said(one.title or one.reference or "")


def _matter(one: Matter, today: date, words: Words) -> str:
    name = words.isolate(one.title)
    if one.due_on is None:
        return words.gettext("{matter} (no day set)").format(matter=name)
    if one.overdue(today):
        return words.gettext("{matter} (was due on {day})").format(matter=name, day=words.date(one.due_on))
    return words.gettext("{matter} (due on {day})").format(matter=name, day=words.date(one.due_on))
