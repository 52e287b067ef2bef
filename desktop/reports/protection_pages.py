"""The protection overview, said: its parts, in the reader's words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import cast

from db.models.results import NATURES
from desktop.guard.released import Released
from desktop.reports.changes import CHANGES, changes_table
from desktop.reports.document import Block, KeyFigure, KeyFigures, Missing, Paragraph
from desktop.reports.notes import notes_part
from desktop.reports.protection_notes import counted, notes
from desktop.reports.protection_overview import Overview
from desktop.reports.protection_people import sex_and_age
from desktop.reports.protection_tables import areas, donors, partners
from desktop.reports.report import FRAME, Frame, Part
from desktop.reports.saying import said, title, women_led
from i18n import N_, Words


def parts(plain: Mapping[str, object]) -> Sequence[Part]:
    """All parts; without any activity only the key figures and the notes."""
    tables = (
        Part("areas", N_("Areas of responsibility"), areas),
        Part("partners", N_("Partners"), partners),
        Part("donors", N_("Donors"), donors),
        Part("sex-age", N_("Sex and age"), sex_and_age),
    )
    found = cast(Overview, plain["overview"]).areas
    return (Part("figures", N_("Key figures"), _key_figures), *(tables if found else ()), notes_part(notes))


def _key_figures(released: Released, words: Words) -> Iterator[Block]:
    overview = cast(Overview, released.plain["overview"])
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
    yield KeyFigures(
        (
            *people,
            KeyFigure(said(released.figures["activities"], words), words.gettext("Activities")),
            KeyFigure(said(released.figures["places"], words), words.gettext("Places")),
            KeyFigure(said(released.figures["partners"], words), words.gettext("Partners")),
            KeyFigure(
                said(released.figures["women_led"], words) if overview.assessed else unknown,
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
    if lines := released.grids.get(CHANGES):
        since = cast(Frame, released.plain[FRAME]).asked.since
        yield changes_table(lines, cast(date, since), words)
    if not overview.areas:
        yield Paragraph((words.gettext("No protection activity is in the scope of this report."),))
