"""Who pays, out of one cell: donors by their names, or the kind of funding where no donor is named.

Own funds, other, several and blank are kinds of funding and never donors. A cell is cut at comma and semicolon; at a
slash, a hyphen or "et" only when the mapping says so, because names hold those too.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from desktop.intake.vocabulary import code_of, says_nothing
from i18n.alike import same_key

_BETWEEN_PARTS = (";", "؛", "\n")
_WITHIN = (",", "،")
_WRAPPED = re.compile(r"\(([^()]*)\)")
_NUMBER = re.compile(r"[\d\s.,]*")


@dataclass(frozen=True)
class Part:
    """One source of funding: a donor's name, or None and the kind of funding."""

    kind: str
    donor: str | None = None
    stated: str | None = None
    """What the cell says of it, where that is no donor's name."""


NOT_STATED = Part("not_stated")


@lru_cache(maxsize=20_000)
def funding_of(
    cell: str | None,
    splitters: tuple[str, ...] = (),
    kinds: str | None = None,
    whole: frozenset[str] = frozenset(),
) -> tuple[Part, ...]:
    """The sources of funding that a cell names, each once.

    `kinds` is the cell that says kinds of funding only; `whole` are known names, by `same_key`, that hold a separator.
    """
    parts = dict.fromkeys(_parts(cell, splitters, whole))
    for part in _parts(kinds, (), whole):
        if part.kind not in {known.kind for known in parts} and part.donor is None:
            parts[part] = None
    named = [part for part in parts if part != NOT_STATED]
    return tuple(named) or (NOT_STATED,)


def _parts(cell: str | None, splitters: tuple[str, ...], whole: frozenset[str]) -> list[Part]:
    text = cell.strip() if cell else ""
    if wrapped := _WRAPPED.fullmatch(text):
        text = wrapped[1]
    parts = []
    for piece in _cut(text, _BETWEEN_PARTS):
        # "Several donors, not named" is one kind of funding and not two donors.
        uncut = code_of("funding", piece) is not None or (whole and same_key(piece) in whole)
        parts += [_part(piece)] if uncut else [_part(name) for name in _cut(piece, (*_WITHIN, *splitters))]
    return parts


def _cut(text: str, separators: tuple[str, ...]) -> list[str]:
    """The pieces between separators that do not stand in brackets; a word such as "et" separates only as a word."""
    marks = "|".join(
        rf"\s{re.escape(one.strip())}\s" if one.strip().isalpha() else re.escape(one) for one in separators
    )
    pieces = [""]
    depth = 0
    for piece in re.split(rf"({marks}|[()])", text, flags=re.IGNORECASE):
        depth += (piece == "(") - (piece == ")" and depth > 0)
        if depth == 0 and piece not in ("", "(", ")") and re.fullmatch(marks, piece, re.IGNORECASE):
            pieces.append("")
        else:
            pieces[-1] += piece
    return [" ".join(piece.split()) for piece in pieces]


def _part(name: str) -> Part:
    if says_nothing(name) or _NUMBER.fullmatch(name):
        return NOT_STATED
    kind = code_of("funding", name)
    # A list of kinds of funding names "donor" too; as the name of a donor it says nothing.
    if kind is None:
        return Part("donor", name)
    return NOT_STATED if kind in ("donor", "not_stated") else Part(kind, stated=name)
