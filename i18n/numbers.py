"""Numbers, percentages and money as a language writes them, the same on screen and in every format.

Babel gives the separators; digits, minimum grouping, rounding and decimals of currencies are put right here, because
it writes Latin digits everywhere, groups Spanish from four digits and rounds half to even, which a spreadsheet beside
the page does not. Currencies go by their ISO code: "$" and "FC" each name several.
"""

from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from i18n.isolation import LRI, PDI
from i18n.languages import Language
from i18n.languages import language as language_of
from i18n.typography import FIXED, thousands

# Wide enough for any sum that fits a field, so that no amount is ever cut to the 28 digits of the common context.
_WIDE = Context(prec=200, rounding=ROUND_HALF_UP)
_GROUP, _POINT = ord(","), ord(".")


def number(language: Language, profile: str, value: int | Decimal, decimals: int | None = None) -> str:
    """A number with these decimals, halves rounded away from zero; with all that it has where none are named."""
    if isinstance(value, int) and decimals is None:
        # Most of what a report prints: grouped without the way through decimals.
        plain = str(abs(value))
        if len(plain) >= language.grouped_from:
            plain = f"{abs(value):,}".replace(",", _separators(language.tag, profile)[_GROUP])
        written = language.in_digits(plain)
        return _signed(language, Decimal(value), written) if value < 0 else written
    exact = Decimal(value) if decimals is None else _rounded(Decimal(value), decimals)
    return _signed(language, exact, _digits(language, profile, exact))


def percent(language: Language, profile: str, ratio: Decimal | float, decimals: int = 0) -> str:
    """A part of a whole as a percentage: 0.825 is 83 %."""
    # A float goes by what it shows: the double nearest to 0.145 lies under it, and would be 14 %.
    share = _rounded(Decimal(str(ratio)) * 100, decimals)
    pattern = language.locale.percent_formats[None]
    symbol = language.locale.number_symbols[language.numbering]["percentSign"]
    before, after = (part.replace("%", symbol) for part in (pattern.prefix[0], pattern.suffix[0]))
    return _signed(language, share, before + _digits(language, profile, share) + after)


def money(language: Language, profile: str, amount: Decimal, currency: str, decimals: int) -> str:
    """An amount with the code of its currency, on the side where the language puts it."""
    digits = number(language, profile, amount, decimals)
    follows = "¤" in language.locale.currency_formats["standard"].suffix[0]
    return f"{digits}{FIXED}{currency}" if follows else f"{currency}{FIXED}{digits}"


def _rounded(value: Decimal, decimals: int) -> Decimal:
    # Adding nothing turns a negative zero into zero.
    return _WIDE.plus(value.quantize(Decimal(1).scaleb(-decimals), context=_WIDE))


def _digits(language: Language, profile: str, value: Decimal) -> str:
    """The value without its sign, in the language's digits and separators."""
    places = max(0, -int(value.as_tuple().exponent))
    plain = format(value.copy_abs(), f".{places}f")
    grouped = len(plain.partition(".")[0]) >= language.grouped_from
    written = format(value.copy_abs(), f",.{places}f") if grouped else plain
    return language.in_digits(written.translate(_separators(language.tag, profile)))


@lru_cache
def _separators(tag: str, profile: str) -> dict[int, str]:
    # Kept, because looking symbols up costs more than writing a number, and a report writes tens of thousands.
    known = language_of(tag)
    symbols = known.locale.number_symbols[known.numbering]
    return {_GROUP: thousands(known.catalogue, profile, symbols["group"]), _POINT: symbols["decimal"]}


def _signed(language: Language, value: Decimal, written: str) -> str:
    """A number already written, with its sign; between right-to-left words a sign would wander to the other end."""
    if value >= 0:
        return written
    return f"{LRI}-{written}{PDI}" if language.direction == "rtl" else f"-{written}"
