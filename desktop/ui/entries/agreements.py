"""The pages of agreements and of what they are made of, with the steps that lead an agreement from draft to its end."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from db.base import Entity
from db.commands import agreements as deeds
from db.commands import amending
from db.commands.agreed_lines import KEPT
from db.fields import Kind, field_of, fields_of
from db.models import Agreement, Amendment, Approval, BudgetLine, Risk, StatusChange, Tranche
from db.models.agreements import BEFORE_SIGNING, TRANSITIONS
from db.queries.agreed_lines import PLANNED, TERMS, AgreedLine, Line, agreed_lines
from db.queries.overallocated import over_allocated
from desktop.ui.desk import Desk
from desktop.ui.entries.entry import Act, Entry, Related, Values
from desktop.ui.entries.watching import settle, settle_line, settled_note, too_much
from desktop.ui.forms.editors import ChoiceEdit, DateEdit, LongTextEdit, MoneyEdit, choice_of, editor_of
from desktop.ui.forms.form import Form
from desktop.ui.language import _, words
from desktop.ui.parts import text
from desktop.ui.tables.column import one_line
from i18n import N_
from i18n.currencies import decimals_of


class AgreementForm(Form):
    """What was agreed with whom; the status changes by the buttons above, and stands here in words."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._status, self._settled = text("", "subtitle"), settled_note()
        for line in (self._status, self._settled):
            self.beside(line)
        self.fields(desk, Agreement.title, Agreement.title_language, Agreement.partner_id)
        self.fields(desk, Agreement.type, Agreement.reference, Agreement.parent_id, Agreement.person_id)
        self.section(N_("Period"))
        self.fields(desk, Agreement.starts_on, Agreement.ends_on, Agreement.signed_on)
        self.section(N_("Money"))
        self.fields(desk, Agreement.currency, Agreement.amount, Agreement.overhead_rate)
        self.section(N_("How the partner was chosen"))
        self.fields(desk, Agreement.selection, Agreement.selected_on, Agreement.proposals)
        self.fields(desk, Agreement.designed_together, Agreement.selection_reason)
        self.section(N_("Programme"))
        self.fields(desk, Agreement.description_language, Agreement.description)
        beside = _("The same text in other languages stands under “{part}”.").format(part=_("In other languages"))
        self.beside(text(beside, "muted"))
        self.fields(desk, Agreement.notes)

    def load(self, values: dict[str, Any]) -> None:
        super().load(values)
        status = _(field_of(Agreement.status).title_of(values.get("status") or "draft"))
        self._status.setText(_("Status: {status}").format(status=status))
        settle(self, self._settled, values.get("status", "draft") not in BEFORE_SIGNING, amending.AMENDED)
        if id := values.get("id"):
            self._desk.ask(over_allocated, id, then=lambda over: self.warn("amount", too_much(over)), owner=self)


class StatusForm(Form):
    """To which of the legal statuses, on which day, and why."""

    def __init__(self, _desk: Desk, values: Values) -> None:
        super().__init__()
        described = field_of(Agreement.status)
        legal = [(code, _(described.title_of(code))) for code in TRANSITIONS[values["status"]]]
        named = replace(field_of(StatusChange.after), name=N_("New status"), required=True)
        self.add("status", named, ChoiceEdit(legal, nothing=None))
        self.add("on", replace(field_of(StatusChange.on), required=True), DateEdit())
        self.add("reason", field_of(StatusChange.reason), LongTextEdit())
        self.load({"status": legal[0][0], "on": date.today()})


class DecisionForm(Form):
    """A decision on the terms as they stand; who decides is whoever is at the keyboard."""

    def __init__(self, _desk: Desk, _values: Values) -> None:
        super().__init__()
        self.beside(
            text(_("It counts for the terms as they stand now. If they change, it has to be taken anew."), "muted")
        )
        self.bind(Approval.decision, choice_of(Approval.decision, nothing=None))
        self.bind(Approval.on, DateEdit())
        self.bind(Approval.notes, LongTextEdit())
        self.load({"decision": "approved", "on": date.today()})


