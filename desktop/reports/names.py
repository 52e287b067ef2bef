"""Places and organisations by their names in the language of a report, wherever a finished document says one.

Gathering and the guard know originals only, since one release is told in many languages. A name stands in a document as
`Said`, or shut between isolates within a sentence; both are found here by the name itself, so that no report has to
think of it. Names that two things share, and that are not the same elsewhere, stay as they are.
"""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar, cast

from db.queries.called import Called
from desktop.reports.document import Count, Day, Hidden, Money, Said, Share
from desktop.reports.saying import in_words
from i18n import Words
from i18n.isolation import FSI, PDI

_ISOLATED = re.compile(f"{FSI}([^{FSI}{PDI}]+){PDI}")
_NO_TEXT = (Count, Share, Money, Day, Hidden, int, bytes, type(None))
Node = TypeVar("Node")


@cache
def _fields(kind: Any) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind) if one.name != "behind")


def by_their_names(said: Node, names: Mapping[str, Called], words: Words) -> Node:
    """The same document, block or value, with the names that are known otherwise in this language."""
    if not names:
        return said

    @cache
    def other(text: str) -> Said | None:
        """What this is called in the language of the reader, marked where nobody made it official."""
        called = names.get(text)
        if called is None or called.shown(words.language).body == text:
            return None
        value = in_words(called, words)
        return value if isinstance(value, Said) else Said(str(value), words.language)

    def within(found: re.Match[str]) -> str:
        value = other(found[1])
        return words.isolate(value.text) if value else found[0]

    def walked(node: Any) -> Any:
        kind: Any = type(node)
        if kind in _NO_TEXT:
            return node
        if kind is str:
            return _ISOLATED.sub(within, node) if FSI in node else node
        if kind is Said:
            return other(node.text) or node
        if kind is tuple:
            anew = tuple(map(walked, node))
            return node if all(map(lambda one, before: one is before, anew, node)) else anew
        if is_dataclass(node) and not isinstance(node, type):
            before = {name: getattr(node, name) for name in _fields(kind)}
            changed = {name: new for name, value in before.items() if (new := walked(value)) is not value}
            return replace(node, **changed) if changed else node
        return node

    return cast(Node, walked(said))
