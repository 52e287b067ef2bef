"""Eight activities of one month each in three places, three of them small, and a correction of two people."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.base import new_id
from db.deeds import deed
from db.models import Activity, Indicator, Organisation, OrganisationRole, Place, Result

CASES = (
    # title, place, area, month, reached
    ("A", "Nord-Essai", "PRO", 1, 120),
    ("B", "Nord-Essai", "PRO-GBV", 2, 45),
    ("C", "Sud-Essai", "PRO", 1, 64),
    ("D", "Sud-Essai", "PRO-GBV", 3, 17),
    ("E", "Est-Essai", "PRO", 2, 230),
    ("F", "Est-Essai", "PRO-GBV", 4, 3),
    ("G", "Nord-Essai", "PRO", 4, 2),
    ("H", "Sud-Essai", "PRO", 4, 4),
)


@deed("Fill the record")
def fill(session: Session) -> None:
    """Places, a partner, and activities of one month each."""
    places = {name: Place(id=new_id(), name=name, kind="admin", level=1) for name in {case[1] for case in CASES}}
    partner = Organisation(id=new_id(), name="Aide d'essai", may_be_named=True)
    heard = Indicator(id=new_id(), name="People heard", unit="persons", roll_up_periods="sum", roll_up_places="sum")
    session.add_all([*places.values(), partner, OrganisationRole(organisation_id=partner.id, role="partner"), heard])
    for title, place, area, month, reached in CASES:
        days = {"starts_on": date(2026, month, 1), "ends_on": date(2026, month, 28)}
        activity = Activity(
            id=new_id(), title=title, partner_id=partner.id, sector=area, place_id=places[place].id, **days
        )
        told = {"nature": "reached", "unit": "persons", "span": "period", **days}
        where = {"activity_id": activity.id, "indicator_id": heard.id, "place_id": places[place].id}
        session.add_all([activity, Result(value=reached, **told, **where)])


@deed("Correct B")
def correct(session: Session) -> None:
    """Two people more than was said."""
    of_b = session.scalars(
        select(Result).join(Activity, Activity.id == Result.activity_id).where(Activity.title == "B")
    )
    old = of_b.one()
    keys = "activity_id indicator_id place_id nature unit span starts_on ends_on".split()
    copied = {key: getattr(old, key) for key in keys}
    session.add(Result(**copied, value=47, corrects_id=old.id))
