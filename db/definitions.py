"""The definitions of a women-led organisation in use, each with its version: data, as several stand side by side."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import resources
from i18n import LANGUAGES


@dataclass(frozen=True)
class Definition:
    """One version of one definition, with its name and what it asks in each language."""

    code: str
    version: str
    names: Mapping[str, str]
    rules: Mapping[str, str]


@lru_cache
def definitions() -> tuple[Definition, ...]:
    """The definitions on offer, the default first."""
    with resources.path("women_led.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Definition(
                row["code"],
                row["version"],
                {language: row[f"name_{language}"] for language in LANGUAGES},
                {language: row[f"rule_{language}"] for language in LANGUAGES},
            )
            for row in csv.DictReader(file)
        )


def name_of(code: str, version: str, language: str) -> str:
    """What a definition is called; one this version does not carry goes by its code."""
    found = next((each for each in definitions() if (each.code, each.version) == (code, version)), None)
    return found.names.get(language, found.names["en"]) if found else f"{code} {version}"


def rule_of(code: str, language: str) -> str:
    """What the newest version of a definition asks."""
    rules = {each.code: each.rules for each in definitions()}[code]
    return rules.get(language, rules["en"])
