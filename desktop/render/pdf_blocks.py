"""Headings, paragraphs, lists and key figures as boxes of a page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from desktop.render import theme
from desktop.render.layout import Line, Style, Typesetter
from desktop.render.pdf_page import MARGIN, Box, Page, Sheet
from desktop.render.pdf_tags import Node
from desktop.render.pdf_text import Ink, colour
from desktop.render.pictures import Picture
from desktop.render.values import clean, shown
from desktop.reports.document import Emphasis, Hidden, KeyFigure, Missing, Run, Strong
from i18n import Words

LEADING = 1.5
SMALL_STYLE = Style(theme.SMALL_SIZE, False, theme.GREY)
BLOCK_TITLE_STYLE = Style(theme.BLOCK_TITLE_SIZE, True, theme.INK)
HEADING_STYLES = tuple(Style(size, True, theme.ACCENT) for size in theme.HEADING_SIZES)
_BULLET_INDENT = 14.0
_FIGURES_A_ROW = 4
_MOST_CARD_LINES = 6


@dataclass
class Press:
    """What printing one document needs: its words, typesetter, paper, ink, and where its headings came to stand."""

    words: Words
    setter: Typesetter
    sheet: Sheet
    ink: Ink = field(default_factory=Ink)
    headings: dict[Node, tuple[int, float]] = field(default_factory=dict)
    pictures: dict[Picture, str] = field(default_factory=dict)
    """Every picture by the name that pages call it."""
    tagged: bool = True
    """Whether the file says what each mark on its pages means."""

    def left(self, start: float, width: float) -> float:
        """Where something stands that begins this far from the page's starting edge."""
        return self.sheet.width - MARGIN - start - width if self.setter.rtl else MARGIN + start

    def text(self, line: Line, start: float, width: float, y: float, end: bool = False) -> str:
        """The operators of a line that stands at the start, or the end, of a space this wide."""
        return self.ink.line(line, self.left(start + width - line.width if end else start, line.width), y)

    def rectangle(self, start: float, width: float, bottom: float, height: float, fill: str) -> str:
        """The operators of a filled rectangle."""
        return f"{colour(fill)} rg {self.left(start, width):.2f} {bottom:.2f} {width:.2f} {height:.2f} re f"


def baseline(top: float, size: float, leading: float) -> float:
    """Where the letters of a line stand whose upper edge is at `top`."""
    return top - (leading - size) / 2 - size * 0.82


def styled(runs: Sequence[Run], words: Words, size: float = theme.BODY_SIZE) -> list[tuple[str, Style]]:
    """The runs of a paragraph with their looks."""
    body, strong = Style(size, False, theme.INK), Style(size, True, theme.INK)
    found = []
    for run in runs:
        match run:
            case Strong(text):
                found.append((clean(text), strong))
            case Emphasis(text):
                found.append((clean(text), Style(size, False, theme.INK, italic=True)))
            case _:
                found.append((shown(run, words), body))
    return found


def text_boxes(
    press: Press,
    node: Node,
    runs: Sequence[tuple[str, Style]],
    start: float = 0.0,
    width: float | None = None,
    gap: float = 0.0,
    glued: bool = False,
    leading: float = LEADING,
) -> list[Box]:
    """A paragraph, a box a line; neither its first nor its last line stands alone on a page."""
    size = max((style.size for _text, style in runs), default=theme.BODY_SIZE)
    across = press.sheet.body if width is None else width
    height = size * leading

    def draw(line: Line, page: Page, top: float) -> None:
        page.add(node, press.text(line, start, across, baseline(top, size, height)))

    lines = press.setter.lines(runs, across)
    last = len(lines) - 1
    return [
        Box(height, partial(draw, line), gap if i == 0 else 0.0, glued if i == last else i in (0, last - 1))
        for i, line in enumerate(lines)
    ]


def space(height: float, glued: bool = False) -> Box:
    """Nothing, this high."""
    return Box(height, lambda page, top: None, glued=glued)


