"""What a writer is told of their prose while they write it: one place for whatever looks at it.

Nothing here refuses: a sentence that looks like a person's telephone number may be an office's, and a number that
equals a hidden one may count something else. Whoever writes decides.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from db import terms
from db.privacy import KINDS, LOOKS_PERSONAL, looks_personal
from db.prose import Prose, ProseBlock, figures_in, words_in
from i18n import N_, Words
from i18n.spelled import spelled

TYPED = N_(
    "You write {number}, and a count that this report hides is {number} too. Cite the figure instead: it stays hidden."
)
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
_AROUND = r"(?<![\w.,/-]){}(?![\w/%-]|[.,]\d|[ \u00a0\u202f]?%)"
_GROUPED = r"\d{1,3}(?:[ \u00a0\u202f.,٬']\d{3})+"
_NUMBER = re.compile("|".join(_AROUND.format(one) for one in (_GROUPED, r"\d+")))


@dataclass(frozen=True)
class Checked:
    """The prose of one part in one language, with what is known around it."""

    prose: Prose
    language: str
    figures: Collection[str] = ()
    """The names of the figures that the report has."""
    hidden: Collection[int] = ()
    """The counts that its readers may not be told."""
    most: int | None = None
    """How many words it may have."""
    usage: str | None = None
    """Whose words the office uses (`db.terms`)."""


@dataclass(frozen=True)
class Remark:
    """Something to look at: a message of the catalogues with its gaps; texts are data, numbers are numbers."""

    message: str
    values: Mapping[str, str | int] = field(default_factory=dict)
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Gaps that are lists of messages of the catalogues."""

    def said(self, words: Words) -> str:
        """The sentence."""
        gaps = {
            name: words.number(value) if isinstance(value, int) else words.isolate(value)
            for name, value in self.values.items()
        }
        gaps |= {name: words.list([words.gettext(one) for one in listed]) for name, listed in self.codes.items()}
        return words.gettext(self.message).format(**gaps)


def remarks(checked: Checked) -> list[Remark]:
    """All that there is to say of it."""
    return [remark for check in CHECKS for remark in check(checked)]


def _too_long(checked: Checked) -> Iterator[Remark]:
    if checked.most and (count := words_in(checked.prose)) > checked.most:
        yield Remark(N_("{count} words: the donor allows {most}."), {"count": count, "most": checked.most})


def _personal(checked: Checked) -> Iterator[Remark]:
    found = dict.fromkeys(one.kind for text in texts_of(checked.prose) for one in looks_personal(text))
    if found:
        yield Remark(LOOKS_PERSONAL, codes={"what": tuple(dict(KINDS)[kind] for kind in found)})


def _hidden_number(checked: Checked) -> Iterator[Remark]:
    texts = texts_of(checked.prose)
    for number in dict.fromkeys(number for text in texts for number in numbers_in(text, checked.language)):
        if number in checked.hidden:
            yield Remark(TYPED, {"number": number})


def _unknown_figure(checked: Checked) -> Iterator[Remark]:
    if any(name not in checked.figures for name in figures_in(checked.prose)):
        yield Remark(N_("The text cites a figure that this report does not have. Take it out or cite another one."))


def _other_usage(checked: Checked) -> Iterator[Remark]:
    text = "\n".join(texts_of(checked.prose))
    for one in terms.check(text, checked.language, checked.usage):
        said = {"found": one.found, "better": one.better}
        if one.mixed:
            yield Remark(N_("“{found}” and “{better}” are the same thing in two agencies' words. Keep to one."), said)
        elif one.usage and checked.usage:
            usages = {
                name: (dict(terms.USAGES)[code],) for name, code in (("whose", one.usage), ("ours", checked.usage))
            }
            yield Remark(
                N_("“{found}” is another usage ({whose}); in this office's usage ({ours}) it is “{better}”."),
                said,
                usages,
            )
        else:
            yield Remark(N_("“{found}” is not what it is called: write “{better}”."), said)


Check = Callable[[Checked], Iterable[Remark]]
CHECKS: tuple[Check, ...] = (_too_long, _personal, _hidden_number, _unknown_figure, _other_usage)
"""Whatever looks at prose stands here."""


def numbers_in(text: str, language: str = "") -> Iterator[int]:
    """The whole numbers that somebody typed, as any digits with any marks between thousands or as words; no shares."""
    yield from spelled(text, language)
    for match in _NUMBER.finditer(text.translate(_DIGITS)):
        yield int(Decimal("".join(filter(str.isdigit, match[0]))))


def texts_of(prose: Prose) -> Iterator[str]:
    """Each paragraph with its cited figures left out."""
    return (_text(block) for block in prose)


def _text(block: ProseBlock) -> str:
    return "".join(run.text or "\ufffc" for run in block.runs)
