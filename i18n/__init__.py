"""Words in other languages: catalogues, numbers, money, dates, lists, typography and reading what people type.

Nothing above this package is known here; Babel and gettext are known nowhere else.
"""

from i18n.languages import LANGUAGES
from i18n.marking import N_
from i18n.words import Words

__all__ = ["LANGUAGES", "N_", "Words"]
