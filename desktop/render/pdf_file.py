"""A PDF file made of numbered objects, written small: what is no stream is packed into compressed object streams.

Ours rather than a library's, because a tagged report holds an object for every cell: packed, the file is a quarter as
large, which counts where a report is sent over a satellite link, and because the same objects must give the same bytes.
"""

import zlib
from hashlib import sha256

_PACK = 200


class Objects:
    """The objects of one file; an object's number can be taken before its body is known."""

    def __init__(self) -> None:
        self._bodies: list[str] = []
        self._streams: dict[int, bytes] = {}

    def reserve(self) -> int:
        """The number of an object whose body follows."""
        self._bodies.append("null")
        return len(self._bodies)

    def put(self, body: str, number: int | None = None) -> int:
        """Set the body of an object, a new one where no number is given."""
        if number is None:
            self._bodies.append(body)
            return len(self._bodies)
        self._bodies[number - 1] = body
        return number

    def stream(self, content: bytes, entries: str = "", compress: bool = True) -> int:
        """A stream with further entries of its dictionary."""
        packed = zlib.compress(content, 6) if compress else content
        how = "/Filter/FlateDecode" if compress else ""
        number = self.put(f"<<{entries}{how}/Length {len(packed)}>>")
        self._streams[number] = packed
        return number

    def write(self, root: int, info: int) -> bytes:
        """The whole file."""
        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        places: dict[int, tuple[int, int, int]] = {}
        loose = [number for number in range(1, len(self._bodies) + 1) if number not in self._streams]
        for start in range(0, len(loose), _PACK):
            pack = loose[start : start + _PACK]
            holder = self._pack(pack)
            places |= {number: (2, holder, i) for i, number in enumerate(pack)}
        for number, content in sorted(self._streams.items()):
            places[number] = (1, len(out), 0)
            out += f"{number} 0 obj\n{self._bodies[number - 1]}\nstream\n".encode("latin-1")
            out += content + b"\nendstream\nendobj\n"
        last, start_of_table = len(self._bodies) + 1, len(out)
        places[last] = (1, start_of_table, 0)
        rows = [(0, 0, 65535), *(places[number] for number in range(1, last + 1))]
        table = zlib.compress(b"".join(bytes([a]) + b.to_bytes(4) + c.to_bytes(2) for a, b, c in rows), 9)
        mark = sha256(out).hexdigest()[:32]
        out += (
            f"{last} 0 obj\n<</Type/XRef/Size {last + 1}/W[1 4 2]/Root {root} 0 R/Info {info} 0 R/ID[<{mark}><{mark}>]"
            f"/Filter/FlateDecode/Length {len(table)}>>\nstream\n"
        ).encode("latin-1")
        out += table + f"\nendstream\nendobj\nstartxref\n{start_of_table}\n%%EOF\n".encode("latin-1")
        return bytes(out)

    def _pack(self, numbers: list[int]) -> int:
        bodies = [self._bodies[number - 1] for number in numbers]
        index: list[str] = []
        place = 0
        for number, body in zip(numbers, bodies, strict=True):
            index.append(f"{number} {place}")
            place += len(body) + 1
        head = " ".join(index) + " "
        content = (head + " ".join(bodies)).encode("latin-1")
        return self.stream(content, f"/Type/ObjStm/N {len(numbers)}/First {len(head)}")


def text_string(text: str) -> str:
    """Text of a person in the file's own notation."""
    return "<FEFF" + text.encode("utf-16-be", "replace").hex().upper() + ">"
