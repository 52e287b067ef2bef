"""Partners: every organisation of the record, above all the partners, found by any of their names."""

from typing import Any

from db.fields import field_of
from db.models.organisations import ROLES, Organisation
from db.models.women_led import STATUSES, WomenLedAssessment
from db.queries.lists import ORGANISATIONS
from desktop.ui.desk import Desk
from desktop.ui.language import _, counted
from desktop.ui.pages.finder import Choice, Finder
from desktop.ui.pages.page import Page
from desktop.ui.parts import button
from desktop.ui.tables.column import Column, column_of, number, shown
from desktop.ui.tables.view import ListView
from i18n import N_

_status = field_of(WomenLedAssessment.status)
COLUMNS = (
    column_of("name", Organisation.name, width=44),
    column_of("acronym", Organisation.acronym, missing=N_("No acronym")),
    column_of("type", Organisation.type, width=26),
    Column("women_led", N_("Led by women"), lambda value: shown(_status, value or "unknown"), width=18),
    Column("activities", N_("Activities"), number, numeric=True, width=12),
)


class PartnersPage(Page):
    """The list of organisations, the partners first."""

    key = "partners"
    title = N_("Partners")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.buttons.addWidget(button(_("New partner"), self.new, "primary", "plus"))
        self.list = ListView(desk, "partners", _("Organisations"), ORGANISATIONS, COLUMNS, "name")
        self.list.opened.connect(lambda id: desk.go("partner", id))
        self.finder = Finder(
            _("Find by name or acronym"),
            (
                Choice("role", _("Role"), _("Every organisation"), ROLES, "partner"),
                Choice("women_led", _("Led by women"), _("Led by women or not"), STATUSES),
            ),
            self.list.ask,
            lambda count: counted("{count} organisation", "{count} organisations", count),
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
        self.desk.go("partner", None)
