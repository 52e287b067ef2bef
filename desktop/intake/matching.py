"""Same or not: what of a file is already known, what is probably known, and what is new.

Names that differ only in case, accents, apostrophes or spaces are one, and are listed as taken for one. Anything
further is proposed and never merged by itself. An acronym or an id alone proposes nothing: five different Caritas share
both.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from db.queries.arrivals import Held, HeldOrganisation
from i18n.alike import Likely, same_key


@dataclass(frozen=True)
class TakenAsOne:
    """Spellings that were taken for one organisation."""

    name: str
    spellings: tuple[str, ...]
    held: UUID | None


@dataclass(frozen=True)
class Proposal:
    """A name of the file that is probably another one, of the file or of the record; both stay until a person says."""

    name: str
    other: str
    held: UUID | None


@dataclass(frozen=True)
class Told:
    """What a person said about names: which are the same, and which spellings are not what they look like."""

    same: Mapping[str, str | UUID] = field(default_factory=dict)
    """Name of the file → another name of the file, or an organisation that is held."""
    apart: frozenset[tuple[str, str | UUID]] = frozenset()
    """A name exactly as written, and another name or an organisation held that it is not."""

    def keeps_apart(self, name: str, other: str | UUID) -> bool:
        """Whether these were said to be different."""
        return (name, other) in self.apart or (isinstance(other, str) and (other, name) in self.apart)


Who = UUID | str
"""An organisation that is held, or the key of one that is new."""


class Organisations:
    """Whom each name of a file means; it hears every name first, so that the most frequent spelling gives the name."""

    def __init__(self, held: Held, told: Told) -> None:
        self._told = told
        self._held: dict[str, list[HeldOrganisation]] = defaultdict(list)
        self._exact: dict[str, UUID] = {}
        self._by_id = {one.id: one for one in held.organisations}
        self._apart = {(organisation, same_key(folded)) for organisation, folded in held.apart}
        for one in held.organisations:
            for name in (one.name, *one.names):
                self._held[same_key(name)].append(one)
                self._exact.setdefault(name, one.id)
        self._spellings: dict[Who, Counter[str]] = defaultdict(Counter)
        self._known: dict[str, Who] = {}

    def whose(self, name: str, times: int = 1) -> Who:
        """The organisation a name means; a name nobody knows is a new one's."""
        who = self._known.get(name)
        if who is None:
            who = self._known[name] = self._find(name)
        self._spellings[who][name] += times
        return who

    def named(self, who: Who) -> str:
        """The name of an organisation: the record's, else the spelling the file uses most."""
        if isinstance(who, UUID):
            return self._by_id[who].name
        return self.spellings(who)[0]

    def spellings(self, who: Who) -> tuple[str, ...]:
        """Every way the file writes an organisation's name, the most frequent first."""
        counted = {name: times for name, times in self._spellings[who].items() if times} or self._spellings[who]
        # Of two spellings as frequent, capitals are the poorer one: they lose accents.
        return tuple(sorted(counted, key=lambda name: (-counted[name], name.isupper())))

    def new_spellings(self, who: Who) -> tuple[str, ...]:
        """The spellings that neither the record nor its new name has yet."""
        held = self._by_id[who] if isinstance(who, UUID) else None
        known = {held.name, *held.names} if held else {self.named(who)}
        return tuple(name for name in self.spellings(who) if name not in known)

    def apart(self, short: str, name: str) -> bool:
        """Whether a person said that an acronym is not this organisation's."""
        return any(same_key(this) == short and it in (name, self.whose(name, 0)) for this, it in self._told.apart)

    def roles(self, who: Who) -> frozenset[str]:
        """The roles an organisation has already."""
        return self._by_id[who].roles if isinstance(who, UUID) else frozenset()

    def taken_as_one(self) -> tuple[TakenAsOne, ...]:
        """What was merged because it differs in nothing that matters."""
        return tuple(
            TakenAsOne(self.named(who), self.spellings(who), who if isinstance(who, UUID) else None)
            for who in self._met()
            if self.new_spellings(who)
        )

    def proposals(self) -> tuple[Proposal, ...]:
        """New names that are probably the same as another name, each with the one most like it."""
        found = []
        likely: Likely[Who] = Likely(
            [(name, one.id) for one in self._by_id.values() for name in (one.name, *one.names)]
            + [(self.named(who), who) for who in self._met() if isinstance(who, str)]
        )
        proposed: set[frozenset[Who]] = set()
        for who in self._met():
            if isinstance(who, UUID):
                continue
            name = self.named(who)
            for other, its in likely.like(name, who):
                pair = frozenset((who, its))
                told = self._told.keeps_apart(name, its if isinstance(its, UUID) else other)
                if told or pair in proposed or (isinstance(its, UUID) and (its, same_key(name)) in self._apart):
                    continue
                proposed.add(pair)
                found.append(Proposal(name, other, its if isinstance(its, UUID) else None))
                break
        return tuple(found)

    def _met(self) -> list[Who]:
        """The organisations that a row which comes in names, and not only one that was looked up."""
        return [who for who, names in self._spellings.items() if any(names.values())]

    def _find(self, name: str) -> Who:
        said = self._told.same.get(name, name)
        return said if isinstance(said, UUID) else self._look_up(said)

    def _look_up(self, name: str) -> Who:
        if name in self._exact:
            return self._exact[name]
        key = same_key(name)
        for one in self._held.get(key, ()):
            if (one.id, key) not in self._apart and not self._told.keeps_apart(name, one.id):
                return one.id
        alone = any(this == name and isinstance(it, str) and same_key(it) == key for this, it in self._told.apart)
        return f"{key}\n{name}" if alone else key