class AmendForm(Form):
    """What an amendment is, and the agreement as it shall be after it."""

    def __init__(self, desk: Desk, values: Values) -> None:
        super().__init__()
        self.fields(desk, Amendment.type, Amendment.signed_on, Amendment.reason)
        self.section(N_("The agreement as it shall be"))
        self.fields(desk, Agreement.title, Agreement.starts_on, Agreement.ends_on)
        self.fields(desk, Agreement.currency, Agreement.amount)
        self.load({key: values.get(key) for key in amending.AMENDED} | {"type": "no_cost_extension"})
        self._currency_of_agreement = values.get("currency")
        desk.ask(agreed_lines, values["id"], then=lambda lines: self._take(desk, lines), owner=self)

    def _take(self, desk: Desk, lines: tuple[AgreedLine, ...]) -> None:
        """Every line as it was agreed, and room for a new one of each kind."""
        new = {"currency": self._currency_of_agreement, "overhead": False}
        every = [*lines, AgreedLine(BudgetLine, None, None, new), AgreedLine(Tranche, None, None, new)]
        for model, title in ((BudgetLine, N_("Budget lines as they shall be")), (Tranche, N_("Tranches planned"))):
            self.section(title)
            for each in every:
                if each.line is model:
                    self._line(desk, each)

    def _line(self, desk: Desk, line: AgreedLine) -> None:
        """The terms of one line; an amount is in the line's own currency."""
        new = _("A new budget line") if line.line is BudgetLine else _("A new tranche")
        self.beside(text(_line_called(line.line, line.name) if line.id else new))
        currency: Any = editor_of(desk, line.line.currency)
        for key in TERMS[line.line]:
            attribute = getattr(line.line, key)
            editor: Any = currency if key == "currency" else editor_of(desk, attribute)
            field = replace(field_of(attribute), required=False) if line.id is None else field_of(attribute)
            name = amending.line_key(line.line, line.id, key)
            self.add(name, field, editor, wide=False)
            if isinstance(editor, MoneyEdit):
                editor.currency = lambda: currency.code
            self.take(name, line.terms.get(key))


class BudgetLineForm(Form):
    """A line of the budget with its three shares."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._settled = desk, settled_note()
        self.beside(self._settled)
        self.fields(desk, BudgetLine.title, BudgetLine.agreement_id, BudgetLine.code, BudgetLine.position)
        self.section(N_("Shares"))
        self.fields(desk, BudgetLine.currency, BudgetLine.donor_amount)
        self.fields(desk, BudgetLine.partner_amount, BudgetLine.in_kind_amount)
        self.section(N_("Where it belongs"))
        self.fields(desk, BudgetLine.contribution_id, BudgetLine.overhead)

    def load(self, values: dict[str, Any]) -> None:
        super().load(values)
        settle_line(self._desk, self, self._settled, values.get("agreement_id"), ("agreement_id", *TERMS[BudgetLine]))


class TrancheForm(Form):
    """A part of the money: planned, paid, accounted for."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._settled = desk, settled_note()
        self.fields(desk, Tranche.agreement_id, Tranche.number, Tranche.currency)
        self.section(N_("What is planned"))
        self.beside(self._settled)
        self.fields(desk, Tranche.planned_on, Tranche.planned_amount, Tranche.condition)
        self.section(N_("What was paid"))
        self.fields(desk, Tranche.paid_on, Tranche.paid_amount, Tranche.overhead_amount, Tranche.reference)
        self.section(N_("Accounted for by the partner"))
        self.fields(desk, Tranche.liquidated_on, Tranche.liquidated_amount)

    def load(self, values: dict[str, Any]) -> None:
        super().load(values)
        # A payment that nobody planned may be added to a signed agreement, in whatever currency it was made.
        keys = ("agreement_id", *TERMS[Tranche]) if values.get("id") else PLANNED
        settle_line(self._desk, self, self._settled, values.get("agreement_id"), keys)


