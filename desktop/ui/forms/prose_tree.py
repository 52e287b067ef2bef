"""The prose of a report in an editor: the tree of `db.prose` laid out in a document of Qt's, and read back from it.

The document is only how the tree looks while somebody writes: whatever it holds besides (fonts, links, pictures) is
not read, so that nothing but the tree can be kept.
"""

import re
from collections.abc import Iterator

from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextListFormat,
)

from db.prose import BlockKind, Prose, ProseBlock, Run

CHIP = "\ufffc"
"""The letter that stands for a cited figure: the cursor steps over it whole."""
FIGURE = QTextFormat.ObjectTypes.UserObject.value + 1
NAME = QTextFormat.Property.UserProperty.value + 1
_GAP = 6
_LARGER = 1
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0\ufdd1\ufffc]")
_BREAKS = re.compile("[\t\n\r\u2028\u2029]+")


def lay_out(prose: Prose, cursor: QTextCursor) -> None:
    """Write the prose where the cursor stands, as one step of undo; what begins there goes on in its paragraph."""
    cursor.beginEditBlock()
    for place, block in enumerate(prose):
        if place:
            cursor.insertBlock(_plain(), QTextCharFormat())
        if place or not cursor.block().text():
            make(cursor, block.kind)
        heading = kind_of(cursor.block()) == "heading"
        for run in block.runs:
            if run.figure:
                cursor.insertText(CHIP, chip_format(run.figure))
            else:
                cursor.insertText(_BREAKS.sub(" ", run.text), char_format(run.strong, run.emphasis, heading))
    cursor.endEditBlock()


def prose_of(document: QTextDocument) -> Prose:
    """What stands in the document, as the tree; paragraphs with nothing in them are left out."""
    blocks: list[ProseBlock] = []
    block = document.begin()
    while block.isValid():
        if runs := tuple(_trimmed(list(_runs(block)))):
            blocks.append(ProseBlock(runs, kind_of(block)))
        block = block.next()
    return tuple(blocks)


def kind_of(block: QTextBlock) -> BlockKind:
    """What a paragraph of the document is."""
    if block.textList() is not None:
        return "bullet"
    return "heading" if block.blockFormat().headingLevel() else "paragraph"


def make(cursor: QTextCursor, kind: BlockKind) -> None:
    """Let the paragraphs that the cursor is in be of this kind."""
    first, last = sorted((cursor.anchor(), cursor.position()))
    block = cursor.document().findBlock(first)
    while block.isValid() and block.position() <= last:
        _make_one(QTextCursor(block), kind)
        block = block.next()
    cursor.setBlockCharFormat(char_format(False, False, kind == "heading"))


def _make_one(at: QTextCursor, kind: BlockKind) -> None:
    if kind_of(at.block()) == kind:
        return
    heading = kind == "heading"
    if (points := at.block().textList()) is not None:
        points.remove(at.block())
    form = _plain()
    form.setHeadingLevel(2 if heading else 0)
    at.setBlockFormat(form)
    if kind == "bullet":
        at.createList(QTextListFormat.Style.ListDisc)
    at.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    looks = QTextCharFormat()
    looks.setFontWeight(QFont.Weight.Bold if heading else QFont.Weight.Normal)
    looks.setProperty(QTextFormat.Property.FontSizeAdjustment, _LARGER if heading else 0)
    at.mergeCharFormat(looks)


def _plain() -> QTextBlockFormat:
    form = QTextBlockFormat()
    form.setBottomMargin(_GAP)
    return form


def char_format(strong: bool, emphasis: bool, heading: bool = False) -> QTextCharFormat:
    """How a run looks."""
    form = QTextCharFormat()
    form.setFontWeight(QFont.Weight.Bold if strong or heading else QFont.Weight.Normal)
    form.setFontItalic(emphasis)
    if heading:
        form.setProperty(QTextFormat.Property.FontSizeAdjustment, _LARGER)
    return form


def chip_format(figure: str) -> QTextCharFormat:
    """A cited figure."""
    form = QTextCharFormat()
    form.setObjectType(FIGURE)
    form.setProperty(NAME, figure)
    form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBaseline)
    return form


def figure_of(form: QTextFormat) -> str:
    """The figure that this letter stands for; empty for a letter."""
    return str(form.property(NAME) or "") if form.objectType() == FIGURE else ""


def storable(text: str) -> str:
    """A text of anywhere, without what no record can hold."""
    return _UNSTORABLE.sub("", text)


def _runs(block: QTextBlock) -> Iterator[Run]:
    heading = kind_of(block) == "heading"
    pieces = block.begin()
    while not pieces.atEnd():
        piece = pieces.fragment()
        form, said = piece.charFormat(), piece.text()
        if figure := figure_of(form):
            yield from (Run(figure=figure) for letter in said if letter == CHIP)
        elif kept := storable(_BREAKS.sub(" ", said)):
            strong = form.fontWeight() > QFont.Weight.Medium.value and not heading
            yield Run(kept, strong, form.fontItalic() and not heading)
        pieces += 1


def _trimmed(runs: list[Run]) -> Iterator[Run]:
    """Runs of one look as one, without the blanks at both ends of the paragraph."""
    joined: list[Run] = []
    for run in runs:
        if joined and run.text and joined[-1].text and _look(joined[-1]) == _look(run):
            joined[-1] = Run(joined[-1].text + run.text, *_look(run))
        else:
            joined.append(run)
    if joined and joined[0].text:
        joined[0] = Run(joined[0].text.lstrip(), *_look(joined[0]))
    if joined and joined[-1].text:
        joined[-1] = Run(joined[-1].text.rstrip(), *_look(joined[-1]))
    return (run for run in joined if run.text or run.figure)


def _look(run: Run) -> tuple[bool, bool]:
    return run.strong, run.emphasis
