"""Indicators, drawn: people from period to period, and who they are; the tables beside them hold the same figures."""

from collections.abc import Iterator
from itertools import pairwise

from desktop.guard.released import Released
from desktop.reports.blocks import chart
from desktop.reports.document import Block, ChartKind, Missing
from desktop.reports.indicator_figures import NONE_YET, PERIODS, SPLIT, days_of
from desktop.reports.indicator_notes import Chosen, described, lines_of, named, place_of
from desktop.reports.indicator_tables import figure
from desktop.reports.people_split import COLUMNS
from desktop.reports.place_map import shade
from desktop.reports.saying import said
from i18n import Words

_FEWEST, _MOST = 3, 6
"""From so many periods on there is a line to follow, and so many lines can be told apart."""


def periods_chart(released: Released, words: Words, chosen: Chosen = None) -> Iterator[Block]:
    """People of each indicator from period to period, where the periods follow one another."""
    found = described(released)
    lines = [line for line in lines_of(released, PERIODS, chosen) if found[place_of(line)].unit == "persons"]
    periods = sorted({days_of(line.cells) for line in lines})
    follow = all(last < first for (_first, last), (first, _last) in pairwise(periods))
    if len(periods) < _FEWEST or not follow:
        return
    none = Missing(words.gettext(NONE_YET))
    series = []
    for at in list(dict.fromkeys(map(place_of, lines)))[:_MOST]:
        told = {days_of(line.cells): shade(figure(line.cells[-1], words)) for line in lines if place_of(line) == at}
        if len(told) >= _FEWEST:
            series.append((named(found[at], words), [told.get(period, none) for period in periods]))
    if series:
        names = [words.period(*period) for period in periods]
        yield chart(words.gettext("People, period by period"), names, series, words, ChartKind.LINES, tabled=True)


def split_chart(released: Released, words: Words, chosen: Chosen = None) -> Iterator[Block]:
    """Women, girls, men and boys as parts of the people of each indicator."""
    lines = lines_of(released, SPLIT, chosen)
    if lines:
        names = [named(described(released)[place_of(line)], words) for line in lines]
        parts = [
            (words.gettext(title), [said(line.cells[place], words) for line in lines])
            for place, (_sex, _band, title) in enumerate(COLUMNS, 1)
        ]
        yield chart(words.gettext("People by sex and age"), names, parts, words, ChartKind.STACKED, tabled=True)
