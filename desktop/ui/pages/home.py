"""Home: what there is to do by when, what is in the record, and what to do next."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from db.caring import Care
from db.queries import Session
from db.queries.overview import Overview, overview
from db.queries.worklist import WorkList, worklist
from desktop.ui.asked import cards_of_care
from desktop.ui.desk import Desk
from desktop.ui.due import Line, line_of, line_of_matter, lines_card
from desktop.ui.flow import Flow
from desktop.ui.language import _, counted, ngettext, words
from desktop.ui.pages.page import Page
from desktop.ui.parts import button, card, empty, plain, row, scrolled, text
from i18n import N_

AT_MOST = 6
"""Lines a heading; the calendar has the rest."""


def _look(session: Session, today: date) -> tuple[Overview, WorkList]:
    return overview(session), worklist(session, today)


class HomePage(Page):
    """The work list, figures of the record on cards, and next steps as buttons."""

    key = "home"
    title = N_("Home")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        inside = QWidget()
        inside.setProperty("is", "plain")
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(0, 0, 8, 0)
        self._lines.setSpacing(14)
        self._area = scrolled(inside, _("What is in the record"))
        self.body.addWidget(self._area)
        self._asked: tuple[str, ...] = ()
        self._care = self._place_of_care()
        if desk.backing is not None:
            desk.backing.cared.connect(self._cared)

    def begin(self) -> None:
        """Here one reads from the top; the keyboard stays where it is, in the rail as a rule."""
        if self.isAncestorOf(self.focusWidget()):
            self.setFocus()
        self._area.verticalScrollBar().setValue(0)

    def reload(self) -> None:
        today = date.today()
        self.desk.ask(_look, today, then=lambda found: self._show(found[0], found[1], today), owner=self)

    def _place_of_care(self) -> QVBoxLayout:
        made = QVBoxLayout()
        made.setSpacing(self._lines.spacing())
        self._lines.addLayout(made)
        return made

    def _cared(self, care: Care) -> None:
        if care.asked != self._asked:
            self._show_care()

    def _show_care(self) -> None:
        care = self.desk.backing.care if self.desk.backing is not None else None
        self._asked = care.asked if care is not None else ()
        empty(self._care)
        for each in cards_of_care(self.desk, self.window()):
            self._care.addWidget(each)

    def _show(self, seen: Overview, work: WorkList, today: date) -> None:
        had_focus = self.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        empty(self._lines)
        self.heading.setText(words().isolate(seen.office) if seen.office else _(self.title))
        if seen.first and seen.last:
            period = words().period(seen.first, seen.last)
            self._lines.addWidget(text(_("Activities from {period}").format(period=period), "muted"))
        self._care = self._place_of_care()
        self._show_care()
        self._show_work(work, today)
        self._lines.addLayout(self._figures(seen))
        steps = self._next(seen)
        if steps:
            self._lines.addWidget(text(_("What to do next"), "subtitle"))
        for sentence, label, goes in steps:
            go = button(label, goes, "", "arrow-right")
            self._lines.addWidget(card(plain(row(text(sentence), go))))
        if seen.sources:
            self._lines.addWidget(text(_("Brought in lately"), "subtitle"))
            lines = [
                _("{file}, received on {day}").format(file=words().isolate(name), day=words().date(on))
                if on
                else words().isolate(name)
                for name, on in seen.sources
            ]
            self._lines.addWidget(card(*(text(line) for line in lines)))
        self._lines.addStretch(1)
        if had_focus:
            self.setFocus()

    def _show_work(self, work: WorkList, today: date) -> None:
        """What there is to do, by how soon."""
        to_calendar = button(_("Calendar"), partial(self.desk.go, "calendar"), "", "calendar-days")
        self._lines.addWidget(plain(row(text(_("Work list"), "subtitle"), to_calendar)))
        if not work.any:
            said = _("Nothing is overdue, and nothing is due in the next 90 days.")
            self._lines.addWidget(card(text(said, "muted")))
        if work.expired:
            said = counted(
                "{count} thing has been kept for as long as it may be. Somebody decides what becomes of it.",
                "{count} things have been kept for as long as they may be. Somebody decides what becomes of them.",
                work.expired,
            )
            look = button(_("Look at them"), partial(self.desk.go, "retention"), "", "arrow-right")
            self._lines.addWidget(card(plain(row(text(said), look))))
        groups: tuple[tuple[str, list[Line]], ...] = (
            (
                counted("Overdue: {count} thing", "Overdue: {count} things", len(work.overdue)),
                [line_of(due) for due in work.overdue],
            ),
            (_("Within 30 days"), [line_of(due) for due in work.within_30]),
            (_("Within 60 days"), [line_of(due) for due in work.within_60]),
            (_("Within 90 days"), [line_of(due) for due in work.within_90]),
            (_("Open, without a date"), [line_of_matter(matter) for matter in work.undated]),
        )
        for title, lines in groups:
            if not lines:
                continue
            left = len(lines) - AT_MOST
            more = counted("and {count} more, in the calendar", "and {count} more, in the calendar", left)
            go = [plain(row(button(more, partial(self.desk.go, "calendar"), "link")))] if left > 0 else []
            self._lines.addWidget(lines_card(self.desk, title, lines[:AT_MOST], today, *go))

    def _figures(self, seen: Overview) -> Flow:
        figures = (
            (seen.partners, ngettext("partner", "partners", seen.partners)),
            (seen.women_led, ngettext("partner led by women", "partners led by women", seen.women_led)),
            (seen.activities, ngettext("activity", "activities", seen.activities)),
            (seen.donors, ngettext("donor", "donors", seen.donors)),
            (seen.places, ngettext("place", "places", seen.places)),
        )
        cards = [card(text(words().number(value), "figure"), text(label, "muted")) for value, label in figures]
        for each in cards:
            each.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        return row(*cards)

    def _next(self, seen: Overview) -> list[tuple[str, str, Callable[[], object]]]:
        steps: list[tuple[str, str, Callable[[], object]]] = []
        importing = partial(self.desk.go, "import")
        if not (seen.activities or seen.partners or seen.donors):
            steps += [
                (
                    _("The record is empty. Begin with the partner you know best: only its name is needed."),
                    _("Add a first partner"),
                    partial(self.desk.open, "partners"),
                ),
                (_("Or with a file: a partner's monthly sheet, the cluster's 5W."), _("Import a file"), importing),
                (
                    _("What each page is for, what to know before trusting what stands there, and every key."),
                    _("Read the help"),
                    lambda: self.desk.help(),
                ),
            ]
        if seen.women_led_unknown:
            steps.append(
                (
                    counted(
                        "For {count} partner it is not known whether it is led by women. Reports print it as unknown.",
                        "For {count} partners it is not known whether they are led by women. "
                        "Reports print them as unknown.",
                        seen.women_led_unknown,
                    ),
                    _("See them"),
                    partial(self.desk.go, "partners", {"women_led": "unknown"}),
                )
            )
        if seen.activities:
            steps += [
                (_("A new file came from a partner or the cluster."), _("Import a file"), importing),
                (
                    _("A donor or the office asks for the protection overview."),
                    _("Make a report"),
                    partial(self.desk.go, "quick-report", {"report": "protection-overview"}),
                ),
            ]
        return steps
