"""A list of places with their codes, such as a country's P-codes: each under its parent, in any order."""

from collections import Counter
from collections.abc import Collection
from uuid import UUID

from db.commands.arrivals import Made
from desktop.intake import findings
from desktop.intake.building import build_places, place_link
from desktop.intake.countries import country_of
from desktop.intake.findings import Finding, finding
from desktop.intake.identity import digest
from desktop.intake.whereabouts import Step, Where
from desktop.intake.work import Traced, Work

_DEEPEST = 9


def problems(work: Work, index: int) -> list[Finding]:
    """Why a row cannot come in: a place needs a code, a name and a level."""
    found = []
    code, level = work.get("place_code", index), work.get("place_level", index)
    if not code or not work.get("place_name", index):
        found.append(finding(findings.NO_PLACE_CODE))
    if not (level and level.isdecimal() and int(level) <= _DEEPEST):
        found.append(finding(findings.NO_LEVEL, value=level or ""))
    if code and _codes(work)[code.upper()] > 1:
        found.append(finding(findings.SAME_CODE_TWICE, value=code))
    return found


def keys(work: Work, good: Collection[int]) -> dict[int, str]:
    """What each place is known by: its code."""
    return {index: f"place:{digest(work.get('place_code', index).upper())}" for index in good}


def build(work: Work, adding: Collection[int], changing: Collection[int], keys: dict[int, str]) -> None:
    """Add the places that the record lacks, parents before what lies in them."""
    found: dict[int, Where] = {}
    by_code: dict[str, Where] = {}
    codes_before = 0
    for index in sorted({*adding, *changing}, key=lambda index: int(work.get("place_level", index))):
        code, level = work.get("place_code", index), int(work.get("place_level", index))
        country = work.get("place_country", index) or work.get("adm0_code", index)
        step = Step(level, "country" if level == 0 else "admin", code, work.get("place_name", index))
        parent = (work.get("place_parent", index) or "").upper()
        where = work.places.find(step, by_code.get(parent), parent, country_of(country) if country else None)
        if isinstance(where, UUID) and len(work.places.new_codes) == codes_before:
            work.unchanged.add(index)
        codes_before = len(work.places.new_codes)
        found[index] = by_code[code.upper()] = where
    made: list[Made] = build_places(work.building, work.places, work.mapping.name)
    for index, where in found.items():
        link = place_link(where, made)
        assert link is not None
        work.traced.append(Traced(index, keys[index], digest(work.texts[index]), "place", link))


def _codes(work: Work) -> Counter[str]:
    if work.codes is None:
        work.codes = Counter(str(code).upper() for code in work.read.values["place_code"] if code)
    return work.codes
