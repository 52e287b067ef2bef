"""Released entries and the record's codes, as values of a document in the reader's words."""

import re
from collections.abc import Sequence

from db.models.women_led import STATUSES
from db.queries.called import Called
from db.queries.spoken import marked
from desktop.guard.release import LEFT_OUT
from desktop.guard.released import Absent, Known, Ratio, Unnamed, Withheld
from desktop.reports.document import Count, Day, Hidden, Missing, Money, Said, Share, Value
from i18n import Words

Choices = tuple[tuple[str, str], ...]
_BAND = re.compile(r"(\d+)(?:-(\d+)|\+)")


def said(entry: object, words: Words) -> Value:
    """What a renderer draws for a released entry; whatever is already a value of the document stays as it is."""
    match entry:
        case Known(count):
            return Count(count, entry.behind)
        case Ratio(ratio, decimals):
            parts = tuple(Count(one.count, one.behind) for one in entry.of or ())
            return Share(ratio, decimals, entry.behind, (parts[0], parts[1]) if parts else None)
        case Withheld():
            return Hidden(entry.behind)
        case Absent(reason) if reason == LEFT_OUT:
            # One mark, whatever the reason: another would show where sensitive counts are.
            return Hidden(entry.behind)
        case Absent(reason):
            return Missing(words.gettext(reason), entry.behind)
        case Unnamed(number):
            return words.gettext("Partner {number}, not named").format(number=words.number(number))
        case str() | Said() | Count() | Share() | Money() | Day() | Hidden() | Missing():
            return entry
        case _:
            raise TypeError(f"a released entry of no known kind: {type(entry).__name__}")


def each_said(names: Sequence[str], values: Sequence[object], words: Words) -> list[str]:
    """Each name with its value, for a chart that somebody is told of; a value that is not shown is said to be so."""
    return [_one_said(name, value, words) for name, value in zip(names, values, strict=True)]


def _one_said(name: str, value: object, words: Words) -> str:
    match value:
        case Count(count):
            told = words.number(count)
        case Share(ratio, decimals):
            told = words.percent(ratio, decimals)
        case Money(amount, currency):
            told = words.money(amount, currency)
        case Missing(reason):
            told = reason
        case _:
            return words.gettext("{name}: not shown").format(name=name)
    return words.gettext("{name}: {value}").format(name=name, value=told)


def title(code: str | None, among: Choices, words: Words) -> str:
    """What a code of these choices is called; several lists know an "other" and a "not stated" of their own."""
    return words.gettext("Not stated") if code is None else words.gettext(dict(among)[code])


def women_led(status: str, words: Words) -> str:
    """The name of an assessed women-led status."""
    return title(status, STATUSES, words)


def age_band(code: str | None, words: Words) -> str:
    """An age band such as "0-17" or "60+" in words."""
    found = _BAND.fullmatch(code or "")
    if not found:
        return words.gettext("Age not collected")
    if found[2] is None:
        return words.gettext("{age} years and over").format(age=words.number(int(found[1])))
    return words.gettext("{youngest} to {oldest} years").format(
        youngest=words.number(int(found[1])), oldest=words.number(int(found[2]))
    )


def in_words(called: Called, words: Words) -> Value:
    """A text of the record in the reader's language as far as there is one; marked where nobody made it official."""
    shown = called.shown(words.language)
    return marked(words, shown) if shown.unofficial else Said(shown.body or "", shown.language)


def within(called: Called, words: Words) -> str:
    """A text of the record within a sentence of ours."""
    value = in_words(called, words)
    return words.isolate(value.text) if isinstance(value, Said) else str(value)
