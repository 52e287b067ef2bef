"""The page of one thing of any kind: its form, the lists that hang on it, its documents, its texts, its history, and
the deeds of its own as buttons. What it shows stands in an `Entry`, as data."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from db.base import Entity
from db.commands.entries import add, edit
from db.fields import Kind
from db.money import CURRENCY
from db.queries.entries import EntryPage as Seen
from db.queries.entries import entry_page
from db.queries.in_language import entry_in
from db.queries.kinds import KINDS
from desktop.ui.desk import ONE, Desk
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.drafts import Drafts
from desktop.ui.entries.entry import Act, Entry
from desktop.ui.language import _, words
from desktop.ui.pages.documents import DocumentsPart
from desktop.ui.pages.form_page import FormPage
from desktop.ui.pages.heads import Head, heading_of
from desktop.ui.pages.related import HistoryPart, RelatedPart
from desktop.ui.pages.texts import TextsPart, translated
from desktop.ui.parts import button, text
from desktop.ui.tabs import Tabs

Pairs = Sequence[tuple[type[Entity], str]]


class EntryPage(FormPage):
    """The page of one thing."""

    query: Callable[..., Seen] = staticmethod(entry_page)

    def __init__(self, desk: Desk, entry: Entry) -> None:
        self.key, self.title, self.entity = entry.kind + ONE, entry.listed.one, entry.listed.entity
        super().__init__(desk, entry.form(desk))
        self.entry = entry
        self.head = Head(desk, entry.listed)
        over = self.layout()
        assert isinstance(over, QVBoxLayout)
        over.insertWidget(0, self.head)
        self._seen: Seen | None = None
        self._acts = [self._button_of(act) for act in entry.acts]
        for place, each in enumerate(self._acts):
            self.buttons.insert(1 + place, each)
        self._pairs = tuple((KINDS[related.kind].entity, related.by) for related in entry.related)
        parts = words().list([_(KINDS[related.kind].name) for related in entry.related])
        self.later = text(_("Once this is saved, more can be added to it: {parts}.").format(parts=parts), "muted")
        self.later.setVisible(False)
        self.body.addWidget(self.later)
        self.tabs = Tabs()
        self.tabs.add(_("Details"), self.details)
        for name, make in self.more_parts():
            self.tabs.add(name, make)
        self._first_related = self.tabs.count()
        for related in entry.related:
            self.tabs.add(_(KINDS[related.kind].name), partial(RelatedPart, desk, related))
        if entry.editable and entry.documented:
            if translated(self.entity):
                self.tabs.add(_("In other languages"), lambda: TextsPart(desk, self.entity))
            self._documents = self.tabs.add(_("Documents"), lambda: DocumentsPart(desk, self.entity))
            self.setAcceptDrops(True)
        self.tabs.add(_("History"), lambda: HistoryPart(desk, self.entity))
        self.tabs.shown.connect(lambda _place: self._show_part())
        self.body.addWidget(self.tabs, 1)
        if not entry.editable:
            self.removing.hide()
            self.saving.hide()
            self.form.only_read()

    def details(self) -> QWidget:
        """The first part: the form, with what belongs under it."""
        return self.form_part()

    def more_parts(self) -> Sequence[tuple[str, Callable[[], QWidget]]]:
        """Parts of this kind's own, each with a `show_of`."""
        return ()

    def show_about(self, about: Any) -> None:
        super().show_about(about)
        self.tabs.go(0)

    def begin(self) -> None:
        self.tabs.begin()

    def load(self, id: UUID | None, draft: dict[str, Any] | None) -> None:
        for place in range(1, self.tabs.count()):
            self.tabs.allow(place, id is not None)
        self.later.setVisible(id is None and bool(self.entry.related))
        if id is None:
            self._seen = None
            self.heading.setText(_("New: {kind}").format(kind=_(self.title)))
            self.head.show_of(None)
            self._show_acts()
            self.loaded(None, self.entry.begins_with(self.given), draft)
            return
        self.desk.ask(
            entry_in,
            words(),
            self.query,
            self.entity,
            id,
            self._pairs,
            then=lambda seen: self._show(id, seen, draft),
            failed=lambda error: self.not_there(id, error),
            owner=self,
        )

    def write(self, values: dict[str, Any]) -> None:
        if self.about is None:
            self.desk.do(add, self.entity, values, then=self.saved, failed=self.refused, owner=self)
        elif differing := self.differing(values):
            id = self.about
            self.desk.do(
                edit, self.entity, id, differing, then=lambda _done: self.saved(id), failed=self.refused, owner=self
            )
        else:
            self.saved(self.about)

    def differing(self, values: dict[str, Any]) -> dict[str, Any]:
        """What differs; with another currency every amount, for minor units alone would be other money in it."""
        found = super().differing(values)
        if CURRENCY in found:
            amounts = [key for key, field in self.form.described().items() if field.kind is Kind.MONEY]
            found |= {key: values[key] for key in amounts}
        return found

    def _show(self, id: UUID, seen: Seen, draft: dict[str, Any] | None) -> None:
        if id != self.about:
            return
        self._seen = seen
        self.heading.setText(heading_of(self.entry.listed, seen))
        self.head.show_of(seen)
        self.loaded(id, {**seen.values, "id": id}, draft)
        counted_lists = zip(self.entry.related, seen.counts, strict=True)
        for place, (related, count) in enumerate(counted_lists, self._first_related):
            name = _(KINDS[related.kind].name)
            counted = _("{part} ({count})").format(part=name, count=words().number(count))
            self.tabs.rename(place, counted if count else name)
        self._show_acts()
        self._show_part()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._seen is not None and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        self.tabs.go(self._documents)
        part = self.tabs.part(self._documents)
        assert isinstance(part, DocumentsPart)
        part.add_files([file for file in files if file.is_file()])

    def _show_part(self) -> None:
        part: Any = self.tabs.part(self.tabs.place)
        if isinstance(part, RelatedPart) and self._seen is not None:
            part.values = self._seen.values
        if self._seen is not None and self.about is not None and hasattr(part, "show_of"):
            part.show_of(self.about, self._seen.title)

    def _button_of(self, act: Act) -> QPushButton:
        made = button(_(act.name), lambda: self.do(act))
        made.hide()
        return made

    def _show_acts(self) -> None:
        at = self.window().focusWidget()
        for act, each in zip(self.entry.acts, self._acts, strict=True):
            each.setVisible(self._seen is not None and act.possible(self._seen.values))
        if at in self._acts and not at.isVisibleTo(self):
            self.begin()  # or the keyboard would go to the first button of the window

    def do(self, act: Act) -> None:
        """Do something of its own to the thing, after asking for what the deed needs."""
        if self._seen is None or self.about is None:
            return
        if self.form.dirty:
            self.note.say(_("Save what you typed first."), "warning")
            return
        id = self.about
        if act.dialog is not None:
            act.dialog(self.desk, id, self)
            return
        deed = act.deed
        assert deed is not None, "what has no dialog has a deed"
        if act.form is None:
            self.desk.do(deed, id, {}, failed=self.refused, owner=self)
            return

        def do(values: dict[str, Any], done: Any, refused: Any) -> None:
            self.desk.do(deed, id, values, then=done, failed=refused, owner=self)

        form = act.form(self.desk, {**self._seen.values, "id": id})
        FormDialog(_(act.name), form, do, self, drafts=Drafts(self.desk, form, f"{self.key} {act.name}", id)).open()
