"""The page of a framework with its tree and how far it has come; and its list, with what Jalon has besides."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.commands.frameworks import bring_framework
from db.commands.programmes import add_programme
from db.fields import field_of
from db.frameworks import framework_called
from db.models.frameworks import FrameworkItem
from db.models.indicators import Progress
from db.models.texts import Text
from db.queries.frameworks import FrameworkProgress, Line, Offered, PartOfPlan, framework_progress, offered
from db.queries.kinds import KINDS
from desktop.ui.desk import Desk
from desktop.ui.language import _, counted, words
from desktop.ui.pages.entry import EntryPage
from desktop.ui.pages.listing import ListPage
from desktop.ui.parts import button, empty, plain, row, text
from desktop.ui.tables.column import one_line, shown
from desktop.ui.tables.short import ShortColumn, ShortView
from i18n import N_

_INDENT = "\u2003"


def _status(line: Line) -> str:
    """How far an action has come, with the day it was said; for what can come far."""
    if line.progress is None:
        return _("Nothing recorded") if line.kind == "action" else ""
    status = _(field_of(Progress.status).title_of(line.progress.status))
    return _("{status}, {day}").format(status=status, day=words().date(line.progress.on))


def _serving(tagged: Any) -> str:
    """What serves a line, by kind."""
    said = [
        _("{kind}: {count}").format(kind=_(KINDS[kind].name), count=words().number(count))
        for kind, count in tagged.items()
    ]
    return words().list(said) if said else ""


def _certainty(code: str | None) -> str:
    return _(field_of(FrameworkItem.certainty).title_of(code)) if code else ""


def _standing(line: Line) -> str:
    return _(field_of(Text.status).title_of(line.standing)) if line.unofficial else ""


LINES = (
    ShortColumn(N_("Code"), lambda line: words().isolate(line.code), 12),
    ShortColumn(N_("Line"), lambda line: _INDENT * line.depth + one_line(line.name), 46),
    ShortColumn(N_("Progress"), _status, 20),
    ShortColumn(N_("What serves it"), lambda line: _serving(line.tagged), 24),
    ShortColumn(field_of(FrameworkItem.certainty).name, lambda line: _certainty(line.certainty), 16),
    ShortColumn(field_of(Text.status).name, lambda line: _standing(line), 18),
)
PARTS = (
    ShortColumn(N_("Pillar"), lambda part: one_line(part[0]), 22),
    ShortColumn(N_("Horizon"), lambda part: shown(field_of(FrameworkItem.horizon), part[1].horizon), 14),
    ShortColumn(N_("Actions"), lambda part: words().number(part[1].actions), 9, numeric=True),
    ShortColumn(N_("Progress"), lambda part: _statuses(part[1]), 30),
    ShortColumn(N_("What serves it"), lambda part: _serving(part[1].tagged), 24),
    ShortColumn(field_of(FrameworkItem.certainty).name, lambda part: _certainties(part[1]), 24),
)


def _statuses(part: PartOfPlan) -> str:
    title = field_of(Progress.status).title_of
    return words().list(
        [
            _("{kind}: {count}").format(kind=_(title(code)) if code else _("Nothing recorded"), count=words().number(n))
            for code, n in part.statuses.items()
        ]
    )


def _certainties(part: PartOfPlan) -> str:
    return words().list(
        [
            _("{kind}: {count}").format(kind=_certainty(code) or _("Unknown"), count=words().number(n))
            for code, n in part.certainties.items()
        ]
    )


class FrameworkPage(EntryPage):
    """The page of one framework."""

    def more_parts(self) -> Sequence[tuple[str, Callable[[], QWidget]]]:
        return ((_("Tree"), lambda: TreePart(self.desk)), (_("Progress"), lambda: ProgressPart(self.desk)))


class TreePart(QWidget):
    """The lines of a framework under each other, in the language of the screen where they have words in it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.list = ShortView(_("Tree"), LINES)
        self.list.opened.connect(lambda line: desk.open("framework-items", line.id))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 4, 0, 0)
        lines.addWidget(self.list)

    def show_of(self, id: UUID, _title: str) -> None:
        self._desk.ask(framework_progress, id, words().language, then=self._show, owner=self)

    def _show(self, told: FrameworkProgress) -> None:
        self.list.show_rows(told.lines)


class ProgressPart(QWidget):
    """How far the actions have come, by pillar and horizon."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._said = text("", "muted")
        self.list = ShortView(_("Progress"), PARTS)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 4, 0, 0)
        lines.addWidget(self._said)
        lines.addWidget(self.list, 1)

    def show_of(self, id: UUID, _title: str) -> None:
        self._desk.ask(framework_progress, id, words().language, then=self._show, owner=self)

    def _show(self, told: FrameworkProgress) -> None:
        names = {line.id: line.name for line in told.lines}
        self.list.show_rows([(names.get(part.pillar) or "" if part.pillar else "", part) for part in told.parts])
        actions = sum(part.actions for part in told.parts)
        self._said.setText(
            counted("{count} action", "{count} actions", actions) if actions else _("This framework has no actions.")
        )


class FrameworksPage(ListPage):
    """The list of frameworks, with an offer of those that come with Jalon and are not wholly in the record."""

    def __init__(self, desk: Desk, kind: str) -> None:
        super().__init__(desk, kind)
        self._offers = QVBoxLayout()
        self._offers.setContentsMargins(0, 0, 0, 0)
        self.body.insertWidget(self.body.indexOf(self.list), plain(self._offers))

    def reload(self) -> None:
        super().reload()
        self.desk.ask(offered, then=self._offer, owner=self)

    def _offer(self, found: tuple[Offered, ...]) -> None:
        empty(self._offers)
        if found:
            said = _("These come with Jalon and are not wholly in the record:")
            self._offers.addWidget(text(said, "muted"))
            buttons = [button(self._said(one), partial(self._bring, one), "", "plus") for one in found]
            self._offers.addWidget(plain(row(*buttons)))

    def _said(self, one: Offered) -> str:
        language = words().language.partition("-")[0]
        name = one_line(one.names.get(language) or one.names["en"])
        if not one.lines:
            return name
        said = words().ngettext("{name} ({count} line)", "{name} ({count} lines)", one.lines)
        return said.format(name=name, count=words().number(one.lines))

    def _bring(self, one: Offered) -> None:
        if one.figures and not one.held:
            self.desk.do(add_programme, framework_called(one.code), owner=self)
        else:
            self.desk.do(bring_framework, one.code, owner=self)
