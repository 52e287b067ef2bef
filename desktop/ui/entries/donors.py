"""The pages of donors and their money: contributions with what came in and where it went, rates, what donors ask."""

from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer

from db.commands.required_schedules import schedule_as_required
from db.errors import InvalidValue
from db.fields import field_of
from db.models import Allocation, Contribution, ExchangeRate, Receipt, Requirements, Schedule
from db.models.donors import SECURED
from db.models.duties import FREQUENCIES
from db.money import Money
from db.queries.donors import without_contribution
from db.queries.overallocated import with_another
from db.queries.required import Required, required
from desktop.ui.desk import Desk
from desktop.ui.entries.entry import Act, Entry, Related, Values
from desktop.ui.entries.screening import ACTS
from desktop.ui.entries.watching import too_much
from desktop.ui.forms.choices import ChoiceEdit
from desktop.ui.forms.editors import editor_of
from desktop.ui.forms.form import Form
from desktop.ui.forms.organisation import OrganisationForm
from desktop.ui.forms.questions import LanguagesEdit, QuestionsEdit
from desktop.ui.language import _, counted, words
from desktop.ui.parts import Note, text
from i18n import N_


class ContributionForm(Form):
    """Money that a donor gave or may give; only the donor has to be known."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, Contribution.title, Contribution.donor_id, Contribution.department_id)
        self.fields(desk, Contribution.reference, Contribution.stage, Contribution.probability, Contribution.person_id)
        self.section(N_("Money"))
        self.fields(desk, Contribution.currency, Contribution.amount, Contribution.overhead_rate)
        self.section(N_("Period"))
        self.fields(desk, Contribution.starts_on, Contribution.ends_on, Contribution.signed_on)
        self.section(N_("How it was given"))
        either = _("A grant may be flexible for the donor and tied for us: note both, each as it is.")
        self.beside(text(either, "muted"))
        self.fields(desk, Contribution.channel, Contribution.earmarking, Contribution.earmarking_given)
        self.section(N_("Exchange rate"))
        self.fields(desk, Contribution.rate_rule, Contribution.contract_rate)
        self.section(N_("Notes"))
        self.fields(desk, Contribution.notes)
        self._desk = desk
        self._bare = Note("muted")
        self.beside(self._bare)

    def load(self, values: dict[str, Any]) -> None:
        super().load(values)
        self._bare.say("")
        if (id := values.get("id")) is not None:
            self._desk.ask(without_contribution, id, then=self._say_bare, owner=self)

    def _say_bare(self, count: int) -> None:
        """Reports on a contribution count only the activities that name it."""
        said = counted(
            "{count} activity names this donor without a contribution: it does not count here until it names one.",
            "{count} activities name this donor without a contribution: they do not count here until they name one.",
            count,
        )
        self._bare.say(said if count else "")


class ReceiptForm(Form):
    """Money that came in."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, Receipt.contribution_id, Receipt.received_on)
        self.fields(desk, Receipt.currency, Receipt.amount, Receipt.rate, Receipt.reference)


class AllocationForm(Form):
    """Money set aside, paid or spent, and the way it takes."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, Allocation.contribution_id, Allocation.stage, Allocation.on)
        self.section(N_("Money"))
        self.fields(desk, Allocation.currency, Allocation.amount, Allocation.overhead)
        self.section(N_("To whom"))
        self.fields(desk, Allocation.agreement_id, Allocation.recipient_id, Allocation.parent_id)
        self.section(N_("Notes"))
        self.fields(desk, Allocation.reference, Allocation.notes)
        self._desk = desk
        self._id: UUID | None = None
        self._watch = QTimer(self, singleShot=True, interval=400)
        self._watch.timeout.connect(self._look)
        self.edited.connect(self._watch.start)

    def load(self, values: dict[str, Any]) -> None:
        super().load(values)
        self._id = values.get("id")
        self._look()

    def _look(self) -> None:
        """Say when more is allocated to the agreement than was agreed; what cannot be read yet is said on saving."""
        asked = (Allocation.agreement_id, Allocation.stage, Allocation.contribution_id, Allocation.on)
        try:
            agreement, stage, contribution, on = (self.editor(each).value("") for each in asked)
            minor, passed_on = (self.editor(each).value("") for each in (Allocation.amount, Allocation.parent_id))
        except InvalidValue:
            return
        currency = self.currency()
        if passed_on or None in (agreement, stage, on, minor, currency):
            self.warn("amount", "")
            return
        new = stage, contribution, on, Money.of(minor, currency or "")
        say = self.warn
        self._desk.ask(
            with_another, agreement, *new, self._id, then=lambda over: say("amount", too_much(over)), owner=self
        )


class RateForm(Form):
    """An exchange rate that was noted by hand; those of a month come in from a file."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, ExchangeRate.currency, ExchangeRate.base, ExchangeRate.rate)
        self.fields(desk, ExchangeRate.valid_from, ExchangeRate.source)


