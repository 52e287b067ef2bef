"""Countries by the codes that files use for them: the record keeps two letters, exchange files and P-codes often three.

A P-code begins with its country's code and goes on with digits that survive from one vintage to the next: TD07 and
TCD07 are the same region.
"""

import csv
import re
from functools import lru_cache

import resources

_PCODE = re.compile(r"([A-Za-z]{2,3})[\s_-]?(\d[0-9A-Za-z_-]*)")


def country_of(code: str) -> str | None:
    """The two letters of a country, from two letters or three."""
    known = _countries()
    written = code.strip().upper()
    return known.get(written) if len(written) == 3 else written if written in known.values() else None


@lru_cache(maxsize=50_000)
def country_and_digits(pcode: str) -> tuple[str, str] | None:
    """The country of a P-code and what tells it apart within the country; nothing for codes of another make."""
    match = _PCODE.fullmatch(pcode.strip())
    country = country_of(match[1]) if match else None
    return (country, match[2].upper()) if match and country else None


@lru_cache
def _countries() -> dict[str, str]:
    with resources.path("countries.csv").open(encoding="ascii", newline="") as file:
        return {row["alpha3"]: row["alpha2"] for row in csv.DictReader(file)}
