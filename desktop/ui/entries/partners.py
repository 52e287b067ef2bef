"""The pages of what hangs on a partner: people, places, counts of the lead, assessments, documents, seats."""

from typing import Any
from uuid import UUID

from db.models.assessments import Answer, Assessment, CapacityAction, GoverningDocument
from db.models.engagements import Participation
from db.models.organisations import Contact, Department, OrganisationPlace
from db.models.women_led import Criterion, LeadershipCount, WomenLedAssessment
from desktop.ui.desk import Desk
from desktop.ui.dialogs.assessing import review_led
from desktop.ui.entries.entry import Act, Entry, Related, Values
from desktop.ui.entries.screening import ABOUT_A_CONTACT
from desktop.ui.forms.form import Form
from i18n import N_


class ContactForm(Form):
    """Someone at an organisation, by work data only."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, Contact.name, Contact.position, Contact.organisation_id, Contact.department_id)
        self.section(N_("How to reach them"))
        self.fields(desk, Contact.email, Contact.phone, Contact.language, Contact.until)


class DepartmentForm(Form):
    """A part of an organisation that we deal with."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, Department.name, Department.organisation_id, Department.notes)


class PlaceOfWorkForm(Form):
    """Where an organisation works."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(
            desk,
            OrganisationPlace.organisation_id,
            OrganisationPlace.place_id,
            OrganisationPlace.since,
            OrganisationPlace.until,
        )


class LeadershipForm(Form):
    """Women and all, counted on one day."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, LeadershipCount.organisation_id, LeadershipCount.counted_on)
        self.section(N_("Who leads it"))
        self.fields(desk, LeadershipCount.woman_head, LeadershipCount.woman_chair)
        self.section(N_("Board"))
        self.fields(desk, LeadershipCount.board_women, LeadershipCount.board_total)
        self.section(N_("Senior staff"))
        self.fields(desk, LeadershipCount.senior_women, LeadershipCount.senior_total)
        self.section(N_("Where the counts are from"))
        self.fields(desk, LeadershipCount.source)


class WomenLedForm(Form):
    """An assessment as it was made and reviewed, to be read: it is made and reviewed on the partner's page."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(
            desk,
            WomenLedAssessment.organisation_id,
            WomenLedAssessment.about,
            WomenLedAssessment.said,
            WomenLedAssessment.status,
            WomenLedAssessment.definition,
            WomenLedAssessment.definition_version,
            WomenLedAssessment.leadership_id,
            WomenLedAssessment.evidence,
        )
        self.section(N_("Who assessed, and until when it is valid"))
        self.fields(
            desk,
            WomenLedAssessment.assessed_by_id,
            WomenLedAssessment.assessed_on,
            WomenLedAssessment.valid_until,
        )
        self.section(N_("Review by somebody else"))
        self.fields(
            desk,
            WomenLedAssessment.review,
            WomenLedAssessment.reviewed_by_id,
            WomenLedAssessment.reviewed_on,
            WomenLedAssessment.review_note,
        )


class CriterionForm(Form):
    """The answer to one criterion, to be read."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(
            desk,
            Criterion.assessment_id,
            Criterion.code,
            Criterion.answer,
            Criterion.review,
            Criterion.evidence,
            Criterion.document_id,
        )


class AssessmentForm(Form):
    """An assessment by a scheme, to be read."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(
            desk,
            Assessment.organisation_id,
            Assessment.scheme,
            Assessment.version,
            Assessment.rating,
            Assessment.score,
            Assessment.valid_until,
        )
        self.section(N_("Who assessed"))
        self.fields(
            desk, Assessment.assessed_on, Assessment.assessed_by_id, Assessment.agency_id, Assessment.agreement_id
        )
        self.fields(desk, Assessment.reference, Assessment.notes)


class AnswerForm(Form):
    """The answer to one question, to be read."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, Answer.assessment_id, Answer.question, Answer.answer, Answer.evidence, Answer.document_id)


class CapacityForm(Form):
    """What will be done about a weak answer."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, CapacityAction.title, CapacityAction.organisation_id, CapacityAction.assessment_id)
        self.section(N_("Whose duty, until when"))
        self.fields(
            desk, CapacityAction.side, CapacityAction.due_on, CapacityAction.person_id, CapacityAction.contact_id
        )
        self.section(N_("How far it is"))
        self.fields(desk, CapacityAction.status, CapacityAction.done_on, CapacityAction.notes)


class GoverningDocumentForm(Form):
    """A document that says what an organisation is and may do."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(
            desk,
            GoverningDocument.title,
            GoverningDocument.organisation_id,
            GoverningDocument.kind,
            GoverningDocument.authority,
            GoverningDocument.number,
        )
        self.section(N_("How long it holds"))
        self.fields(desk, GoverningDocument.issued_on, GoverningDocument.expires_on, GoverningDocument.document_id)


class ParticipationForm(Form):
    """A seat, a chair, or a proposal designed together."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(
            desk,
            Participation.title,
            Participation.organisation_id,
            Participation.body_id,
            Participation.seat,
            Participation.since,
            Participation.until,
        )


def _not_reviewed(values: Values) -> bool:
    return values["review"] is None


def _remove(_desk: Desk, _id: UUID, page: Any) -> None:
    """What was assessed by mistake goes; what was reviewed stays, and a newer assessment takes its place."""
    page.remove()


ENTRIES: tuple[Entry, ...] = (
    Entry("contacts", ContactForm, acts=ABOUT_A_CONTACT),
    Entry("departments", DepartmentForm, (Related("contacts", "department_id"),)),
    Entry("organisation-places", PlaceOfWorkForm),
    Entry("leadership-counts", LeadershipForm),
    Entry(
        "women-led-assessments",
        WomenLedForm,
        (Related("criteria", "assessment_id"),),
        acts=(
            Act(N_("Review…"), dialog=review_led, possible=_not_reviewed),
            Act(N_("Remove"), dialog=_remove, possible=_not_reviewed),
        ),
        editable=False,
    ),
    Entry("criteria", CriterionForm, editable=False),
    Entry(
        "assessments",
        AssessmentForm,
        (Related("answers", "assessment_id"), Related("capacity-actions", "assessment_id")),
        acts=(Act(N_("Remove"), dialog=_remove),),
        editable=False,
    ),
    Entry("answers", AnswerForm, editable=False),
    Entry("capacity-actions", CapacityForm),
    Entry("governing-documents", GoverningDocumentForm),
    Entry("participations", ParticipationForm),
)
