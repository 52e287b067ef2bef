"""Tables that come with Jalon: their rows, and texts that stand in them in each language.

They are versioned data rather than code: definitions, schemes and mappings change without the program.
"""

import csv
from collections.abc import Mapping

import resources
from i18n import LANGUAGES
from i18n.catalogues import marked


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table we carry, by its file."""
    with resources.path(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def texts(row: Mapping[str, str], part: str) -> dict[str, str]:
    """One text of a row in each language: `rule` stands in the columns `rule_fr`, `rule_en` and so on."""
    columns = {key.removeprefix(f"{part}_"): text for key, text in row.items() if key.startswith(f"{part}_")}
    return {
        language: text for language, text in columns.items() if language in LANGUAGES or (len(language) == 2 and text)
    }


def said(texts: Mapping[str, str], language: str) -> str:
    """A text in this language; where there is none in English, marked unless the whole screen speaks it."""
    spoken = language.partition("-")[0]
    if spoken in texts:
        return texts[spoken]
    return texts["en"] if spoken in (*LANGUAGES, "", "x") else marked(texts["en"])
