"""The part of a partner's page on who leads it: each assessment with its criteria and evidence, and what holds.

Women, refugees, young people, persons with disabilities and women's rights are separate questions, each with a status
of its own. The newest assessment of a question holds; the others stay to be read.
"""

from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from db.carried import said
from db.definitions import definition, name_of
from db.fields import field_of
from db.models.women_led import ABOUT, Criterion, WomenLedAssessment
from db.queries.women_led import AnsweredCriterion, Assessed, Counted, assessments_of, newest_count
from desktop.ui.desk import Desk
from desktop.ui.dialogs.assessing import assess_led, review_led
from desktop.ui.forms.assessing import SAYS
from desktop.ui.help import help_button
from desktop.ui.language import _, words
from desktop.ui.parts import bring_into_view, button, card, column, empty, plain, row, scrolled_cards, text
from desktop.ui.tables.column import one_line

_STATUS, _SAID = field_of(WomenLedAssessment.status), field_of(WomenLedAssessment.said)
_ANSWER = field_of(Criterion.answer)


class WomenLedPart(QWidget):
    """Who leads an organisation, as it was assessed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._id: UUID | None = None
        self._count: Counted | None = None
        self._verdicts: dict[str, QLabel] = {}
        self._changed = ""
        """The question that was just answered: what follows is brought into view and said."""
        area, self._lines = scrolled_cards(_("Led by women"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def show_of(self, id: UUID, _title: str) -> None:
        self._id = id
        self._desk.ask(newest_count, id, then=self._counted, owner=self)
        self._desk.ask(assessments_of, id, then=lambda found: self._show(id, found), owner=self)

    def _counted(self, count: Counted | None) -> None:
        self._count = count

    def _show(self, id: UUID, found: tuple[Assessed, ...]) -> None:
        if id != self._id:
            return
        empty(self._lines)
        for about, title in ABOUT:
            of_this = [each for each in found if each.about == about]
            holds = of_this[0].counts_as if of_this else "unknown"
            last = of_this[0] if of_this else None
            assess_it = button(_("Assess…"), partial(self._assess, about, title, last), "", "shield")
            assess_it.setAccessibleName(_("Assess: {question}").format(question=_(title)))
            status = text(_(_STATUS.title_of(holds)) if of_this else _("Not assessed yet"), SAYS[holds], wrap=False)
            self._verdicts[about] = status
            why = [help_button("women-led")] if about == "women_led" else []
            self._lines.addWidget(plain(row(text(_(title), "subtitle", wrap=False), status, assess_it, *why)))
            for each in of_this:
                self._lines.addWidget(self._card(each))
        self._lines.addStretch(1)
        if self._changed:
            QTimer.singleShot(0, self, self._announce)

    def _announce(self) -> None:
        """Bring the verdict that follows from what was answered into view, and say it."""
        about, self._changed = self._changed, ""
        if about in self._verdicts:
            verdict = self._verdicts[about]
            bring_into_view(verdict)
            self._desk.say(_("{label}: {figure}").format(label=_(dict(ABOUT)[about]), figure=verdict.text()))

    def _card(self, each: Assessed) -> QWidget:
        day = words().date
        by = words().isolate(one_line(each.assessed_by)) if each.assessed_by else _("not known")
        parts: list[QWidget | None] = [text(_(_STATUS.title_of(each.status)), SAYS[each.status])]
        if each.review == "rejected":
            parts.append(text(_("Rejected in review: it counts as unknown until somebody assesses anew."), "error"))
        if not each.holds:
            parts.append(text(_("A newer assessment holds."), "muted"))
        elif each.to_renew(date.today()) and each.valid_until:
            parts.append(
                text(_("Valid until {day}: to be assessed anew.").format(day=day(each.valid_until)), "warning")
            )
        elif each.valid_until:
            parts.append(text(_("Valid until {day}").format(day=day(each.valid_until)), "muted"))
        name = name_of(each.definition, each.definition_version, words().language)
        parts.append(text(_(_SAID.title_of(each.said))))
        parts.append(text(_("Definition: {name}").format(name=name), "muted"))
        parts.append(text(_("Assessed on {day} by {person}").format(day=day(each.assessed_on), person=by), "muted"))
        parts += [self._criterion(each, one) for one in each.criteria]
        if each.evidence:
            parts.append(text(_("Evidence: {words}").format(words=words().isolate(each.evidence))))
        parts.append(self._review(each))
        return card(*parts)

    def _criterion(self, each: Assessed, one: AnsweredCriterion) -> QWidget:
        asked = definition(each.definition, each.definition_version)
        rule = (
            next((said(known.rules, words().language) for known in asked.criteria if known.code == one.code), "")
            if asked
            else ""
        )
        answer = _(_ANSWER.title_of(one.answer))
        asked_for, code = rule.rstrip("."), words().isolate(one.code)
        line = _("{code}: {asked} — {answer}").format(code=code, asked=asked_for, answer=answer)
        parts: list[QWidget] = [text(line, "error" if one.rejected else SAYS[one.answer])]
        if one.evidence:
            parts.append(text(_("Evidence: {words}").format(words=words().isolate(one_line(one.evidence))), "muted"))
        if one.document_id is not None:
            named = _("Evidence: {words}").format(words=words().isolate(one_line(one.document or "")))
            parts.append(button(named, partial(self._desk.open, "documents", one.document_id), "link", "file-text"))
        if one.rejected:
            parts.append(text(_("Rejected in review"), "error"))
        return plain(column(*parts))

    def _review(self, each: Assessed) -> QWidget | None:
        if each.review is not None and each.reviewed_on is not None:
            by = words().isolate(one_line(each.reviewed_by)) if each.reviewed_by else _("not known")
            sentence = (
                _("Confirmed on {day} by {person}")
                if each.review == "confirmed"
                else _("Rejected on {day} by {person}")
            )
            reviewed = text(sentence.format(day=words().date(each.reviewed_on), person=by), "muted")
            note = (
                [text(_("Note: {words}").format(words=words().isolate(each.review_note)))] if each.review_note else []
            )
            return plain(column(reviewed, *note))
        if each.assessed_by_id == self._desk.record.person:
            return text(_("Not reviewed yet: somebody else in the office can review it."), "muted")
        return plain(
            row(
                text(_("Not reviewed yet."), "muted"),
                button(_("Review…"), lambda: review_led(self._desk, each.id, self)),
            )
        )

    def _assess(self, about: str, title: str, last: Assessed | None) -> None:
        assert self._id is not None
        dialog = assess_led(
            self._desk, self._id, about, title, self._count if about == "women_led" else None, last, self
        )
        dialog.accepted.connect(partial(self._await, about))

    def _await(self, about: str) -> None:
        self._changed = about
        if self._id is not None:
            self.show_of(self._id, "")
