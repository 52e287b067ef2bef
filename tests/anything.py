"""Things of any kind, with values drawn by chance that may stand in their fields: for what must hold for all kinds."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from db.base import Entity
from db.commands.entries import BY_DEED
from db.fields import Field, Kind, fields_of
from db.queries.columns import target_of
from db.queries.kinds import KINDS

ENTITIES: tuple[type[Entity], ...] = tuple(
    entity for entity in dict.fromkeys(kind.entity for kind in KINDS.values()) if not hasattr(entity, "owner_id")
)
"""All kinds but translations and documents, which belong to anything and come in by deeds of their own."""
_WORDS = ("Écoute", "حماية", "Protección", "réunion d'été", "N'Djaména", "a\u0301", "=1+1", "<b>&amp;", "١٢٣", "ligne")
_LANGUAGES, _COUNTRIES, _CURRENCIES = ("fr", "en", "es", "ar"), ("COD", "TCD", "NER"), ("USD", "EUR", "CDF", "LYD")


def values_of(
    chance: Random, entity: type[Entity], ids: Mapping[str, list[UUID]], *, past_deeds: bool = False
) -> dict[str, Any] | None:
    """Values for every needed field and some others; None where something it needs to point at is not there yet.

    Fields that only a deed of their own fills are left out, unless this is to be put there past the deeds.
    """
    values: dict[str, Any] = {}
    apart = () if past_deeds else BY_DEED.get(entity, ())
    for key, described in fields_of(entity).items():
        if key in apart or not (described.required or chance.random() < 0.4):
            continue
        value = _value(chance, entity, key, described, ids)
        if value is None and described.required:
            return None
        values[key] = value
    for money in (key for key, each in fields_of(entity).items() if each.kind == Kind.MONEY and key in values):
        values.setdefault("currency", chance.choice(_CURRENCIES))
        assert money
    if values.get("starts_on") and values.get("ends_on"):
        values["starts_on"], values["ends_on"] = sorted((values["starts_on"], values["ends_on"]))
    return values


def _value(chance: Random, entity: type[Entity], key: str, described: Field, ids: Mapping[str, list[UUID]]) -> Any:
    match described.kind:
        case Kind.TEXT | Kind.LONG_TEXT:
            return " ".join(chance.choices(_WORDS, k=chance.randint(1, 4)))
        case Kind.CODE:
            return f"C{chance.randrange(100)}"
        case Kind.CHOICE:
            return chance.choice(described.choices)[0]
        case Kind.DATE:
            return date(2025, 1, 1) + timedelta(days=chance.randrange(700))
        case Kind.COUNT:
            return chance.randrange(100)
        case Kind.INTEGER:
            return chance.randrange(-100, 100)
        case Kind.MONEY:
            return chance.randrange(1, 10**9)
        case Kind.DECIMAL:
            return Decimal(chance.randrange(1, 10**7)).scaleb(-chance.randrange(6))
        case Kind.YES_NO:
            return chance.random() < 0.5
        case Kind.LANGUAGE:
            return chance.choice(_LANGUAGES)
        case Kind.COUNTRY:
            return chance.choice(_COUNTRIES)
        case Kind.CURRENCY:
            return chance.choice(_CURRENCIES)
        case Kind.LINK:
            there = ids.get(target_of(entity, key).name)
            return chance.choice(there) if there else None
        case Kind.DATA:
            return {"a": [chance.randrange(9)]}
        case Kind.SEALED:
            return "c2VhbGVk"
        case _:
            raise NotImplementedError(described.kind)
