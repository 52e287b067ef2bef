"""Results: what has to hold of a figure and its parts, and correcting one that counted, with both kept.

A correction is a new result that says which one it replaces; whoever adds results up leaves the replaced one out
(`COUNTS`), and the history keeps why.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.bands import band_of
from db.base import Entity, new_id
from db.commands.checking import complete, fill, in_order
from db.deeds import called, deed
from db.errors import InvalidValue, NeedsValue, NotThere, RecordError
from db.fields import fields_of
from db.models.indicators import Feedback
from db.models.results import COUNTS, Breakdown, Result
from db.queries.results import parts_of
from i18n import N_

REASON = "reason"


class FigureOrReason(InvalidValue):
    message = N_("Give the figure, or the reason why it is missing: one of the two.")


class PartBeyondWhole(InvalidValue):
    message = N_(
        "A part cannot be larger than its whole: the parts of one split come to {parts}, the whole is {whole}."
    )


class AlreadyCorrected(RecordError):
    message = N_("This figure has been corrected already. Correct the newest one instead.")


class MoreThanAsked(InvalidValue):
    message = N_("More people are said to be satisfied than were asked.")


class ShareNeedsCaveat(InvalidValue):
    message = N_("A share without the number of people asked needs a note that says so and where it comes from.")


class ShareIsWorkedOut(InvalidValue):
    message = N_("Where the number of people asked is known, the share is worked out and not typed in.")


class NoShare(InvalidValue):
    message = N_("A share lies between 0 and 100 percent.")


def figure_or_reason(_session: Session, thing: Result | Breakdown) -> None:
    """Either a figure or why it is missing: not both, not neither."""
    if (thing.value is None) == (thing.missing is None):
        raise FigureOrReason(fields_of(type(thing))["value"].name)


def whole_holds_its_parts(session: Session, result: Result) -> None:
    """A figure that is put right still holds its parts."""
    if result.value is not None and result.id is not None:
        parts = session.execute(
            select(Breakdown.cut, Breakdown.value).where(
                Breakdown.result_id == result.id, Breakdown.removed_at.is_(None)
            )
        )
        _fits(result.value, [(cut, value) for cut, value in parts])


def part_in_its_whole(session: Session, part: Breakdown) -> None:
    """A part is at most its whole, and so are the parts of one split together."""
    whole = session.scalar(select(Result.value).where(Result.id == part.result_id))
    others = session.execute(
        select(Breakdown.cut, Breakdown.value).where(
            Breakdown.result_id == part.result_id, Breakdown.removed_at.is_(None), Breakdown.id != part.id
        )
    )
    if whole is not None:
        _fits(whole, [(part.cut, part.value), *((cut, value) for cut, value in others)])


def band_in_its_scheme(_session: Session, part: Breakdown) -> None:
    """An age band is one of its scheme."""
    if part.age_band is not None and part.age_scheme is None:
        raise NeedsValue(fields_of(Breakdown)["age_scheme"].name)
    if part.age_band is not None and part.age_scheme is not None:
        band_of(part.age_scheme, part.age_band)


def share_with_its_number(_session: Session, feedback: Feedback) -> None:
    """Satisfied of asked; a share without its number only with its caveat."""
    described = fields_of(Feedback)
    satisfied, asked, share = feedback.satisfied, feedback.asked, feedback.share
    if satisfied is not None and asked is None:
        raise NeedsValue(described["asked"].name)
    if satisfied is not None and asked is not None and satisfied > asked:
        raise MoreThanAsked(described["satisfied"].name)
    if share is not None and not Decimal(0) <= share <= 100:
        raise NoShare(described["share"].name)
    if share is not None and satisfied is not None:
        raise ShareIsWorkedOut(described["share"].name)
    if share is not None and asked is None and not feedback.notes:
        raise ShareNeedsCaveat(described["notes"].name)


RULES: Mapping[type[Entity], tuple[Callable[[Session, Any], None], ...]] = {
    Result: (figure_or_reason,),
    Breakdown: (figure_or_reason, band_in_its_scheme),
    Feedback: (share_with_its_number,),
}
RULES_OF_TYPING: Mapping[type[Entity], tuple[Callable[[Session, Any], None], ...]] = {
    Result: (whole_holds_its_parts,),
    Breakdown: (part_in_its_whole,),
}
"""Files hold parts that exceed their whole; they come in as they are stated, with a remark."""


@deed(N_("Correct the figure of “{what}”"))
def correct_result(session: Session, result_id: UUID, values: Mapping[str, Any]) -> UUID:
    """Put a new figure in the place of one that counted; `values` hold the reason, and the fields that change.

    Its parts are those given as `parts`; without any, the old ones where the new figure holds them.
    """
    old = session.scalars(select(Result).where(Result.id == result_id, COUNTS)).one_or_none()
    if old is None:
        there = session.scalar(select(Result.id).where(Result.id == result_id, Result.removed_at.is_(None)))
        raise AlreadyCorrected if there else NotThere
    given = dict(values)
    reason, parts = given.pop(REASON, None), given.pop("parts", None)
    if not reason:
        raise NeedsValue(N_("Reason for the correction"))
    new = Result(id=new_id())
    fill(new, {key: getattr(old, key) for key in fields_of(Result)} | {"missing": None})
    if given.get("value") is None and "missing" not in given:
        given["missing"] = old.missing
    fill(new, given | {"corrects_id": old.id, "notes": reason})
    figure_or_reason(session, new)
    in_order(new.starts_on, new.ends_on)
    session.add(new)
    add_parts(session, new, parts_of(session, old.id) if parts is None else parts)
    called(session, what=old.label or "")
    return new.id


def add_parts(session: Session, whole: Result, parts: Iterable[Mapping[str, Any]]) -> None:
    """Add the parts of a figure that is just being added."""
    added: list[Breakdown] = []
    for values in parts:
        part = Breakdown(id=new_id())
        fill(part, {**values, "result_id": whole.id})
        complete(part)
        figure_or_reason(session, part)
        band_in_its_scheme(session, part)
        added.append(part)
    if whole.value is not None:
        _fits(whole.value, [(part.cut, part.value) for part in added])
    session.add_all(added)
    session.flush()


def _fits(whole: int, parts: Sequence[tuple[str, int | None]]) -> None:
    """Refuse parts of one split that come to more than their whole; different splits overlap and are never added."""
    for cut in {cut for cut, _value in parts}:
        together = sum(value or 0 for its, value in parts if its == cut)
        if together > whole:
            raise PartBeyondWhole(fields_of(Breakdown)["value"].name, parts=together, whole=whole)
