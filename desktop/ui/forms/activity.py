"""The form of an activity: its own fields, who funds it, and the people declared for the whole of it."""

from db.fields import Field, Kind, field_of
from db.models.activities import Activity, ActivityFunding
from db.queries.activities import places_like
from desktop.ui.desk import Desk
from desktop.ui.forms.editors import CountEdit, DateEdit, LinkEdit, LongTextEdit, TextEdit, choice_of
from desktop.ui.forms.form import Form
from desktop.ui.forms.organisation import organisation_edit
from desktop.ui.language import _
from i18n import N_

DECLARED = Field(N_("Direct beneficiaries declared"), Kind.COUNT, help=N_("Leave it empty when nobody counted."))


class ActivityForm(Form):
    """One line of work of one partner in one place."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.bind(Activity.title, TextEdit())
        self.bind(Activity.sector, choice_of(Activity.sector))
        self.bind(Activity.partner_id, organisation_edit(desk))
        self.bind(
            Activity.place_id,
            LinkEdit(lambda typed, then, owner: desk.ask(places_like, typed, then=then, owner=owner)),
        )
        self.bind(Activity.starts_on, DateEdit())
        self.bind(Activity.ends_on, DateEdit())
        self.bind(Activity.status, choice_of(Activity.status))
        self.add("declared", DECLARED, CountEdit())
        self.add("funding", field_of(ActivityFunding.kind), choice_of(ActivityFunding.kind, nothing=None))
        self.bind(ActivityFunding.donor_id, organisation_edit(desk))
        self.bind(Activity.project, TextEdit(left_to_right=True))
        self.bind(Activity.population, TextEdit())
        self.bind(Activity.sensitivity, choice_of(Activity.sensitivity, nothing=None))
        self.bind(Activity.description, LongTextEdit())
        self.bind(Activity.notes, LongTextEdit())
        self.setAccessibleName(_("Activity"))
