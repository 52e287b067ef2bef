"""What is done about donors by hand: note a contribution, however little is known of it, and what a donor asks."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.base import Entity, new_id
from db.commands.checking import fill, in_order
from db.commands.money import contribution_holds
from db.deeds import called, deed
from db.errors import InvalidValue
from db.fields import field_of
from db.models.donors import Contribution, Requirements, languages_asked
from db.models.organisations import Organisation
from db.questions import ADDITIONAL, COVER, MOST_ADDITIONAL, questions
from i18n import N_
from i18n.languages import language


class TooManyQuestions(InvalidValue):
    message = N_("“{field}”: choose at most {most} of the additional questions.")


class NoSuchLanguage(InvalidValue):
    message = N_("“{field}”: {code} is no code of a language. Write codes such as fr, en.")


@deed(N_("Add a contribution of {donor}"))
def add_contribution(session: Session, donor_id: UUID, values: Mapping[str, Any]) -> UUID:
    """Add a contribution; only its donor must be known."""
    donor = session.scalars(select(Organisation).where(Organisation.id == donor_id)).one()
    called(session, donor=donor.name)
    in_order(values.get("starts_on"), values.get("ends_on"))
    contribution = Contribution(id=new_id(), donor_id=donor_id)
    fill(contribution, values)
    contribution_holds(session, contribution)
    session.add(contribution)
    return contribution.id


def questions_as_offered(_session: Session, profile: Requirements) -> None:
    """A profile asks questions that exist, at lengths one can write in, and no more than the template has room for."""
    described = field_of(Requirements.questions)
    if not isinstance(profile.questions, dict | None):
        raise InvalidValue(described.name)
    for code, limit in (profile.questions or {}).items():
        known = code in questions() and questions()[code].part != COVER
        if not known or not (limit is None or (type(limit) is int and 0 < limit < 100_000)):
            raise InvalidValue(described.name)
    if sum(questions()[code].part == ADDITIONAL for code in profile.questions or ()) > MOST_ADDITIONAL:
        raise TooManyQuestions(described.name, most=MOST_ADDITIONAL)


def in_known_languages(_session: Session, profile: Requirements) -> None:
    """The languages of a profile are languages."""
    for code in languages_asked(profile.languages):
        try:
            language(code)
        except ValueError:
            raise NoSuchLanguage(field_of(Requirements.languages).name, code=code) from None


RULES: Mapping[type[Entity], tuple[Callable[[Session, Any], None], ...]] = {
    Requirements: (questions_as_offered, in_known_languages)
}
