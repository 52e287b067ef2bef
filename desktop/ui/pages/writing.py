"""Where a report is written: its parts in order, the text of one beside what the record says there, the real pages.

The counts are weighed when the report is opened and whenever the record changes otherwise than by this page; typing
only has the pages printed anew. Leaving a part saves its text.
"""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.commands.reports import arrange
from db.queries.documents import content_of
from db.queries.reports import Written, written
from desktop.reports.report import Asked, WritersWords
from desktop.reports.written import asked_of, languages_of
from desktop.ui.composed import Weighed
from desktop.ui.desk import Desk
from desktop.ui.dialogs.behind import explain
from desktop.ui.errors import sentence
from desktop.ui.forms.choices import ChoiceEdit
from desktop.ui.language import _, words
from desktop.ui.pages.writing_lines import translate_lines
from desktop.ui.pages.writing_live import LiveView
from desktop.ui.pages.writing_order import OrderPart, placed
from desktop.ui.pages.writing_pages import PagesPart
from desktop.ui.pages.writing_text import TextPart
from desktop.ui.pages.writing_weighed import Weighing
from desktop.ui.pages.writing_words import kept_pages, page_of, still_written, without_words, words_as_typed
from desktop.ui.parts import Note, button, plain, row, scrolled, text
from i18n import Words

_PAGES_FROM = 118
"""From so many letters of width on there is room for the pages beside the text."""


