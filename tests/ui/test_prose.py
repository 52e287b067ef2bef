"""The editor of a report's prose keeps the tree and nothing else, whatever is typed or pasted."""

import os
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest

from db import prose
from db.prose import KINDS, Prose, ProseBlock, Run
from desktop.reports.document import Count
from desktop.ui.composed import Cited
from desktop.ui.forms.prose import ProseEdit

PEOPLE = Cited("people", "People reached", "1,240", Count(1240))
WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1, max_size=12)


@st.composite
def trees(draw) -> Prose:
    """Prose as the editor gives it back: no two runs of one look beside each other, no blanks at the ends."""
    blocks = []
    for _block in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(KINDS))
        marks = st.booleans() if kind != "heading" else st.just(False)
        runs: list[Run] = []
        for _run in range(draw(st.integers(1, 4))):
            run = Run(figure="people") if draw(st.booleans()) else Run(draw(WORDS), draw(marks), draw(marks))
            look = (run.strong, run.emphasis)
            if not (runs and run.text and runs[-1].text and look == (runs[-1].strong, runs[-1].emphasis)):
                runs.append(run)
        blocks.append(ProseBlock(tuple(runs), kind))
    return tuple(blocks)


@pytest.fixture
def edit(dressed: None, qtbot) -> ProseEdit:
    made = ProseEdit()
    qtbot.addWidget(made)
    made.show_figures({"people": PEOPLE})
    return made


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shown=trees())
def test_what_is_shown_is_what_is_kept_and_copied(edit: ProseEdit, shown: Prose) -> None:
    edit.show_prose(shown, "fr")
    assert edit.prose() == shown
    assert not edit.dirty
    assert prose.read(prose.data_of(edit.prose())) == shown
    edit.selectAll()
    carried = edit.createMimeDataFromSelection()
    edit.show_prose((), "ar")
    edit.insertFromMimeData(carried)
    assert edit.prose() == shown


def test_what_is_pasted_from_elsewhere_is_plain_text(edit: ProseEdit) -> None:
    foreign = QMimeData()
    foreign.setHtml("<h1>Titre</h1><p><b onclick='x'>gras</b><img src='file:///etc/passwd'></p>")
    foreign.setText("Titre\n- <b>gras</b>\x00\u202e")
    edit.insertFromMimeData(foreign)
    assert edit.prose() == (
        ProseBlock((Run("Titre"),)),
        ProseBlock((Run("<b>gras</b>\u202e"),), "bullet"),
    )


def test_a_clipboard_that_lies_about_being_ours_pastes_nothing(edit: ProseEdit) -> None:
    forged = QMimeData()
    forged.setData("application/x-jalon-prose", b'{"blocks": [{"kind": "script", "runs": [{"text": "x"}]}]}')
    edit.insertFromMimeData(forged)
    assert edit.prose() == ()


def test_marks_points_and_headings_by_keys_and_each_step_can_be_taken_back(edit: ProseEdit) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClicks(edit, "Un ")
    QTest.keyClick(edit, Qt.Key.Key_B, control)
    QTest.keyClicks(edit, "mot")
    QTest.keyClick(edit, Qt.Key.Key_B, control)
    QTest.keyClicks(edit, " et ")
    edit.cite("people")
    QTest.keyClicks(edit, ".")
    written = (ProseBlock((Run("Un "), Run("mot", strong=True), Run(" et "), Run(figure="people"), Run("."))),)
    assert edit.prose() == written
    edit.turn("bullet")
    assert edit.prose()[0].kind == "bullet"
    QTest.keyClick(edit, Qt.Key.Key_Z, control)
    assert edit.prose() == written
    for _step in range(30):
        edit.undo()
    assert edit.prose() == ()


def test_a_cited_figure_is_one_letter_and_goes_on_showing_what_is_counted(edit: ProseEdit) -> None:
    edit.cite("people")
    assert edit.shown_as("people") == "1,240"
    edit.show_figures({"people": Cited("people", "People reached", "1,300", Count(1300))})
    assert edit.shown_as("people") == "1,300"
    edit.selectAll()
    assert edit.createMimeDataFromSelection().text() == "1,300"
    edit.moveCursor(edit.textCursor().MoveOperation.End)
    assert edit.cited_here() == "people"
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    assert edit.prose() == ()


def test_a_text_runs_in_the_direction_of_its_language(edit: ProseEdit) -> None:
    edit.show_prose(prose.plain("نص"), "ar")
    assert edit.document().defaultTextOption().textDirection() == Qt.LayoutDirection.RightToLeft
    edit.show_prose(prose.plain("texte"), "fr")
    assert edit.document().defaultTextOption().textDirection() == Qt.LayoutDirection.LeftToRight


def test_a_program_that_ends_with_a_copied_text_ends_well() -> None:
    copies = """
from PySide6.QtWidgets import QApplication
app = QApplication([])
from db.prose import plain
from desktop.ui.forms.prose import ProseEdit
edit = ProseEdit()
edit.show_prose(plain("un texte"), "fr")
edit.selectAll()
edit.copy()
"""
    ended = subprocess.run(
        [sys.executable, "-c", copies], env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}, check=False
    )
    assert ended.returncode == 0
