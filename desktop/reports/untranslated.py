"""Whether a report says everything in its own language, or English stands in for some of it and is marked."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from i18n.catalogues import MARK


def holds_english(said: object) -> bool:
    """Whether a text somewhere in these blocks, lines or values is English in the place of another language."""
    return any(MARK in text for text in _texts(said))


def _texts(said: object) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif isinstance(said, tuple):
        for one in said:
            yield from _texts(one)
    elif is_dataclass(said):
        for part in fields(said):
            if part.name != "behind":
                yield from _texts(getattr(said, part.name))