class WritingPart(QWidget):
    """The parts at one side, the text in the middle, the pages at the other."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._weighing = Weighing(desk, self)
        self._weighing.weighed.connect(self._take)
        self._weighing.refused.connect(self._refused)
        self._written: Written | None = None
        self._part = ""
        self._asked: Asked | None = None
        self._own_deeds = self._arranging = 0
        self.order, self.text, self.pages = OrderPart(), TextPart(desk), PagesPart(desk)
        self._note = Note("error")
        self._language = ChoiceEdit([], None)
        self._language.setAccessibleName(_("Language of the text"))
        self._language.edited.connect(self._speak)
        self._beside = button(_("Pages beside"), self._show_pages, "", "eye")
        self._beside.setCheckable(True)
        self._lines = button(_("Title and headings…"), self._translate_lines, "", "languages")
        self._lines.hide()
        self._prompt, self._title = text("", "muted"), text("", "subtitle")
        self.live = LiveView(desk)
        inside = QVBoxLayout()
        for part in (self._title, self._prompt, self.text, self.live):
            inside.addWidget(part)
        inside.addStretch(1)
        middle = plain(inside)
        inside.setContentsMargins(2, 0, 10, 8)
        top = row(text(_("Language of the text"), wrap=False), self._language, self._lines, self._beside)
        sides = QHBoxLayout()
        sides.setSpacing(12)
        sides.addWidget(self.order, 2)
        sides.addWidget(scrolled(middle, _("The part being written")), 5)
        sides.addWidget(self.pages, 4)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 4, 0, 0)
        lines.addWidget(plain(top))
        lines.addWidget(self._note)
        self._reading, self._sides = text(_("Reading the record…"), "muted"), plain(sides)
        lines.addWidget(self._reading)
        lines.addWidget(self._sides, 1)
        lines.addStretch()
        self._wait(True)
        self.order.chosen.connect(self._choose)
        self.order.arranged.connect(self._arrange)
        self.text.paused.connect(self._print)
        self.text.saving.connect(self._count_own)
        self.text.refused.connect(self._count_none)
        self.text.edit.explained.connect(self._explain_cited)
        self._pages_wanted: bool | None = None

    def show_of(self, id: UUID, _title: str) -> None:
        """Show this report, or show it anew."""
        if self._written is not None and self._written.id != id:
            self.leave()
            self._weighing.forget()
            self._part, self._asked, self._own_deeds = "", None, 0
            self.pages.clear()
            self._wait(True)
        self._desk.ask(written, id, then=self._show, failed=self._refused, owner=self)

    def _wait(self, reading: bool) -> None:
        """Empty inputs would look as if nothing were written."""
        self._reading.setVisible(reading)
        self._sides.setVisible(not reading)

    def leave(self, then: Callable[[], object] = lambda: None) -> None:
        """Save what is typed: another page, part or report is about to be shown."""
        self.text.save(then)

    def keep_draft(self) -> None:
        """Put what is not saved into the record."""
        self.text.keep_draft()

    def go_to(self, part: str, language: str | None = None) -> None:
        """Open a part, in a language."""
        if language is not None and language != self._language.currentData():
            self._language.show_value(language)
            self._speak()
        self._choose(part)
        self._show_order()

    @property
    def own(self) -> WritersWords:
        """The writer's words as they stand, the text being typed among them."""
        assert self._written is not None
        return words_as_typed(self._written, self.text.page, self.text.prose)

    def _show(self, found: Written) -> None:
        before, self._written = self._written, found
        self._note.say("")
        # Who puts the report into another language goes on in that one.
        same = before is not None and before.values["language"] == found.values["language"]
        chosen = self._language.currentData() if same else None
        offered = languages_of(found)
        self._language.clear()
        for each in offered:
            self._language.addItem(words().language_name(each), each)
        self._language.show_value(chosen if chosen in offered else offered[0])
        asked = without_words(asked_of(found))
        if self._own_deeds and asked == self._asked and self._weighing.found is not None:
            self._own_deeds = 0
            self._show_order()
            self._print()
        else:
            self._asked = asked
            self._weighing.ask(str(found.values["report"]), asked, self._language.currentData())

    def _take(self, weighed: Weighed) -> None:
        self.text.show_figures({one.name: one for one in weighed.figures}, weighed.hidden)
        self._show_order()
        self._show_live()
        self._print()

    def _speak(self) -> None:
        """Write in another language."""
        self.text.save()
        self._weighing.speak(self._language.currentData())

    def _show_order(self) -> None:
        if self._weighing.found is None or self._written is None or self._arranging:
            return  # what is read while parts are still moved is older than what is on show
        parts = placed(self._weighing.found.parts, self._written.sections)
        self._wait(False)
        if self._part not in {one.part.name for one in parts}:
            self._part = next((one.part.name for one in parts if one.shown), "")
            self._show_live()
        self.order.show_parts(parts, self._part)
        self.order.allow(self._editable)
        self._show_text()

    def _choose(self, part: str) -> None:
        if part != self._part:
            self._part = part
            self._show_text()
            self._show_live()
            self._print()

    def _show_text(self) -> None:
        one, found = self.order.current, self._written
        if found is None or one is None or one.part.name != self._part:
            return
        language = self._language.currentData()
        self._title.setText(words().isolate(one.title_in(language)))
        self._prompt.setText(_(one.part.prompt) if one.part.prompt else "")
        self._prompt.setVisible(bool(one.part.prompt))
        self._lines.setVisible(language != found.values["language"] and self._editable)
        self.text.show_page(page_of(found, one, language))
        self.pages.show_part(one.part.name)

    @property
    def _editable(self) -> bool:
        return self._written is not None and still_written(self._written)

    def _translate_lines(self) -> None:
        if self._written is not None:
            language, mine = self._language.currentData(), (self._count_own, self._count_none)
            translate_lines(self._desk, self._written, language, self, *mine)

    def _show_live(self) -> None:
        parts = self._weighing.found.parts if self._weighing.found else ()
        part = next((one for one in parts if one.name == self._part), None)
        self.live.show_part(part, self._speaks)

    @property
    def _speaks(self) -> Words:
        """The words of the text on show: what the record says is read in its language."""
        typography = self._asked.typography if self._asked else None
        return Words.of(self._language.currentData() or words().language, typography or "un")

    def _explain_cited(self, name: str) -> None:
        if (one := self.text.edit.figures.get(name)) is not None:
            explain(self._desk, one.label, one.value, self._speaks, self)

    def _arrange(self, order: list[object]) -> None:
        if self._written is not None and self._editable:
            self.text.save()
            self._count_own()
            self._arranging += 1
            self._desk.do(arrange, self._written.id, order, then=self._arranged, failed=self._not_arranged, owner=self)

    def _arranged(self, _done: object) -> None:
        self._arranging -= 1

    def _not_arranged(self, error: Exception) -> None:
        self._arranging -= 1
        self._show_order()
        self._refused(error)

    def _count_own(self) -> None:
        """The notice of a deed of this page is no news of the record."""
        self._own_deeds = 1

    def _count_none(self) -> None:
        self._own_deeds = 0

    def _print(self) -> None:
        if self._written is None or self._weighing.found is None:
            return
        if self._editable:
            self.pages.follow(self._to_print)
        elif (kept := kept_pages(self._written, self._language.currentData())) is not None:
            self._desk.ask(content_of, kept, then=self.pages.show_kept, failed=self._refused, owner=self)

    def _to_print(self) -> tuple[Weighed, str, WritersWords]:
        assert self._weighing.found is not None and self._written is not None
        return self._weighing.found, str(self._written.values["report"]), self.own

    def _refused(self, error: Exception) -> None:
        self._reading.hide()
        if said := sentence(error):
            self._note.say(said, "error")
        else:
            self._desk.tasks.failed.emit(error)

    def _show_pages(self) -> None:
        self._pages_wanted = self._beside.isChecked()
        self._lay_out()

    def _lay_out(self) -> None:
        wide = self.width() >= self.fontMetrics().averageCharWidth() * _PAGES_FROM
        beside = wide if self._pages_wanted is None else self._pages_wanted
        self._beside.setChecked(beside)
        self.pages.setVisible(beside)
        self.text.lay_beside(not beside and wide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()
