"""The released figures of a document as files that travel inside it, so that a reader can check and reuse them."""

import csv
import hashlib
import io
import json
from dataclasses import replace

from desktop.reports.answers import plain
from desktop.reports.document import Attachment, Block, Bullets, Document, Paragraph, Table
from i18n import Words

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def with_data(document: Document, words: Words) -> Document:
    """The document with its released cells attached as CSV and JSON, announced at its end with what they digest to."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    attachments = (
        Attachment("figures.csv", "text/csv", words.gettext("The figures of this report as CSV"), _csv(tables)),
        Attachment(
            "figures.json", "application/json", words.gettext("The figures of this report as JSON"), _json(tables)
        ),
    )
    said = words.gettext("The figures of this report are attached to the PDF as {first} and {second}.").format(
        first=words.isolate(attachments[0].name), second=words.isolate(attachments[1].name)
    )
    digests = tuple(
        (words.isolate(f"{one.name}: SHA-256 {hashlib.sha256(one.content).hexdigest()}"),) for one in attachments
    )
    blocks: tuple[Block, ...] = (*document.blocks, Paragraph((said,)), Bullets(digests))
    return replace(document, blocks=blocks, attachments=(*document.attachments, *attachments))


def _csv(tables: list[Table]) -> bytes:
    """One line a cell: table, row, column, value; opened by a spreadsheet, no text becomes a formula."""
    out = io.StringIO(newline="")
    write = csv.writer(out)
    write.writerow(("table", "row", "column", "value", "state"))
    for table in tables:
        for row in table.rows:
            for column, cell in zip(table.columns[1:], row.cells[1:], strict=True):
                value, state = plain(cell)
                head, _state = plain(row.cells[0])
                write.writerow([_tamed(one) for one in (table.name, head, column.heading, value, state)])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def _json(tables: list[Table]) -> bytes:
    told = {
        table.name: {
            "title": table.title,
            "columns": [column.heading for column in table.columns],
            "rows": [
                [dict(zip(("value", "state"), plain(cell), strict=True)) for cell in row.cells] for row in table.rows
            ],
        }
        for table in tables
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _tamed(value: str | int | None) -> str | int | None:
    return f"'{value}" if isinstance(value, str) and value.startswith(_DANGEROUS) else value
