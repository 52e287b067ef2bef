"""The pages of engagements and what comes of them: promises, questions, trainings, and other work that plans count.

Whoever prepares a meeting sees, under the form, what is open with the organisation it will be with.
"""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from db.commands.engagements import answer, keep
from db.errors import InvalidValue
from db.fields import field_of
from db.models import (
    AdvocacyAction,
    Analysis,
    Commitment,
    Engagement,
    Escalation,
    Participation,
    Position,
    Question,
    Training,
)
from desktop.ui.desk import Desk
from desktop.ui.due import OpenLines
from desktop.ui.entries.entry import Act, Entry, Related, Values, taking
from desktop.ui.forms.editors import DateEdit, LongTextEdit
from desktop.ui.forms.form import Form
from i18n import N_


class EngagementForm(Form):
    """One time that the office dealt with somebody, and what was open between them before."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, Engagement.title, Engagement.type, Engagement.on)
        self.section(N_("With whom"))
        self.fields(desk, Engagement.organisation_id, Engagement.person_id, Engagement.where)
        self.section(N_("About"))
        self.fields(desk, Engagement.agreement_id, Engagement.contribution_id)
        self.section(N_("What came of it"))
        self.fields(desk, Engagement.summary, Engagement.next_step)
        self._with: UUID | None = None
        self._open = OpenLines(desk)
        self.beside(self._open)
        self.edited.connect(self._look)

    def load(self, values: dict[str, Any]) -> None:
        super().load(values)
        self._with = None
        self._open.show_of(None)
        self._look()

    def _look(self) -> None:
        try:
            whom = self.editor(Engagement.organisation_id).value("")
        except InvalidValue:
            return  # its name is being typed
        if whom != self._with:
            self._with = whom
            self._open.show_of(whom)


class TrainingForm(Form):
    """A training; how many took part is not known until it is typed in, and zero only where it is zero."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, Training.title, Training.starts_on, Training.ends_on, Training.place_id)
        self.section(N_("Who trained whom"))
        self.fields(desk, Training.organisation_id, Training.trainer_id)
        self.section(N_("Participants"))
        self.fields(desk, Training.women, Training.men, Training.not_said)
        self.section(N_("Anything else"))
        self.fields(desk, Training.notes)


class CommitmentForm(Form):
    """What one side promised the other."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, Commitment.title, Commitment.side, Commitment.due_on, Commitment.organisation_id)
        self.fields(desk, Commitment.person_id, Commitment.engagement_id)
        self.section(N_("What came of it"))
        self.fields(desk, Commitment.done_on, Commitment.outcome)


class QuestionForm(Form):
    """What somebody asked us."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, Question.title, Question.organisation_id, Question.asked_on, Question.due_on)
        self.fields(desk, Question.person_id, Question.engagement_id)
        self.section(N_("Answer"))
        self.fields(desk, Question.answer, Question.answered_on)


class PositionForm(Form):
    """What an organisation was heard to hold."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, Position.organisation_id, Position.subject, Position.body, Position.engagement_id)


class ParticipationForm(Form):
    """A seat, a chair, or a proposal designed together."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, Participation.organisation_id, Participation.body_id, Participation.seat)
        self.fields(desk, Participation.title, Participation.since, Participation.until)


class AdvocacyForm(Form):
    """Speaking up: to whom, with which words, and what came of it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, AdvocacyAction.title, AdvocacyAction.on)
        self.fields(desk, AdvocacyAction.organisation_id, AdvocacyAction.audience)
        self.section(N_("Message and outcome"))
        self.fields(desk, AdvocacyAction.message, AdvocacyAction.outcome)


class EscalationForm(Form):
    """A matter taken higher, and what was decided."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, Escalation.title, Escalation.addressee, Escalation.on)
        self.section(N_("Decision"))
        self.fields(desk, Escalation.decision, Escalation.decided_on)


class AnalysisForm(Form):
    """A protection analysis, tied to a programme and to lines of plans."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, Analysis.title, Analysis.dated, Analysis.place_id, Analysis.framework_id)
        self.fields(desk, Analysis.document_id, Analysis.notes)


class KeptForm(Form):
    """When a commitment was kept, and what came of it."""

    def __init__(self, _desk: Desk, values: Values) -> None:
        super().__init__()
        self.add("on", replace(field_of(Commitment.done_on), required=True), DateEdit())
        self.bind(Commitment.outcome, LongTextEdit())
        self.load({"on": date.today(), "outcome": values.get("outcome")})


class AnswerForm(Form):
    """What was answered, and when."""

    def __init__(self, _desk: Desk, _values: Values) -> None:
        super().__init__()
        self.add("text", replace(field_of(Question.answer), required=True), LongTextEdit())
        self.add("on", replace(field_of(Question.answered_on), required=True), DateEdit())
        self.load({"on": date.today()})


_WITH_WHOM = {"organisation_id": "organisation_id"}
"""What comes of an engagement is with the organisation that it was with, unless it says otherwise."""

ENTRIES: tuple[Entry, ...] = (
    Entry(
        "engagements",
        EngagementForm,
        (
            Related("attendances", "engagement_id"),
            Related("positions", "engagement_id", _WITH_WHOM),
            Related("commitments", "engagement_id", _WITH_WHOM),
            Related("questions", "engagement_id", {**_WITH_WHOM, "asked_on": "on"}),
            Related("tags", "engagement_id"),
        ),
    ),
    Entry(
        "commitments",
        CommitmentForm,
        acts=(
            Act(N_("Mark as kept…"), taking(keep, "on", "outcome"), KeptForm, lambda values: values["done_on"] is None),
        ),
    ),
    Entry(
        "questions",
        QuestionForm,
        acts=(Act(N_("Answer…"), taking(answer, "text", "on"), AnswerForm, lambda values: not values["answered_on"]),),
    ),
    Entry("positions", PositionForm),
    Entry("participations", ParticipationForm),
    Entry("trainings", TrainingForm, (Related("tags", "training_id"),)),
    Entry("advocacy-actions", AdvocacyForm, (Related("tags", "advocacy_action_id"),)),
    Entry("escalations", EscalationForm, (Related("tags", "escalation_id"),)),
    Entry("analyses", AnalysisForm, (Related("tags", "analysis_id"),)),
)
