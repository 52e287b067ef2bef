"""The dialogs in which a partner is assessed, an assessment reviewed, and what is weak planned for."""

from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from db.commands.assessments import assess_by, plan_capacity
from db.commands.women_led import assess, review
from db.queries.assessments import Rated
from db.queries.women_led import Assessed, Counted, assessment
from db.schemes import scheme
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.drafts import Drafts
from desktop.ui.forms.assessing import AssessForm, PlanForm, ReviewForm, SchemeForm
from desktop.ui.language import _


def assess_led(
    desk: Desk,
    organisation: UUID,
    about: str,
    title: str,
    count: Counted | None,
    last: Assessed | None,
    over: QWidget,
) -> FormDialog:
    """Assess one question about who leads an organisation: begun with the last answers, and with what was counted."""

    def do(values: dict[str, Any], done: Any, refused: Any) -> None:
        answers = values.pop("answers")
        desk.do(assess, organisation, values, answers, then=done, failed=refused, owner=over)

    form = AssessForm(desk, about, count, last)
    dialog = FormDialog(_(title), form, do, over, drafts=Drafts(desk, form, f"assess {about}", organisation))
    dialog.open()
    return dialog


def review_led(desk: Desk, id: UUID, over: QWidget) -> None:
    """Review an assessment of who leads an organisation, made by somebody else."""

    def do(values: dict[str, Any], done: Any, refused: Any) -> None:
        given = values["verdict"], values.get("rejected", ()), values["note"]
        desk.do(review, id, *given, then=done, failed=refused, owner=over)

    def ask(found: Assessed) -> None:
        form = ReviewForm(found)
        drafts = Drafts(desk, form, "review", id)
        FormDialog(_("Review of an assessment"), form, do, over, drafts=drafts).open()

    desk.ask(assessment, id, then=ask, owner=over)


def assess_by_scheme(desk: Desk, organisation: UUID, code: str, title: str, last: Rated | None, over: QWidget) -> None:
    """Assess an organisation by a scheme, begun with the last answers."""
    asked = scheme(code)
    assert asked is not None

    def do(values: dict[str, Any], done: Any, refused: Any) -> None:
        answers = values.pop("answers", {})
        desk.do(assess_by, organisation, code, values, answers, then=done, failed=refused, owner=over)

    form = SchemeForm(desk, asked, last)
    FormDialog(_(title), form, do, over, drafts=Drafts(desk, form, f"assess {code}", organisation)).open()


def plan_for(desk: Desk, assessed: UUID, question: str, line: str, over: QWidget) -> None:
    """Plan what is done about a weak answer, which stands above the form in words."""

    def do(values: dict[str, Any], done: Any, refused: Any) -> None:
        desk.do(plan_capacity, assessed, question, values, then=done, failed=refused, owner=over)

    form = PlanForm(desk, (line,))
    drafts = Drafts(desk, form, f"plan {question}", assessed)
    FormDialog(_("What will be done"), form, do, over, drafts=drafts).open()
