"""The kinds of thing that can be listed by name: what each list shows, and what its columns are called."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from db.fields import Field, Kind, field_of
from db.models.activities import Activity
from db.models.donors import Contribution
from db.models.frameworks import Framework, FrameworkItem
from db.models.organisations import Organisation
from db.models.places import Place
from db.models.results import Result
from db.models.sources import Source
from db.models.women_led import WomenLedAssessment
from db.queries.listing import Listing
from db.queries.lists import ACTIVITIES, ORGANISATIONS
from i18n import N_
from i18n.folding import fold, sort_key

_Parent = aliased(Place)


@dataclass(frozen=True)
class ListedKind:
    """A list with the order it comes in, what it is narrowed to, and the description of each column."""

    listing: Listing
    order: str
    filters: Mapping[str, Any] = field(default_factory=dict)
    titles: Mapping[str, Field] = field(default_factory=dict)

    @property
    def fields(self) -> dict[str, Field]:
        """The columns' descriptions: the fields' own, and those of what was worked out or joined."""
        own = {
            name: field_of(column)
            for name, column in self.listing.columns.items()
            if isinstance(column, InstrumentedAttribute) and name not in self.titles
        }
        return own | dict(self.titles)


def _contains(column: Any, text: str) -> Any:
    return column.contains(text, autoescape=True)


def _of_parent(query: Select[Any]) -> Select[Any]:
    return query.outerjoin(_Parent, _Parent.id == Place.parent_id)


def _of_activity(query: Select[Any]) -> Select[Any]:
    return (
        query.outerjoin(Activity, Activity.id == Result.activity_id)
        .outerjoin(FrameworkItem, FrameworkItem.id == Result.item_id)
        .outerjoin(Place, Place.id == Result.place_id)
    )


def _of_donor(query: Select[Any]) -> Select[Any]:
    return query.join(Organisation, Organisation.id == Contribution.donor_id)


PLACES = Listing(
    Place,
    columns={
        "pcode": Place.pcode,
        "name": Place.name,
        "kind": Place.kind,
        "level": Place.level,
        "country": Place.country,
        "parent": _Parent.name,
    },
    orders={"pcode": Place.pcode, "name": Place.sort_key, "level": Place.level},
    search=lambda text: _contains(Place.sort_key, sort_key(text)) | (Place.pcode == text.strip()),
    filters={},
    join=_of_parent,
)

RESULTS = Listing(
    Result,
    columns={
        "activity": Activity.title,
        "item": FrameworkItem.name,
        "label": Result.label,
        "place": Place.name,
        "starts_on": Result.starts_on,
        "ends_on": Result.ends_on,
        "span": Result.span,
        "nature": Result.nature,
        "value": Result.value,
        "unit": Result.unit,
        "missing": Result.missing,
    },
    orders={"row": Result.row, "starts_on": Result.starts_on, "value": Result.value},
    search=lambda text: (
        _contains(Activity.sort_key, sort_key(text)) | _contains(func.lower(Result.label), text.lower())
    ),
    filters={},
    join=_of_activity,
)

CONTRIBUTIONS = Listing(
    Contribution,
    columns={
        "donor": Organisation.name,
        "title": Contribution.title,
        "reference": Contribution.reference,
        "currency": Contribution.currency,
        "starts_on": Contribution.starts_on,
        "ends_on": Contribution.ends_on,
        "earmarking": Contribution.earmarking,
    },
    orders={"donor": Organisation.sort_key, "starts_on": Contribution.starts_on},
    search=lambda text: _contains(Organisation.folded, fold(text)) | (Contribution.reference == text.strip()),
    filters={},
    join=_of_donor,
)

_ITEMS = (
    select(func.count())
    .where(FrameworkItem.framework_id == Framework.id, FrameworkItem.removed_at.is_(None))
    .correlate(Framework)
    .scalar_subquery()
)

FRAMEWORKS = Listing(
    Framework,
    columns={
        "code": Framework.code,
        "name": Framework.name,
        "version": Framework.version,
        "items": _ITEMS,
        "source": Framework.source,
    },
    orders={"code": Framework.code},
    search=lambda text: _contains(func.lower(Framework.name), text.lower()),
    filters={},
)

SOURCES = Listing(
    Source,
    columns={
        "name": Source.name,
        "kind": Source.kind,
        "mapping": Source.mapping,
        "starts_on": Source.starts_on,
        "ends_on": Source.ends_on,
        "received_on": Source.received_on,
        "rows": Source.rows,
        "doubles": Source.doubles,
        "problems": Source.problems,
    },
    orders={"row": Source.row},
    search=lambda text: _contains(func.lower(Source.name), text.lower()),
    filters={},
)

_ORGANISATION = {
    "women_led": field_of(WomenLedAssessment.status),
    "activities": Field(N_("Activities"), Kind.COUNT),
}
_ACTIVITY = {
    "partner": Field(N_("Partner"), Kind.TEXT),
    "place": Field(N_("Place"), Kind.TEXT),
    "people": Field(N_("People reached, or else declared"), Kind.COUNT),
}

KINDS = {
    "partners": ListedKind(ORGANISATIONS, "name", {"role": "partner"}, _ORGANISATION),
    "donors": ListedKind(ORGANISATIONS, "name", {"role": "donor"}, _ORGANISATION),
    "organisations": ListedKind(ORGANISATIONS, "name", {}, _ORGANISATION),
    "activities": ListedKind(ACTIVITIES, "title", {}, _ACTIVITY),
    "places": ListedKind(PLACES, "pcode", {}, {"parent": Field(N_("Lies in"), Kind.TEXT)}),
    "results": ListedKind(
        RESULTS,
        "row",
        {},
        {
            "activity": Field(N_("Activity"), Kind.TEXT),
            "item": Field(N_("Framework item"), Kind.TEXT),
            "place": Field(N_("Place"), Kind.TEXT),
        },
    ),
    "contributions": ListedKind(CONTRIBUTIONS, "donor", {}, {"donor": Field(N_("Donor"), Kind.TEXT)}),
    "frameworks": ListedKind(FRAMEWORKS, "code", {}, {"items": Field(N_("Lines"), Kind.COUNT)}),
    "sources": ListedKind(SOURCES, "row"),
}
"""What `jalon list` can list."""
