"""The form of an activity: its own fields, who funds it, and the people declared for the whole of it."""

from db.fields import Field, Kind, field_of
from db.models.activities import Activity, ActivityFunding
from desktop.ui.desk import Desk
from desktop.ui.forms.editors import CountEdit, choice_of
from desktop.ui.forms.form import Form
from desktop.ui.language import _
from i18n import N_

DECLARED = Field(N_("Direct beneficiaries declared"), Kind.COUNT, help=N_("Leave it empty when nobody counted."))


class ActivityForm(Form):
    """One line of work of one partner in one place."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, Activity.title, Activity.sector, Activity.status)
        self.section(N_("Who and where"))
        self.fields(desk, Activity.partner_id, Activity.place_id, Activity.starts_on, Activity.ends_on)
        self.section(N_("For whom"))
        self.add("declared", DECLARED, CountEdit())
        self.fields(desk, Activity.population)
        self.section(N_("With what means"))
        self.add("funding", field_of(ActivityFunding.kind), choice_of(ActivityFunding.kind, nothing=None))
        self.fields(desk, ActivityFunding.donor_id, Activity.project)
        self.section(N_("In words"))
        self.fields(desk, Activity.sensitivity, Activity.description, Activity.notes)
        self.setAccessibleName(_("Activity"))
