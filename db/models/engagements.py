"""Engagements: meetings, calls, visits and briefings; what was heard, promised and asked; seats held; work besides.

A commitment binds one side until a day; a question is open until it is answered. Trainings, advocacy actions,
escalations and analyses are what roadmaps and action plans count.
"""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column, validates

from db.base import Entity, link
from db.fields import Kind, field
from db.models.assessments import SIDES
from i18n import N_
from i18n.folding import sort_key

TYPES = (
    ("meeting", N_("Meeting")),
    ("call", N_("Call")),
    ("visit", N_("Field visit")),
    ("briefing", N_("Briefing")),
    ("event", N_("Event")),
    ("letter", N_("Letter")),
)

SEATS = (
    ("member", N_("Seat")),
    ("chair", N_("Chair")),
    ("co_chair", N_("Co-chair")),
    ("proposal", N_("Proposal designed together")),
)


class Engagement(Entity):
    """One time that the office dealt with a donor, a partner or a coordination body."""

    title: Mapped[str] = field(N_("Subject"), Kind.TEXT)
    sort_key: Mapped[str] = mapped_column(index=True)
    type: Mapped[str] = field(N_("Type of engagement"), Kind.CHOICE, choices=TYPES)
    on: Mapped[date] = field(N_("Date"), Kind.DATE, index=True)
    organisation_id: Mapped[UUID | None] = field(N_("With"), Kind.LINK, link("organisation.id"))
    contribution_id: Mapped[UUID | None] = field(N_("Contribution"), Kind.LINK, link("contribution.id"))
    agreement_id: Mapped[UUID | None] = field(N_("Agreement"), Kind.LINK, link("agreement.id"))
    where: Mapped[str | None] = field(N_("Where"), Kind.TEXT)
    person_id: Mapped[UUID | None] = field(N_("Led by"), Kind.LINK, link("person.id"))
    summary: Mapped[str | None] = field(N_("Summary"), Kind.LONG_TEXT)
    next_step: Mapped[str | None] = field(N_("Next step"), Kind.TEXT)

    @validates("title")
    def _follow(self, _key: str, title: str) -> str:
        self.sort_key = sort_key(title)
        return title


class Attendance(Entity):
    """Who was there: somebody of an organisation, or of the office."""

    engagement_id: Mapped[UUID] = field(N_("Engagement"), Kind.LINK, link("engagement.id", owner=True))
    organisation_id: Mapped[UUID | None] = field(N_("Organisation"), Kind.LINK, link("organisation.id"))
    contact_id: Mapped[UUID | None] = field(N_("Contact"), Kind.LINK, link("contact.id"))
    person_id: Mapped[UUID | None] = field(N_("Of the office"), Kind.LINK, link("person.id"))


class Position(Entity):
    """What an organisation was heard to hold."""

    engagement_id: Mapped[UUID] = field(N_("Engagement"), Kind.LINK, link("engagement.id", owner=True))
    organisation_id: Mapped[UUID | None] = field(N_("Whose position"), Kind.LINK, link("organisation.id"))
    subject: Mapped[str | None] = field(N_("Subject"), Kind.TEXT)
    body: Mapped[str] = field(N_("Position"), Kind.LONG_TEXT)


class Commitment(Entity):
    """What one side promised the other, and until when."""

    title: Mapped[str] = field(N_("Commitment"), Kind.TEXT)
    side: Mapped[str] = field(N_("Promised by"), Kind.CHOICE, choices=SIDES)
    engagement_id: Mapped[UUID | None] = field(N_("Engagement"), Kind.LINK, link("engagement.id", owner=True))
    organisation_id: Mapped[UUID | None] = field(N_("To or by"), Kind.LINK, link("organisation.id"))
    person_id: Mapped[UUID | None] = field(N_("Responsible with us"), Kind.LINK, link("person.id"))
    due_on: Mapped[date | None] = field(N_("Due on"), Kind.DATE, index=True)
    done_on: Mapped[date | None] = field(N_("Kept on"), Kind.DATE)
    outcome: Mapped[str | None] = field(N_("What came of it"), Kind.LONG_TEXT)


class Question(Entity):
    """What somebody asked us, and what we answered."""

    title: Mapped[str] = field(N_("Question"), Kind.TEXT)
    engagement_id: Mapped[UUID | None] = field(N_("Engagement"), Kind.LINK, link("engagement.id", owner=True))
    organisation_id: Mapped[UUID | None] = field(N_("Asked by"), Kind.LINK, link("organisation.id"))
    asked_on: Mapped[date] = field(N_("Asked on"), Kind.DATE)
    due_on: Mapped[date | None] = field(N_("Answer due on"), Kind.DATE, index=True)
    person_id: Mapped[UUID | None] = field(N_("Responsible with us"), Kind.LINK, link("person.id"))
    answer: Mapped[str | None] = field(N_("Answer"), Kind.LONG_TEXT)
    answered_on: Mapped[date | None] = field(N_("Answered on"), Kind.DATE)


