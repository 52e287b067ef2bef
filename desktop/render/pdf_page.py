"""Pages, and how what is to be printed flows down them.

What a report prints is a row of boxes: a height, and how to draw it. Boxes that belong together stay on one page where
a page can hold them; a box that a table's rows depend on, its head, is drawn again on each page they reach.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from desktop.render.pdf_tags import Node
from desktop.reports.document import Paper

MARGIN = 57.0
BOTTOM = 70.0


class Sheet(NamedTuple):
    """A sheet of paper in points, and whether it lies on its long side."""

    width: float
    height: float
    lying: bool = False

    @property
    def top(self) -> float:
        """Where the first line of a page begins."""
        return self.height - 70.0

    @property
    def body(self) -> float:
        """How wide the text stands."""
        return self.width - 2 * MARGIN

    def laid(self) -> "Sheet":
        """The same sheet on its long side."""
        return Sheet(self.height, self.width, lying=True)


SHEETS = {Paper.A4: Sheet(595.28, 841.89), Paper.LETTER: Sheet(612.0, 792.0)}

REPEATED = Node("Artifact")
"""Stands for words that a page repeats for the eye, such as its foot: nobody needs them read out again."""


class Page:
    """One page: its operators, the node of each mark, and the links on it (edges, node, target, text)."""

    def __init__(self, index: int, sheet: Sheet, tagged: bool = True) -> None:
        self.index, self.sheet, self.tagged = index, sheet, tagged
        self.shift = 0.0
        """How far right what is drawn next is moved: what was laid out for a narrower sheet."""
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
        if operators:
            self.open(node)
            self.code.append(f"q 1 0 0 1 {self.shift:.2f} 0 cm {operators} Q" if self.shift else operators)

    def open(self, node: Node | None) -> None:
        """What is drawn next is part of this node."""
        if not self.tagged or (self._any_open and node is self._open):
            return
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
    lying: bool = False
    """Whether it needs a sheet on its long side."""


PAGE_BREAK = Box(0.0, lambda page, top: None, gap=float("inf"))


def flow(boxes: Iterable[Box], sheet: Sheet, rtl: bool = False, tagged: bool = True) -> Iterator[Page]:
    """The pages that the boxes fill, each as soon as it is full."""
    page, y = Page(0, sheet, tagged), sheet.top
    for group in _groups(boxes):
        if group[0] is PAGE_BREAK:
            if y < page.sheet.top:
                yield page
                page = Page(page.index + 1, sheet, tagged)
                y = page.sheet.top
            continue
        lying = any(box.lying for box in group)
        wanted = sheet.laid() if lying else sheet
        whole = sum([box.gap + box.height for box in group])
        if y == page.sheet.top:
            page.sheet, y = wanted, wanted.top
        elif lying is not page.sheet.lying or (
            y - whole < BOTTOM and whole + sum(box.height for box in group[0].head) <= wanted.top - BOTTOM
        ):
            yield page
            page = Page(page.index + 1, wanted, tagged)
            y = _opened(page, group[0])
        for box in group:
            if y < wanted.top and y - box.gap - box.height < BOTTOM:
                yield page
                page = Page(page.index + 1, wanted, tagged)
                y = _opened(page, box)
            if y < wanted.top:
                y -= box.gap
            # What stands above a lying table was laid out for an upright sheet, from its right edge where it reads so.
            page.shift = wanted.width - sheet.width if rtl and not box.lying else 0.0
            box.draw(page, y)
            y -= box.height
        page.shift = 0.0
    yield page


def _groups(boxes: Iterable[Box]) -> Iterator[list[Box]]:
    group: list[Box] = []
    for box in boxes:
        group.append(box)
        if not box.glued:
            yield group
            group = []
    if group:
        yield group


def _opened(page: Page, box: Box) -> float:
    """Draw on a new page what stands above a box there; answers how far down the page that reaches."""
    y = page.sheet.top
    for head in box.head:
        head.draw(page, y)
        y -= head.height
    return y
