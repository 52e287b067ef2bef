"""What a document looks like: PDF, Word, Excel, text."""

from collections.abc import Callable
from typing import Literal, assert_never

from desktop.reports.document import Document
from i18n import Words

Form = Literal["pdf", "docx", "xlsx", "text"]


def words_of(document: Document) -> Words:
    """The words of the document's language, in the typography it asks for."""
    calendar = document.calendar.value if document.calendar else None
    return Words.of(document.language, document.typography or "un", calendar)


def render(
    document: Document,
    form: Form,
    progress: Callable[[float], None] | None = None,
    unprintable: Callable[[str], None] | None = None,
    pages: int | None = None,
    tagged: bool = True,
) -> bytes:
    """The document in a form that can be sent. Libraries are loaded only for the form asked.

    `progress` is told how much is done, 0 to 1; `unprintable` gets the characters that the PDF's fonts do not have.
    With `pages`, a PDF is only its first so many pages, to be looked at while the whole is made; one that
    nobody but our own window reads need not be `tagged`.
    """
    words = words_of(document)
    match form:
        case "pdf":
            from desktop.render.pdf import render_pdf

            return render_pdf(document, words, progress, unprintable, pages, tagged)
        case "docx":
            from desktop.render.docx import render_docx

            return render_docx(document, words)
        case "xlsx":
            from desktop.render.xlsx import render_xlsx

            return render_xlsx(document, words)
        case "text":
            from desktop.render.text import render_text

            return render_text(document, words).encode()
        case _:
            assert_never(form)
