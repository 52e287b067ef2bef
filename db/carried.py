"""Tables that come with Jalon: their rows, and texts that stand in them in each language.

They are versioned data rather than code: definitions, schemes and mappings change without the program.
"""

import csv
from collections.abc import Mapping

import resources
from i18n import LANGUAGES


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table we carry, by its file."""
    with resources.path(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def texts(row: Mapping[str, str], part: str) -> dict[str, str]:
    """One text of a row in each language: `rule` stands in the columns `rule_fr`, `rule_en` and so on."""
    return {language: row[f"{part}_{language}"] for language in LANGUAGES}


def said(texts: Mapping[str, str], language: str) -> str:
    """A text in this language, in English where there is none."""
    return texts.get(language, texts["en"])
