"""The columns of a table: how wide each is, from what it holds, and where its texts stand.

A figure is never broken while a page can hold it: letters shrink a little first. Texts stay on one line where there is
room; where there is not, the widest columns break theirs.
"""

from collections.abc import Iterable
from math import ceil
from typing import NamedTuple

from desktop.render import theme
from desktop.render.layout import Style
from desktop.render.pdf_blocks import Press
from desktop.reports.document import Align, Count, Day, Money, Share, Table

PAD = 5.0
LEADING = 1.38
FIGURES = (Count, Share, Money)
_WHOLE = (*FIGURES, Day)
_SHORT = 16
_SMALL, _SMALLEST = 7.5, 6.5
_MEASURED = 8


class Edge(NamedTuple):
    """Where a line stands: at `x` it ends, or else begins."""

    x: float
    ends: bool


class Place(NamedTuple):
    """The width of a column, and where its texts and its figures stand.

    Figures of a right-to-left page end at its left and yet line up by their last digit.
    """

    width: float
    text: Edge
    figure: Edge


class Grid(NamedTuple):
    """A table's measures: the size of its letters, the places of its columns, and whether they hold their words."""

    size: float
    places: tuple[Place, ...]
    fits: bool

    @property
    def leading(self) -> float:
        """The height of a line."""
        return self.size * LEADING


def measure(press: Press, asked: Table, headings: tuple[str, ...], texts: list[tuple[str, ...]]) -> Grid:
    """Widths that keep texts on one line where the page can hold them, the usual ones where it cannot hold the longest.

    Letters shrink, a little, before a word beside figures is broken, and a little more before a figure is.
    """
    count, size = len(headings), theme.TABLE_SIZE
    held = [_held(asked, headings[i], [row[i] for row in texts], i) for i in range(count)]
    room = press.sheet.body - 2 * PAD * count
    while True:
        least = [_widest(press, size, unbroken) for unbroken, _kept in held]
        whole = [max(low, _widest(press, size, kept)) for low, (_unbroken, kept) in zip(least, held, strict=True)]
        usual = [max(low, _usual(press, size, kept)) for low, (_unbroken, kept) in zip(least, held, strict=True)]
        figures = [
            high if one.align is Align.END else low for low, high, one in zip(least, whole, asked.columns, strict=True)
        ]
        if sum(figures) <= room or (size <= _SMALL and sum(least) <= room) or size <= _SMALLEST:
            break
        size -= 0.5
    widths = _share(room, least, usual, whole, [column.weight for column in asked.columns])
    places, start = [], 0.0
    for i, (width, column) in enumerate(zip(widths, asked.columns, strict=True)):
        text = figure = _edge(press, start + PAD, width, column.align is Align.END)
        if column.align is Align.END and press.setter.rtl:
            held_here = _figures(press, size, asked, texts, i)
            if held_here <= width:
                figure = _edge(press, start + PAD + width - held_here, held_here, False)
        places.append(Place(width, text, figure))
        start += width + 2 * PAD
    # A word that no page holds is cut on any.
    endless = max(least, default=0.0) >= press.sheet.body / 2
    return Grid(size, tuple(places), endless or (sum(least) <= room and size > _SMALLEST))


def needs(press: Press, asked: Table, headings: tuple[str, ...], texts: list[tuple[str, ...]]) -> list[float]:
    """The width that each column cannot do without, in letters that are small but read."""
    return [
        _widest(press, _SMALL, _held(asked, headings[i], [row[i] for row in texts], i)[0]) + 2 * PAD
        for i in range(len(headings))
    ]


def _held(asked: Table, heading: str, texts: list[str], column: int) -> tuple[set[str], list[str]]:
    """What a column must not break, and what it should keep on one line: beside figures, only short words."""
    unbroken, kept = _words(heading), list[str]()
    holds_figures = asked.columns[column].align is Align.END
    for row, text in zip(asked.rows, texts, strict=True):
        if isinstance(row.cells[column], _WHOLE):
            unbroken.add(text)
        else:
            unbroken |= _words(text)
            if not holds_figures or len(text) <= _SHORT:
                kept.append(text)
    return unbroken, kept


def _edge(press: Press, start: float, width: float, end: bool) -> Edge:
    left = press.left(start, width)
    return Edge(left, False) if end is press.setter.rtl else Edge(left + width, True)


def _figures(press: Press, size: float, asked: Table, texts: list[tuple[str, ...]], column: int) -> float:
    """The width of the widest figure of a column."""
    rows = zip(asked.rows, texts, strict=True)
    return _widest(press, size, [text[column] for row, text in rows if isinstance(row.cells[column], FIGURES)])


def _words(*texts: str) -> set[str]:
    return {word for text in texts for word in text.split(" ")}


def _widest(press: Press, size: float, texts: Iterable[str]) -> float:
    """The width of the widest text, found among the longest; half a page at most."""
    longest = sorted(sorted(set(texts)), key=len, reverse=True)[:_MEASURED]
    style = Style(size, True)
    return min(
        max((press.setter.width(text[:200], style) for text in longest), default=0.0) + 0.5, press.sheet.body / 2
    )


def _usual(press: Press, size: float, texts: list[str]) -> float:
    """The width that nine texts in ten keep to."""
    return _widest(press, size, sorted(texts, key=len)[: ceil(len(texts) * 0.9)])


def _share(
    room: float, least: list[float], usual: list[float], whole: list[float], weights: list[float]
) -> list[float]:
    """Room by the columns' wishes, each as wide as its texts; where it is too little, the longest texts break."""
    if sum(least) >= room:
        return [room * one / sum(least) for one in least]
    if sum(usual) > room:
        most = _widest_that_fits(room, least, usual)
        return [max(low, min(high, most)) for low, high in zip(least, usual, strict=True)]
    if sum(whole) > room:
        part = (room - sum(usual)) / (sum(whole) - sum(usual))
        return [low + (high - low) * part for low, high in zip(usual, whole, strict=True)]
    fixed: dict[int, float] = {}
    while True:
        free = [i for i in range(len(whole)) if i not in fixed]
        rest, weight = room - sum(fixed.values()), sum(weights[i] for i in free)
        parts = {i: rest * weights[i] / weight for i in free}
        narrow = [i for i in free if parts[i] < whole[i]]
        if not narrow:
            return [fixed[i] if i in fixed else parts[i] for i in range(len(whole))]
        fixed |= {i: whole[i] for i in narrow}


def _widest_that_fits(room: float, least: list[float], whole: list[float]) -> float:
    """How wide the widest columns may be when the others keep their texts whole."""
    low, high = 0.0, room
    for _turn in range(30):
        middle = (low + high) / 2
        if sum(max(a, min(b, middle)) for a, b in zip(least, whole, strict=True)) > room:
            high = middle
        else:
            low = middle
    return low
