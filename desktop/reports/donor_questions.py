"""What the record knows of each question of the harmonised donor report, and what it asks the writer to say."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from db.models.money import STAGES
from desktop.guard.released import Released
from desktop.reports.document import Block, Count, KeyFigure, KeyFigures
from desktop.reports.grant_cover import people_lines, women_led_partners
from desktop.reports.grant_figures import page_of
from desktop.reports.grant_money_tables import amount, money_blocks
from desktop.reports.grant_tables import (
    agreements_table,
    amendments_table,
    capacity_line,
    feedback_table,
    partners_table,
    places_table,
    risks_table,
    seats_table,
    sectors_table,
    together_line,
    trainings_table,
)
from desktop.reports.indicator_charts import periods_chart
from desktop.reports.indicator_notes import rules_table
from desktop.reports.indicator_tables import (
    periods_table,
    results_chart,
    results_table,
    split_table,
)
from desktop.reports.indicator_tables import places_table as results_by_place
from desktop.reports.people_split import activities_split
from desktop.reports.saying import title
from i18n import N_, Words

Blocks = Callable[[Released, Words], Iterable[Block]]

PROMPTS: Mapping[str, str] = {
    "C-1": N_("What was achieved against what was planned, and what helped or hindered it."),
    "C-2": N_("What is done otherwise than was agreed, why, and whether the donor was told."),
    "C-3": N_("How progress was followed: who counted what, how often, and how sure the figures are."),
    "C-4": N_("Who was reached and who was not; how women, children, older people and people with disabilities were."),
    "C-5": N_("How people took part in decisions, how they could complain, and what was changed because of it."),
    "C-6": N_("Which risks came about, what was done, and which remain."),
    "C-7": N_("What partners and communities go on with, and what they need for it."),
    "C-8": N_("What would be done otherwise, and what others could learn from it."),
    "X-1": N_("How money, time and effort were kept in proportion to what was achieved."),
    "X-2": N_("Where and how the donor was named, and where it was not, for whose safety."),
    "X-3": N_("With which bodies and organisations the work was agreed, and to what effect."),
    "X-4": N_("What each partner did, how it was chosen and supported."),
    "X-5": N_("What was done, step by step."),
    "X-6": N_("What the work did to its surroundings, and what was done to do less harm."),
}


def blocks_of(code: str) -> Blocks:
    """What the record knows of a question: blocks, one after the other."""
    makers = _KNOWN.get(code, ())

    def blocks(released: Released, words: Words) -> Iterator[Block]:
        for make in makers:
            yield from make(released, words)

    return blocks


def key_figures(released: Released, words: Words) -> Iterator[Block]:
    """People, partners and money at a glance."""
    page = page_of(released)
    lacks = words.gettext("not recorded")
    found = [KeyFigure(value, name, note) for name, value, note in people_lines(released, words)]
    found.append(KeyFigure(Count(len(page.partners)), words.gettext("Partners")))
    found.append(women_led_partners(released, words))
    if page.money is not None and page.money.flows:
        stage = title(page.money.stage, STAGES, words)
        found.append(KeyFigure(amount(page.money.to_date, lacks), words.gettext("To date"), stage))
    yield KeyFigures(tuple(found))


_KNOWN: Mapping[str, tuple[Blocks, ...]] = {
    "C-1": (key_figures, results_table, results_chart),
    "C-2": (amendments_table,),
    "C-3": (periods_chart, periods_table, results_by_place, rules_table),
    "C-4": (activities_split, split_table, places_table),
    "C-5": (feedback_table, seats_table, together_line),
    "C-6": (risks_table,),
    "C-7": (capacity_line, trainings_table),
    "X-1": (money_blocks,),
    "X-4": (partners_table, agreements_table),
    "X-5": (sectors_table,),
}
