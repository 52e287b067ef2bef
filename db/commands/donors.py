"""What is done about donors' money by hand: note a contribution, however little is known of it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.base import new_id
from db.commands.checking import fill, in_order
from db.commands.money import contribution_holds
from db.deeds import called, deed
from db.models.donors import Contribution
from db.models.organisations import Organisation
from i18n import N_


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