def heading(press: Press, node: Node, text: str, level: int, dense: bool = False) -> Iterator[Box]:
    """A heading, which stays with what follows; remembers where it stands. A `dense` one has less room above it."""
    style = HEADING_STYLES[level - 1]
    gap = 14.0 if dense else 26.0 if level == 1 else 18.0
    boxes = text_boxes(press, node, [(clean(text), style)], gap=gap, glued=True, leading=1.3)

    def draw(page: Page, top: float) -> None:
        press.headings.setdefault(node, (page.index, top))
        boxes[0].draw(page, top)

    yield boxes[0]._replace(draw=draw)
    yield from boxes[1:]
    yield space(4.0, glued=True)


def paragraph(press: Press, node: Node, runs: Sequence[Run]) -> list[Box]:
    """A paragraph of running words."""
    return text_boxes(press, node, styled(runs, press.words), gap=6.0)


def bullets(press: Press, node: Node, items: Sequence[Sequence[Run]]) -> Iterator[Box]:
    """A list of short points."""
    for item in items:
        entry = node.add("LI")
        label, body = entry.add("Lbl"), entry.add("LBody")
        boxes = text_boxes(
            press,
            body,
            styled(item, press.words),
            start=_BULLET_INDENT,
            width=press.sheet.body - _BULLET_INDENT,
            gap=5.0,
        )
        yield boxes[0]._replace(draw=partial(_bullet, press, label, boxes[0]))
        yield from boxes[1:]


def _bullet(press: Press, label: Node, box: Box, page: Page, top: float) -> None:
    dot = press.setter.lines([("•", Style(theme.BODY_SIZE, True, theme.ACCENT))])[0]
    page.add(label, press.text(dot, 2.0, _BULLET_INDENT, baseline(top, theme.BODY_SIZE, box.height)))
    box.draw(page, top)


def key_figures(press: Press, node: Node, figures: Sequence[KeyFigure]) -> Iterator[Box]:
    """Key figures side by side, as many rows as they need, each row kept whole."""
    rows = -(-len(figures) // _FIGURES_A_ROW)
    across = -(-len(figures) // max(rows, 1))
    for row in range(rows):
        yield _figure_row(press, node, figures[row * across : (row + 1) * across], across)
    yield space(6.0)


def _figure_row(press: Press, node: Node, figures: Sequence[KeyFigure], across: int) -> Box:
    gutter, pad = 10.0, 10.0
    width = (press.sheet.body - gutter * (across - 1)) / across
    inner = width - 2 * pad
    cards: list[tuple[Node, list[tuple[Line, float, float]]]] = []
    for figure in figures:
        quiet = isinstance(figure.value, Hidden | Missing)
        size = theme.BODY_SIZE if quiet else theme.FIGURE_SIZE
        value = shown(figure.value, press.words)
        while size > theme.BODY_SIZE and press.setter.width(value, Style(size, True)) > inner:
            size -= 1.0
        parts = [
            (value, Style(size, True, theme.GREY if quiet else theme.ACCENT), theme.FIGURE_SIZE * 1.35),
            (clean(figure.label), Style(theme.TABLE_SIZE + 0.5, True, theme.INK), 0.0),
            (clean(figure.note), SMALL_STYLE, 0.0),
        ]
        lines = [
            (line, style.size, least or style.size * 1.4)
            for text, style, least in parts
            if text
            for line in press.setter.fitted(text, style, inner, _MOST_CARD_LINES)
        ]
        cards.append((node.add("P"), lines))
    height = max(sum(line_height for _line, _size, line_height in lines) for _node, lines in cards) + 2 * pad - 2

    def draw(page: Page, top: float) -> None:
        for column, (card, lines) in enumerate(cards):
            start = column * (width + gutter)
            page.add(None, press.rectangle(start, width, top - height, height, theme.ZEBRA))
            page.add(None, press.rectangle(start, 2.5, top - height, height, theme.ACCENT))
            y = top - pad + 2
            for line, size, line_height in lines:
                page.add(card, press.text(line, start + pad, inner, baseline(y, size, line_height)))
                y -= line_height

    return Box(height, draw, gap=10.0)
