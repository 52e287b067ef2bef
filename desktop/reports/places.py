"""The named places of a donor's own form, and what stands in each: a report's figures, its cover, its writer's prose.

Names are those of the figures that prose cites, so that a form made for one report says the same as the report. What
was hidden stays hidden: places are filled from what was released, like everything else that leaves.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from desktop.guard.released import Released
from desktop.reports.building import label, prose_blocks
from desktop.reports.document import Block, Day, Missing, Money, Said, Value
from desktop.reports.indicator_figures import INDICATORS, TARGET, Described, figure_name
from desktop.reports.indicator_notes import named
from desktop.reports.names import by_their_names
from desktop.reports.report import CITABLE, FRAME, Frame, Label, Report, WritersWords
from desktop.reports.saying import said
from desktop.reports.worded import in_language, summary_of, title_of
from i18n import Words

Filling = Value | tuple[Block, ...]
"""A value, or prose."""
TEXT = "text_"
"""What the names of the writer's parts begin with."""
CURRENCY = "_currency"
"""What the name of an amount's currency ends with, for forms that have a cell for it."""


def places(report: Report, released: Released, words: Words) -> Mapping[str, Filling]:
    """Every place that a form of this report can have, by its name."""
    frame = cast(Frame, released.plain[FRAME])
    own = frame.asked.own
    figures = {name: said(entry, words) for name, entry in released.figures.items()}
    currencies = {f"{name}{CURRENCY}": one.currency for name, one in figures.items() if isinstance(one, Money)}
    named = {name: by_their_names(one, frame.names, words) for name, one in figures.items()}
    return {**dict(_cover(report, frame, words)), **dict(_prose(report, released, own, words)), **named, **currencies}


def labels(report: Report, released: Released, words: Words) -> Mapping[str, str]:
    """What a place is of, where its name does not say it: an indicator by its code and name, a part by its heading."""
    parts = {text_name(part.name): label(part.title, words) for part in report.parts(released.plain)}
    cited = cast(Sequence[tuple[str, Label]], released.plain.get(CITABLE, ()))
    told = parts | {name: label(called, words) for name, called in cited}
    for one in cast(tuple[Described, ...], released.plain.get(INDICATORS, ())):
        name, called = figure_name(one.id), named(one, words)
        told[name] = called
        told[f"{name}{TARGET}"] = words.gettext("Target: {indicator}").format(indicator=called)
    return told


def text_name(part: str) -> str:
    """The name of the place that a part's prose stands in."""
    return TEXT + part.replace("-", "_").lower()


def _cover(report: Report, frame: Frame, words: Words) -> Iterator[tuple[str, Filling]]:
    own, scope = frame.asked.own, frame.asked.scope
    unknown = Missing(words.gettext("Not stated"))
    heading = words.gettext(report.printed or report.title)
    yield "title", Said(title_of(own, words).text) if own.title else heading
    yield "report", heading
    for name in ("reference", "prepared_by", "approved_by"):
        yield name, Said(getattr(own, name))
    yield "summary", Said(summary_of(own, words).text)
    yield "office", Said(frame.office)
    yield "highlights", Said("\n".join(own.highlights))
    yield "period", words.period(scope.starts_on, scope.ends_on)
    yield "period_from", Day(scope.starts_on) if scope.starts_on else unknown
    yield "period_to", Day(scope.ends_on) if scope.ends_on else unknown
    yield "as_of", Day(frame.as_of)


def _prose(report: Report, released: Released, own: WritersWords, words: Words) -> Iterator[tuple[str, Filling]]:
    """The prose of every part that can have some; nothing where its writer wrote none or left the part out."""
    mine = {one.part: one for one in own.parts}
    for part in dict.fromkeys((*(one.name for one in report.parts(released.plain)), *mine)):
        one = mine.get(part)
        told = in_language(one.told, words.language) if one and one.shown else None
        yield text_name(part), tuple(prose_blocks(told, released.figures, words)) if told else ()
