"""Moments and ages in words of the screen."""

from datetime import datetime

from db.caring import Care
from desktop.ui.language import _, ngettext, words


def age_of(care: Care, at: datetime) -> str:
    """How old the last copy is, as short as a status line has room for."""
    if care.newest is None:
        return _("No copy yet of what is here now") if care.earlier else _("No copy yet")
    if not care.behind:
        return _("All is in the last copy")
    minutes = max(0, int((at - care.newest.made_at).total_seconds()) // 60)
    if minutes < 60:
        said = ngettext("Last copy {count} minute ago", "Last copy {count} minutes ago", minutes)
        return said.format(count=words().number(minutes))
    if minutes < 48 * 60:
        hours = minutes // 60
        said = ngettext("Last copy {count} hour ago", "Last copy {count} hours ago", hours)
        return said.format(count=words().number(hours))
    return _("Last copy on {day}").format(day=words().date(care.newest.made_at.astimezone().date()))


def when(moment: datetime) -> str:
    """A moment as the reader's clock showed it."""
    local = moment.astimezone()
    return _("{day} at {time}").format(day=words().date(local.date()), time=f"{local:%H:%M}")
