"""Pages, and how what is to be printed flows down them.

What a report prints is a row of boxes: a height, and how to draw it. Boxes that belong together stay on one page where
a page can hold them; a box that a table's rows depend on, its head, is drawn again on each page they reach.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from desktop.render.pdf_tags import Node

WIDTH, HEIGHT = 595.28, 841.89
MARGIN = 57.0
TOP, BOTTOM = HEIGHT - 70.0, 70.0
BODY = WIDTH - 2 * MARGIN

REPEATED = Node("Artifact")
"""Stands for words that a page repeats for the eye, such as its foot: nobody needs them read out again."""


class Page:
    """One page: its operators, the node of each mark, and the links on it (edges, node, target, text)."""

    def __init__(self, index: int) -> None:
        self.index = index
        self.code: list[str] = []
        self.marked: list[Node] = []
        self.links: list[tuple[float, float, float, float, Node, Node, str]] = []
        self._open: Node | None = None
        self._any_open = False

    def hold(self, node: Node | None) -> int:
        """A place, in reading order, for operators that are known later; to be put into `code`."""
        self.add(node, " ")
        return len(self.code) - 1

    def add(self, node: Node | None, operators: str) -> None:
        """Draw as part of a node, or as decoration where there is none."""
        if not operators:
            return
        if not self._any_open or node is not self._open:
            self.close()
            self._open, self._any_open = node, True
            if node is None:
                self.code.append("/Artifact BMC")
            elif node is REPEATED:
                self.code.append("/Artifact<</Type/Pagination>>BDC")
            else:
                mark = len(self.marked)
                self.marked.append(node)
                node.marks.append((self.index, mark))
                self.code.append(f"/{node.role}<</MCID {mark}>>BDC")
        self.code.append(operators)

    def close(self) -> None:
        """End the mark that is open."""
        if self._any_open:
            self.code.append("EMC")
            self._any_open = False


class Box(NamedTuple):
    """Something of a height, drawn from its upper edge down; `gap` is the space above it, which a page's top takes."""

    height: float
    draw: Callable[[Page, float], None]
    gap: float = 0.0
    glued: bool = False
    """Whether it stays with the box that follows."""
    head: tuple["Box", ...] = ()
    """What is drawn before it when it opens a page."""


PAGE_BREAK = Box(0.0, lambda page, top: None, gap=float("inf"))


def flow(boxes: Iterable[Box]) -> list[Page]:
    """The pages that the boxes fill."""
    pages = [Page(0)]
    y = TOP
    for group in _groups(boxes):
        if group[0] is PAGE_BREAK:
            if y < TOP:
                pages.append(Page(len(pages)))
                y = TOP
            continue
        whole = sum(box.gap + box.height for box in group)
        fits_a_page = whole + sum(box.height for box in group[0].head) <= TOP - BOTTOM
        if fits_a_page and y < TOP and y - whole < BOTTOM:
            y = _turn(pages, group[0])
        for box in group:
            if y < TOP and y - box.gap - box.height < BOTTOM:
                y = _turn(pages, box)
            if y < TOP:
                y -= box.gap
            box.draw(pages[-1], y)
            y -= box.height
    return pages


def _groups(boxes: Iterable[Box]) -> Iterator[list[Box]]:
    group: list[Box] = []
    for box in boxes:
        group.append(box)
        if not box.glued:
            yield group
            group = []
    if group:
        yield group


def _turn(pages: list[Page], box: Box) -> float:
    """Open a page for a box, with its head; answers how far down the page it stands."""
    pages.append(Page(len(pages)))
    y = TOP
    for head in box.head:
        head.draw(pages[-1], y)
        y -= head.height
    return y
