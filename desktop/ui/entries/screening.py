"""The page of a screening against a sanctions list, and what can be done about any organisation beside its form."""

from functools import partial

from db.models.assessments import Screening
from db.models.organisations import Contact, Organisation
from desktop.ui.desk import Desk
from desktop.ui.dialogs.erasing import erase_one
from desktop.ui.dialogs.held import tell_contact, tell_organisation
from desktop.ui.dialogs.merge import ORGANISATIONS, merge_with
from desktop.ui.dialogs.partner_sheet import write_one
from desktop.ui.dialogs.screening import screen_one
from desktop.ui.entries.entry import Act, Entry
from desktop.ui.forms.form import Form
from i18n import N_


class ScreeningForm(Form):
    """Who was screened against which list, and what came of it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, Screening.organisation_id, Screening.contact_id)
        self.section(N_("The list"))
        self.fields(desk, Screening.list, Screening.list_date)
        self.section(N_("What came of it"))
        self.fields(desk, Screening.result, Screening.reference, Screening.screened_on, Screening.screened_by_id)


_HELD = N_("Tell what we hold about them…")
_ERASE = N_("Erase for good…")
ENTRIES: tuple[Entry, ...] = (Entry("screenings", ScreeningForm, documented=False),)
ACTS: tuple[Act, ...] = (
    Act(N_("Screen against a list…"), dialog=screen_one),
    Act(N_("Merge with another…"), dialog=partial(merge_with, ORGANISATIONS)),
    Act(N_("Write its sheet…"), dialog=write_one),
    Act(_HELD, dialog=tell_organisation),
    Act(_ERASE, dialog=erase_one(Organisation)),
)
"""What can be done about any organisation."""
ABOUT_A_CONTACT: tuple[Act, ...] = (
    Act(_HELD, dialog=tell_contact),
    Act(_ERASE, dialog=erase_one(Contact)),
)
