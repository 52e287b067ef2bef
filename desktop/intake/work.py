"""What planning one file works with: its rows and typed values, what is held, and what it has gathered so far."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from db.commands.arrivals import Made
from db.queries.arrivals import Held, HeldRow
from desktop.intake.building import Building, Cast
from desktop.intake.countries import country_of
from desktop.intake.fields import MEASURES, Measure
from desktop.intake.findings import Field, Finding
from desktop.intake.headings import Table
from desktop.intake.mapping import Holds, Mapping, columns_of
from desktop.intake.read import Columns
from desktop.intake.vocabulary import code_of, heading_key
from desktop.intake.whereabouts import Places, Step, Where

_HEALTH_ZONES = ("zonedesante", "zonasdesalud", "zonadesalud", "healthzone", "pcodezs", "codezs", "المنطقهالصحيه")

_BARE = frozenset(
    map(
        heading_key,
        (
            *("Femmes", "Hommes", "Filles", "Garçons", "Women", "Men", "Girls", "Boys"),
            *("Mujeres", "Hombres", "Niñas", "Niños"),
            *("نساء", "رجال", "فتيات", "فتيان", "النساء", "الرجال", "الفتيات", "الفتيان"),
        ),
    )
)
"""Headings of parts that say who was counted, but not whether they were planned, declared or reached."""

_LEVELS = tuple((level, f"adm{level}_code", f"adm{level}_name") for level in (1, 2, 3))


@dataclass(frozen=True)
class Traced:
    """What a row of the file became, and by what it is known again."""

    index: int
    key: str
    digest: str
    entity: str
    link: UUID | Made


@dataclass
class Work:
    """The state of one plan in the making."""

    file: str
    table: Table
    mapping: Mapping
    held: Held
    read: Columns
    texts: Sequence[str]
    cast: Cast
    places: Places
    received_on: date | None = None
    building: Building = field(default_factory=Building)
    traced: list[Traced] = field(default_factory=list)
    unchanged: set[int] = field(default_factory=set)
    """Rows that differ from what is held only in what is not brought in."""
    differences: dict[int, tuple[Finding, ...]] = field(default_factory=dict)
    """What each row that changes something changes."""
    counts: dict[str, int] = field(default_factory=dict)
    by_acronym: dict[str, str] | None = None
    """Organisations by acronyms that name donors, once they are looked up."""
    named_by_acronym: dict[str, dict[str, None]] = field(default_factory=dict)
    """The organisations that were, with the acronyms as written."""
    uncut: frozenset[str] | None = None
    """Names that are never cut, once they are looked up."""
    codes: Counter[str] | None = None
    """How often a list of places gives each code, once it is counted."""

    @property
    def mapping_name(self) -> str | None:
        """The name of the mapping; one proposed for this file only has none of its own."""
        return self.mapping.name if self.mapping.name != self.file else None

    def has(self, name: str) -> bool:
        """Whether the file, or its mapping for all rows, has this field."""
        return name in self.read.values

    def get(self, name: str, index: int) -> Any:
        """The typed value of a field in a row."""
        column = self.read.values.get(name)
        return None if column is None else column[index]

    def first(self, index: int, *names: str) -> Any:
        """The first of these fields that has a value in a row."""
        return next((value for name in names if (value := self.get(name, index)) is not None), None)

    def unread(self, index: int, *names: str) -> bool:
        """Whether a cell of one of these fields could not be read, which a problem of the row says already."""
        return any(
            isinstance(value, Field) and value.code in names
            for found in self.read.problems.get(index, ())
            for _gap, value in found.named
        )

    def code(self, name: str, index: int, field: str) -> str | None:
        """The code behind the word that stands in a field."""
        text = self.get(name, index)
        return code_of(field, text) if text else None

    def held_row(self, key: str) -> HeldRow | None:
        """What an earlier file brought under this key."""
        return (self.held.rows or {}).get(key)

    def is_ours(self, index: int) -> bool:
        """Whether a row is an activity of this record that this record itself wrote into the file."""
        written = self.get("row_id", index)
        try:
            return written is not None and UUID(written) in self.held.activities
        except ValueError:
            return False

    @cached_property
    def figures(self) -> tuple[dict[str, Measure], ...]:
        """The columns of counts that the file has, those of one figure together."""
        by_figure: dict[tuple[str, str, str], dict[str, Measure]] = {}
        for name, known in MEASURES.items():
            if self.has(name):
                measure = replace(known, nature=self._counted) if name in self._unsaid else known
                by_figure.setdefault(measure.figure, {})[name] = measure
        return tuple(by_figure.values())

    @property
    def _counted(self) -> str:
        """What a file counts whose columns of women and men do not say it: never more than the file claims."""
        said = {one.nature for name, one in MEASURES.items() if self.has(name) and name not in self._unsaid}
        return next((nature for nature in ("reached", "declared", "planned") if nature in said), "declared")

    @cached_property
    def _unsaid(self) -> frozenset[str]:
        """Columns of women, men, girls and boys that do not say whether these were reached."""
        if self.mapping.holds is not Holds.ACTIVITIES:
            return frozenset()
        there = columns_of(self.mapping, self.table.headings)
        return frozenset(
            name
            for name, position in there.items()
            if name in MEASURES and heading_key(self.table.headings[position]) in _BARE
        )

    def where(self, index: int, upwards: Iterable[Step] = ()) -> Where | None:
        """The deepest place a row names."""
        country = self.country(index)
        chain = [*upwards]
        for level, code_column, name_column in _LEVELS:
            code, name = self.get(code_column, index), self.get(name_column, index)
            if code or name:
                chain.append(Step(level, self._kind(level, code), code, name))
        if site := self.get("site_name", index):
            chain.append(Step(chain[-1].level + 1 if chain else 4, "site", None, site))
        return self.places.where(tuple(chain), country)

    def country(self, index: int) -> str | None:
        """The two letters of the country a row is about, where it says so."""
        code = self.get("adm0_code", index)
        return country_of(code) if code else None

    def _kind(self, level: int, code: str | None) -> str:
        return "health_zone" if level == 3 and (self._health_zones or "ZS" in (code or "")) else "admin"

    @cached_property
    def _health_zones(self) -> bool:
        return any(
            heading_key(heading).startswith(_HEALTH_ZONES)
            for heading, field in self.mapping.columns
            if field in ("adm3_name", "adm3_code")
        )
