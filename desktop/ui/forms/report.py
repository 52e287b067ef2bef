"""What a report is asked for: its scope, language, format and audience, and the writer's own words."""

from typing import Any

from db.fields import Field, Kind
from db.queries.activities import places_like
from db.queries.scope import Scope
from desktop.deliver import FORMS, Order
from desktop.guard.audiences import Audience
from desktop.render import Form as FileForm
from desktop.reports.offer import REPORTS
from desktop.reports.report import Asked, WritersWords, check_words
from desktop.ui.desk import Desk
from desktop.ui.forms.editors import ChoiceEdit, DateEdit, LinkEdit, LongTextEdit, TextEdit
from desktop.ui.forms.form import Form
from desktop.ui.forms.organisation import organisation_edit
from desktop.ui.language import OWN_NAMES, _, words
from i18n import N_

AUDIENCES = {
    Audience.DONOR: N_("A donor: counts below 5 are hidden"),
    Audience.PUBLIC: N_("The public: counts below 11 are hidden"),
    Audience.PARTNER: N_("One partner: its own counts are shown"),
    Audience.INTERNAL: N_("Inside the office: nothing is hidden"),
}
FORM_NAMES = {"pdf": N_("PDF"), "docx": N_("Word"), "xlsx": N_("Excel"), "text": N_("Plain text")}


def _text(name: str, kind: Kind = Kind.TEXT, help: str | None = None) -> Field:
    return Field(name, kind, help=help)


class ReportForm(Form):
    """Everything that is asked before a report is made."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.add("report", _text(N_("Report")), ChoiceEdit([(each.name, _(each.title)) for each in REPORTS], None))
        self.add("language", _text(N_("Language of the report")), ChoiceEdit(list(OWN_NAMES.items()), None))
        self.add("form", _text(N_("Format")), ChoiceEdit([(form, _(FORM_NAMES[form])) for form in FORMS], None))
        audiences = [(audience.value, _(name)) for audience, name in AUDIENCES.items()]
        self.add("audience", _text(N_("Who reads it")), ChoiceEdit(audiences, None))
        self.add("partner", _text(N_("Partner"), Kind.LINK), organisation_edit(desk, "partner"))
        self.add("donor", _text(N_("Donor"), Kind.LINK), organisation_edit(desk, "donor"))
        place = LinkEdit(lambda typed, then, owner: desk.ask(places_like, typed, then=then, owner=owner))
        self.add("place", _text(N_("Place"), Kind.LINK, N_("With all that lies in it.")), place)
        self.add("starts_on", _text(N_("Period from"), Kind.DATE), DateEdit())
        self.add("ends_on", _text(N_("Period to"), Kind.DATE), DateEdit())
        self.add("title", _text(N_("Title")), TextEdit())
        self.add("reference", _text(N_("Reference")), TextEdit())
        self.add("office", _text(N_("Office")), TextEdit())
        highlights = _text(N_("Highlights"), Kind.LONG_TEXT, N_("One a line, ten at most. Printed as you write them."))
        self.add("highlights", highlights, LongTextEdit(5))
        self.add("prepared_by", _text(N_("Prepared by")), TextEdit())
        self.add("approved_by", _text(N_("Approved by")), TextEdit())
        attach = _text(N_("Attach the figures"), Kind.YES_NO, N_("A copy for the office itself always carries them."))
        self.add("attach", attach, ChoiceEdit([(False, _("No")), (True, _("Yes"))], None))
        self.load({"language": words().language, "audience": Audience.DONOR.value, "form": "pdf", "attach": False})

    def order(self, form: FileForm | None = None) -> Order | None:
        """The order as it stands; None after saying what is wrong with it."""
        values = self.values()
        if values is None:
            return None
        try:
            own = check_words(_own(values))
        except Exception as refused:
            if not self.refuse(refused):
                raise
            return None
        scope = Scope(*(values[key] for key in ("starts_on", "ends_on", "partner", "donor", "place")))
        asked = Asked(scope, Audience(values["audience"]), own)
        return Order(values["report"], asked, values["language"], form or values["form"], values["attach"])


def _own(values: dict[str, Any]) -> WritersWords:
    said = {key: values[key] or "" for key in ("title", "reference", "office", "prepared_by", "approved_by")}
    lines = (line.strip() for line in (values["highlights"] or "").splitlines())
    return WritersWords(**said, highlights=tuple(line for line in lines if line))
