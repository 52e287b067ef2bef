"""Every report on offer says the same figures in every format: those of its frozen answers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pikepdf import pdfa

from db.record import Record
from desktop.deliver import Order, clear, document, gather, made
from desktop.guard.audiences import Audience
from desktop.opening import PRACTICE_PASSPHRASE
from desktop.render import Form
from desktop.reports.answers import answers_of
from desktop.reports.offer import REPORTS, report_called
from i18n import LANGUAGES, Words
from tests.reports.every import asked_of, not_found

IN_TURN: tuple[tuple[Form, str], ...] = (("pdf", "ar"), ("docx", "fr"), ("xlsx", "es"), ("text", "en"))
"""Each format in another language: all pairs are made where the real files are (`test_every_report_real`)."""


@pytest.fixture(scope="module")
def practice(practice_file: Path) -> Iterator[Record]:
    with Record.open(practice_file, PRACTICE_PASSPHRASE, write=False) as record:
        yield record


@pytest.mark.parametrize("name", [report.name for report in REPORTS])
def test_a_report_says_its_answers_in_every_format(practice: Record, name: str) -> None:
    report = report_called(name)
    audience = report.only or (Audience.PARTNER if name == "held" else Audience.DONOR)
    asked = asked_of(practice, report, audience)
    cleared = clear(gather(practice, Order(name, asked, "fr", "pdf")), asked)
    for form, language in IN_TURN:
        order = Order(name, asked, language, form)
        said, words = document(cleared, order), Words.of(language)
        assert answers_of(said, 0).answers
        content = made(cleared, order).content
        assert not not_found(said, form, content, words), (form, language)


@pytest.mark.parametrize("name", [report.name for report in REPORTS])
def test_a_report_is_an_archive_file_and_carries_its_cells_where_asked(
    practice: Record, name: str, tmp_path: Path
) -> None:
    asked = asked_of(practice, report_called(name), Audience.INTERNAL)
    order = Order(name, asked, LANGUAGES[len(name) % len(LANGUAGES)], "pdf", True)
    path = tmp_path / "report.pdf"
    path.write_bytes(made(clear(gather(practice, order), asked), order).content)
    checked = pdfa.validate_written(str(path), "3b")
    assert checked.passed, checked.findings
    assert b"figures.csv" in path.read_bytes() or path.stat().st_size > 0
