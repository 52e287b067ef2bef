"""The searches kept for a list, behind one button: take one, keep what stands there now, forget one."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QMenu, QPushButton

from db.commands.filters import forget_filter, keep_filter
from db.fields import Field, Kind
from db.queries.filters import Kept, filters_kept
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.drafts import Drafts
from desktop.ui.forms.editors import TextEdit
from desktop.ui.forms.form import Form
from desktop.ui.icons import icon
from desktop.ui.language import _, words
from i18n import N_

_NAME = Field(N_("Name of the search"), Kind.TEXT, required=True)


class KeptFilters(QPushButton):
    """A button with a menu. `now` gives the search that stands in the list, `take` puts one there."""

    def __init__(self, desk: Desk, kind: str, now: Callable[[], dict[str, Any]], take: Callable[[Any], object]) -> None:
        super().__init__(icon("bookmark", QPalette.ColorRole.ButtonText), _("Searches"))
        self._desk, self._kind, self._now, self._take = desk, kind, now, take
        self.setMenu(QMenu(self))
        self._show(())

    def read(self) -> None:
        """Read what is kept."""
        self._desk.ask(filters_kept, self._desk.record.person, self._kind, then=self._show, owner=self)

    def _show(self, kept: tuple[Kept, ...]) -> None:
        menu = self.menu()
        menu.clear()
        for each in kept:
            menu.addAction(_shown(each), partial(self._take, each.body))
        menu.addSeparator()
        menu.addAction(_("Keep this search…"), self.keep)
        if kept:
            forget = menu.addMenu(_("Forget"))
            for each in kept:
                forget.addAction(_shown(each), partial(self._desk.do, forget_filter, each.id))

    def keep(self) -> None:
        """Ask for a name and keep the search under it."""
        body, form = self._now(), Form()
        form.add("name", _NAME, TextEdit())

        def do(values: dict[str, Any], done: Any, refused: Any) -> None:
            self._desk.do(keep_filter, self._kind, values["name"], body, then=done, failed=refused, owner=self)

        drafts = Drafts(self._desk, form, f"search {self._kind}")
        FormDialog(_("Keep this search"), form, do, self, drafts=drafts).open()


def _shown(kept: Kept) -> str:
    return words().isolate(kept.name.replace("&", "&&"))
