"""The verb for what is held twice: the pairs that may be one, and merging two of them field by field."""

import argparse
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from db.base import Entity
from db.commands.merging import merge, merge_places
from db.deeds import Deed
from db.fields import fields_of
from db.models import Organisation, Place
from db.queries import Session
from db.queries.duplicate_places import duplicate_places
from db.queries.duplicates import Pair, duplicates
from db.queries.entries import entry_page
from db.queries.names import id_called
from db.record import Record
from desktop.cli.given import NoSuchField
from desktop.cli.printing import for_machines, for_people, say, table
from desktop.cli.records import opened
from i18n import Words


@dataclass(frozen=True)
class _Twice:
    entity: type[Entity]
    pairs: Callable[[Session], tuple[Pair, ...]]
    merge: Deed[..., None]


TWICE: Mapping[str, _Twice] = {
    "organisation": _Twice(Organisation, duplicates, merge),
    "place": _Twice(Place, duplicate_places, merge_places),
}


@dataclass(frozen=True)
class _Differs:
    """A field in which the two differ, and whether the value of the one that goes stays."""

    key: str
    kept: Any
    gone: Any
    taken: bool


def merge_two(called: argparse.Namespace, words: Words) -> None:
    """Show which pairs may be one; or what merging two would keep, and merge them with `--apply`."""
    twice = TWICE[called.kind]
    with opened(called, words, write=called.apply) as record:
        if called.gone is None:
            whose = record.read(id_called, twice.entity, called.kept) if called.kept else None
            pairs = [one for one in record.read(twice.pairs) if whose in (None, one.first, one.second)]
            _show_pairs(pairs, called, words)
            return
        both = [record.read(id_called, twice.entity, name) for name in (called.kept, called.gone)]
        differing = _differing(record, twice.entity, both, called.take)
        if called.apply:
            record.write(twice.merge, *both, {one.key: both[one.taken] for one in differing})
    if called.json:
        print(json.dumps(_for_machines(both, differing), ensure_ascii=False))
        return
    fields = fields_of(twice.entity)
    heads = [words.isolate(called.kept), words.isolate(called.gone)]
    rows = []
    for one in differing:
        said = [for_people(_named(value), fields[one.key], words) for value in (one.kept, one.gone)]
        rows.append([words.gettext(fields[one.key].name), *said, said[one.taken]])
    say(table([words.gettext("Field"), *heads, words.gettext("Stays")], rows))
    if called.apply:
        say(words.gettext("Merged. “jalon undo” makes them two again."))
    else:
        say(words.gettext("Nothing is changed yet. The same command with --apply merges them."))


def _differing(record: Record, entity: type[Entity], both: list[UUID], take: list[str]) -> list[_Differs]:
    kept, gone = (record.read(entry_page, entity, id).values for id in both)
    described = fields_of(entity)
    for key in take:
        if key not in described:
            raise NoSuchField(name=key, names=list(described))
    return [
        _Differs(key, kept.get(key), gone.get(key), key in take or kept.get(key) is None)
        for key in described
        if kept.get(key) != gone.get(key)
    ]


def _show_pairs(pairs: list[Pair], called: argparse.Namespace, words: Words) -> None:
    if called.json:
        told = [
            {
                "first": {"id": str(one.first), "name": one.first_name},
                "second": {"id": str(one.second), "name": one.second_name},
                "why": list(one.why),
            }
            for one in pairs
        ]
        print(json.dumps(told, ensure_ascii=False))
        return
    rows = [
        [
            words.isolate(one.first_name),
            words.isolate(one.second_name),
            words.list([words.gettext(why) for why in one.why]),
        ]
        for one in pairs
    ]
    say(table([words.gettext("Held"), words.gettext("Perhaps the same"), words.gettext("Why")], rows))
    count = words.ngettext("{count} line", "{count} lines", len(pairs))
    say(count.format(count=words.number(len(pairs))), aside=True)


def _named(value: Any) -> Any:
    """A link by the name of what it points at."""
    return value[1] if isinstance(value, tuple) else value


def _for_machines(both: list[UUID], differing: list[_Differs]) -> dict[str, Any]:
    fields = [
        {
            "field": one.key,
            "kept": for_machines(_named(one.kept)),
            "gone": for_machines(_named(one.gone)),
            "stays": "gone" if one.taken else "kept",
        }
        for one in differing
    ]
    return {"kept": str(both[0]), "gone": str(both[1]), "fields": fields}
