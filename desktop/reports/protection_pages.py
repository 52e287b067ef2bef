"""The protection overview, said: what was released, as a document in the reader's words."""

from typing import cast

from db.models.results import NATURES
from desktop.guard.audiences import Audience
from desktop.guard.released import Released
from desktop.reports.document import (
    Block,
    Bullets,
    Count,
    Day,
    Document,
    Heading,
    KeyFigure,
    KeyFigures,
    Missing,
    PageBreak,
    Paragraph,
    Said,
    Value,
)
from desktop.reports.protection_notes import counted, notes
from desktop.reports.protection_overview import Overview
from desktop.reports.protection_tables import areas, donors, partners, sex_and_age
from desktop.reports.saying import said, title, women_led
from i18n import N_, Words

AUDIENCES = {
    Audience.INTERNAL: N_("Internal use"),
    Audience.PARTNER: N_("For the partner"),
    Audience.DONOR: N_("For donors"),
    Audience.PUBLIC: N_("Public"),
}


def build(released: Released, words: Words) -> Document:
    """The whole overview."""
    overview = cast(Overview, released.plain["overview"])
    own = overview.asked.own
    heading = words.gettext("Protection overview")
    blocks: list[Block] = []
    if own.highlights:
        blocks += [Heading(words.gettext("Highlights")), Bullets(tuple((Said(text),) for text in own.highlights))]
    blocks += [Heading(words.gettext("Key figures")), _key_figures(released, overview, words)]
    if overview.areas:
        for part in (areas, partners, donors, sex_and_age):
            blocks += part(released, overview, words)
    else:
        blocks.append(Paragraph((words.gettext("No protection activity is in the scope of this report."),)))
    return Document(
        title=words.isolate(own.title) if own.title else heading,
        subtitle=heading if own.title else "",
        language=words.language,
        as_of=overview.as_of,
        blocks=(*blocks, PageBreak(), *notes(released, overview, words)),
        cover=tuple(_cover(released, overview, words)),
        author=own.prepared_by or own.office,
        running_foot=words.isolate(own.office) if own.office else heading,
    )


def _cover(released: Released, overview: Overview, words: Words) -> list[tuple[str, Value]]:
    own, scope = overview.asked.own, overview.asked.scope
    lines: list[tuple[str, Value]] = [
        (words.gettext("Reference"), Said(own.reference)),
        (words.gettext("Office"), Said(own.office)),
    ]
    for key, label in (
        ("scope_partner", words.gettext("Partner")),
        ("scope_donor", words.gettext("Donor")),
        ("scope_place", words.gettext("Place")),
    ):
        if key in released.figures:
            lines.append((label, said(released.figures[key], words)))
    if scope.starts_on and scope.ends_on:
        lines.append((words.gettext("Period"), words.period(scope.starts_on, scope.ends_on)))
    elif scope.starts_on:
        lines.append((words.gettext("From"), Day(scope.starts_on)))
    elif scope.ends_on:
        lines.append((words.gettext("Until"), Day(scope.ends_on)))
    lines += [
        (words.gettext("State of the record"), Day(overview.as_of)),
        (words.gettext("Audience"), words.gettext(AUDIENCES[overview.asked.audience])),
        (words.gettext("Prepared by"), Said(own.prepared_by)),
        (words.gettext("Approved by"), Said(own.approved_by)),
    ]
    return [(label, value) for label, value in lines if value != Said("")]


def _key_figures(released: Released, overview: Overview, words: Words) -> KeyFigures:
    people = [
        KeyFigure(
            said(released.figures[f"people_{nature}"], words),
            title(nature, NATURES, words),
            counted(nature, overview, words),
        )
        for nature in overview.natures
    ]
    leading = overview.natures[0]
    # Where nobody was assessed, none is known to be women-led: that is no zero.
    unknown = Missing(women_led("unknown", words))
    return KeyFigures(
        (
            *people,
            KeyFigure(Count(overview.activities), words.gettext("Activities")),
            KeyFigure(Count(overview.places), words.gettext("Places")),
            KeyFigure(Count(overview.partners), words.gettext("Partners")),
            KeyFigure(
                Count(overview.women_led) if overview.assessed else unknown,
                words.gettext("Women-led partners"),
                words.gettext("Assessed, criteria met"),
            ),
            KeyFigure(
                said(released.figures[f"women_led_{leading}"], words) if overview.assessed else unknown,
                words.gettext("Share of people with women-led partners"),
                title(leading, NATURES, words),
            ),
        )
    )
