"""The columns of a 5W sheet: their fields, their headings in each language, and the HXL tags in the row under them.

No two countries share headings; the tags are what programs agree on. So they are data (`resources/fivew.csv`), and the
same fields are what intake reads.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import resources


@dataclass(frozen=True)
class Column:
    """A column, by its field."""

    field: str
    tag: str
    headings: Mapping[str, str]

    def heading(self, language: str) -> str:
        """The heading in a language; in English where there is none."""
        return self.headings.get(language.split("-", maxsplit=1)[0], self.headings["en"])


@cache
def columns() -> tuple[Column, ...]:
    """The columns of the 5W in their order."""
    with resources.path("fivew.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Column(row["field"], row["hxl"], {language: row[language] for language in ("en", "fr", "es", "ar")})
            for row in csv.DictReader(file)
        )
