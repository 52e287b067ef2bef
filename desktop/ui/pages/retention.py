"""What has been kept for as long as it may be: looked at once a month, and erased, anonymised or kept on."""

from collections.abc import Sequence
from datetime import date

from db.carried import said
from db.models.retention import WAYS
from db.queries import Session
from db.queries.kinds import KINDS
from db.queries.retention import Expired, expired, rules
from db.retention import Rule
from desktop.ui.desk import Desk
from desktop.ui.dialogs.erasing import PAST_ITS_TIME, erase_one, keep_one, save_certificate
from desktop.ui.language import _, counted, words
from desktop.ui.pages.page import Page
from desktop.ui.parts import Note, button, plain, row, text
from desktop.ui.tables.short import ShortColumn, ShortView
from i18n import N_

_WAYS = dict(WAYS)
COLUMNS = (
    ShortColumn(N_("Kind of record"), lambda one: _(KINDS[one.kind].one), 20),
    ShortColumn(N_("Name"), lambda one: words().isolate(one.name), 34),
    ShortColumn(N_("Counted from"), lambda one: words().date(one.counted_from), 14),
    ShortColumn(N_("Kept until"), lambda one: words().date(one.due_on), 14),
    ShortColumn(N_("What is done then"), lambda one: _(_WAYS[one.way]), 30),
)


class RetentionPage(Page):
    """A line for each thing past its time; what its kind is kept for stands under the list."""

    key = "retention"
    title = PAST_ITS_TIME

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rules: dict[str, Rule] = {}
        self.list = ShortView(_(self.title), COLUMNS)
        self.list.chosen.connect(self._look)
        self.list.opened.connect(lambda one: self.desk.open(one.kind, one.id))
        self._count, self._purpose, self._note = text("", "muted"), text("", "muted"), Note()
        about = text(
            _(
                "Nothing goes by itself: for each of these, somebody decides. How long a kind is kept is a proposal "
                "that the office can change."
            ),
            "muted",
        )
        ways = row(
            button(_("Erase…"), self.erase, "", "trash-2"),
            button(_("Keep on…"), self.keep, "", "calendar-days"),
            button(_("Rules of the office"), lambda: self.desk.go("retention-rules"), "link"),
            button(_("Save the newest certificate…"), lambda: save_certificate(self.desk, self), "link"),
        )
        for part in (about, plain(ways), self._count, self._note):
            self.body.addWidget(part)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self._purpose)

    def begin(self) -> None:
        self.list.setFocus()

    def reload(self) -> None:
        self.desk.ask(_all, date.today(), then=lambda found: self._show(*found), owner=self)

    def erase(self) -> None:
        """Erase or anonymise the chosen one, as its rule says."""
        if one := self._chosen():
            erase_one(KINDS[one.kind].entity, one.way)(self.desk, one.id, self)

    def keep(self) -> None:
        """Keep the chosen one on."""
        if one := self._chosen():
            keep_one(KINDS[one.kind].entity, self.desk, one.id, self)

    def _chosen(self) -> Expired | None:
        one: Expired | None = self.list.current()
        if one is None:
            self._note.say(_("Choose a line first."), "warning")
        return one

    def _show(self, found: Sequence[Expired], known: dict[str, Rule]) -> None:
        self._rules = known
        self.list.show_rows(found)
        self._note.say("")
        nothing = _("Nothing is past its time.")
        some = counted("{count} thing is past its time.", "{count} things are past their time.", len(found))
        self._count.setText(some if found else nothing)
        self._look(self.list.current())

    def _look(self, one: Expired | None) -> None:
        if one is None or (rule := self._rules.get(one.kind)) is None:
            self._purpose.setText("")
            return
        purpose, source = (words().isolate(said(told, words().language)) for told in (rule.purposes, rule.sources))
        months = counted("{count} month", "{count} months", rule.months)
        line = _("Kept for: {purpose}. How long: {months}. Where this comes from: {source}")
        self._purpose.setText(line.format(purpose=purpose, months=months, source=source))


def _all(session: Session, today: date) -> tuple[tuple[Expired, ...], dict[str, Rule]]:
    return expired(session, today), dict(rules(session))
