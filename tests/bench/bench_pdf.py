"""How long a report of about a hundred pages of tables takes, beside ReportLab's own Table with string cells.

Run as: bash packaging/bench pdf. Both make the same cells in turn, in one process; the best CPU times are
compared, as a busy machine only adds to them. Ours also shapes, tags, bookmarks and archives what it prints.
"""

from datetime import date
from io import BytesIO
from time import process_time

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, LongTable, Paragraph, SimpleDocTemplate

import resources
from desktop.render import render
from desktop.reports.document import Align, Column, Count, Document, Heading, Row, Said, Table
from i18n import Words

TABLES, ROWS, FIGURES, TURNS = 80, 50, 5, 7
PLACES = ("Nord-Kivu", "Sud-Kivu", "Ituri", "Tanganyika", "Kasaï-Oriental", "Haut-Katanga")


def cells(table: int) -> list[tuple[str, list[int]]]:
    """The rows of one table: a place and its figures."""
    return [
        (
            f"{PLACES[row % len(PLACES)]}, zone {row}",
            [(table * 7919 + row * 104729 + i * 1299709) % 2_000_000 for i in range(FIGURES)],
        )
        for row in range(ROWS)
    ]


def ours(language: str) -> Document:
    """The tables as a document of ours."""
    columns = (Column("Zone", weight=2), *(Column(f"Mois {i + 1}", Align.END) for i in range(FIGURES)))
    blocks: list[Heading | Table] = []
    for number in range(TABLES):
        rows = tuple(Row((Said(place), *map(Count, figures))) for place, figures in cells(number))
        blocks += [Heading(f"Tableau {number + 1}"), Table("", columns, rows)]
    return Document("Cent pages", language, date(2025, 5, 31), tuple(blocks))


def theirs() -> bytes:
    """The tables by ReportLab: string cells in the same font, a style like ours, no tags."""
    registerFont(TTFont("Noto", str(resources.path("fonts/NotoSans-Regular.ttf"))))
    words, out, story = Words.of("fr"), BytesIO(), list[Flowable]()
    heading = getSampleStyleSheet()["Heading1"]
    for number in range(TABLES):
        head = ["Zone", *(f"Mois {i + 1}" for i in range(FIGURES))]
        rows = [[place, *(words.number(figure) for figure in figures)] for place, figures in cells(number)]
        style = [
            ("FONT", (0, 0), (-1, -1), "Noto", 8.5),
            ("BACKGROUND", (0, 0), (-1, 0), HexColor("#0B4EA2")),
            ("TEXTCOLOR", (0, 0), (-1, 0), HexColor("#FFFFFF")),
            ("ROWBACKGROUNDS", (0, 1), (-1, -1), [HexColor("#FFFFFF"), HexColor("#F5F7FA")]),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, HexColor("#C9D1DB")),
            ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
        ]
        table = LongTable([head, *rows], colWidths=[130] + [70] * FIGURES, repeatRows=1, style=style)
        story += [Paragraph(f"Tableau {number + 1}", heading), table]
    SimpleDocTemplate(out, pagesize=A4).build(story)
    return out.getvalue()


def main() -> None:
    """Print the times, the ratio and the sizes."""
    times: dict[str, list[float]] = {"theirs": [], "ours fr": [], "ours ar": []}
    sizes: dict[str, int] = {}
    makers = {
        "theirs": theirs,
        "ours fr": lambda: render(ours("fr"), "pdf"),
        "ours ar": lambda: render(ours("ar"), "pdf"),
    }
    for _turn in range(TURNS):
        for name, make in makers.items():
            begun = process_time()
            made = make()
            times[name].append(process_time() - begun)
            sizes[name] = len(made)
    base = min(times["theirs"])
    for name, taken in times.items():
        print(f"{name:8} {min(taken):6.2f} s CPU   ratio {min(taken) / base:4.2f}   {sizes[name] // 1024} kB")


if __name__ == "__main__":
    main()
