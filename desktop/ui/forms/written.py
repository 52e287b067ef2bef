"""What a written report is about, for whom, in which languages: only the sides that its kind heeds are asked for."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from db.fields import field_of
from db.models import ReportTemplate, WrittenReport
from db.models.donors import TYPOGRAPHIES
from db.models.reports import REPORT_KINDS
from db.queries.entries import EntryPage, entry_page
from db.queries.report_beginnings import HARMONISED, LOG_FRAME, from_donor, from_duty
from desktop.reports.offer import REPORTS
from desktop.reports.report import ASKABLE, Report
from desktop.ui.desk import Desk
from desktop.ui.forms.choices import CodedEdit
from desktop.ui.forms.coarser import CoarserEdit
from desktop.ui.forms.editors import ChoiceEdit, LinkEdit, choice_of
from desktop.ui.forms.form import Form
from desktop.ui.forms.organisation import organisation_edit
from desktop.ui.forms.questions import LanguagesEdit
from desktop.ui.language import _, words
from desktop.ui.parts import text
from i18n import N_

LINKS = ("partner", "donor", "contribution", "agreement", "framework", "place")
_FOR_TEMPLATE = {HARMONISED: "donor-narrative", LOG_FRAME: "donor-narrative"}


def on_offer() -> list[Report]:
    """The kinds of report that can be written."""
    return [report for report in REPORTS if report.name in dict(REPORT_KINDS)]


def key_of(side: str) -> str:
    """The field of a written report that holds one side of what is asked."""
    return f"{side}_id" if side in LINKS else side


def ask_for_looks(form: Form) -> None:
    """How its pages look: paper, typography, a second calendar."""
    form.bind(WrittenReport.paper, choice_of(WrittenReport.paper, nothing=_("As is usual: A4")))
    typographies = [(code, _(name)) for code, name in TYPOGRAPHIES]
    form.bind(WrittenReport.typography, ChoiceEdit(typographies, _("As the language has it")))
    form.bind(WrittenReport.calendar, choice_of(WrittenReport.calendar, nothing=_("No second calendar")))


class WrittenForm(Form):
    """All that is chosen before a report is written; a duty and a donor's requirements fill what they know."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._new = False
        kinds = [(each.name, _(each.title)) for each in on_offer()]
        self._kind = self.bind(WrittenReport.report, CodedEdit(lambda _words: kinds, None))
        self.fields(desk, WrittenReport.title)
        self._about = text("", "muted")
        self.beside(self._about)
        self.fields(desk, WrittenReport.duty_id, WrittenReport.template_id)
        self.section(N_("What it is about"))
        self.bind(WrittenReport.donor_id, organisation_edit(desk, "donor"))
        self.fields(desk, WrittenReport.contribution_id, WrittenReport.agreement_id)
        self.bind(WrittenReport.partner_id, organisation_edit(desk, "partner"))
        self.fields(desk, WrittenReport.framework_id, WrittenReport.place_id)
        self.fields(desk, WrittenReport.starts_on, WrittenReport.ends_on, WrittenReport.since, WrittenReport.final)
        self.fields(desk, WrittenReport.currency, WrittenReport.stage)
        self.section(N_("Who reads it"))
        self.fields(desk, WrittenReport.audience, WrittenReport.method)
        coarser = replace(field_of(WrittenReport.coarser), help=N_("Then fewer small counts have to be hidden."))
        self._coarser = self.add("coarser", coarser, CoarserEdit(), wide=True)
        self.fields(desk, WrittenReport.language)
        self.bind(WrittenReport.languages, LanguagesEdit())
        ask_for_looks(self)
        self.section(N_("On the first page"))
        self.fields(desk, WrittenReport.reference, WrittenReport.office, WrittenReport.prepared_by)
        self.fields(desk, WrittenReport.summary)
        self._replaced = text("", "muted")
        self.beside(self._replaced)
        self._kind.edited.connect(self._follow_kind)
        self._duty.edited.connect(self._follow_duty)
        self._donor.edited.connect(self._follow_donor)
        self.editor(WrittenReport.template_id).edited.connect(self._follow_template)

    def begin_new(self, new: bool) -> None:
        """Whether what is loaded next is a report not there yet: only such a one is filled from what is known."""
        self._new = new

    def load(self, values: dict[str, Any]) -> None:
        super().load({"language": words().language} | values if self._new else values)
        reason = values.get("reason")
        self._replaced.setText(_("Why it was replaced: {reason}").format(reason=words().isolate(reason or "")))
        self._replaced.setVisible(bool(reason))
        self._follow_kind()
        self._kind.setEnabled(self._new)  # its parts are those of its kind
        if self._new:
            self._follow_duty()
            self._follow_donor()

    def restore(self, draft: dict[str, Any]) -> None:
        super().restore(draft)
        self._follow_kind()

    @property
    def report(self) -> Report | None:
        """The kind of report that is chosen."""
        return next((each for each in on_offer() if each.name == self._kind.currentData()), None)

    @property
    def _duty(self) -> LinkEdit:
        return self.editor(WrittenReport.duty_id)

    @property
    def _donor(self) -> LinkEdit:
        return self.editor(WrittenReport.donor_id)

    def _follow_kind(self) -> None:
        report = self.report
        self._about.setText(_(report.summary) if report else "")
        for side in ASKABLE:
            self.ask_for(key_of(side), report is not None and side in report.asks)
        self.ask_for("coarser", report is not None and bool(report.coarsens))
        self._coarser.offer(report.coarsens if report else ())
        self._propose_title()

    def _follow_duty(self) -> None:
        if self._new and (id := self._duty.state()[0]):
            self._desk.ask(from_duty, UUID(id), then=self._take, owner=self)

    def _follow_donor(self) -> None:
        if self._new and (id := self._donor.state()[0]):
            self._desk.ask(from_donor, UUID(id), then=self._take_from_donor, owner=self)
        self._propose_title()

    def _follow_template(self) -> None:
        """A template is one of its kind of report."""
        if self._new and (id := self.editor(WrittenReport.template_id).state()[0]):
            self._desk.ask(entry_page, ReportTemplate, UUID(id), then=self._take_kind, owner=self)

    def _take_kind(self, seen: EntryPage) -> None:
        if seen.values["report"] in {each.name for each in on_offer()}:
            self.take("report", seen.values["report"])
            self._follow_kind()

    def _take_from_donor(self, found: Mapping[str, Any]) -> None:
        """A report is written in the writer's language and goes out in those its donor asks for."""
        asked = [found.get("language", ""), *(found.get("languages") or "").split(", ")]
        own = self.editor(WrittenReport.language).code
        others = ", ".join(each for each in asked if each and each != own)
        self._take({key: value for key, value in found.items() if key != "language"} | {"languages": others or None})

    def _take(self, found: Mapping[str, Any]) -> None:
        """What is known already is a beginning: nothing that a person put in is written over."""
        kind = _FOR_TEMPLATE.get(found.get("template", ""))
        if kind in {each.name for each in on_offer()} and not self.changed("report"):
            self.take("report", kind)
            self._follow_kind()
        before = self._donor.state()[0]
        for key, value in found.items():
            if key in self.described() and not self.changed(key):
                self.take(key, value)
        if self._donor.state()[0] != before:
            self._follow_donor()
        self._propose_title()

    def _propose_title(self) -> None:
        """A title to begin with, until somebody types one."""
        report = self.report
        if not self._new or report is None or self.changed("title"):
            return
        donor = self._donor.text()
        said = _("{report}, {whom}").format(report=_(report.title), whom=donor) if donor else _(report.title)
        self.take("title", said)
