"""Prose as a tree: paragraphs and lists of runs, with strong and emphasised words and figures cited by name.

It is kept as plain data and read back with suspicion: what does not fit the tree is refused, never repaired. There is
no markup in it, and none can be made from it.

    {"blocks": [{"kind": "paragraph", "runs": [{"text": "In all, "}, {"figure": "people_reached"}, {"text": "."}]}]}
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from db.errors import RecordError
from i18n import N_

MOST_BLOCKS = 2_000
LONGEST_RUN = 20_000
LONGEST = 1_000_000
BlockKind = Literal["paragraph", "bullet", "heading"]
KINDS: tuple[BlockKind, ...] = ("paragraph", "bullet", "heading")
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_WORD = re.compile(r"\w+(?:[’'\-.]\w+)*")
_FIGURE = re.compile(r"[a-z0-9_]{1,100}")


class NotProse(RecordError):
    message = N_("This text cannot be kept: it is too long, or it is not the kind of text that a report holds.")


@dataclass(frozen=True)
class Run:
    """A stretch of words, or a figure of the report by its name; it is one or the other."""

    text: str = ""
    strong: bool = False
    emphasis: bool = False
    figure: str = ""


@dataclass(frozen=True)
class ProseBlock:
    """A paragraph, a point of a list, or a heading inside a part."""

    runs: tuple[Run, ...]
    kind: BlockKind = "paragraph"


Prose = tuple[ProseBlock, ...]


def read(data: object) -> Prose:
    """The prose that this data says; anything else is refused."""
    try:
        blocks = tuple(_block(one) for one in _dictionary(data, {"blocks"})["blocks"])
    except (TypeError, KeyError, ValueError) as refused:
        raise NotProse from refused
    if len(blocks) > MOST_BLOCKS or sum(len(run.text) for block in blocks for run in block.runs) > LONGEST:
        raise NotProse
    return blocks


def data_of(prose: Prose) -> dict[str, Any]:
    """The data that says this prose, as it is kept."""
    return {"blocks": [{"kind": block.kind, "runs": [_plain(run) for run in block.runs]} for block in prose]}


def plain(text: str) -> Prose:
    """Text without any structure, as prose: a paragraph a line, and a point for each line that begins with a dash."""
    return tuple(
        ProseBlock((Run(line.removeprefix("- ")),), "bullet" if line.startswith("- ") else "paragraph")
        for line in map(str.strip, text.splitlines())
        if line
    )


def words_in(prose: Prose) -> int:
    """How many words it has, as one counts them while writing; a cited figure is one."""
    return sum(
        len(_WORD.findall("".join(run.text or " 0 " for run in block.runs if run.text or run.figure)))
        for block in prose
    )


def figures_in(prose: Prose) -> Iterator[str]:
    """The names of the figures that it cites."""
    return (run.figure for block in prose for run in block.runs if run.figure)


def digest_of(prose: Prose) -> str:
    """What a translation remembers of its original."""
    return hashlib.sha256(json.dumps(data_of(prose), ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _block(data: object) -> ProseBlock:
    told = _dictionary(data, {"kind", "runs"})
    kind = told.get("kind", "paragraph")
    if kind not in KINDS:
        raise ValueError(kind)
    return ProseBlock(tuple(map(_run, told["runs"])), kind)


def _run(data: object) -> Run:
    told = _dictionary(data, {"text", "strong", "emphasis", "figure"})
    text, figure = told.get("text", ""), told.get("figure", "")
    strong, emphasis = told.get("strong", False), told.get("emphasis", False)
    if not (
        isinstance(text, str) and isinstance(figure, str) and isinstance(strong, bool) and isinstance(emphasis, bool)
    ):
        raise ValueError(told)
    if bool(text) == bool(figure) and (text or figure):
        raise ValueError(told)
    if len(text) > LONGEST_RUN or _UNSTORABLE.search(text) or (figure and not _FIGURE.fullmatch(figure)):
        raise ValueError(told)
    return Run(text, strong, emphasis, figure)


def _plain(run: Run) -> dict[str, Any]:
    marks = {name: True for name in ("strong", "emphasis") if getattr(run, name)}
    return ({"figure": run.figure} if run.figure else {"text": run.text}) | marks


def _dictionary(data: object, names: set[str]) -> Mapping[str, Any]:
    if not isinstance(data, dict) or not set(data) <= names:
        raise ValueError("not prose")
    return data
