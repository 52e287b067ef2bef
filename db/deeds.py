"""A deed: what a person does to the record, under the name that undo and history show.

A deed is a function that happens whole or not at all. Its name may have gaps: they are filled by the arguments of the
same name, or by what the function says of itself with `called`.
"""

import inspect
import re
import string
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from i18n import N_, Words

P = ParamSpec("P")
R = TypeVar("R")

Details = dict[str, Any]
LONGEST_DETAIL = 200
EVERYDAY = "officer"
ROLE_ASKED = "role asked"
"""Kept among the details of a deed that is not everyday, so that taking it back asks for the same role; no gap of a
name has a space."""

LASTING = "lasting"
"""Kept among the details of a deed that is never taken back, nor anything before it: what left has left."""

FORMER = (N_("Add “{what}”"), N_("Edit “{what}”"), N_("Remove “{what}”"), N_("Edit {count} things at once"))
"""How older records call deeds that have another name now."""

UNSTORABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True)
class Term:
    """A word of the program's own in a gap of a deed's name (a msgid): each reads it in their language."""

    msgid: str


@dataclass(frozen=True)
class Deed(Generic[P, R]):
    """A named function `(session, …)`; deeds may call one another, and the outermost gives the name and the role."""

    name: str
    does: Callable[Concatenate[Session, P], R]
    backup: bool = False
    role: str = EVERYDAY
    lasting: bool = False

    def __call__(self, session: Session, /, *args: P.args, **kwargs: P.kwargs) -> R:
        return self.does(session, *args, **kwargs)

    def details(self, session: Session, *args: P.args, **kwargs: P.kwargs) -> Details:
        """The values for the gaps of the name, short enough for a list of deeds."""
        given = inspect.signature(self.does).bind(session, *args, **kwargs).arguments | session.info.get("called", {})
        gaps = {gap for _text, gap, _form, _conversion in string.Formatter().parse(self.name) if gap}
        asked: Details = {} if self.role == EVERYDAY else {ROLE_ASKED: self.role}
        if self.lasting:
            asked[LASTING] = 1
        besides: Details = session.info.get("besides", {})
        return {gap: _kept(given[gap]) for gap in sorted(gaps)} | asked | besides


def deed(
    name: str, *, backup: bool = False, role: str = EVERYDAY, lasting: bool = False
) -> Callable[[Callable[Concatenate[Session, P], R]], Deed[P, R]]:
    """Make a function a deed, for people of this role.

    With `backup`, a verified copy is made before it begins; one that is `lasting` is never taken back.
    """
    return lambda does: Deed(name, does, backup, role, lasting)


def called(session: Session, **values: str | int | date | Term) -> None:
    """Fill gaps of the running deed's name that its arguments do not."""
    session.info.setdefault("called", {}).update(values)


def kept_besides(session: Session, **values: Any) -> None:
    """Keep more among the details of the running deed than its name has gaps for."""
    session.info.setdefault("besides", {}).update(values)


def in_words(name: str, details: Details, words: Words) -> str:
    """The name of a deed as the reader's language says it."""
    return words.gettext(name).format(**{gap: _shown(value, words) for gap, value in details.items()})


def _kept(value: object) -> Any:
    if isinstance(value, date):
        return {"date": value.isoformat()[:10]}
    if isinstance(value, Term):
        return {"term": value.msgid}
    return value if isinstance(value, int) else UNSTORABLE.sub(" ", str(value))[:LONGEST_DETAIL]


def _shown(value: Any, words: Words) -> str:
    match value:
        case {"term": term}:
            return words.gettext(term)
        case {"date": day}:
            return words.date(date.fromisoformat(day))
        case int():
            return words.number(value)
        case dict():
            return ""  # kept beside the gaps
        case _:
            return words.isolate(value)
