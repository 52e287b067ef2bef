"""Background figures, such as people displaced on a day: kept with their source and date, apart from own results.

They are stocks. Rounds, levels and operations count the same people again, so nothing here is ever added up.
"""

from collections.abc import Collection
from dataclasses import replace

from desktop.intake import findings
from desktop.intake.building import build_places, place_link
from desktop.intake.figures import add_figure, figures_of
from desktop.intake.findings import Finding, finding
from desktop.intake.identity import digest
from desktop.intake.whereabouts import Step
from desktop.intake.work import Traced, Work

_SAID = ("operation", "round", "figure_reason", "origin_name", "assessment_type")


def problems(work: Work, index: int) -> list[Finding]:
    """Why a row cannot come in: a stock without its day or its figure says nothing."""
    found = []
    if work.get("date_reported", index) is None:
        found.append(finding(findings.NO_DAY))
    if work.get("figure", index) is None and index not in work.read.problems:
        found.append(finding(findings.NO_FIGURE))
    return found


def build(work: Work, adding: Collection[int], changing: Collection[int], keys: dict[int, str]) -> None:
    """Add a figure for each row."""
    rows = sorted({*adding, *changing})
    places = {index: work.where(index, _country(work, index)) for index in rows}
    made = build_places(work.building, work.places, work.mapping.name)
    for index in rows:
        figure = next(one for one in figures_of(work, index) if one.measure.nature == "background")
        day = work.get("date_reported", index)
        link = add_figure(
            work.building,
            replace(figure, starts_on=day, ends_on=day, counting="stock"),
            place_id=place_link(places[index], made),
            label=work.first(index, "indicator_name", "operation"),
            notes="; ".join(str(text) for name in _SAID if (text := work.get(name, index))) or None,
        )
        assert link is not None
        work.traced.append(Traced(index, keys[index], digest(work.texts[index]), "result", link))
    work.counts["result"] = len(rows)


def _country(work: Work, index: int) -> tuple[Step, ...]:
    """The country as a place of its own, for the rows that are about the whole of it."""
    deeper = work.first(index, "adm1_code", "adm1_name", "adm2_code", "adm2_name", "adm3_code", "adm3_name")
    if deeper:
        return ()
    return (Step(0, "country", work.get("adm0_code", index), work.get("adm0_name", index)),)
