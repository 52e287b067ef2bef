"""Lines of text as PDF operators, and what a document has used of each font.

Letters go into the page as glyph numbers, so that what was shaped is what is printed; for copying and for screen
readers each glyph says which text it stands for, in the font's table or, where that cannot tell, beside the glyph.
"""

from functools import lru_cache
from unicodedata import mirrored

from desktop.render.fonts import Font, Glyph
from desktop.render.layout import UNSEEN, Line, Piece, Style
from desktop.render.pdf_file import text_string


class Use:
    """What one document has used of a font: its name on the pages, glyphs, and the text they stand for."""

    def __init__(self, font: Font, name: str) -> None:
        self.font, self.name = font, name
        self.plain: list[str] = []
        """Texts whose letters were written one by one."""
        self.texts: dict[int, str] = {}
        self.glyphs: set[int] = {0}
        self._riders: dict[str, int] = {}

    def says(self, glyph: int, text: str) -> bool:
        """Whether a glyph stands for this text and no other in this document."""
        known = self.texts.setdefault(glyph, text)
        return known == text or (known.isspace() and text.isspace())

    def riders(self, letters: str) -> list[int]:
        """Glyphs without width, printed unseen, that stand for these letters; none where the font has too few."""
        found = []
        for letter in letters:
            if letter not in self._riders:
                if len(self._riders) == len(self.font.blanks):
                    return []
                self._riders[letter] = self.font.blanks[len(self._riders)]
                self.texts[self._riders[letter]] = letter
            found.append(self._riders[letter])
        self.glyphs.update(found)
        return found


class Ink:
    """Writes lines for one document and keeps count of the fonts."""

    def __init__(self) -> None:
        self.uses: dict[Font, Use] = {}
        self._pieces: dict[Piece, str] = {}
        self._looks: dict[tuple[Font, Style], tuple[str, list[str]]] = {}

    def line(self, line: Line, x: float, y: float) -> str:
        """The operators that print a line from `x` rightwards on the base line `y`."""
        shown, _look = self.show(line, "")
        return f"BT {x:.2f} {y:.2f} Td {shown} ET" if shown else ""

    def show(self, line: Line, look: str) -> tuple[str, str]:
        """The operators that show a line from where a text has come to, and the look that they leave behind."""
        pieces = line.pieces
        if len(pieces) == 1 and pieces[0].glyphs is None:
            # Nearly every cell of a table is this.
            face, style, text, _glyphs, codes, _rtl = pieces[0]
            wanted, plain = self._look(face, style)
            plain.append(text)
            return (f"<{codes}> Tj" if wanted == look else f"{wanted} <{codes}> Tj"), wanted
        parts: list[str] = []
        for piece in pieces:
            wanted, plain = self._look(piece.font, piece.style)
            if wanted != look:
                look = wanted
                parts.append(look)
            if piece.glyphs is None:
                plain.append(piece.text)
                parts.append(f"<{piece.codes}> Tj")
            else:
                parts.append(self._shaped(piece, piece.glyphs))
        return " ".join(parts), look

    def _shaped(self, piece: Piece, glyphs: tuple[Glyph, ...]) -> str:
        """A shaped piece, which says the same wherever it stands: heads, feet and names come again and again."""
        known = self._pieces.get(piece)
        if known is None:
            parts: list[str] = []
            _emit(self._use(piece.font), piece, glyphs, parts)
            known = self._pieces[piece] = " ".join(parts)
        return known

    def _use(self, font: Font) -> Use:
        use = self.uses.get(font)
        if use is None:
            use = self.uses[font] = Use(font, f"F{len(self.uses)}")
        return use

    def _look(self, font: Font, style: Style) -> tuple[str, list[str]]:
        """The operators of a look, and what has been written plainly in its font."""
        look = self._looks.get((font, style))
        if look is None:
            use = self._use(font)
            look = f"{colour(style.colour)} rg /{use.name} {style.size:g} Tf", use.plain
            self._looks[font, style] = look
        return look


@lru_cache
def colour(name: str) -> str:
    """The three numbers of a colour such as "#0B4EA2"."""
    return " ".join(f"{int(name[i : i + 2], 16) / 255:.3g}" for i in (1, 3, 5))


def _emit(use: Use, piece: Piece, glyphs: tuple[Glyph, ...], parts: list[str]) -> None:
    """One shaped piece; an unclear text is told for the whole of it, but right to left, where readers turn longer ones
    round, for each cluster alone."""
    size, font = piece.style.size, piece.font
    clusters = _clusters(glyphs, piece.text)
    unclear = {start for start, cluster in clusters.items() if not _tell(use, piece.rtl, cluster)}
    whole = bool(unclear) and not piece.rtl
    if whole:
        parts.append(f"/Span<</ActualText{text_string(piece.text)}>>BDC")
    strings: list[str] = []
    pending, raised = 0.0, 0.0
    told: int | None = None

    def flush() -> None:
        if strings:
            parts.append(f"[{''.join(strings)}]TJ")
            strings.clear()

    for glyph, advance, dx, dy, start in glyphs:
        if piece.rtl and start != told:
            if told is not None:
                flush()
                parts.append("EMC")
                told = None
            if start in unclear:
                flush()
                parts.append(f"/Span<</ActualText{text_string(clusters[start].text)}>>BDC")
                told = start
        if abs(dy - raised) > 0.01:
            flush()
            parts.append(f"{dy * size / 1000:.2f} Ts")
            raised = dy
        shift = pending - dx
        if abs(shift) > 0.05:
            strings.append(f"{shift:.1f}")
        if riders := clusters[start].riders:
            flush()
            # Unseen: fonts draw their joiners and direction signs as thin bars.
            parts.append(f"3 Tr <{''.join([f'{rider:04X}' for rider in riders])}> Tj 0 Tr")
        strings.append(f"<{glyph:04X}>")
        use.glyphs.add(glyph)
        pending = dx + font.advance(glyph) - advance
    if abs(pending) > 0.05:
        strings.append(f"{pending:.1f}")
    flush()
    if told is not None or whole:
        parts.append("EMC")
    if raised:
        parts.append("0 Ts")


class _Cluster:
    """Glyphs that stand for some letters together; `riders`, unseen, carry the further letters of a ligature."""

    __slots__ = ("glyphs", "riders", "text")

    def __init__(self) -> None:
        self.glyphs: list[int] = []
        self.riders: list[int] = []
        self.text = ""


def _clusters(glyphs: tuple[Glyph, ...], text: str) -> dict[int, _Cluster]:
    found: dict[int, _Cluster] = {}
    for glyph in glyphs:
        found.setdefault(glyph[4], _Cluster()).glyphs.append(glyph[0])
    starts = sorted(found)
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        found[start].text = "".join([one for one in text[start:end] if one not in UNSEEN])
    return found


def _tell(use: Use, rtl: bool, cluster: _Cluster) -> bool:
    """Put what a cluster says into the font's table; False where the table cannot tell it."""
    glyphs, text = cluster.glyphs, cluster.text
    if len(glyphs) == 1 and len(text) > 1 and rtl:
        # Readers turn a glyph of two letters round with the line: lam-alef would be copied as alef-lam.
        riders = use.riders(text[:0:-1])
        if riders and use.says(glyphs[0], text[0]):
            cluster.riders = riders
            return True
    if len(glyphs) == 1:
        # A bracket turned round is told as it looks: some readers turn it back, the others read the text beside it.
        turned = rtl and len(text) == 1 and mirrored(text)
        return use.says(glyphs[0], use.font.letters.get(glyphs[0], text) if turned else text) and not turned
    return False