class RequirementsForm(Form):
    """What a donor asks of a report."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, Requirements.name, Requirements.organisation_id)
        self.section(N_("Form of the report"))
        self.add("languages", field_of(Requirements.languages), LanguagesEdit(), wide=True)
        self.fields(desk, Requirements.template, Requirements.typography, Requirements.paper)
        self.section(N_("Questions"))
        self.beside(text(_("Of the harmonised report; where none is chosen, the eight core questions."), "muted"))
        self.add("questions", field_of(Requirements.questions), QuestionsEdit(), wide=True)
        self.section(N_("When it is due"))
        self.fields(desk, Requirements.interim_days, Requirements.final_days, Requirements.working_days)
        self.section(N_("What goes with it"))
        self.fields(desk, Requirements.annexes, Requirements.visibility, Requirements.notes)


class RequiredForm(Form):
    """The reports on a contribution as its donor's requirements set them, to be looked at before they are scheduled."""

    def __init__(self, desk: Desk, values: Values) -> None:
        super().__init__()
        self._said = text(_("Reading the donor's requirements…"), "muted")
        self.beside(self._said)
        self.fields(desk, Schedule.kind, Schedule.starts_on, Schedule.ends_on)
        self.section(N_("Reports on the way"))
        on_the_way = [(code, _(name)) for code, name in FREQUENCIES if code != "final"]
        self.bind(Schedule.frequency, ChoiceEdit(on_the_way, nothing=None))
        self.fields(desk, Requirements.interim_days)
        self.section(N_("Report at the end"))
        self.fields(desk, Requirements.final_days)
        stands_for = _("It stands for the last period too: the reports on the way end with the one before.")
        self.beside(text(stands_for, "muted"))
        self.section(N_("How days are counted"))
        self.add("working_days", replace(field_of(Schedule.working_days)), editor_of(desk, Schedule.working_days))
        self.load({"kind": "both", "frequency": "half_yearly"})
        desk.ask(required, values["id"], then=self._take, owner=self)

    def _take(self, found: Required) -> None:
        """What the requirements say is a beginning: whoever schedules may put it right."""
        said = _("The days are those of “{name}”.") if found.name else _("No requirements of this donor are noted yet.")
        self._said.setText(said.format(name=words().isolate(found.name or "")))
        if not self.dirty:
            self.load(asdict(found) | {"kind": "both", "frequency": "half_yearly"})


ENTRIES: tuple[Entry, ...] = (
    Entry(
        "donors",
        OrganisationForm,
        (
            Related("contributions", "donor_id"),
            Related("departments", "organisation_id"),
            Related("contacts", "organisation_id"),
            Related("requirements", "organisation_id"),
            Related("commitments", "organisation_id"),
            Related("questions", "organisation_id"),
            Related("engagements", "organisation_id"),
            Related("organisation-names", "organisation_id"),
        ),
        ACTS,
    ),
    Entry(
        "contributions",
        ContributionForm,
        (
            Related("receipts", "contribution_id"),
            Related("allocations", "contribution_id"),
            Related("budget-lines", "contribution_id"),
            Related("schedules", "contribution_id"),
            Related("duties", "contribution_id"),
            Related("risks", "contribution_id"),
            Related("engagements", "contribution_id", {"organisation_id": "donor_id"}),
            Related("activity-funding", "contribution_id"),
        ),
        (
            Act(
                N_("Schedule from the requirements…"),
                schedule_as_required,
                RequiredForm,
                lambda values: values["stage"] in SECURED,
            ),
        ),
    ),
    Entry("receipts", ReceiptForm),
    Entry(
        "allocations",
        AllocationForm,
        (Related("allocations", "parent_id", takes={"contribution_id": "contribution_id"}),),
    ),
    Entry("exchange-rates", RateForm),
    Entry("requirements", RequirementsForm),
)
