"""One organisation: who it is, whether women lead it, its other names, and its activities."""

from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QTabWidget, QToolButton, QVBoxLayout, QWidget

from db.commands.organisations import add_name, add_organisation, edit_organisation
from db.commands.women_led import assess
from db.definitions import definitions, name_of
from db.fields import field_of
from db.models.organisations import Organisation, OrganisationName
from db.models.women_led import WomenLedAssessment
from db.queries.history import history_of
from db.queries.lists import ACTIVITIES
from db.queries.organisations import OrganisationPage, organisation_page
from db.queries.women_led import Assessed
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.forms.organisation import AssessmentForm, NameForm, OrganisationForm
from desktop.ui.language import _, words
from desktop.ui.pages.activities import COLUMNS
from desktop.ui.pages.form_page import FormPage
from desktop.ui.pages.history import STEPS
from desktop.ui.parts import button, card, empty, plain, row, scrolled, text
from desktop.ui.tables.column import one_line, shown
from desktop.ui.tables.short import ShortView
from desktop.ui.tables.view import ListView
from i18n import N_


class PartnerPage(FormPage):
    """The page of one organisation, in tabs."""

    key = "partner"
    title = N_("Partner")
    back_to = "partners"
    entity = Organisation

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, OrganisationForm(desk))
        self._tabs = QTabWidget()
        self._tabs.setAccessibleName(_("Parts of the partner's page"))
        self._tabs.tabBar().setAccessibleName(_("Parts of the partner's page"))
        for turn, name in zip(
            self._tabs.tabBar().findChildren(QToolButton), (_("Tabs before"), _("Tabs after")), strict=False
        ):
            turn.setAccessibleName(name)
        self._women_led = _lines()
        self._names = _lines()
        self._activities = ListView(
            desk, "partner-activities", _("Activities of this partner"), ACTIVITIES, COLUMNS, "title"
        )
        self._steps = ShortView(_("History"), STEPS)
        self._activities.opened.connect(lambda id: desk.go("activity", id))
        self._tabs.addTab(self.form_part(), _("Identity"))
        self._tabs.addTab(scrolled(self._women_led, _("Led by women")), _("Led by women"))
        self._tabs.addTab(scrolled(self._names, _("Other names")), _("Other names"))
        self._tabs.addTab(self._activities, _("Activities"))
        self._tabs.addTab(self._steps, _("History"))
        self.body.addWidget(self._tabs, 1)

    def begin(self) -> None:
        self._tabs.tabBar().setFocus()

    def load(self, id: UUID | None, draft: dict[str, Any] | None) -> None:
        for tab in (1, 2, 3, 4):
            self._tabs.setTabEnabled(tab, id is not None)
        if id is None:
            self._tabs.setCurrentIndex(0)
            self.heading.setText(_("New partner"))
            self._tabs.setTabText(3, _("Activities"))
            self.loaded(None, {"roles": ["partner"]}, draft)
            return
        self.desk.ask(
            organisation_page, id, then=lambda seen: self._show(id, seen, draft), failed=self.not_there, owner=self
        )

    def write(self, values: dict[str, Any]) -> None:
        roles = values.pop("roles")
        if self.about is None:
            self.desk.do(add_organisation, values, roles, then=self.saved, failed=self.refused, owner=self)
        else:
            id = self.about
            self.desk.do(
                edit_organisation, id, values, roles, then=lambda _done: self.saved(id), failed=self.refused, owner=self
            )

    def _show(self, id: UUID, seen: OrganisationPage, draft: dict[str, Any] | None) -> None:
        self.heading.setText(one_line(seen.values["name"]))
        parent = seen.values["parent_id"]
        values = {**seen.values, "roles": list(seen.roles), "parent_id": (parent, seen.parent) if parent else None}
        self.loaded(id, values, draft)
        self._show_assessments(seen)
        self._show_names(seen)
        self._tabs.setTabText(3, _("Activities ({count})").format(count=words().number(seen.activities)))
        self._activities.ask(filters={"partner": id})
        self.desk.ask(history_of, Organisation, id, then=self._steps.show_rows, owner=self)

    def _show_assessments(self, seen: OrganisationPage) -> None:
        lines = _emptied(self._women_led)
        assess = button(_("Assess…"), self._assess, "", "shield")
        if seen.assessments:
            lines.addWidget(plain(row(text(_("The newest assessment holds; the others are kept."), "muted"), assess)))
        else:
            lines.addWidget(
                plain(row(text(_("Not assessed yet. Reports print the status as unknown."), "muted"), assess))
            )
        for assessment in seen.assessments:
            lines.addWidget(_assessment(assessment))
        lines.addStretch(1)

    def _show_names(self, seen: OrganisationPage) -> None:
        lines = _emptied(self._names)
        add = button(_("Add a name…"), self._add_name, "", "plus")
        lines.addWidget(plain(row(text(_("Files that use one of these names find this organisation."), "muted"), add)))
        use = field_of(OrganisationName.use)
        for name in seen.names:
            language = words().language_name(name.language) if name.language else ""
            lines.addWidget(
                card(
                    text(one_line(name.name)),
                    text(words().list([part for part in (_(use.title_of(name.use)), language) if part]), "muted"),
                )
            )
        lines.addStretch(1)

    def _assess(self) -> None:
        versions = {each.code: each.version for each in definitions()}

        def do(values: dict[str, Any], done: Any, refused: Any) -> None:
            values = {**values, "definition_version": versions[values["definition"]]}
            self.desk.do(assess, self.about, values, {}, then=done, failed=refused, owner=self)

        FormDialog(_("Is this organisation led by women?"), AssessmentForm(), do, self).open()

    def _add_name(self) -> None:
        def do(values: dict[str, Any], done: Any, refused: Any) -> None:
            self.desk.do(add_name, self.about, values, then=done, failed=refused, owner=self)

        FormDialog(_("Another name"), NameForm(), do, self).open()


def _assessment(assessment: Assessed) -> QWidget:
    status, said = field_of(WomenLedAssessment.status), field_of(WomenLedAssessment.said)
    kinds = {"met": "good", "not_met": "warning"}
    by = one_line(assessment.assessed_by) if assessment.assessed_by else _("not known")
    definition = name_of(assessment.definition, assessment.definition_version, words().language)
    parts = [
        text(shown(status, assessment.status), kinds.get(assessment.status, "muted")),
        text(shown(said, assessment.said)),
        text(
            _("Assessed on {day} by {person}").format(day=words().date(assessment.assessed_on), person=by),
            "muted",
        ),
        text(_("Definition: {name}").format(name=definition), "muted"),
    ]
    if assessment.evidence:
        parts.append(text(_("Evidence: {words}").format(words=words().isolate(assessment.evidence))))
    return card(*parts)


def _lines() -> QWidget:
    inside = QWidget()
    inside.setProperty("is", "plain")
    lines = QVBoxLayout(inside)
    lines.setContentsMargins(2, 10, 12, 8)
    lines.setSpacing(10)
    return inside


def _emptied(inside: QWidget) -> QVBoxLayout:
    lines = inside.layout()
    assert isinstance(lines, QVBoxLayout)
    empty(lines)
    return lines
