"""Lines to sign on: who signs, a rule for the hand and one for the day, all on one page."""

from collections.abc import Iterator
from functools import partial

from desktop.render import theme
from desktop.render.layout import Style
from desktop.render.pdf_blocks import SMALL_STYLE, Press, baseline
from desktop.render.pdf_page import Box, Page
from desktop.render.pdf_tags import Node
from desktop.render.pdf_text import colour
from desktop.render.values import shown
from desktop.reports.document import Day, Said, SignatureLine, Signatures

_ROLE = Style(theme.BODY_SIZE, True, theme.INK)
_NAME = Style(theme.BODY_SIZE, False, theme.INK)
_HEIGHT, _RULE = 52.0, 36.0
_HAND, _DAY = 0.42, 0.78
"""Where the rules begin, in parts of the page's width."""


def signatures(press: Press, section: Node, asked: Signatures) -> Iterator[Box]:
    """The lines, a box each."""
    last = len(asked.lines) - 1
    for i, line in enumerate(asked.lines):
        draw = partial(_draw, press, section.add("P"), line)
        yield Box(_HEIGHT, draw, gap=14.0 if i == 0 else 6.0, glued=i < last)


def _draw(press: Press, node: Node, line: SignatureLine, page: Page, top: float) -> None:
    words, body = press.words, press.sheet.body
    who = body * _HAND - 14.0
    leading = theme.BODY_SIZE * 1.4
    y = top
    for text, style in ((shown(Said(line.role), words), _ROLE), (shown(Said(line.name), words), _NAME)):
        for written in press.setter.fitted(text, style, who, 2):
            page.add(node, press.text(written, 0.0, who, baseline(y, style.size, leading)))
            y -= leading
    if line.on:
        day = press.setter.fitted(shown(Day(line.on), words), _NAME, body * (1 - _DAY), 2)
        for above, written in enumerate(reversed(day)):
            page.add(node, press.text(written, body * _DAY, written.width, top - _RULE + 4.0 + above * leading))
    for start, width, label in (
        (body * _HAND, body * (_DAY - _HAND) - 14.0, words.gettext("Signature")),
        (body * _DAY, body * (1 - _DAY), words.gettext("Date")),
    ):
        left, rule = press.left(start, width), top - _RULE
        page.add(None, f"{colour(theme.GREY)} RG .6 w {left:.2f} {rule:.2f} m {left + width:.2f} {rule:.2f} l S")
        told = press.setter.fitted(label, SMALL_STYLE, width)[0]
        page.add(node, press.text(told, start, told.width, rule - 11.0))
