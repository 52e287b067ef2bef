"""Places of a file: each under its parent, found again across the vintages of their codes.

A code that the record holds is the place. Else the same country, level and digits are, where the names agree too; else
the same name under the same parent, where no code of the same make says otherwise.
"""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from db.queries.arrivals import Held, HeldPlace
from desktop.intake.countries import country_and_digits
from desktop.intake.vocabulary import heading_key

Where = UUID | int
"""A place that is held, or the number of a new one."""


@dataclass(frozen=True)
class Step:
    """One level of where something is, as a file says it."""

    level: int
    kind: str
    code: str | None
    name: str | None


@dataclass
class NewPlace:
    """A place that the record lacks."""

    step: Step
    name: str
    country: str | None
    parent: Where | None


class Places:
    """Where each row of a file is; what is asked twice is the same place."""

    def __init__(self, held: Held) -> None:
        self.new: list[NewPlace] = []
        self.new_codes: dict[tuple[UUID, str], None] = {}
        self._known: dict[tuple[tuple[Step, ...], str | None], Where | None] = {}
        self._by_code: dict[str, Where] = {}
        self._by_digits: dict[tuple[str, int, str], list[HeldPlace]] = defaultdict(list)
        self._by_name: dict[tuple[Where | str | None, int, str], list[Where]] = defaultdict(list)
        self._held = {place.id: place for place in held.places}
        for place in held.places:
            for code in place.codes:
                self._by_code.setdefault(code.upper(), place.id)
                if found := country_and_digits(code):
                    self._by_digits[found[0], place.level, found[1]].append(place)
            under = _under(place.parent, place.country, place.level)
            self._by_name[under, place.level, heading_key(place.name)].append(place.id)

    def where(self, chain: tuple[Step, ...], country: str | None) -> Where | None:
        """The deepest place of a chain of levels, each step known or new; None where the chain says nothing."""
        key = chain, country
        if key not in self._known:
            place: Where | None = None
            for step in chain:
                if step.code or step.name:
                    place = self._step(step, place, country)
            self._known[key] = place
        return self._known[key]

    def find(self, step: Step, parent: Where | None, parent_code: str, country: str | None) -> Where:
        """One place of a list, under a parent that the list or the record names by its code."""
        return self._step(step, parent if parent is not None else self._by_code.get(parent_code), country)

    def _step(self, step: Step, parent: Where | None, country: str | None) -> Where:
        code = step.code.upper() if step.code else None
        if code and code in self._by_code:
            return self._by_code[code]
        known = country_and_digits(code) if code else None
        country = known[0] if known else country
        place = self._of_other_vintage(step, known) or self._of_same_name(step, parent, country, code)
        if place is None:
            place = len(self.new)
            self.new.append(NewPlace(step, step.name or code or "", country, parent))
            under = _under(parent, country, step.level)
            self._by_name[under, step.level, heading_key(step.name or code or "")].append(place)
        elif code and isinstance(place, UUID):
            self.new_codes[place, code] = None
        if code:
            self._by_code[code] = place
        return place

    def _of_other_vintage(self, step: Step, known: tuple[str, str] | None) -> UUID | None:
        if known is None:
            return None
        for place in self._by_digits.get((known[0], step.level, known[1]), ()):
            if step.name is None or heading_key(place.name) == heading_key(step.name):
                return place.id
        return None

    def _of_same_name(self, step: Step, parent: Where | None, country: str | None, code: str | None) -> Where | None:
        if not step.name:
            return None
        alike = self._by_name.get((_under(parent, country, step.level), step.level, heading_key(step.name)), [])
        fitting = [place for place in alike if not code or self._may_be(place, code)]
        return fitting[0] if len(fitting) == 1 else None

    def _may_be(self, place: Where, code: str) -> bool:
        """Whether no code of the same make says that this is another place."""
        if isinstance(place, int):
            return self.new[place].step.code is None
        return not any(_make(held) == _make(code) for held in self._held[place].codes)


def _under(parent: Where | None, country: str | None, level: int) -> Where | str | None:
    """What a name is unique under; first divisions stand under their country, whether or not it is kept as a place."""
    return country if parent is None or level <= 1 else parent


def _make(code: str) -> str:
    """The letters a code begins with: they tell one vintage from another."""
    return code[: len(code) - len(code.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"))].upper()
