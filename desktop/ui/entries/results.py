"""The pages of what was counted: reports as they were received, results with their parts, corrections, feedback."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from db.bands import schemes
from db.commands.received import LineRefused, enter_lines
from db.commands.results import REASON, correct_result
from db.errors import InvalidValue
from db.fields import Attribute, Field, Kind
from db.models.duties import ReceivedReport
from db.models.indicators import Feedback
from db.models.results import CUTS, Breakdown, Result
from db.queries.results import PrefilledLine, Satisfaction, lines_for, parts_of
from desktop.reports.saying import age_band
from desktop.ui.desk import Desk
from desktop.ui.entries.entry import Act, Entry, Related, Values
from desktop.ui.errors import sentence
from desktop.ui.forms.editors import ChoiceEdit, LongTextEdit, choice_of, editor_of
from desktop.ui.forms.form import Form
from desktop.ui.forms.lines import LinesEdit
from desktop.ui.forms.split import SplitEdit
from desktop.ui.language import _, words
from desktop.ui.parts import text
from i18n import N_

LINES = Field(N_("Figures"), Kind.DATA)
PARTS = Field(N_("Its parts"), Kind.DATA)
WHY = Field(N_("Reason for the correction"), Kind.LONG_TEXT, required=True)


class ReportForm(Form):
    """A partner's report as it came, with its lines."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._whose: tuple[Any, Any] = (None, None)
        self.fields(desk, ReceivedReport.organisation_id, ReceivedReport.agreement_id)
        self.fields(desk, ReceivedReport.starts_on, ReceivedReport.ends_on)
        self.section(N_("How it came"))
        self.fields(desk, ReceivedReport.received_on, ReceivedReport.channel)
        self.fields(desk, ReceivedReport.received_by_id, ReceivedReport.duty_id)
        self.section(N_("What it says"))
        self.lines = LinesEdit(desk)
        self.add("lines", LINES, self.lines)
        self.fields(desk, ReceivedReport.notes)
        self._new = True
        self.edited.connect(self._look)

    def load(self, values: dict[str, Any]) -> None:
        super().load(values)
        self._whose = (None, None)
        self._look()

    def begin_lines(self, new: bool) -> None:
        """Lines are typed in with a new report; those of one that is kept are its results."""
        self._new = new
        self.lines.parentWidget().setVisible(new)

    def refuse(self, error: Exception) -> bool:
        return _refused_line(self.lines, error) or super().refuse(error)

    def _look(self) -> None:
        """Whose report it is decides which lines it begins with."""
        try:
            whose = (
                self.editor(ReceivedReport.organisation_id).value(""),
                self.editor(ReceivedReport.agreement_id).value(""),
            )
        except InvalidValue:
            return  # a name is being typed
        if whose != self._whose:
            self._whose = whose
            if self._new and whose[0] is not None:
                self._desk.ask(lines_for, *whose, then=lambda found: self._take(whose, found), owner=self)

    def _take(self, whose: tuple[Any, Any], found: tuple[PrefilledLine, ...]) -> None:
        if whose == self._whose:
            # Lines that nobody filled in are no change of the report.
            clean = not self.dirty
            self.lines.show_lines(found)
            if clean:
                self.load_state()


class LinesForm(Form):
    """The lines of a report that is there already, for what was told later."""

    def __init__(self, desk: Desk, values: Values) -> None:
        super().__init__()
        self.lines = self.add("lines", LINES, LinesEdit(desk))
        whose = (_id(values.get("organisation_id")), _id(values.get("agreement_id")))
        desk.ask(lines_for, *whose, then=self.lines.show_lines, owner=self)

    def refuse(self, error: Exception) -> bool:
        return _refused_line(self.lines, error) or super().refuse(error)


