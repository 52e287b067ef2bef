"""Which of our indicators a line of somebody else's framework may be: by nearly the same words, or by the same code.

It is a proposal that a person accepts or not, so it looks at words and not at their order, in any of our languages.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from db.commands.frameworks import NewLine
from db.queries.indicators import OurIndicator
from i18n.folding import search_form

_NEAR, _SAME_CODE = 0.6, 0.9
_STEM = 6


@dataclass(frozen=True)
class Proposed:
    """One of our indicators that may stand for a line, and how near the two are (1 is the same words)."""

    code: str
    indicator_id: UUID
    name: str
    nearness: float


def proposed(lines: Sequence[NewLine], ours: Sequence[OurIndicator]) -> tuple[Proposed, ...]:
    """For each line that measures something, the nearest of our indicators, where one is near."""
    words = [(each, [_meaning(name) for name in each.names]) for each in ours]
    return tuple(found for line in lines if line.kind == "indicator" for found in _nearest(line, words))


def _nearest(line: NewLine, ours: Sequence[tuple[OurIndicator, list[frozenset[str]]]]) -> Iterator[Proposed]:
    said = [_meaning(text) for text in (line.name, *(body for _language, body in line.texts))]
    best: tuple[float, OurIndicator] | None = None
    for each, names in ours:
        nearness = max((_shared(one, other) for one in said for other in names), default=0.0)
        # Bare numbers are everybody's codes.
        if each.code and each.code.casefold() == line.code.casefold() and re.search(r"[^\W\d_]", each.code):
            nearness = max(nearness, _SAME_CODE)
        if nearness >= _NEAR and (best is None or nearness > best[0]):
            best = nearness, each
    if best is not None:
        yield Proposed(line.code, best[1].id, best[1].names[0], best[0])


def _meaning(text: str) -> frozenset[str]:
    """The words of a text that carry its sense, by their beginnings: endings change with number and gender."""
    found = re.findall(r"[^\W_]+", search_form(text))
    return frozenset(word[:_STEM] for word in found if len(word) > 3 and not word.isdigit())


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
