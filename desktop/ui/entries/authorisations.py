"""The page of a written authorisation to tell one reader more than the rules of small numbers allow."""

from db.models import ReleaseAuthorisation
from desktop.ui.desk import Desk
from desktop.ui.entries.entry import Entry
from desktop.ui.forms.form import Form
from desktop.ui.language import _
from desktop.ui.parts import text
from i18n import N_


class AuthorisationForm(Form):
    """What is allowed, to whom, from when until when, and the letter that says so."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, ReleaseAuthorisation.title, ReleaseAuthorisation.kind, ReleaseAuthorisation.reader_id)
        self.fields(desk, ReleaseAuthorisation.indicator_id)
        self.section(N_("In force"))
        self.fields(desk, ReleaseAuthorisation.starts_on, ReleaseAuthorisation.ends_on)
        self.section(N_("Who allowed it, and why"))
        self.fields(desk, ReleaseAuthorisation.authorised_by, ReleaseAuthorisation.reason)
        self.fields(desk, ReleaseAuthorisation.document_id)
        self.beside(text(_("A letter dropped on this page counts as well."), "muted"))


ENTRIES: tuple[Entry, ...] = (Entry("release-authorisations", AuthorisationForm),)
