"""What a file adds to the record, gathered as rows that link to one another: organisations, places, the file itself."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from db.base import Entity
from db.commands.arrivals import Added, Changed, Made
from db.definitions import definitions
from db.fields import Field, Kind, fields_of
from desktop.intake import findings
from desktop.intake.findings import Finding, Named, Ours, finding
from desktop.intake.matching import Organisations, Who
from desktop.intake.vocabulary import code_of
from desktop.intake.whereabouts import Places, Where
from i18n.folding import fold

Link = UUID | Made | None


@dataclass
class Building:
    """Rows to add, to change and to take away, in the order they are met."""

    added: list[Added] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    removed: list[tuple[str, UUID]] = field(default_factory=list)
    differences: list[Finding] = field(default_factory=list)
    """What the changes change, for people."""

    @property
    def size(self) -> int:
        """How much there is to do so far."""
        return len(self.added) + len(self.changed) + len(self.removed)

    def add(self, entity: str, /, **values: Any) -> Made:
        """One more row; others link to it by what comes back."""
        made = Made(len(self.added))
        self.added.append(Added(entity, made.key, values))
        return made

    def change(self, entity: type[Entity], id: UUID, held: Mapping[str, Any], said: Mapping[str, Any]) -> None:
        """New values for a held row, where they are other than what is held."""
        values = {name: value for name, value in said.items() if held.get(name) != value}
        if values:
            self.changed.append(Changed(entity.__tablename__, id, values))
        described = fields_of(entity) if values else {}
        for name, value in values.items():
            field, was = described[name], held.get(name)
            if field.kind is Kind.LINK:
                self.differences.append(finding(findings.LINK_CHANGES, field=Ours(field.name)))
            else:
                shown = {"after": _shown(field, value), "before": _shown(field, was)}
                self.differences.append(finding(findings.CHANGES, field=Ours(field.name), **shown))


def _shown(field: Field, value: Any) -> Named:
    if value is None:
        return Ours(findings.NOTHING)
    return Ours(field.title_of(value)) if field.choices else str(value) if isinstance(value, bool) else value


@dataclass
class Described:
    """What a file says of an organisation beside its name; the most frequent word counts."""

    types: Counter[str] = field(default_factory=Counter)
    acronyms: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    women_led: Counter[bool] = field(default_factory=Counter)
    roles: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Saying:
    """Which file says that organisations are led by women, and when."""

    file: str
    on: date

    def about(self, women_led: Counter[bool]) -> dict[str, Any]:
        """An assessment that says no more than the file does: a claim stays a claim, whoever wrote the file."""
        led = women_led.most_common(1)[0][0]
        definition = definitions()[0]
        return {
            "said": "yes" if led else "no",
            "status": "unknown",
            "definition": definition.code,
            "definition_version": definition.version,
            "assessed_on": self.on,
            "evidence": self.file,
        }


class Cast:
    """The organisations of a file: whom its names mean, and what to add about them."""

    def __init__(self, organisations: Organisations) -> None:
        self.organisations = organisations
        self._described: dict[Who, Described] = defaultdict(Described)
        self._links: dict[Who, Link] = {}

    def meet(self, name: str, role: str | None = None) -> Described:
        """A name in the file, and the role it stands in."""
        described = self._described[self.organisations.whose(name)]
        if role:
            described.roles.add(role)
        return described

    def build(self, building: Building, scheme: str, may_be_named: bool | None, said_by: Saying | None) -> None:
        """Add the organisations that are new, and the roles and spellings that held ones lack."""
        for who, described in self._described.items():
            link = who if isinstance(who, UUID) else self._add(building, who, described, scheme, may_be_named)
            if described.women_led and said_by and not isinstance(who, UUID):
                building.add("women_led_assessment", organisation_id=link, **said_by.about(described.women_led))
            self._links[who] = link
            for role in sorted(described.roles - self.organisations.roles(who)):
                building.add("organisation_role", organisation_id=link, role=role)
            for spelling in self.organisations.new_spellings(who):
                building.add("organisation_name", organisation_id=link, name=spelling, use="spelling")

    def remember(self, building: Building, apart: Iterable[tuple[str, str | UUID]]) -> None:
        """Keep what a person said is not the same, so that it is not asked again."""
        for name, other in sorted(apart, key=str):
            link = other if isinstance(other, UUID) else self._links.get(self.organisations.whose(other, 0))
            if link:
                building.add("not_same", organisation_id=link, folded=fold(name))

    def link(self, name: str | None) -> Link:
        """The organisation a name means, once it is built."""
        return self._links[self.organisations.whose(name, 0)] if name else None

    def knows(self, name: str) -> bool:
        """Whether a name is one that the file's rows are about."""
        return self.organisations.whose(name, 0) in self._links

    def added(self) -> dict[str, int]:
        """How many organisations are new, those that only pay apart from the others."""
        new = [described for who, described in self._described.items() if not isinstance(who, UUID)]
        donors = sum(described.roles == {"donor"} for described in new)
        return {"organisation": len(new) - donors, "donor": donors}

    def _add(self, building: Building, who: Who, described: Described, scheme: str, may_be_named: bool | None) -> Made:
        types = [code for text, _times in described.types.most_common() if (code := code_of("org_type", text))]
        made = building.add(
            "organisation",
            name=self.organisations.named(who),
            acronym=_first(described.acronyms),
            type=types[0] if types else None,
            may_be_named=may_be_named,
        )
        for code in described.codes:
            building.add("organisation_code", organisation_id=made, scheme=scheme, code=code)
        return made


def build_places(building: Building, places: Places, vintage: str) -> list[Made]:
    """Add the places that are new, parents first, and the codes of another vintage that held ones lack."""
    made: list[Made] = []
    for new in places.new:
        made.append(
            building.add(
                "place",
                name=new.name,
                kind=new.step.kind,
                level=new.step.level,
                country=new.country,
                parent_id=place_link(new.parent, made),
                pcode=new.step.code,
            )
        )
    for held, code in places.new_codes:
        building.add("place_code", place_id=held, code=code, vintage=vintage)
    return made


def place_link(where: Where | None, made: list[Made]) -> Link:
    """A place as a link: held, or made with this file."""
    return made[where] if isinstance(where, int) else where


def _first(counted: Counter[str]) -> str | None:
    return counted.most_common(1)[0][0] if counted else None
