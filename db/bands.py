"""Age bands in named schemes, and rolling ages up from one scheme to another: only where the edges match.

Schemes cannot be converted into each other: 0-5 is not 0-4. Fine bands go into coarser ones that begin and end where
they do; everything else is refused, naming the age where they part. What was not collected stays that way.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import resources
from db.errors import RecordError
from i18n import N_

UNKNOWN = "UNK"
"""The band of those whose age is not known, in any scheme; kept apart from zero."""
OLDEST = 200


class UnknownScheme(RecordError):
    message = N_("There is no age scheme {scheme} here. Known are: {schemes}.")


class UnknownBand(RecordError):
    message = N_("The age scheme {scheme} has no band {band}.")


class BandsOverlap(RecordError):
    message = N_("The band {band} of {scheme} overlaps others, so that rolling it up would count people twice.")


class EdgesDiffer(RecordError):
    message = N_(
        "{band} of {scheme} cannot be rolled up to {wanted}: it reaches across the age of {edge}, where a band of "
        "{wanted} begins or ends."
    )


@dataclass(frozen=True)
class Band:
    """One band of a scheme, both ends counted; one that overlaps stands beside the split, not in it."""

    scheme: str
    code: str
    first: int | None
    last: int | None
    overlaps: bool


@dataclass(frozen=True)
class Aged:
    """A count by sex and age, or why there is none."""

    sex: str | None
    band: str
    value: int | None
    missing: str | None = None


@lru_cache
def schemes() -> Mapping[str, tuple[Band, ...]]:
    """Every scheme with its bands, youngest first."""
    found: dict[str, list[Band]] = defaultdict(list)
    with resources.path("bands.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            unknown = row["band"] == UNKNOWN
            first, last = (None, None) if unknown else (int(row["from"]), int(row["to"] or OLDEST))
            found[row["scheme"]].append(Band(row["scheme"], row["band"], first, last, bool(row["overlaps"])))
    return {scheme: tuple(bands) for scheme, bands in found.items()}


def bands_of(scheme: str) -> tuple[Band, ...]:
    """The bands of a scheme."""
    if scheme not in schemes():
        raise UnknownScheme(scheme=scheme, schemes=sorted(schemes()))
    return schemes()[scheme]


def band_of(scheme: str, code: str) -> Band:
    """One band of a scheme."""
    band = next((band for band in bands_of(scheme) if band.code == code), None)
    if band is None and code != UNKNOWN:
        raise UnknownBand(scheme=scheme, band=code)
    return band or Band(scheme, UNKNOWN, None, None, False)


def age_rolled(rows: Iterable[Aged], scheme: str, wanted: str) -> tuple[Aged, ...]:
    """Counts in bands of one scheme as counts in bands of another, by sex; refused where an edge does not match.

    A band with a part that is missing is missing itself: the rest of it would pass for the whole.
    """
    gathered: dict[tuple[str | None, str], list[Aged]] = {}
    for row in rows:
        gathered.setdefault((row.sex, _goes_into(band_of(scheme, row.band), wanted)), []).append(row)
    return tuple(
        Aged(sex, band, None, absent[0].missing or "not_stated")
        if (absent := [row for row in parts if row.value is None])
        else Aged(sex, band, sum(row.value or 0 for row in parts))
        for (sex, band), parts in gathered.items()
    )


def _goes_into(band: Band, wanted: str) -> str:
    """The band of the scheme that is wanted which holds all of this one."""
    split = [each for each in bands_of(wanted) if not each.overlaps and each.first is not None]
    if band.scheme == wanted or band.first is None or band.last is None:
        return band.code
    if band.overlaps:
        raise BandsOverlap(band=band.code, scheme=band.scheme)
    for each in split:
        if each.first is not None and each.last is not None and each.first <= band.first <= each.last:
            if band.last <= each.last:
                return each.code
            raise EdgesDiffer(band=band.code, scheme=band.scheme, wanted=wanted, edge=each.last + 1)
    raise EdgesDiffer(band=band.code, scheme=band.scheme, wanted=wanted, edge=band.first)
