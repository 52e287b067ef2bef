"""The forms by which a partner is assessed: who leads it, a review of that by somebody else, a scheme, and a plan.

What follows from the answers is shown while one answers, worked out by the same rules as the record keeps.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from db.carried import said
from db.definitions import UNKNOWN, Definition, definition, definitions, newest
from db.errors import InvalidValue
from db.fields import Attribute, Field, Kind, field_of
from db.models.assessments import Assessment, CapacityAction
from db.models.women_led import ANSWERS, WomenLedAssessment
from db.queries.assessments import Answered, Rated
from db.queries.women_led import AnsweredCriterion, Assessed, Counted
from db.schemes import Scheme
from desktop.ui.desk import Desk
from desktop.ui.forms.answers import AnswersEdit, Line
from desktop.ui.forms.editors import ChoiceEdit, ChoicesEdit, LongTextEdit, TextEdit, choice_of
from desktop.ui.forms.form import Form
from desktop.ui.language import _, words
from desktop.ui.parts import Note, text
from i18n import N_

CRITERIA = Field(N_("Criteria"), Kind.DATA)
QUESTIONS = Field(N_("Questions"), Kind.DATA)
REJECTED = Field(N_("Criteria that you reject"), Kind.DATA)
SAYS = {"met": "good", "not_met": "warning", "unknown": "muted"}
"""How the theme shows each status."""

_BEGUN = N_("Begun with the answers of {day} and their evidence: put right what has changed.")


class _DatedForm(Form):
    """A form that points out a day still to come: as the newest, it would hold until that day is past."""

    def __init__(self) -> None:
        super().__init__()
        self.edited.connect(self._look_at_day)

    def _look_at_day(self) -> None:
        editor = self.editor(WomenLedAssessment.assessed_on)
        try:
            day = editor.value("")
        except InvalidValue:
            day = None
        still = day is not None and day > date.today()
        self.warn(WomenLedAssessment.assessed_on.key, _("This day is still to come.") if still else "")


class AssessForm(_DatedForm):
    """What the partner says of itself, and each criterion of a definition with its evidence."""

    def __init__(self, desk: Desk, about: str, count: Counted | None = None, last: Assessed | None = None) -> None:
        super().__init__()
        self._count = count
        self.fields(desk, WomenLedAssessment.said, WomenLedAssessment.assessed_on)
        names = [(each.code, said(each.names, words().language)) for each in definitions(about)]
        self._definition = self.bind(WomenLedAssessment.definition, ChoiceEdit(names, nothing=None))
        self._rule = text("", "muted")
        self.follows = Note("muted")
        self.beside(self._rule)
        if last is not None:
            self.beside(text(_(_BEGUN).format(day=words().date(last.assessed_on)), "muted"))
        if count is not None:
            day = words().date(count.counted_on)
            self.beside(text(_("Answers that follow from the count of {day} are filled in.").format(day=day), "muted"))
        self._answers = self.add("answers", CRITERIA, AnswersEdit(desk, nothing=None), wide=True)
        self.fields(desk, WomenLedAssessment.evidence, WomenLedAssessment.valid_until)
        self._definition.currentIndexChanged.connect(self._show_definition)
        self.edited.connect(self._show_status)
        self.load({"said": "unknown", "assessed_on": date.today()})
        self._show_definition()
        if last is not None:
            self._begin_with(last)
        self.load_state()

    def _begin_with(self, last: Assessed) -> None:
        """The answers given last, each with its evidence; one that was rejected has to be given anew."""
        self.load({"said": last.said, "assessed_on": date.today(), "evidence": last.evidence})
        self._definition.show_value(last.definition)
        self._answers.begin_with(
            {one.code: (None if one.rejected else one.answer, one.evidence, _linked(one)) for one in last.criteria}
        )
        if self._count is not None:
            measured = {one.code: one.measured(self._count) for one in self._chosen().criteria}
            self._answers.fill({code: answer for code, answer in measured.items() if answer != UNKNOWN})
        self._show_status()

    def values(self) -> dict[str, Any] | None:
        found = super().values()
        if found is not None and self._count is not None:
            found["leadership_id"] = self._count.id
        return found

    def _chosen(self) -> Definition:
        found = newest(self._definition.currentData())
        assert found is not None
        return found

    def _show_definition(self) -> None:
        asked, language = self._chosen(), words().language
        self._rule.setText(_("What it asks: {rule}").format(rule=said(asked.rules, language)))
        self._definition.setAccessibleDescription(self._rule.text())
        choices = [(code, _(title)) for code, title in reversed(ANSWERS)]
        before = set(self._answers.state())
        self._answers.show_lines(
            [Line(one.code, said(one.rules, language), choices, said(one.evidence, language)) for one in asked.criteria]
        )
        if self._count is not None:
            measured = {one.code: one.measured(self._count) for one in asked.criteria if one.code not in before}
            self._answers.fill(measured)
        self._show_status()

    def _show_status(self) -> None:
        status = self._chosen().status(self._answers.answers())
        title = _(field_of(WomenLedAssessment.status).title_of(status))
        self.follows.say(_("What follows: {status}").format(status=title), SAYS[status])


class ReviewForm(Form):
    """Whether somebody else comes to the same answers."""

    def __init__(self, assessment: Assessed) -> None:
        super().__init__()
        self.add("verdict", field_of(WomenLedAssessment.review), choice_of(WomenLedAssessment.review, nothing=None))
        asked = definition(assessment.definition, assessment.definition_version)
        rules = {one.code: said(one.rules, words().language) for one in asked.criteria} if asked else {}
        given = [one for one in assessment.criteria if one.answer != UNKNOWN]
        choices = [
            (
                one.code,
                _("{code}: {asked}").format(code=words().isolate(one.code), asked=rules.get(one.code, "")),
            )
            for one in given
        ]
        if choices:
            self.add("rejected", REJECTED, ChoicesEdit(choices), wide=True)
        self.add("note", field_of(WomenLedAssessment.review_note), LongTextEdit())
        self.load({"verdict": "confirmed"})


class SchemeForm(_DatedForm):
    """The questions of one scheme, each with its answer and evidence, and the rating that follows."""

    def __init__(self, desk: Desk, scheme: Scheme, last: Rated | None = None) -> None:
        super().__init__()
        self._scheme = scheme
        if last is not None and last.answers:
            self.beside(text(_(_BEGUN).format(day=words().date(last.assessed_on)), "muted"))
        self.fields(desk, Assessment.assessed_on, Assessment.agency_id)
        by_hand = [(each.code, _(field_of(Assessment.rating).title_of(each.code))) for each in scheme.ratings]
        nothing = _("Follows from the answers") if scheme.questions else None
        self.bind(Assessment.rating, ChoiceEdit(by_hand, nothing=nothing))
        self.fields(desk, Assessment.reference, Assessment.agreement_id, Assessment.valid_until)
        if scheme.questions:
            self.follows = Note("muted")
            self._answers = self.add("answers", QUESTIONS, AnswersEdit(desk, nothing=_("Not answered yet")), wide=True)
            self._answers.show_lines([self._line(each.code) for each in scheme.questions])
            self.edited.connect(self._show_rating)
        self.fields(desk, Assessment.notes)
        self.load({"assessed_on": date.today()})
        if scheme.questions:
            if last is not None:
                self._answers.begin_with(
                    {one.question: (one.answer, one.evidence, _linked(one)) for one in last.answers}
                )
            self._show_rating()

    def _line(self, code: str) -> Line:
        question = next(each for each in self._scheme.questions if each.code == code)
        language = words().language
        offered = [(each.code, said(each.titles, language)) for each in self._scheme.answers_to(code)]
        return Line(code, said(question.titles, language), offered, said(question.evidence, language))

    def _show_rating(self) -> None:
        answers = self._answers.answers()
        rating, score = self._scheme.rating(answers), self._scheme.score(answers)
        missing = len(self._scheme.questions) - len(answers)
        if rating is None:
            still = words().ngettext(
                "{count} question is open: no rating yet", "{count} questions are open: no rating yet", missing
            )
            self.follows.say(still.format(count=words().number(missing)), "muted")
            return
        title = _(field_of(Assessment.rating).title_of(rating))
        if score is None:
            self.follows.say(_("What follows: {rating}").format(rating=title), "subtitle")
        else:
            sentence = _("What follows: {rating} (score {score})")
            self.follows.say(sentence.format(rating=title, score=words().number(score)), "subtitle")


def _linked(one: AnsweredCriterion | Answered) -> tuple[UUID, str] | None:
    """The document that an answer rests on, as a form loads it."""
    return (one.document_id, one.document or "") if one.document_id is not None else None


class PlanForm(Form):
    """What will be done about a weak answer, by whom on which side, and until when."""

    def __init__(self, desk: Desk, about: Sequence[str] = ()) -> None:
        super().__init__()
        for line in about:
            self.beside(text(line, "muted"))
        self.bind(CapacityAction.title, TextEdit())
        asked: tuple[Attribute[Any], ...] = (CapacityAction.side, CapacityAction.due_on)
        self.fields(desk, *asked, CapacityAction.person_id, CapacityAction.contact_id, CapacityAction.notes)
        self.load({"side": "partner"})
