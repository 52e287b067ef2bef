"""The part of a partner's page on due diligence, PSEA, capacity and reviews: each assessment with its rating.

Schemes stand apart, as their scales say different things. A weak answer can be planned for where it stands.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from db.carried import said
from db.fields import field_of
from db.models.assessments import SCHEMES, Assessment, CapacityAction
from db.queries.assessments import Planned, Rated, rating_history
from db.schemes import scheme
from desktop.ui.desk import Desk
from desktop.ui.dialogs.assessing import assess_by_scheme, plan_for
from desktop.ui.language import _, words
from desktop.ui.parts import button, card, column, empty, plain, row, scrolled_cards, text
from desktop.ui.tables.column import one_line

_RATING = field_of(Assessment.rating)
_SIDE, _PLAN = field_of(CapacityAction.side), field_of(CapacityAction.status)
_TO_DO = ("open", "ongoing")


class RatingsPart(QWidget):
    """How an organisation was rated, scheme by scheme."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._id: UUID | None = None
        self._newest: dict[str, Rated] = {}
        choose = button(_("Assess by…"), lambda: None, "", "shield")
        menu = QMenu(choose)
        for code, title in SCHEMES:
            menu.addAction(_(title), partial(self._assess, code, title))
        choose.setMenu(menu)
        area, self._lines = scrolled_cards(_("Ratings"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(plain(row(text(_("Two schemes are never compared: each has its own scale."), "muted"), choose)))
        outer.addWidget(area)

    def show_of(self, id: UUID, _title: str) -> None:
        self._id = id
        self._desk.ask(rating_history, id, then=lambda found: self._show(id, found), owner=self)

    def _show(self, id: UUID, found: tuple[Rated, ...]) -> None:
        if id != self._id:
            return
        empty(self._lines)
        self._newest = {each.scheme: each for each in reversed(found)}
        for code, title in SCHEMES:
            of_this = [each for each in found if each.scheme == code]
            if of_this:
                self._lines.addWidget(text(_(title), "subtitle"))
            for place, each in enumerate(of_this):
                self._lines.addWidget(self._card(each, newest=place == 0))
        if not found:
            self._lines.addWidget(text(_("Not assessed yet"), "muted"))
        self._lines.addStretch(1)

    def _card(self, each: Rated, *, newest: bool) -> QWidget:
        day = words().date
        rating = _(_RATING.title_of(each.rating)) if each.rating else _("No rating: questions are open")
        parts: list[QWidget | None] = [text(rating, "subtitle" if newest else "muted")]
        if each.score is not None:
            parts.append(text(_("Score: {score}").format(score=words().number(each.score)), "muted"))
        if each.expired(date.today()) and each.valid_until:
            parts.append(
                text(_("Valid until {day}: to be assessed anew.").format(day=day(each.valid_until)), "warning")
            )
        elif each.valid_until:
            parts.append(text(_("Valid until {day}").format(day=day(each.valid_until)), "muted"))
        who = each.agency or each.assessed_by
        by = words().isolate(one_line(who)) if who else _("not known")
        parts.append(text(_("Assessed on {day} by {person}").format(day=day(each.assessed_on), person=by), "muted"))
        asked = scheme(each.scheme, each.version)
        titles = {one.code: said(one.titles, words().language) for one in asked.questions} if asked else {}
        for one in each.answers:
            if one.weak:
                parts.append(self._weak(each, one.question, titles.get(one.question, ""), one.planned))
        return card(*parts)

    def _weak(self, each: Rated, question: str, title: str, planned: Sequence[Planned]) -> QWidget:
        line = _("{code}: {asked}").format(code=words().isolate(question), asked=title)
        if planned:
            said = text(_("Weak, planned for: {question}").format(question=line), "muted")
            return plain(column(said, *(self._planned(plan) for plan in planned)))
        plan = button(_("Plan…"), lambda: plan_for(self._desk, each.id, question, line, self))
        plan.setAccessibleName(_("Plan for: {question}").format(question=line))
        return plain(row(text(_("Weak: {question}").format(question=line), "warning"), plan))

    def _planned(self, plan: Planned) -> QWidget:
        """One action of the capacity plan, one click away, with its owner and its day."""
        opens = button(one_line(plan.title), partial(self._desk.open, "capacity-actions", plan.id), "link")
        owner = words().isolate(one_line(plan.owner)) if plan.owner else _("nobody named")
        due = words().date(plan.due_on) if plan.due_on else _("no day")
        late = plan.due_on is not None and plan.due_on < date.today() and plan.status in _TO_DO
        told = _("{side}: {owner}, until {day} ({status})").format(
            side=_(_SIDE.title_of(plan.side)), owner=owner, day=due, status=_(_PLAN.title_of(plan.status))
        )
        return plain(row(opens, text(told, "warning" if late else "muted")))

    def _assess(self, code: str, title: str) -> None:
        assert self._id is not None
        assess_by_scheme(self._desk, self._id, code, title, self._newest.get(code), self)
