"""The file behind the pages: ReportLab's canvas and document, with the objects it has no classes for.

A tagged report holds an object for every cell. Packed into compressed object streams, the file is a quarter as large as
ReportLab writes it by itself, which counts where a report is sent over a satellite link.
"""

import zlib
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from struct import Struct

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

# Text armour would make every page a quarter larger, for mail systems that are long gone.
rl_config.useA85 = 0

_PACK = 200
_LEVEL = 6
"""How hard to press: a harder one takes twice as long for a hundredth."""
_PLACE = Struct(">BIH")
"""Where an object stands: what kind of place, which, and which in it."""


class Objects(pdfdoc.PDFDocument):  # type: ignore[misc] # ReportLab has no types
    """ReportLab's document; an object's number can be taken before its body is known.

    Bodies of ours are kept as they will stand in the file: an object of ReportLab's for every cell would cost a third
    of the time of a report.
    """

    def __init__(self, language: str) -> None:
        super().__init__(compression=1, invariant=1, pdfVersion=(1, 7), lang=language)
        self.objectcounter: int
        self._literal: dict[int, str] = {}
        self._streams: dict[int, bytes] = {}

    def reserve(self) -> int:
        """The number of an object whose body follows."""
        return self.put("null")

    def put(self, body: str, number: int | None = None) -> int:
        """Set the body of an object, a new one where no number is given."""
        if number is None:
            number = self.objectcounter = self.objectcounter + 1
        self._literal[number] = body
        return number

    def stream(self, content: bytes, entries: str = "", compress: bool = True) -> int:
        """A stream with further entries of its dictionary."""
        packed = zlib.compress(content, _LEVEL) if compress else content
        how = "/Filter/FlateDecode" if compress else ""
        number = self.put(f"<<{entries}{how}/Length {len(packed)}>>")
        self._streams[number] = packed
        return number

    def reference(self, number: int) -> pdfdoc.PDFObjectReference:
        """A reference that ReportLab's own objects can hold."""
        name = f"Literal{number}"
        self.idToObjectNumberAndVersion[name] = (number, 0)
        return pdfdoc.PDFObjectReference(name)

    def page_number(self, index: int) -> int:
        """The number of a page's object, once the page is shown."""
        return int(self.idToObjectNumberAndVersion[f"Page{index + 1}"][0])

    def format(self) -> bytes:
        """The whole file: streams by themselves, everything else packed into object streams."""
        root, info = self.Reference(self.Catalog), self.Reference(self.info)
        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        places: dict[int, bytes] = {0: _PLACE.pack(0, 0, 65535)}
        loose: list[tuple[int, str]] = []
        for number, body in self._bodies():
            if isinstance(body, bytes):
                places[number] = _PLACE.pack(1, len(out), 0)
                out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
            else:
                loose.append((number, body))
        last = self.objectcounter
        for start in range(0, len(loose), _PACK):
            pack = loose[start : start + _PACK]
            last += 1
            for i, (number, _body) in enumerate(pack):
                places[number] = _PLACE.pack(2, last, i)
            places[last] = _PLACE.pack(1, len(out), 0)
            out += _packed(last, pack)
        last, start_of_table = last + 1, len(out)
        places[last] = _PLACE.pack(1, start_of_table, 0)
        table = zlib.compress(b"".join([places[number] for number in range(last + 1)]), _LEVEL)
        mark = sha256(out).hexdigest()[:32]
        entries = (
            f"<</Type/XRef/Size {last + 1}/W[1 4 2]/Root {root.format(self).decode()}/Info {info.format(self).decode()}"
            f"/ID[<{mark}><{mark}>]/Filter/FlateDecode/Length {len(table)}>>"
        )
        out += b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (last, entries.encode("latin-1"), table)
        return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start_of_table)

    def _bodies(self) -> Iterator[tuple[int, bytes | str]]:
        """Every object as it is written, a stream as bytes and any other as text; writing one may call for more."""
        number = 0
        while (number := number + 1) <= self.objectcounter:
            if number in self._streams:
                head = self._literal[number].encode("latin-1")
                yield number, b"%b\nstream\n%b\nendstream" % (head, self._streams[number])
            elif number in self._literal:
                yield number, self._literal[number]
            else:
                held = self.idToObject[self.numberToId[number]]
                body = pdfdoc.format(held, self, toplevel=1)
                yield number, body if isinstance(held, pdfdoc.PDFStream) else body.decode("latin-1")


class Paper(Canvas):  # type: ignore[misc]
    """ReportLab's canvas on such a document. It names no font of its own: ours are put in by their glyphs."""

    def __init__(self, size: tuple[float, float], language: str) -> None:
        super().__init__(BytesIO(), pagesize=size, invariant=1, lang=language)
        self._doc = self.objects = Objects(language)

    def _make_preamble(self) -> None:
        self._preamble = ""


def give(held: pdfdoc.PDFObject, **entries: object) -> None:
    """Further entries of a page's or the catalogue's dictionary, among them those ReportLab does not know."""
    held.__NoDefault__ = [*held.__NoDefault__, *(name for name in entries if name not in held.__NoDefault__)]
    for name, value in entries.items():
        setattr(held, name, value)


def text_string(text: str) -> str:
    """Text of a person in the file's own notation."""
    return "<FEFF" + text.encode("utf-16-be", "replace").hex().upper() + ">"


def _packed(number: int, pack: list[tuple[int, str]]) -> bytes:
    index: list[str] = []
    place = 0
    for held, body in pack:
        index.append(f"{held} {place}")
        place += len(body) + 1
    head = " ".join(index) + " "
    content = zlib.compress((head + " ".join([body for _held, body in pack])).encode("latin-1"), _LEVEL)
    entries = f"<</Type/ObjStm/N {len(pack)}/First {len(head)}/Filter/FlateDecode/Length {len(content)}>>"
    return b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (number, entries.encode("ascii"), content)
