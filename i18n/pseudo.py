"""The language for tests: ⟦Ñàmé~~~⟧ shows what never went through the catalogues and what has no room to grow."""

import math
import re

_LETTERS = str.maketrans("aceginouyACEGINOUY", "àçéğîñôûýÀÇÉĞÎÑÔÛÝ")
_NO_PROSE = re.compile(r"(\{[^{}]*\}|&#?\w+;|<[^<>]*>|\*\.\w+)")
_GROWTH = 0.35


def disguised(sentence: str) -> str:
    """A sentence with its gaps and markup whole, its letters changed, a third longer and between marks."""
    pieces = _NO_PROSE.split(sentence)
    pieces[::2] = [prose.translate(_LETTERS) for prose in pieces[::2]]
    return "⟦{}{}⟧".format("".join(pieces), "~" * math.ceil(_GROWTH * len(sentence)))
