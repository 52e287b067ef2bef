"""The writer's words from a file, for whoever makes reports from a terminal: JSON with known names and nothing else.

{"title": "…", "highlights": ["…"], "parts": [{"part": "performance", "told": [{"language": "fr", "text": "…"}]}]}

In other languages the title stands in "titles", the summary in "summaries", the heading of a part in its "headings".
"""

import json
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from db import prose
from db.errors import RecordError
from db.models.texts import STATUSES
from desktop.reports.building import ADDED
from desktop.reports.report import Part, PartWords, Signatory, Told, Worded, WritersWords, check_words
from i18n import N_

LARGEST = 10_000_000
_LINES = ("title", "reference", "office", "prepared_by", "approved_by", "summary", "language")


class WordsFileUnreadable(RecordError):
    message = N_(
        "The file {path} does not hold a writer's words: it should be JSON with a title, a reference, an office, "
        "highlights, prepared_by, approved_by, summary and parts."
    )


class NoSuchPart(RecordError):
    message = N_("The words are for parts that this report does not have: {unknown}. Its parts are: {known}.")


def refuse_unknown_parts(own: WritersWords, parts: Sequence[Part]) -> None:
    """Refuse words for parts that a report does not have: they would be printed nowhere."""
    known = [part.name for part in parts]
    if unknown := [one.part for one in own.parts if one.part not in known and not one.part.startswith(ADDED)]:
        raise NoSuchPart(unknown=unknown, known=known)


def read_words(path: Path) -> WritersWords:
    """The writer's words from a JSON file; what is not among the known names is refused, not dropped."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise ValueError("more than anybody writes")
        own = _words(json.loads(content.decode("utf-8-sig")))
    except (OSError, ValueError, TypeError, KeyError, RecursionError, prose.NotProse) as refused:
        raise WordsFileUnreadable(path=path) from refused
    return check_words(own)


def _words(found: Any) -> WritersWords:
    _known(found, {*_LINES, "titles", "summaries", "highlights", "parts", "signatories"})
    lines: dict[str, Any] = {name: _text(found[name]) for name in _LINES if name in found}
    return WritersWords(
        **lines,
        titles=_worded(found.get("titles", [])),
        summaries=_worded(found.get("summaries", [])),
        highlights=tuple(map(_text, _listed(found.get("highlights", [])))),
        parts=tuple(map(_part, _listed(found.get("parts", [])))),
        signatories=tuple(
            Signatory(_text(_known(one, {"role", "name"})["role"]), _text(one.get("name", "")))
            for one in _listed(found.get("signatories", []))
        ),
    )


def _part(found: Any) -> PartWords:
    _known(found, {one.name for one in fields(PartWords)})
    shown = found.get("shown", True)
    if not isinstance(shown, bool):
        raise ValueError("not a writer's words")
    told = tuple(map(_told, _listed(found.get("told", []))))
    heading, headings = _text(found.get("heading", "")), _worded(found.get("headings", []))
    return PartWords(_text(found["part"]), shown, heading, told, headings)


def _worded(found: Any) -> tuple[Worded, ...]:
    lines = [_known(one, {"language", "text", "status"}) for one in _listed(found)]
    return tuple(Worded(_text(one["language"]), _text(one["text"]), _status(one, "draft")) for one in lines)


def _told(found: Any) -> Told:
    _known(found, {"language", "text", "blocks", "status"})
    said = prose.read({"blocks": found["blocks"]}) if "blocks" in found else prose.plain(_text(found["text"]))
    return Told(_text(found["language"]), said, _status(found, "original"))


def _status(found: dict[str, Any], otherwise: str) -> str:
    # One that nobody knows would be printed without a mark, as if it were official.
    status = found.get("status", otherwise)
    if status not in dict(STATUSES):
        raise ValueError("not a writer's words")
    return str(status)


def _known(found: Any, names: set[str]) -> dict[str, Any]:
    if not isinstance(found, dict) or not set(found) <= names:
        raise ValueError("not a writer's words")
    return found


def _listed(found: Any) -> list[Any]:
    if not isinstance(found, list):
        raise ValueError("not a writer's words")
    return found


def _text(found: Any) -> str:
    if not isinstance(found, str):
        raise ValueError("not a writer's words")
    return found