class Participation(Entity):
    """An organisation's voice in a body: its seat, its chair, or a proposal designed together."""

    organisation_id: Mapped[UUID] = field(N_("Organisation"), Kind.LINK, link("organisation.id", owner=True))
    body_id: Mapped[UUID | None] = field(N_("Coordination body"), Kind.LINK, link("organisation.id"))
    seat: Mapped[str] = field(N_("Kind of participation"), Kind.CHOICE, choices=SEATS)
    title: Mapped[str | None] = field(N_("Title"), Kind.TEXT)
    since: Mapped[date | None] = field(N_("Since"), Kind.DATE)
    until: Mapped[date | None] = field(N_("Until"), Kind.DATE)


class Training(Entity):
    """A training given or received; participants are counts by sex, never names."""

    title: Mapped[str] = field(N_("Subject"), Kind.TEXT)
    starts_on: Mapped[date] = field(N_("Start date"), Kind.DATE, index=True)
    ends_on: Mapped[date | None] = field(N_("End date"), Kind.DATE)
    place_id: Mapped[UUID | None] = field(N_("Place"), Kind.LINK, link("place.id"))
    organisation_id: Mapped[UUID | None] = field(N_("Organisation trained"), Kind.LINK, link("organisation.id"))
    trainer_id: Mapped[UUID | None] = field(N_("Given by"), Kind.LINK, link("organisation.id"))
    women: Mapped[int | None] = field(N_("Women"), Kind.COUNT)
    men: Mapped[int | None] = field(N_("Men"), Kind.COUNT)
    not_said: Mapped[int | None] = field(N_("Another or not said"), Kind.COUNT)
    notes: Mapped[str | None] = field(N_("Notes"), Kind.LONG_TEXT)


class AdvocacyAction(Entity):
    """Speaking up for people's rights, to whom and with what outcome."""

    title: Mapped[str] = field(N_("Advocacy action"), Kind.TEXT)
    on: Mapped[date] = field(N_("Date"), Kind.DATE, index=True)
    organisation_id: Mapped[UUID | None] = field(N_("Addressed to"), Kind.LINK, link("organisation.id"))
    audience: Mapped[str | None] = field(N_("Audience"), Kind.TEXT)
    message: Mapped[str | None] = field(N_("Message"), Kind.LONG_TEXT)
    outcome: Mapped[str | None] = field(N_("What came of it"), Kind.LONG_TEXT)


class Escalation(Entity):
    """A matter taken higher: to whom, when, and what was decided."""

    title: Mapped[str] = field(N_("Matter"), Kind.TEXT)
    on: Mapped[date] = field(N_("Date"), Kind.DATE, index=True)
    addressee: Mapped[str] = field(N_("Taken to"), Kind.TEXT)
    decision: Mapped[str | None] = field(N_("Decision"), Kind.LONG_TEXT)
    decided_on: Mapped[date | None] = field(N_("Decided on"), Kind.DATE)


class Analysis(Entity):
    """A protection analysis: a dated document tied to a programme or a plan."""

    title: Mapped[str] = field(N_("Title"), Kind.TEXT)
    dated: Mapped[date] = field(N_("Date of the document"), Kind.DATE, index=True)
    place_id: Mapped[UUID | None] = field(N_("Place"), Kind.LINK, link("place.id"))
    framework_id: Mapped[UUID | None] = field(N_("Programme"), Kind.LINK, link("framework.id"))
    document_id: Mapped[UUID | None] = field(N_("Document"), Kind.LINK, link("document.id"))
    notes: Mapped[str | None] = field(N_("Notes"), Kind.LONG_TEXT)


class Tag(Entity):
    """A line of a framework that something other than an activity serves; it can serve lines of several."""

    item_id: Mapped[UUID] = field(N_("Framework item"), Kind.LINK, link("framework_item.id"))
    engagement_id: Mapped[UUID | None] = field(N_("Engagement"), Kind.LINK, link("engagement.id", owner=True))
    training_id: Mapped[UUID | None] = field(N_("Training"), Kind.LINK, link("training.id", owner=True))
    advocacy_action_id: Mapped[UUID | None] = field(
        N_("Advocacy action"), Kind.LINK, link("advocacy_action.id", owner=True)
    )
    escalation_id: Mapped[UUID | None] = field(N_("Escalation"), Kind.LINK, link("escalation.id", owner=True))
    analysis_id: Mapped[UUID | None] = field(N_("Analysis"), Kind.LINK, link("analysis.id", owner=True))
    agreement_id: Mapped[UUID | None] = field(N_("Agreement"), Kind.LINK, link("agreement.id", owner=True))
