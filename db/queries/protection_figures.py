"""The activities behind a figure of protection work, found anew from what the figure says of itself."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from db.queries import selection
from db.queries.protection import Protection, ProtectionActivity, protection
from db.queries.scope import Scope

_LINKS = ("partner", "donor", "place", "contribution", "agreement")


def behind(session: Session, figure: str) -> tuple[UUID, ...]:
    """The activities whose people a figure counts: those in its scope, of its line and its column."""
    with selection.read(figure) as asked:
        first, last = (date.fromisoformat(asked[key]) if key in asked else None for key in ("from", "to"))
        links = {key: UUID(asked[key]) for key in _LINKS if asked.get(key)}
        if unknown := asked.keys() - {"from", "to", "nature", "area", "type", "funding", "women_led", *_LINKS}:
            raise KeyError(unknown)
    found = protection(session, Scope(first, last, **links))
    return tuple(one.id for one in found.activities if _is_meant(one, asked, found))


def _is_meant(activity: ProtectionActivity, asked: dict[str, str], found: Protection) -> bool:
    partner = found.partners.get(activity.partner) if activity.partner else None
    facts = {
        "area": activity.sector,
        "type": (partner.type if partner else None) or "",
        "women_led": partner.women_led if partner else None,
    }
    return (
        all(asked[key] == fact for key, fact in facts.items() if key in asked)
        and ("funding" not in asked or asked["funding"] in {str(donor or kind) for kind, donor in activity.funding})
        and ("place" not in asked or bool(asked["place"]) or activity.place is None)
        and ("nature" not in asked or any(count.nature == asked["nature"] for count in activity.counts))
    )
