"""What the record says in a part of a report, to be read beside the text: its blocks as tables and lines.

Charts and maps are read by their descriptions, for the table beside each holds the same cells. Each figure is opened
by itself: `explain` is told what it is called and the value.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import assert_never

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop.render.values import running, shown
from desktop.reports.document import (
    Align,
    Block,
    Bullets,
    Chart,
    Heading,
    Image,
    KeyFigures,
    Map,
    PageBreak,
    Paragraph,
    Row,
    Signatures,
    Table,
    Value,
)
from desktop.ui.language import _, counted
from desktop.ui.parts import button, plain, row, text
from desktop.ui.tables.figures import FigureView, broken
from desktop.ui.tables.short import ShortColumn
from i18n import Words

Explain = Callable[[str, Value], object]
_WIDE = 30
"""Letters on one line of a cell of words."""
_MOST = 150
"""Lines of a table that are read beside a text; the pages have them all."""


def shown_blocks(blocks: Iterable[Block], words: Words, explain: Explain) -> Iterator[QWidget]:
    """A widget for each block that can be read here."""
    for block in blocks:
        for widget in _shown(block, words, explain):
            widget.setLayoutDirection(
                Qt.LayoutDirection.RightToLeft if words.direction == "rtl" else Qt.LayoutDirection.LeftToRight
            )
            yield widget


def _shown(block: Block, words: Words, explain: Explain) -> Iterator[QWidget]:
    match block:
        case Heading(said):
            yield text(said, "subtitle")
        case Paragraph(runs):
            yield _line(running(runs, words), words)
        case Bullets(items):
            yield from (_line(f"• {running(item, words)}", words) for item in items)
        case KeyFigures(figures):
            yield plain(row(*(_key_figure(one.label, one.value, words, explain) for one in figures)))
        case Table():
            yield _line(block.title, words)
            if block.rows:
                yield _table(block, words, explain)
            if more := len(block.rows[_MOST:]):
                yield text(
                    counted("{count} more line stands on the page.", "{count} more lines stand on the page.", more)
                )
            if block.note:
                yield text(block.note, "muted")
        case Chart(description=description) | Map(description=description) | Image(description=description):
            yield text(description, "muted")
        case Signatures() | PageBreak():
            pass
        case _:
            assert_never(block)


def _line(said: str, words: Words) -> QLabel:
    label = text(said)
    side = Qt.AlignmentFlag.AlignRight if words.direction == "rtl" else Qt.AlignmentFlag.AlignLeft
    label.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
    return label


def _key_figure(label: str, value: Value, words: Words, explain: Explain) -> QWidget:
    said = _("{label}: {figure}").format(label=label, figure=shown(value, words))
    return button(said, partial(explain, label, value), "link")


def _table(table: Table, words: Words, explain: Explain) -> FigureView:
    columns = tuple(
        ShortColumn(
            column.heading or " ",
            partial(_cell, at, words),
            numeric=column.align is Align.END,
        )
        for at, column in enumerate(table.columns)
    )
    view = FigureView(table.title or _("Table"), columns)

    def opened(line: Row, at: int) -> None:
        named = _("{row}, {column}")
        called = named.format(row=shown(line.cells[0], words), column=table.columns[at].heading)
        explain(called if at else shown(line.cells[0], words), line.cells[at])

    view.opened.connect(opened)
    view.show_rows(table.rows[:_MOST])
    return view


def _cell(at: int, words: Words, line: Row) -> str:
    return broken(shown(line.cells[at], words), _WIDE)
