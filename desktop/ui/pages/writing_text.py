"""The text of one part in one language: its editor, the source beside a translation, what is to be said of it.

Each pause puts it into the record as a draft, which outlives a lock and a kill; leaving the part or Ctrl+S makes it one
deed, to be undone as one.
"""

from collections.abc import Callable, Collection, Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from db import prose
from db.commands.reports import write_text
from db.fields import field_of
from db.models import SectionText
from db.prose import Prose, words_in
from db.queries.names import office_usage
from db.queries.texts import DRAFT, ORIGINAL
from desktop.reports.prose_checks import Checked, Remark, remarks
from desktop.ui.composed import Cited
from desktop.ui.desk import Desk
from desktop.ui.errors import sentence
from desktop.ui.forms.choices import ChoiceEdit
from desktop.ui.forms.prose import ProseEdit
from desktop.ui.forms.prose_bar import ProseBar
from desktop.ui.language import _, words
from desktop.ui.pages.writing_drafts import Page, TextDrafts
from desktop.ui.parts import Note, button, plain, row, text

_LINES, _FEW = 9, 6
_MOST = 16_777_215
"""As high as Qt lets a widget be."""


class TextPart(QWidget):
    """One text. `paused` comes when typing has stopped for a moment, `saving` before the deed that keeps it."""

    paused = Signal()
    saving = Signal()
    refused = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._drafts = TextDrafts(desk, self._not_kept)
        self._page: Page | None = None
        self._hidden: Collection[int] = ()
        self._usage: str | None = None
        self._looks = 0
        self.edit = ProseEdit()
        self.edit.setMinimumHeight(self.fontMetrics().lineSpacing() * _LINES)
        self.bar = ProseBar(self.edit)
        self.source = ProseEdit()
        self.source.setReadOnly(True)
        self.source.setAccessibleName(_("Source text"))
        self._standing = ChoiceEdit([], None)
        self._standing.setAccessibleName(_("Standing of the text"))
        self._standing.edited.connect(self.save)
        self._begin = button(_("Begin with the source"), self.begin_with_source, "", "copy")
        self._outdated, self._kept, self._said = Note("warning"), Note("warning"), Note("error")
        self._count, self._remarks = text("", "muted"), Note("warning")
        self._cited = text("", "muted")
        self._translating = plain(row(text(_("Standing of the text"), wrap=False), self._standing, self._begin))
        self._beside = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._beside.addWidget(self.source, 1)
        self._beside.addWidget(self.edit, 1)
        lines = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        lines.setContentsMargins(0, 0, 0, 0)
        for part in (self.bar, self._translating, self._outdated, self._kept, self._said):
            lines.addWidget(part)
        lines.addLayout(self._beside, 1)
        lines.addWidget(self._count)
        lines.addWidget(self._cited)
        lines.addWidget(self._remarks)
        self._counting = QTimer(self, singleShot=True, interval=150)  # not at each letter of a long text
        self._counting.timeout.connect(self._count_words)
        self.edit.edited.connect(self._counting.start)
        self.edit.paused.connect(self._pause)
        self.edit.cursorPositionChanged.connect(self._say_cited)
        self._cited.hide()
        self.edit.too_long.connect(lambda: self._said.say(_("This is too long to be pasted into one part.")))

    def show_page(self, page: Page) -> None:
        """Put this text on the desk; the one there before is saved, and what is typed in the same one stays."""
        same = self._page is not None and self._page.place == page.place
        if not same:
            self.save()
        held = page.prose
        before, self._page = self._page, page
        self._show_around(page)
        if same and self.edit.dirty:
            if before is not None and held != (before.held.prose if before.held else ()) and held != self.edit.prose():
                self._said.say(
                    _("This text was changed elsewhere meanwhile. Saving puts yours in its place."), "warning"
                )
            return
        if not same or held != self.edit.prose():
            self.edit.show_prose(held, page.language)
            self._count_words()
            self._said.say("")
            self._kept.say("")
        self._look()
        if not same:
            self._desk.ask(office_usage, then=self._use, owner=self)
        if not same and page.editable:
            self._ask_draft(page)

    def show_figures(self, figures: dict[str, Cited], hidden: Collection[int]) -> None:
        """The figures that can be cited, as they are counted now."""
        self._hidden = hidden
        self.edit.show_figures(figures)
        self.source.show_figures(figures)
        self._look()

    @property
    def prose(self) -> Prose:
        """What stands here."""
        return self.edit.prose()

    @property
    def page(self) -> Page | None:
        """Which text is on the desk."""
        return self._page

    def save(self, then: Callable[[], object] = lambda: None) -> None:
        """Keep what is typed, as one deed."""
        page = self._page
        if page is None or not page.editable or not (self.edit.dirty or self._restood()):
            then()
            return
        said = self.edit.prose()
        self.edit.load_state()

        def done(_id: object) -> None:
            if self._page is not None and self._page.place == page.place and self.edit.dirty:
                self.keep_draft()  # typed on meanwhile: the draft is of that by now
            else:
                self._drafts.drop(page)
            self._kept.say("")
            then()

        standing = self._standing.currentData() or DRAFT
        self.saving.emit()
        self._desk.do(
            write_text,
            page.report,
            page.part,
            page.language,
            prose.data_of(said),
            standing,
            then=done,
            failed=lambda error: self._refused(page, said, error),
            owner=self,
        )

    def keep_draft(self) -> None:
        """Put what is not saved into the record, beside it."""
        if self._page is not None and self._page.editable and self.edit.dirty:
            self._drafts.keep(self._page, self.edit.prose())

    def begin_with_source(self) -> None:
        """Begin a translation with its source: what it cites and how it is laid out are there already."""
        if self._page is not None and self._page.source is not None:
            self.edit.replace(self._page.source.prose)
            self.edit.setFocus()

    def lay_beside(self, beside: bool) -> None:
        """Whether the source stands beside the text, or over it."""
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._beside.setDirection(way)
        # Over the text the source must leave it the room: it scrolls.
        self.source.setMaximumHeight(_MOST if beside else self.fontMetrics().lineSpacing() * _FEW)

    def _show_around(self, page: Page) -> None:
        named = _("Text of “{part}”").format(part=words().isolate(page.title))
        self.edit.setAccessibleName(named)
        self.edit.setReadOnly(not page.editable)
        self.bar.allow(page.editable)
        self._translating.setVisible(page.source is not None)
        self.source.setVisible(page.source is not None)
        standing = page.held.status if page.held else DRAFT
        self._standing.clear()
        for code, name in field_of(SectionText.status).choices:
            if code != ORIGINAL:
                self._standing.addItem(_(name), code)
        self._standing.show_value(standing)
        self._standing.setEnabled(page.editable)
        self._outdated.say("")
        if page.source is not None:
            self.source.show_prose(page.source.prose, page.source.language)
            self._begin.setEnabled(page.editable and not (page.held and page.held.prose))
            if page.held and page.held.outdated:
                self._outdated.say(_("The source has changed since this was written: it is a draft again."))
        self._count_words()

    def _restood(self) -> bool:
        """Whether a translation was given another standing."""
        page = self._page
        return bool(page and page.source and page.held and self._standing.currentData() != page.held.status)

    def _pause(self) -> None:
        self.keep_draft()
        self._look()
        self.paused.emit()

    def _count_words(self) -> None:
        count = words_in(self.edit.prose())
        most = self._page.most if self._page else None
        if most is None:
            said = _("Words: {count}").format(count=words().number(count))
        else:
            said = _("Words: {count} of {most}").format(count=words().number(count), most=words().number(most))
        self._count.setText(said)

    def _say_cited(self) -> None:
        """Name the figure beside the cursor: a screen reader meets one letter there."""
        one = self.edit.figures.get(self.edit.cited_here())
        said = _("Cited here: {label}, {figure}. Ctrl+Enter shows what is behind it.")
        self._cited.setText(said.format(label=one.label, figure=one.shown) if one else "")
        self._cited.setVisible(one is not None)

    def _use(self, usage: str | None) -> None:
        self._usage = usage
        self._look()

    def _look(self) -> None:
        page = self._page
        if page is None:
            return
        self._looks += 1
        checked = Checked(
            self.edit.prose(), page.language, frozenset(self.edit.figures), self._hidden, page.most, self._usage
        )
        # Elsewhere: two hundred pages take a second.
        self._desk.tasks.elsewhere(remarks, checked, then=partial(self._remark, self._looks), owner=self)

    def _remark(self, look: int, found: Sequence[Remark]) -> None:
        if look == self._looks:
            self._remarks.say("\n".join(remark.said(words()) for remark in found))

    def _ask_draft(self, page: Page) -> None:
        self._drafts.read(page, lambda draft: self._bring_back(page, draft), self)

    def _bring_back(self, page: Page, said: Prose | None) -> None:
        if said is None or self._page is None or self._page.place != page.place or self.edit.dirty:
            return
        if said != self.edit.prose():
            self.edit.replace(said)
            self._kept.say(_("Text you had not saved was kept. Undo brings back what was saved."))

    def _not_kept(self, error: Exception) -> None:
        if said := sentence(error):
            self._said.say(said, "error")
        else:
            self._desk.tasks.failed.emit(error)

    def _refused(self, page: Page, said: Prose, error: Exception) -> None:
        """What was refused is not lost: it comes back as a draft whenever the part is opened."""
        self.refused.emit()
        self._drafts.keep(page, said)
        if self._page is not None and self._page.place == page.place:
            typed = self.edit.prose()
            self.edit.show_prose(page.prose, page.language)
            self.edit.replace(typed)
        self._not_kept(error)
