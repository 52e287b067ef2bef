"""Two that are one: which they may be, and merging them field by field, side by side; organisations, and places.

What differs between the kinds stands in a `Twice`, as data.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QDialog, QFrame, QGridLayout, QRadioButton, QWidget

from db.base import Entity
from db.commands.merging import merge, merge_places, not_same, not_same_place
from db.deeds import Deed
from db.fields import Field, Kind, fields_of
from db.models import Organisation, Place
from db.queries import Session
from db.queries.duplicate_places import duplicate_places
from db.queries.duplicates import Pair, duplicates
from db.queries.entries import entry_page
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.drafts import Drafts
from desktop.ui.forms.editors import LinkEdit, entry_link
from desktop.ui.forms.form import Form
from desktop.ui.forms.organisation import organisation_edit
from desktop.ui.language import _, counted, words
from desktop.ui.parts import button, card, column, empty, plain, row, row_at_end, scrolled, text
from desktop.ui.tables.column import one_line, shown
from i18n import N_

_MOST_SHOWN = 50
_LONGEST = 90

Both = tuple[Mapping[str, Any], Mapping[str, Any]]


@dataclass(frozen=True)
class Twice:
    """A kind of which one may be held twice: how two are found, merged or kept apart, and the words for it."""

    entity: type[Entity]
    other: Field
    edit: Callable[[Desk], LinkEdit]
    pairs: Callable[[Session], tuple[Pair, ...]]
    merge: Deed[..., None]
    keep_apart: Deed[..., None]
    asks: str
    title: str
    explained: str
    held: str
    none: str
    two: str
    pairs_said: Callable[[int], str]


ORGANISATIONS = Twice(
    Organisation,
    Field(N_("The other organisation"), Kind.LINK, required=True),
    organisation_edit,
    duplicates,
    merge,
    not_same,
    N_("Merge with another organisation"),
    N_("Merge two organisations"),
    N_(
        "Say which value stays. Agreements, activities, contacts and whatever else belongs to either belong to one "
        "afterwards; the names of both stay known. From the history they can be made two again."
    ),
    N_("Organisations that may be held twice"),
    N_("No organisation looks as if it were held twice."),
    N_("They are two"),
    lambda count: counted("{count} pair that may be one", "{count} pairs that may be one", count),
)
PLACES = Twice(
    Place,
    Field(N_("The other place"), Kind.LINK, required=True),
    lambda desk: entry_link(desk, Place.__tablename__),
    duplicate_places,
    merge_places,
    not_same_place,
    N_("Merge with another place"),
    N_("Merge two places"),
    N_(
        "Say which value stays. Activities, results and whatever else belongs to either, or lies in it, belong to one "
        "afterwards; the P-codes of both stay known. From the history they can be made two again."
    ),
    N_("Places that may be held twice"),
    N_("No place looks as if it were held twice."),
    N_("They are two places"),
    lambda count: counted("{count} pair of places that may be one", "{count} pairs of places that may be one", count),
)
TWICE: Mapping[str, Twice] = {"organisations": ORGANISATIONS, "places": PLACES}
"""By the key of their list."""


def merge_with(twice: Twice, desk: Desk, id: UUID, parent: QWidget) -> None:
    """Ask which other one it is, then merge the two."""
    form = Form()
    form.add("other", twice.other, twice.edit(desk), wide=True).leave_out(id)

    def do(values: dict[str, Any], done: Any, refused: Any) -> None:
        def both(found: Both) -> None:
            done(None)
            MergeDialog(desk, twice, (id, values["other"]), found, parent).open()

        desk.ask(values_of, twice.entity, id, values["other"], then=both, failed=refused, owner=parent)

    drafts = Drafts(desk, form, f"merge {twice.entity.__tablename__}", id)
    FormDialog(_(twice.asks), form, do, parent, _("Go on"), drafts).open()


def values_of(session: Session, entity: type[Entity], one: UUID, other: UUID) -> Both:
    """The values of two, links with their names."""
    return entry_page(session, entity, one).values, entry_page(session, entity, other).values


class MergeForm(Form):
    """Two side by side: where they differ, a person says whose value stays."""

    def __init__(self, twice: Twice, ids: tuple[UUID, UUID], both: Both) -> None:
        super().__init__()
        self._ids = ids
        self._groups: dict[str, QButtonGroup] = {}
        self.beside(text(_(twice.explained), "muted"))
        self.beside(self._side_by_side(twice, both))

    def values(self) -> dict[str, Any]:
        """Whose value stays, for each field in which they differ."""
        return {key: self._ids[group.checkedId()] for key, group in self._groups.items()}

    def choose(self, key: str, place: int) -> None:
        """Let the value of the first (0) or the second (1) stay."""
        self._groups[key].button(place).setChecked(True)

    def draft(self) -> dict[str, Any]:
        return self._current()

    def restore(self, draft: dict[str, Any]) -> None:
        for key, place in draft.items():
            if key in self._groups and place in (0, 1):
                self.choose(key, place)

    def focus_first(self) -> None:
        if self._groups:
            next(iter(self._groups.values())).checkedButton().setFocus(Qt.FocusReason.TabFocusReason)

    def _side_by_side(self, twice: Twice, both: Both) -> QWidget:
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        grid.setHorizontalSpacing(14)
        for place, values in enumerate(both, 1):
            grid.addWidget(text(one_line(values["name"]), "subtitle"), 0, place)
        line, described = 1, fields_of(twice.entity)
        for key, field in described.items():
            held = [each.get(key) for each in both]
            if held[0] == held[1]:
                continue
            group = self._groups[key] = QButtonGroup(self)
            grid.addWidget(text(_(field.name)), line, 0, Qt.AlignmentFlag.AlignTop)
            for place, value in enumerate(held):
                choice = _choice(field, value)
                group.addButton(choice, place)
                grid.addWidget(choice, line, place + 1)
            stays = 0 if held[0] is not None else 1
            group.button(stays).setChecked(True)
            group.idClicked.connect(lambda _place: self._changed())
            # Tab stops at what is chosen, the arrows change it; Qt sees to that only after the first click.
            group.button(1 - stays).setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            line += 1
        grid.setRowStretch(line, 1)
        return plain(grid)

    def _current(self) -> dict[str, Any]:
        return {key: group.checkedId() for key, group in self._groups.items()}


class MergeDialog(FormDialog):
    """Where the two differ, a person says whose value stays; everything else moves by itself."""

    def __init__(self, desk: Desk, twice: Twice, ids: tuple[UUID, UUID], both: Both, parent: QWidget | None) -> None:
        self.form = MergeForm(twice, ids, both)
        kept, gone = ids

        def do(chosen: dict[str, Any], done: Any, refused: Any) -> None:
            desk.do(twice.merge, kept, gone, chosen, then=done, failed=refused, owner=self)

        drafts = Drafts(desk, self.form, f"merge {gone.hex}", kept)
        super().__init__(_(twice.title), self.form, do, parent, _("Merge"), drafts)
        self.resize(round(self.fontMetrics().averageCharWidth() * 110), 560)


class DuplicatesDialog(QDialog):
    """What may be held twice, each pair with why: merge them, or say that they are two."""

    def __init__(self, desk: Desk, twice: Twice, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = _(twice.held)
        self.setWindowTitle(title)
        self._desk, self._twice = desk, twice
        self._said = text(_("Looking through the record…"), "muted")
        self._lines = column(None)
        inside = plain(self._lines)
        close = button(_("Close"), self.accept, "primary")
        self.setLayout(column(text(title, "subtitle"), self._said, scrolled(inside, title), plain(row_at_end(close))))
        self.resize(round(self.fontMetrics().averageCharWidth() * 100), 560)
        self.look()

    def look(self) -> None:
        """Look through the record again."""
        self._desk.ask(self._twice.pairs, then=self._show, owner=self)

    def _show(self, pairs: tuple[Pair, ...]) -> None:
        empty(self._lines)
        for pair in pairs[:_MOST_SHOWN]:
            self._lines.addWidget(self._pair(pair))
        self._lines.addStretch(1)
        self._said.setText(self._twice.pairs_said(len(pairs)) if pairs else _(self._twice.none))

    def _pair(self, pair: Pair) -> QFrame:
        names = words().list([one_line(pair.first_name), one_line(pair.second_name)])
        answers = row(
            button(_("Merge…"), lambda: self._merge(pair)), button(_(self._twice.two), lambda: self._keep_apart(pair))
        )
        return card(text(names), *(text(_(why), "muted") for why in pair.why), plain(answers))

    def _merge(self, pair: Pair) -> None:
        def both(found: Both) -> None:
            dialog = MergeDialog(self._desk, self._twice, (pair.first, pair.second), found, self)
            dialog.accepted.connect(self.look)
            dialog.open()

        self._desk.ask(
            values_of,
            self._twice.entity,
            pair.first,
            pair.second,
            then=both,
            failed=lambda _gone: self.look(),
            owner=self,
        )

    def _keep_apart(self, pair: Pair) -> None:
        self._desk.do(self._twice.keep_apart, pair.first, pair.second, then=lambda _done: self.look(), owner=self)


def _choice(field: Field, value: Any) -> QRadioButton:
    whole = one_line(value[1]) if isinstance(value, tuple) else shown(field, value)
    said = whole if len(whole) <= _LONGEST else whole[:_LONGEST] + "…"
    # An ampersand would else underline the letter after it.
    choice = QRadioButton((said or _("Nothing")).replace("&", "&&"))
    choice.setAccessibleName(_("{field}: {value}").format(field=_(field.name), value=said or _("Nothing")))
    if said != whole:
        choice.setToolTip(whole.replace("<", "&lt;"))
    return choice
