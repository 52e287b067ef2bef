"""Home: what is in the record, and what to do next."""

from functools import partial

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from db.queries.overview import Overview, overview
from desktop.ui.desk import Desk
from desktop.ui.flow import Flow
from desktop.ui.language import _, counted, ngettext, words
from desktop.ui.pages.page import Page
from desktop.ui.parts import button, card, empty, plain, row, scrolled, text
from i18n import N_


class HomePage(Page):
    """Figures of the record on cards, and next steps as buttons."""

    key = "home"
    title = N_("Home")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        inside = QWidget()
        inside.setProperty("is", "plain")
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(0, 0, 8, 0)
        self._lines.setSpacing(14)
        self.body.addWidget(scrolled(inside, _("What is in the record")))

    def begin(self) -> None:
        """Here one reads; the keyboard stays where it is, in the rail as a rule."""

    def reload(self) -> None:
        self.desk.ask(overview, then=self._show, owner=self)

    def _show(self, seen: Overview) -> None:
        had_focus = self.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        empty(self._lines)
        self.heading.setText(words().isolate(seen.office) if seen.office else _(self.title))
        if seen.first and seen.last:
            period = words().period(seen.first, seen.last)
            self._lines.addWidget(text(_("Activities from {period}").format(period=period), "muted"))
        self._lines.addLayout(self._figures(seen))
        self._lines.addWidget(text(_("What to do next"), "subtitle"))
        for sentence, label, page, about in self._next(seen):
            go = button(label, partial(self.desk.go, page, about), "", "arrow-right")
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

    def _next(self, seen: Overview) -> list[tuple[str, str, str, object]]:
        steps: list[tuple[str, str, str, object]] = []
        if not seen.activities:
            steps.append(
                (
                    _("The record is empty. Begin with a partner's monthly sheet or the cluster's 5W."),
                    _("Import a file"),
                    "import",
                    None,
                )
            )
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
                    "partners",
                    {"women_led": "unknown"},
                )
            )
        if seen.activities:
            steps += [
                (_("A new file came from a partner or the cluster."), _("Import a file"), "import", None),
                (_("A donor or the office asks for the protection overview."), _("Make a report"), "reports", None),
            ]
        return steps
