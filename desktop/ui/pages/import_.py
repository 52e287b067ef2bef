"""Import."""

from desktop.ui.pages.page import Page
from i18n import N_


class ImportPage(Page):
    """Import."""

    key = "import"
    title = N_("Import")
