"""The copies of a record, and what one of them would lose, as tables."""

from db.restoring import Held
from desktop.ui.deeds import deed_in_words
from desktop.ui.language import _, words
from desktop.ui.moments import when
from desktop.ui.tables.column import one_line
from desktop.ui.tables.short import ShortColumn
from i18n import N_

_MEGABYTE = 1 << 20


def _made(one: Held) -> str:
    return when(one.copy.made_at)


def _size(one: Held) -> str:
    return _("{size} MB").format(size=words().number(max(1, round(one.size / _MEGABYTE))))


COPIES = (
    ShortColumn(N_("Made"), _made, 26),
    ShortColumn(N_("Where"), lambda one: _("Second place") if one.second else _("This computer"), 18),
    ShortColumn(N_("Size"), _size, 10, numeric=True),
    ShortColumn(N_("Last entry"), lambda one: words().number(one.copy.number), 12, numeric=True),
    ShortColumn(N_("By"), lambda one: one_line(one.by) if one.by else "", 22),
)
LOST = (
    ShortColumn(N_("Deed"), deed_in_words, 60),
    ShortColumn(N_("By"), lambda done: one_line(done.person) if done.person else "", 20),
    ShortColumn(N_("When"), lambda done: when(done.at), 26),
)
