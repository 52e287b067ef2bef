"""Assessing whether an organisation is led by women; each assessment stays, the newest holds."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.base import new_id
from db.commands.checking import fill
from db.deeds import called, deed
from db.errors import NeedsValue
from db.models.organisations import Organisation
from db.models.women_led import WomenLedAssessment
from i18n import N_


@deed(N_("Assess whether {name} is led by women"))
def assess_women_led(session: Session, organisation_id: UUID, values: Mapping[str, Any]) -> UUID:
    """Keep an assessment. A status other than unknown needs its evidence in words."""
    organisation = session.scalars(select(Organisation).where(Organisation.id == organisation_id)).one()
    called(session, name=organisation.name)
    if values.get("status") != "unknown" and not values.get("evidence"):
        raise NeedsValue(WomenLedAssessment.evidence.info["field"].name)
    assessment = WomenLedAssessment(id=new_id(), organisation_id=organisation_id)
    fill(assessment, values)
    session.add(assessment)
    return assessment.id