class ResultForm(Form):
    """A figure for a period and a place, or why it is missing."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, Result.indicator_id, Result.activity_id, Result.label)
        self.fields(desk, Result.agreement_id, Result.item_id, Result.place_id)
        self.section(N_("Period"))
        self.fields(desk, Result.span, Result.starts_on, Result.ends_on)
        self.section(N_("Figure"))
        self.fields(desk, Result.nature, Result.value, Result.unit, Result.decimals)
        self.fields(desk, Result.qualifier, Result.counting)
        self.bind(Result.missing, _why_missing(Result.missing))
        self.section(N_("Evidence"))
        self.fields(desk, Result.evidence, Result.document_id, Result.sensitivity)
        self.section(N_("Where it is from"))
        self.fields(desk, Result.report_id, Result.corrects_id, Result.notes)


class CorrectionForm(Form):
    """A new figure in the place of one that counted, and why. The old one is kept and no longer counts."""

    def __init__(self, desk: Desk, values: Values) -> None:
        super().__init__()
        self.bind(Result.value, editor_of(desk, Result.value))
        self.bind(Result.missing, _why_missing(Result.missing))
        self._split = self.add("parts", PARTS, SplitEdit(), wide=True)
        self.ask_for("parts", False)
        self.fields(desk, Result.starts_on, Result.ends_on)
        self.add(REASON, WHY, LongTextEdit())
        self.load({key: values.get(key) for key in ("value", "missing", "starts_on", "ends_on")})
        desk.ask(parts_of, values["id"], then=self._show_parts, owner=self)

    def _show_parts(self, parts: Sequence[Mapping[str, Any]]) -> None:
        self.take("parts", parts)
        self.ask_for("parts", bool(parts))


class BreakdownForm(Form):
    """A part of a figure."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, Breakdown.result_id)
        self.bind(Breakdown.cut, ChoiceEdit([(code, _(title)) for code, title in CUTS], nothing=None))
        self.section(N_("Which part"))
        self.fields(desk, Breakdown.sex)
        self._scheme = self.bind(Breakdown.age_scheme, choice_of(Breakdown.age_scheme))
        self._band = self.bind(Breakdown.age_band, ChoiceEdit([]))
        self.fields(desk, Breakdown.disability, Breakdown.population, Breakdown.status)
        self.section(N_("Figure"))
        self.fields(desk, Breakdown.value)
        self.bind(Breakdown.missing, _why_missing(Breakdown.missing))
        self.fields(desk, Breakdown.method)
        self._scheme.edited.connect(self._offer)

    def load(self, values: dict[str, Any]) -> None:
        self._offer(values.get("age_scheme"))
        super().load(values)

    def restore(self, draft: dict[str, Any]) -> None:
        self._offer(draft.get("age_scheme"))
        super().restore(draft)

    def _offer(self, scheme: str | None = None) -> None:
        """The bands of the scheme that was chosen."""
        bands = schemes().get(scheme or self._scheme.currentData(), ())
        while self._band.count() > 1:
            self._band.removeItem(1)
        for band in bands:
            self._band.addItem(age_band(band.code, words()), band.code)


class FeedbackForm(Form):
    """What people said of a service: how many of those asked were satisfied."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, Feedback.title, Feedback.on, Feedback.channel)
        self.section(N_("About"))
        self.fields(desk, Feedback.activity_id, Feedback.organisation_id, Feedback.place_id)
        self.section(N_("What they said"))
        self.fields(desk, Feedback.satisfied, Feedback.asked)
        self._said = text("", "muted")
        self.beside(self._said)
        self.fields(desk, Feedback.share, Feedback.notes)
        self.edited.connect(self._work_out)

    def load(self, values: dict[str, Any]) -> None:
        super().load(values)
        self._work_out()

    def _work_out(self) -> None:
        found: list[Any] = []
        for attribute in (Feedback.satisfied, Feedback.asked, Feedback.share):
            try:
                found.append(self.editor(attribute).value(""))
            except InvalidValue:
                found.append(None)
        satisfied, asked, share = found
        self._said.setText(satisfaction_said(Satisfaction(satisfied, asked, share, None)))


def satisfaction_said(told: Satisfaction) -> str:
    """How many were satisfied, never without the number of those asked; a bare share says that it is one."""
    if told.share is not None and told.satisfied is not None and told.asked is not None and told.share <= 1:
        return _("{satisfied} of {asked} were satisfied: {share}").format(
            satisfied=words().number(told.satisfied),
            asked=words().number(told.asked),
            share=words().percent(told.share),
        )
    if told.stated is not None:
        share = words().percent(Decimal(told.stated) / 100)
        return _("{share}, as stated: how many were asked is not known.").format(share=share)
    return ""


def _why_missing(attribute: Attribute[Any]) -> ChoiceEdit:
    """Beside a figure, that nothing is chosen is no reason: the figure is there."""
    return choice_of(attribute, nothing=_("Not missing"))


def _refused_line(lines: LinesEdit, error: Exception) -> bool:
    return isinstance(error, LineRefused) and lines.refuse(error.line, sentence(error) or "")


def _id(link: Any) -> Any:
    return link[0] if isinstance(link, tuple) else link


ENTRIES: tuple[Entry, ...] = (
    Entry(
        "received-reports",
        ReportForm,
        (Related("results", "report_id"),),
        (Act(N_("Type in more figures…"), enter_lines, LinesForm),),
    ),
    Entry(
        "results",
        ResultForm,
        (Related("breakdowns", "result_id"), Related("results", "corrects_id")),
        (Act(N_("Correct the figure…"), correct_result, CorrectionForm, lambda values: not values["corrected_by"]),),
    ),
    Entry("breakdowns", BreakdownForm),
    Entry("feedback", FeedbackForm),
)
