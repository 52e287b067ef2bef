"""What each kind of record is kept for and how long: data that comes with Jalon, proposals that an office may change.

No principle names a period, so each line says where it comes from. A kind without a line is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from db.base import Entity
from db.carried import rows, texts
from db.fields import Kind, fields_of

ERASE, ANONYMISE, KEEP = "erase", "anonymise", "keep"
_COUNTED = (
    Kind.CHOICE,
    Kind.DATE,
    Kind.COUNT,
    Kind.INTEGER,
    Kind.YES_NO,
    Kind.COUNTRY,
    Kind.MONEY,
    Kind.CURRENCY,
    Kind.DECIMAL,
)


@dataclass(frozen=True)
class Rule:
    """How long things of one kind are kept: months after the day in `counted_from`, and what is done then."""

    kind: str
    months: int
    counted_from: str
    way: str
    purposes: Mapping[str, str]
    sources: Mapping[str, str]
    """Where the period comes from, in each language; what an office wrote, as it wrote it."""


@lru_cache
def carried_rules() -> Mapping[str, Rule]:
    """The rules that come with Jalon, by the key of the kind."""
    return {
        row["kind"]: Rule(
            row["kind"],
            int(row["months"] or 0),
            row["counted_from"],
            row["way"],
            texts(row, "purpose"),
            texts(row, "source"),
        )
        for row in rows("retention.csv")
    }


def counted_fields(entity: type[Entity]) -> tuple[str, ...]:
    """What stays of an anonymised thing: country, type, days (as months) and numbers, and whose organisation it was."""
    return tuple(
        key
        for key, each in fields_of(entity).items()
        if each.kind in _COUNTED or (each.kind is Kind.LINK and key == "organisation_id")
    )
