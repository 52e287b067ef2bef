"""What has to hold of a written authorisation to tell a reader more than the rules allow."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from db.base import Entity
from db.errors import InvalidValue
from db.fields import field_of
from db.models.authorisations import EXCEPTION, ReleaseAuthorisation
from i18n import N_


class ExceptionNeedsIndicator(InvalidValue):
    message = N_("“{field}” is empty: an exception is made for one indicator. Choose it.")


class OnlyForAnException(InvalidValue):
    message = N_("“{field}” is for exceptions only: an authorisation to share sensitive counts covers all of them.")


def names_its_indicator(_session: Session, authorisation: ReleaseAuthorisation) -> None:
    """An exception is for one indicator, an authorisation for none."""
    if (authorisation.kind == EXCEPTION) != (authorisation.indicator_id is not None):
        wrong = ExceptionNeedsIndicator if authorisation.kind == EXCEPTION else OnlyForAnException
        raise wrong(field_of(ReleaseAuthorisation.indicator_id).name)


RULES: Mapping[type[Entity], tuple[Callable[[Session, Any], None], ...]] = {
    ReleaseAuthorisation: (names_its_indicator,),
}
"""What has to hold across the fields of an authorisation."""
