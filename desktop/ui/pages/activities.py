"""Activities: who does what, where and when, ordered and filtered by the record itself."""

from typing import Any

from db.models.activities import SECTORS, STATUSES, Activity
from db.queries.lists import ACTIVITIES
from desktop.ui.desk import Desk
from desktop.ui.language import _, counted
from desktop.ui.pages.finder import Choice, Finder
from desktop.ui.pages.page import Page
from desktop.ui.parts import button
from desktop.ui.tables.column import Column, column_of, number, one_line
from desktop.ui.tables.view import ListView
from i18n import N_


def _name(value: str | None) -> str:
    return one_line(value) if value else ""


COLUMNS = (
    column_of("title", Activity.title, width=40),
    Column("partner", N_("Partner"), _name, width=26),
    Column("place", N_("Place"), _name, width=18),
    column_of("sector", Activity.sector, width=24),
    column_of("starts_on", Activity.starts_on, width=15),
    column_of("ends_on", Activity.ends_on, width=15),
    column_of("status", Activity.status, width=14),
    Column("people", N_("People"), number, True, 12, N_("No figure"), N_("People reached, or else declared")),
)


class ActivitiesPage(Page):
    """The list of activities."""

    key = "activities"
    title = N_("Activities")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.buttons.addWidget(button(_("New activity"), self.new, "primary", "plus"))
        self.list = ListView(desk, "activities", _("Activities"), ACTIVITIES, COLUMNS, "title")
        self.list.opened.connect(lambda id: desk.go("activity", id))
        sectors = (("protection", N_("All of protection")), *SECTORS)
        self.finder = Finder(
            _("Find by activity, partner or project"),
            (
                Choice("sector", _("Sector"), _("Every sector"), sectors),
                Choice("status", _("Status"), _("Every status"), STATUSES),
            ),
            self.list.ask,
            lambda count: counted("{count} activity", "{count} activities", count),
        )
        self.list.list.counted.connect(self.finder.show_count)
        self.buttons.insert(1, self.list.choice_of_columns())
        self.body.addWidget(self.finder)
        self.body.addWidget(self.list, 1)

    def show_about(self, about: Any) -> None:
        super().show_about(about)
        if about:
            self.finder.choose(about)

    def reload(self) -> None:
        self.finder.ask()

    def begin(self) -> None:
        self.list.setFocus()

    def look_for(self) -> None:
        self.finder.search.setFocus()

    def new(self) -> None:
        self.desk.go("activity", None)
