"""Whether a text seems to hold what would tell who somebody is: a telephone, an e-mail or an identity number.

The record counts people and names none of those assisted. A person is warned beside the field, on this machine, and
decides: P-codes, project codes, amounts and dates look alike, so what is not near certain passes unless a word beside
it says what it is. Contacts' work data are kept on purpose and looked at by nobody here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from db.base import Base
from db.fields import Field, Kind
from db.models.organisations import Contact, Organisation
from db.models.people import Person
from i18n import N_

LOOKS_PERSONAL = N_(
    "This looks like personal data: {what}. The record keeps nothing that tells who an assisted person is: take it out "
    "unless it belongs to an organisation."
)
KINDS = (
    ("phone", N_("a telephone number")),
    ("email", N_("an e-mail address")),
    ("identity", N_("an identity number")),
)

_WORK_DATA = (Contact, Person, Organisation)
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
_MARKS = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069]")
_EMAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_DATE = re.compile(r"(?<!\d)(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)\d{2})(?!\d)")
# Between the digits of a telephone stand single spaces, dots, hyphens, slashes or brackets; letters end it.
_NUMBER = re.compile(r"(?<![\w/.,+-])(?:\+|\(\+?)?\d(?:[ \u00a0\u202f.()/-]{0,2}\d){6,16}(?![\w/%€$£]|[.,]\d)")
_NATIONAL = re.compile(r"(?<!\w)[A-Z]\d{7,8}(?!\w)")
_CODE = re.compile(r"(?<!\w)(?=[\w/-]*\d{4})[\w][\w/-]{4,24}(?!\w)")
_NEAR = 30
_TELEPHONE_WORDS = re.compile(
    r"\b(?:t[ée]l(?:[ée]phone|[ée]fono)?s?|phone|mobile|m[óo]vil|portable|cell(?:ulaire)?|celular|gsm|whats ?app|"
    r"appel(?:er|ez)?|call|llamar)\b|هاتف|جوال|واتس|محمول|اتصل",
    re.IGNORECASE,
)
_IDENTITY_WORDS = re.compile(
    r"\b(?:passe?ports?|pasaporte|carte d['’](?:identit[ée]|[ée]lecteur)|id card|identity (?:card|number)|"
    r"national id|c[ée]dula|dni|cni|nin|num[ée]ro national|documento de identidad|progres|case (?:no|number))\b|"
    r"جواز|هوية|بطاقة التعريف|الرقم الوطني",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Suspicion:
    """What looks personal in a text: its kind, the text found, and where it begins."""

    kind: str
    found: str
    at: int


def looks_personal(text: str) -> tuple[Suspicion, ...]:
    """What in this text seems to tell who somebody is, in the order it stands there."""
    # One letter for one letter, so that places in the plain text are places in the text.
    plain = _MARKS.sub(" ", text.translate(_DIGITS))
    found: list[Suspicion] = []
    for kind, start, end in sorted(_found(plain), key=lambda one: (one[1], -one[2])):
        if not found or start >= found[-1].at + len(found[-1].found):
            found.append(Suspicion(kind, text[start:end], start))
    return tuple(found)


def watched(entity: type[Base], field: Field) -> bool:
    """Whether what is typed into a field is looked at: free text about anything but people's work data."""
    return field.kind in (Kind.TEXT, Kind.LONG_TEXT) and not issubclass(entity, _WORK_DATA)


def _found(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _EMAIL.finditer(text):
        yield "email", *match.span()
    for match in _IDENTITY_WORDS.finditer(text):
        if (number := _CODE.search(text, match.end(), match.end() + _NEAR)) and not _DATE.fullmatch(number[0]):
            yield "identity", *number.span()
    for match in _NATIONAL.finditer(text):
        yield "identity", *match.span()
    dates = [match.span() for match in _DATE.finditer(text)]
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        if not any(start < last and first < end for first, last in dates) and (kind := _kind(text, match[0], start)):
            yield kind, start, end


def _kind(text: str, number: str, start: int) -> str | None:
    """What a run of digits is; None for an amount, a code, or anything that may well be one."""
    digits = "".join(filter(str.isdigit, number))
    grouped = not number.isdigit()
    named = _TELEPHONE_WORDS.search(text[max(0, start - _NEAR) : start]) is not None
    if number.lstrip("(").startswith("+") or (digits.startswith("00") and 10 <= len(digits) <= 16):
        return "phone" if 8 <= len(digits) <= 16 else None
    if digits.startswith("0") and 9 <= len(digits) <= 11:
        return "phone"
    if named and 7 <= len(digits) <= 15:
        return "phone"
    # Numbers of eleven digits and more in one run are hardly amounts: national identity numbers are.
    return "identity" if not grouped and 11 <= len(digits) <= 15 else None
