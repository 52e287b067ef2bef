"""Things of any kind erased, a hundred times: their word stands nowhere in the decrypted file, and the chain is whole.

Each was changed, taken back, kept in a draft and given a document before, so that the log, the search, drafts and
contents are reached as well. Weaker: the log is left as it is.
"""

from collections.abc import Mapping
from random import Random
from unittest.mock import patch
from uuid import UUID

from db.base import Entity
from db.commands import erasing
from db.commands.documents import add_document
from db.commands.drafts import keep_draft
from db.commands.entries import BY_DEED, add, edit
from db.erasing import erase_for_good
from db.errors import RecordError
from db.fields import Kind, fields_of
from db.models import Office, Person
from db.queries.check import check
from db.record import Record
from tests.anything import ENTITIES, values_of
from tests.builders import add_partner
from tests.faults.figure import Count, fresh, opened, scratch
from tests.image import image_of

NUMBER = 21
GROUND = "Demande de la personne"
ANEW = 25
TRIES = 400


def count(quick: bool, weaker: bool) -> Count:
    """Put it everywhere, erase it, look."""
    wanted = 4 if quick else 100
    chance, done, left, unsound, kinds = Random(21), 0, 0, 0, set[str]()
    with scratch() as folder, patch.object(erasing, "forget", (lambda *_all, **_more: 0) if weaker else erasing.forget):
        while done < wanted:
            with opened(fresh(folder / "record")) as record:
                ids = {"organisation": [record.write(add_partner, "Femmes debout")], "person": [record.person]}
                for _turn in range(min(ANEW, wanted - done)):
                    word = f"Kalimbaya{done}Zed"
                    entity, id = _something(record, chance, ids, word)
                    erase_for_good(record, entity, id, GROUND, copies_too=True)
                    left += word.lower().encode() in image_of(record).lower()
                    kinds.add(entity.__tablename__)
                    done += 1
                unsound += check(record) != ()
    told = f"{done} things of {len(kinds)} kinds erased: {left} words left in the decrypted file, "
    return Count(f"{told}{unsound} records not sound afterwards", not (left or unsound))


def _something(record: Record, chance: Random, ids: Mapping[str, list[UUID]], word: str) -> tuple[type[Entity], UUID]:
    """A thing with this word wherever it can be, that may be erased."""
    for _try in range(TRIES):
        entity = chance.choice(ENTITIES)
        apart = BY_DEED.get(entity, ())
        texts = [key for key, each in fields_of(entity).items() if each.kind in (Kind.TEXT, Kind.LONG_TEXT)]
        texts = [key for key in texts if key not in apart]
        values = values_of(chance, entity, ids) if texts and entity not in (Office, Person) else None
        if values is None:
            continue
        try:
            id = record.write(add, entity, values | dict.fromkeys(texts, f"Avec {word}"))
            record.write(edit, entity, id, {texts[-1]: f"Puis {word}"})
            record.undo()
            record.write(add_document, entity, id, f"{word}.txt", word.encode(), {"title": word})
            record.note(keep_draft, record.person, entity.__tablename__, id, {texts[0]: word})
        except RecordError:
            continue
        return entity, id
    raise RuntimeError("nothing could be made")
