"""The third step of an import: what would change, what must be put right, what is double, who may be the same."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QToolButton, QVBoxLayout, QWidget

from db.fields import Field, Kind
from desktop.intake.findings import END_BEFORE_START
from desktop.intake.findings import Field as Named
from desktop.intake.identity import canonical, digest
from desktop.intake.mapping import columns_of
from desktop.intake.matching import TakenAsOne, Told
from desktop.intake.plan import Decisions, Doubles, Plan, PlannedRow, Verdict
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.drafts import Drafts
from desktop.ui.forms.editors import ChoiceEdit, TextEdit
from desktop.ui.forms.form import Form
from desktop.ui.language import _, counted, words
from desktop.ui.parts import button, column, empty, plain, row, scrolled, text
from desktop.ui.tables.column import one_line
from desktop.ui.tables.short import ShortColumn, ShortView
from i18n import N_


def _why(planned: PlannedRow) -> str:
    return " ".join(each.text(words()) for each in (*planned.problems, *planned.remarks))


def _number(value: int) -> str:
    return words().number(value)


ROWS = (
    ShortColumn(N_("Row"), lambda planned: _number(planned.number), 8, numeric=True),
    ShortColumn(N_("Why"), _why, 90),
)
DOUBLES = (
    ShortColumn(N_("First row"), lambda group: _number(group.first), 12, numeric=True),
    ShortColumn(N_("Equal rows"), lambda group: words().list([_number(each) for each in group.others]), 40),
    ShortColumn(
        N_("What happens"), lambda group: _("All are kept") if group.kept else _("Only the first comes in"), 30
    ),
)
PROPOSALS = (
    ShortColumn(N_("Name in the file"), lambda one: one_line(one.name), 40),
    ShortColumn(N_("Resembles"), lambda one: one_line(one.other), 40),
    ShortColumn(N_("Where"), lambda one: _("In the record") if one.held else _("In this file"), 16),
)
TAKEN = (
    ShortColumn(N_("Organisation"), lambda one: one_line(one.name), 40),
    ShortColumn(N_("Spellings taken as one"), lambda one: words().list([one_line(each) for each in one.spellings]), 60),
)
ADDS: dict[str, Callable[[int], str]] = {
    "activity": lambda many: counted("{count} activity", "{count} activities", many),
    "result": lambda many: counted("{count} figure", "{count} figures", many),
    "organisation": lambda many: counted("{count} organisation", "{count} organisations", many),
    "donor": lambda many: counted("{count} donor", "{count} donors", many),
    "place": lambda many: counted("{count} place", "{count} places", many),
}


class PreviewStep(QWidget):
    """A plan on show. `decided` brings what a person settled; the plan is then made anew."""

    decided = Signal(object)
    save_asked = Signal()
    """The rows to put right are wanted as a file."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._plan: Plan | None = None
        self._decisions = Decisions()
        self._summary = QVBoxLayout()
        self._tabs = QTabWidget()
        name = _("Parts of the preview")
        self._tabs.setAccessibleName(name)
        self._tabs.tabBar().setAccessibleName(name)
        for turn, said in zip(
            self._tabs.tabBar().findChildren(QToolButton), (_("Tabs before"), _("Tabs after")), strict=False
        ):
            turn.setAccessibleName(said)
        self._problems = ShortView(_("Rows to put right"), ROWS)
        self._remarks = ShortView(_("Rows with a remark"), ROWS)
        self._doubles = ShortView(_("Equal rows"), DOUBLES)
        self._proposals = ShortView(_("Organisations that may be the same"), PROPOSALS)
        self._taken = ShortView(_("Spellings taken as one"), TAKEN)
        self._replaces = ChoiceEdit([], None)
        self._replaces.edited.connect(self._replace)
        self._problems.opened.connect(self._correct)
        self._remarks.opened.connect(self._correct)
        self._doubles.opened.connect(self._turn_group)
        correct, look = (button(_("Correct this row…"), each, "", "pencil") for each in (
            lambda: self._correct(self._problems.current()),
            lambda: self._correct(self._remarks.current()),
        ))  # fmt: skip
        save = button(_("Save these rows as a file…"), self.save_asked.emit, "", "download")
        keep = button(_("Keep all of this group, or only the first"), lambda: self._turn_group(self._doubles.current()))
        same = button(_("They are the same"), lambda: self._tell(self._proposals.current(), same=True), "", "merge")
        apart = button(_("They are not the same"), lambda: self._tell(self._proposals.current(), same=False), "", "x")
        part = button(_("They are not the same"), lambda: self._part(self._taken.current()), "", "x")
        inside = plain(column())
        inside.layout().setContentsMargins(2, 12, 12, 8)
        inside.layout().addLayout(self._summary)
        inside.layout().addStretch(1)
        self._parts: list[tuple[QWidget, str]] = [
            (scrolled(inside, _("What would change")), N_("What would change")),
            (_with(self._problems, correct, save), N_("To put right ({count})")),
            (_with(self._remarks, look), N_("Remarks ({count})")),
            (_with(self._doubles, keep), N_("Doubles ({count})")),
            (_with(self._proposals, same, apart), N_("Same or not ({count})")),
            (_with(self._taken, part), N_("Taken as one ({count})")),
        ]
        for shown, title in self._parts:
            self._tabs.addTab(shown, _(title))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self._tabs)

    def show_plan(self, plan: Plan, decisions: Decisions) -> None:
        """Show what would happen under these decisions."""
        self._plan, self._decisions = plan, decisions
        problems = [each for each in plan.rows if each.verdict is Verdict.PROBLEM]
        remarks = [each for each in plan.rows if each.remarks and each.verdict in (Verdict.ADD, Verdict.CHANGE)]
        lists = (problems, remarks, plan.doubles, plan.proposals, plan.taken_as_one)
        views = (self._problems, self._remarks, self._doubles, self._proposals, self._taken)
        for tab, (view, rows) in enumerate(zip(views, lists, strict=True), 1):
            view.show_rows(rows)
            self._tabs.setTabText(tab, _(self._parts[tab][1]).format(count=_number(len(rows))))
            self._tabs.setTabEnabled(tab, bool(rows))
        self._say_summary(plan)

    def first_to_settle(self) -> None:
        """Go to what must be put right, where there is something: Enter then opens its first row."""
        wrong = self._tabs.isTabEnabled(1)
        self._tabs.setCurrentIndex(1 if wrong else 0)
        if wrong:
            self._problems.setFocus()

    def _say_summary(self, plan: Plan) -> None:
        empty(self._summary)
        adds = [ADDS[kind](many) for kind, many in plan.adds.items() if many and kind in ADDS]
        lines = [
            counted("{count} row read.", "{count} rows read.", len(plan.rows)),
            _("To be added: {things}.").format(things=words().list(adds)) if adds else _("Nothing new to add."),
        ]
        if changes := plan.count(Verdict.CHANGE):
            lines.append(counted("{count} row changes what is held.", "{count} rows change what is held.", changes))
        if held := plan.count(Verdict.HELD):
            lines.append(counted("{count} row is held already.", "{count} rows are held already.", held))
        if doubles := plan.count(Verdict.DOUBLE):
            lines.append(
                counted("{count} row is a double and stays out.", "{count} rows are doubles and stay out.", doubles)
            )
        if problems := plan.count(Verdict.PROBLEM):
            lines.append(
                counted(
                    "{count} row stays out until it is put right.",
                    "{count} rows stay out until they are put right.",
                    problems,
                )
            )
        if plan.warnings:
            lines.append(
                counted("{count} row comes in with a remark.", "{count} rows come in with a remark.", plan.warnings)
            )
        if plan.gone:
            lines.append(
                counted(
                    "{count} thing of the replaced file is no longer there and is removed.",
                    "{count} things of the replaced file are no longer there and are removed.",
                    len(plan.gone),
                )
            )
        for line in (*lines, *(note.text(words()) for note in plan.notes)):
            self._summary.addWidget(text(line))
        self._offer_to_replace(plan)

    def _offer_to_replace(self, plan: Plan) -> None:
        if not plan.replaceable:
            return
        self._replaces = ChoiceEdit(
            [(source.id, one_line(source.name)) for source in plan.replaceable], _("None: it is added to them")
        )
        self._replaces.show_value(self._decisions.replaces)
        self._replaces.edited.connect(self._replace)
        label = text(_("Earlier file that this one replaces"))
        label.setBuddy(self._replaces)
        self._replaces.setAccessibleName(label.text())
        self._summary.addWidget(label)
        self._summary.addWidget(self._replaces)

    def _replace(self) -> None:
        self.decided.emit(replace(self._decisions, replaces=self._replaces.currentData()))

    def _turn_group(self, group: Doubles | None) -> None:
        if group is not None:
            kept = self._decisions.keep_doubles
            turned = kept - {group.first} if group.kept else kept | {group.first}
            self.decided.emit(replace(self._decisions, keep_doubles=frozenset(turned)))

    def _tell(self, proposal: Any, same: bool) -> None:
        if proposal is None:
            return
        told = self._decisions.told
        if same:
            told = Told({**told.same, proposal.name: proposal.held or proposal.other}, told.apart)
        else:
            told = Told(told.same, told.apart | {(proposal.name, proposal.held or proposal.other)})
        self.decided.emit(replace(self._decisions, told=told))

    def _part(self, taken: TakenAsOne | None) -> None:
        """Keep the spellings that were taken for one organisation apart from it."""
        if taken is not None:
            told = self._decisions.told
            other = taken.held or taken.name
            pairs = {(spelling, other) for spelling in taken.spellings if spelling != taken.name}
            self.decided.emit(replace(self._decisions, told=Told(told.same, told.apart | pairs)))

    def _correct(self, planned: PlannedRow | None) -> None:
        if planned is None or self._plan is None:
            return
        table = self._plan.table
        cells = dict(table.rows)[planned.number]
        form = Form()
        beside, apart = _faults(planned, self._plan)
        if apart:
            form.beside(text(apart, "error"))
        before: dict[str, str] = {}
        for index, heading in enumerate(table.headings):
            if heading.strip() and index < len(cells):
                key = str(index + 1)
                form.add(key, Field(words().isolate(" ".join(heading.split())), Kind.LONG_TEXT), TextEdit())
                before[key] = canonical(cells[index])
        form.load(before)
        form.show_errors(beside)

        def do(values: dict[str, Any], done: Any, _refused: Any) -> None:
            changed = {
                (planned.number, int(key)): value or "" for key, value in values.items() if (value or "") != before[key]
            }
            done(None)
            if changed:
                self.decided.emit(replace(self._decisions, corrections={**self._decisions.corrections, **changed}))

        # By what stands in the row: another file that goes by the same name has rows of its own.
        drafts = Drafts(self._desk, form, f"row {digest(*before.values())}")
        FormDialog(_("Row {number}").format(number=_number(planned.number)), form, do, self, drafts=drafts).open()


def _faults(planned: PlannedRow, plan: Plan) -> tuple[dict[str, str], str]:
    """What is wrong with a row: by the key of the cell it is about, and what is about no single cell."""
    beside: dict[str, str] = {}
    apart: list[str] = []
    columns = columns_of(plan.mapping, plan.table.headings)
    for found in (*planned.problems, *planned.remarks):
        about = {value.code for _gap, value in found.named if isinstance(value, Named)}
        if found.message == END_BEFORE_START:
            about.add("ends_on")
        if (place := next((column for code, column in columns.items() if code in about), None)) is not None:
            beside[str(place + 1)] = found.text(words())
        else:
            apart.append(found.text(words()))
    return beside, " ".join(apart)


def _with(view: ShortView, *buttons: QWidget) -> QWidget:
    part = plain(column(view, plain(row(*buttons)))) if buttons else plain(column(view))
    part.layout().setContentsMargins(0, 8, 0, 0)
    return part
