"""What a report is asked for: its scope, languages, format and audience, its looks, and the writer's own words."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal

from db.fields import Field, Kind, field_of
from db.models import WrittenReport
from db.queries.report_beginnings import from_donor
from db.queries.scope import Scope
from desktop.deliver import FORMS, Order
from desktop.guard.audiences import Audience
from desktop.render import Form as FileForm
from desktop.reports.offer import REPORTS, report_called
from desktop.reports.report import ASKABLE, Asked, WritersWords, check_words
from desktop.ui.desk import Desk
from desktop.ui.forms.coarser import CoarserEdit
from desktop.ui.forms.editors import ChoiceEdit, LongTextEdit, TextEdit, choice_of, editor_of
from desktop.ui.forms.form import Form
from desktop.ui.forms.organisation import organisation_edit
from desktop.ui.forms.questions import LanguagesEdit
from desktop.ui.forms.written import ask_for_looks, key_of
from desktop.ui.language import OWN_NAMES, _, words
from i18n import N_
from i18n.catalogues import dropped_in

AUDIENCES = {
    Audience.DONOR: N_("A donor: counts below 5 are hidden"),
    Audience.PUBLIC: N_("The public: counts below 11 are hidden"),
    Audience.PARTNER: N_("One partner: its own counts are shown"),
    Audience.INTERNAL: N_("Inside the office: nothing is hidden"),
}
_LINES = ("title", "reference", "office", "prepared_by", "approved_by")
_ASKED_BY_DONORS = ("paper", "typography")
"""What a donor's requirements say of the looks of any report."""
_SCOPE = {each.name for each in fields(Scope)}
FORM_NAMES = {"pdf": N_("PDF"), "docx": N_("Word"), "xlsx": N_("Excel"), "text": N_("Plain text")}


def _text(name: str, kind: Kind = Kind.TEXT, help: str | None = None) -> Field:
    return Field(name, kind, help=help)


class ReportForm(Form):
    """Everything that is asked before a report is made; of its sides only those that its kind heeds.

    `kind_changed` comes when it is another report that is asked for.
    """

    kind_changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        kinds = [(each.name, _(each.title)) for each in REPORTS]
        self._kind = self.add("report", _text(N_("Report")), ChoiceEdit(kinds, None))
        others = [(code, words().language_name(code)) for code in dropped_in()]
        languages = ChoiceEdit([*OWN_NAMES.items(), *others], None)
        self.add("language", _text(N_("Language of the report")), languages)
        more = replace(field_of(WrittenReport.languages), help=N_("A file of its own in each of them."))
        self.add("languages", more, LanguagesEdit())
        self.add("form", _text(N_("Format")), ChoiceEdit([(form, _(FORM_NAMES[form])) for form in FORMS], None))
        audiences = [(audience.value, _(name)) for audience, name in AUDIENCES.items()]
        self.add("audience", _text(N_("Who reads it")), ChoiceEdit(audiences, None))
        self.bind(WrittenReport.method, choice_of(WrittenReport.method, nothing=None))
        coarser = replace(field_of(WrittenReport.coarser), help=N_("Then fewer small counts have to be hidden."))
        self._coarser = self.add("coarser", coarser, CoarserEdit(), wide=True)
        for side, editor in self._sides(desk).items():
            self.add(side, replace(field_of(getattr(WrittenReport, key_of(side))), required=False), editor)
        ask_for_looks(self)
        self.add("title", _text(N_("Title")), TextEdit())
        self.add("reference", _text(N_("Reference")), TextEdit())
        self.add("office", _text(N_("Office")), TextEdit())
        highlights = _text(N_("Highlights"), Kind.LONG_TEXT, N_("One a line, ten at most. Printed as you write them."))
        self.add("highlights", highlights, LongTextEdit(5))
        self.add("prepared_by", _text(N_("Prepared by")), TextEdit())
        self.add("approved_by", _text(N_("Approved by")), TextEdit())
        attach = _text(N_("Attach the figures"), Kind.YES_NO, N_("A copy for the office itself always carries them."))
        self.add("attach", attach, ChoiceEdit([(False, _("No")), (True, _("Yes"))], None))
        self._kind.currentIndexChanged.connect(lambda _place: self.kind_changed.emit())
        self._kind.edited.connect(self._follow_kind)
        self._donor.edited.connect(self._follow_donor)
        self.load({"language": words().language, "audience": Audience.DONOR.value, "form": "pdf", "attach": False})
        self._follow_kind()

    def restore(self, draft: dict[str, Any]) -> None:
        super().restore(draft)
        self._follow_kind()

    def order(self, form: FileForm | None = None) -> Order | None:
        """The order as it stands; None after saying what is wrong with it."""
        values = self.values()
        if values is None:
            return None
        try:
            own = check_words(_own(values))
        except Exception as refused:
            if not self.refuse(refused):
                raise
            return None
        report = report_called(values["report"])
        sides = {side: values[side] if side in report.asks else None for side in ASKABLE}
        scope = Scope(**{side: value for side, value in sides.items() if side in _SCOPE})
        asked = Asked(
            scope,
            report.only or Audience(values["audience"]),
            own,
            method=values["method"],
            coarser=tuple(one for one in (values["coarser"] or "").split(", ") if one in report.coarsens),
            since=sides["since"],
            final=bool(sides["final"]),
            currency=sides["currency"],
            stage=sides["stage"] or Asked.stage,
            paper=values["paper"] or Asked.paper,
            typography=values["typography"],
            calendar=values["calendar"],
        )
        return Order(values["report"], asked, values["language"], form or values["form"], values["attach"])

    def orders(self) -> tuple[Order, ...]:
        """The same order in each language that is asked for; none where something is wrong with it."""
        if (first := self.order()) is None:
            return ()
        others = filter(None, ((self.values() or {})["languages"] or "").split(", "))
        return tuple(replace(first, language=language) for language in dict.fromkeys((first.language, *others)))

    def _sides(self, desk: Desk) -> dict[str, Any]:
        """The input of each side that a report can be asked for."""
        self._donor = organisation_edit(desk, "donor")
        own = {"partner": organisation_edit(desk, "partner"), "donor": self._donor}
        return {side: own.get(side) or editor_of(desk, getattr(WrittenReport, key_of(side))) for side in ASKABLE}

    def _follow_donor(self) -> None:
        if id := self._donor.state()[0]:
            self._desk.ask(from_donor, UUID(id), then=self._take, owner=self)

    def _take(self, found: Mapping[str, Any]) -> None:
        """What the donor asks for is a beginning: nothing that a person put in is written over."""
        for key in _ASKED_BY_DONORS:
            if key in found and not self.changed(key):
                self.take(key, found[key])

    def _follow_kind(self) -> None:
        report = report_called(self._kind.currentData())
        for side in ASKABLE:
            self.ask_for(side, side in report.asks)
        self.ask_for("audience", report.only is None)
        self.ask_for("coarser", bool(report.coarsens))
        self._coarser.offer(report.coarsens)


def _own(values: dict[str, Any]) -> WritersWords:
    said: dict[str, Any] = {key: values[key] or "" for key in _LINES}
    lines = (line.strip() for line in (values["highlights"] or "").splitlines())
    return WritersWords(**said, highlights=tuple(line for line in lines if line), language=values["language"])