class AmendmentForm(Form):
    """What an amendment changed, in words, and what is noted of it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._changes = text("")
        self.beside(self._changes)
        self.fields(desk, Amendment.type, Amendment.signed_on, Amendment.reason, Amendment.document_id)

    def load(self, values: dict[str, Any]) -> None:
        super().load(values)
        changes = dict(values.get("changes") or {})
        said = []
        for line in changes.pop(KEPT, ()):
            model = BudgetLine if line["kind"] == BudgetLine.__tablename__ else Tranche
            said.append(_line_called(model, line["title"]))
            both = {key: {"before": line["before"][key], "after": after} for key, after in line["after"].items()}
            said += _changed(model, both)
        self._changes.setText("\n".join([*_changed(Agreement, changes), *said]))


def _changed(entity: type[Entity], changes: Values) -> list[str]:
    """Each field that changed, in words."""
    changed = _("{field}: {after} in place of {before}")
    described = fields_of(entity)
    return [
        changed.format(
            field=_(described[key].name),
            after=_amended(described[key].kind, each["after"]),
            before=_amended(described[key].kind, each["before"]),
        )
        for key, each in changes.items()
        if key in described
    ]


def _line_called(line: type[Line], name: str | int | None) -> str:
    """A line by its title, a tranche by its number."""
    if line is Tranche:
        return _("Tranche {number}").format(number=words().number(int(name or 0)))
    return _("Budget line {title}").format(title=words().isolate(one_line(str(name))))


def _amended(kind: Kind, written: str | None) -> str:
    """A value of an amendment, as the reader writes it."""
    if written is None:
        return _("nothing")
    if kind == Kind.DATE:
        return words().date(date.fromisoformat(written))
    if kind == Kind.YES_NO:
        return _("Yes") if written == "True" else _("No")
    if kind == Kind.MONEY and " " in written:
        amount, currency = written.split(" ")
        return words().money(Decimal(amount), currency, decimals_of(currency))
    return words().isolate(one_line(written))


class ApprovalForm(Form):
    """A decision, to be read."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, Approval.agreement_id, Approval.amendment_id, Approval.person_id)
        self.fields(desk, Approval.decision, Approval.on, Approval.notes, Approval.digest)


class RiskForm(Form):
    """A risk or an issue, and what is done about it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields(desk, Risk.title, Risk.nature, Risk.status, Risk.agreement_id, Risk.contribution_id)
        self.section(N_("How grave"))
        self.fields(desk, Risk.likelihood, Risk.impact)
        self.section(N_("What is done about it"))
        self.fields(desk, Risk.response, Risk.person_id, Risk.due_on)


def _can_move(values: Values) -> bool:
    return bool(TRANSITIONS[values["status"]])


def _can_be_amended(values: Values) -> bool:
    return values["status"] not in (*BEFORE_SIGNING, *amending.OVER)


ENTRIES: tuple[Entry, ...] = (
    Entry(
        "agreements",
        AgreementForm,
        (
            Related("budget-lines", "agreement_id"),
            Related("tranches", "agreement_id"),
            Related("amendments", "agreement_id"),
            Related("approvals", "agreement_id"),
            Related("risks", "agreement_id"),
            Related("status-changes", "agreement_id"),
            Related("allocations", "agreement_id"),
            Related("schedules", "agreement_id"),
            Related("duties", "agreement_id"),
            Related("received-reports", "agreement_id", {"organisation_id": "partner_id"}),
            Related("activities", "agreement_id", {"partner_id": "partner_id"}),
            Related("engagements", "agreement_id", {"organisation_id": "partner_id"}),
            Related("agreements", "parent_id"),
            Related("tags", "agreement_id"),
        ),
        (
            Act(N_("Change status…"), deeds.change_status, StatusForm, _can_move),
            Act(N_("Decide…"), deeds.approve, DecisionForm, lambda values: values["status"] not in amending.OVER),
            Act(N_("Amend…"), amending.amend_as_typed, AmendForm, _can_be_amended),
        ),
    ),
    Entry("budget-lines", BudgetLineForm),
    Entry("tranches", TrancheForm),
    Entry("amendments", AmendmentForm, (Related("approvals", "amendment_id"),), addable=False),
    Entry("approvals", ApprovalForm, editable=False),
    Entry("risks", RiskForm),
)
