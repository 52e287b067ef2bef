"""How long a large report takes, and how much memory, beside ReportLab's own tables, Typst and LibreOffice.

Run as: bash packaging/bench pdf. The report has 60,000 cells in 200 tables and 40 charts. Each program makes it in a
process of its own, in turn, several times; the best CPU times are compared, as a busy machine only adds to them. Ours
also shapes and bookmarks what it prints and, where the file leaves, tags and archives it. LibreOffice turns our Word
file into a PDF; it and Typst are left out where they are not installed. Then: the first page alone, and as the first of
the whole report.
"""

import importlib
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from time import process_time

from reportlab.graphics.charts.barcharts import HorizontalBarChart
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, LongTable, Paragraph, SimpleDocTemplate

import resources
from desktop.render import render
from desktop.reports.document import Align, Chart, Column, Count, Document, Heading, Row, Said, Series, Table
from i18n import Words

TABLES, ROWS, FIGURES, CHARTS, TURNS = 200, 50, 5, 40, 3
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


def has_chart(table: int) -> bool:
    """Whether a chart stands above this table."""
    return table % (TABLES // CHARTS) == 0


def ours(language: str) -> Document:
    """The report as a document of ours."""
    columns = (Column("Zone", weight=2), *(Column(f"Mois {i + 1}", Align.END) for i in range(FIGURES)))
    blocks: list[Heading | Chart | Table] = []
    for number in range(TABLES):
        held = cells(number)
        blocks.append(Heading(f"Tableau {number + 1}"))
        if has_chart(number):
            places, values = tuple(Said(place) for place, _f in held[:6]), tuple(Count(f[0]) for _place, f in held[:6])
            blocks.append(Chart("Par zone", places, (Series("Mois 1", values),), "Barres par zone."))
        rows = tuple(Row((Said(place), *map(Count, figures))) for place, figures in held)
        blocks.append(Table("", columns, rows))
    return Document("Deux cents tableaux", language, date(2025, 5, 31), tuple(blocks))


def reportlab() -> int:
    """The report by ReportLab: string cells in the same font, a style like ours, no tags."""
    registerFont(TTFont("Noto", str(resources.path("fonts/NotoSans-Regular.ttf"))))
    words, out, story = Words.of("fr"), BytesIO(), list[Flowable]()
    heading = getSampleStyleSheet()["Heading1"]
    style = [
        ("FONT", (0, 0), (-1, -1), "Noto", 8.5),
        ("BACKGROUND", (0, 0), (-1, 0), HexColor("#0B4EA2")),
        ("TEXTCOLOR", (0, 0), (-1, 0), HexColor("#FFFFFF")),
        ("ROWBACKGROUNDS", (0, 1), (-1, -1), [HexColor("#FFFFFF"), HexColor("#F5F7FA")]),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, HexColor("#C9D1DB")),
        ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
    ]
    for number in range(TABLES):
        held = cells(number)
        story.append(Paragraph(f"Tableau {number + 1}", heading))
        if has_chart(number):
            bars = HorizontalBarChart()
            bars.x, bars.width, bars.height = 90, 300, 100
            bars.data, bars.categoryAxis.categoryNames = [[f[0] for _p, f in held[:6]]], [p for p, _f in held[:6]]
            story.append(Drawing(450, 130, bars))
        head = ["Zone", *(f"Mois {i + 1}" for i in range(FIGURES))]
        rows = [[place, *(words.number(figure) for figure in figures)] for place, figures in held]
        story.append(LongTable([head, *rows], colWidths=[130] + [70] * FIGURES, repeatRows=1, style=style))
    SimpleDocTemplate(out, pagesize=A4).build(story)
    return len(out.getvalue())


def typst() -> int:
    """The report by Typst, from its own markup."""
    import typst as program

    words = Words.of("fr")
    parts = ['#set text(font: "Noto Sans", size: 8.5pt)\n']
    for number in range(TABLES):
        held = cells(number)
        parts.append(f"= Tableau {number + 1}\n")
        if has_chart(number):
            parts += (f"#rect(width: {f[0] / 5000:.1f}pt, height: 10pt, fill: blue) {p}\n\n" for p, f in held[:6])
        body = ", ".join(f"[{text}]" for place, f in held for text in (place, *map(words.number, f)))
        head = ", ".join(f"[Mois {i + 1}]" for i in range(FIGURES))
        parts.append(f"#table(columns: {FIGURES + 1}, table.header([Zone], {head}), {body})\n")
    with TemporaryDirectory() as folder:
        source = Path(folder) / "report.typ"
        source.write_text("".join(parts), "utf-8")
        return len(program.compile(str(source), font_paths=[str(resources.path("fonts"))]))


def libreoffice() -> int:
    """Our Word file made a PDF by LibreOffice; making the Word file is not counted."""
    with TemporaryDirectory() as folder:
        source = Path(folder) / "report.docx"
        source.write_bytes(render(ours("fr"), "docx"))
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
        subprocess.run([*command, "--outdir", folder, str(source)], check=True, capture_output=True)
        return (Path(folder) / "report.pdf").stat().st_size


MAKERS: dict[str, Callable[[], int]] = {
    "reportlab": reportlab,
    "tagged fr": lambda: len(render(ours("fr"), "pdf")),
    "tagged ar": lambda: len(render(ours("ar"), "pdf")),
    "untagged fr": lambda: len(render(ours("fr"), "pdf", tagged=False)),
    "untagged ar": lambda: len(render(ours("ar"), "pdf", tagged=False)),
    "typst": typst,
    "libreoffice": libreoffice,
}


def one(name: str) -> None:
    """Make the report once and print the CPU seconds, the peak of memory in MB and the size in kB."""
    # What each program needs is loaded before the clock runs.
    importlib.import_module("desktop.render.pdf")
    begun = process_time()
    size = MAKERS[name]()
    who = resource.RUSAGE_CHILDREN if name == "libreoffice" else resource.RUSAGE_SELF
    used = resource.getrusage(who)
    seconds = used.ru_utime + used.ru_stime if name == "libreoffice" else process_time() - begun
    print(seconds, used.ru_maxrss / 1024, size // 1024)


def run(name: str) -> list[float]:
    """What `one` prints, of a process of its own."""
    command = [sys.executable, "-P", __file__, name]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    return [float(number) for number in told.stdout.split()]


def first_page() -> tuple[float, float]:
    """CPU seconds of a first page alone, and of the same page as the first of the whole report."""
    whole = replace(ours("fr"), contents=False)
    alone = replace(whole, blocks=whole.blocks[:3])
    times: dict[bool, list[float]] = {True: [], False: []}
    for _turn in range(2 * TURNS):
        for is_whole, document in ((False, alone), (True, whole)):
            begun = process_time()
            render(document, "pdf", pages=1)
            times[is_whole].append(process_time() - begun)
    return min(times[False]), min(times[True])


def main() -> None:
    """Print times, ratios, memory and sizes."""
    runs: dict[str, list[list[float]]] = {name: [] for name in MAKERS}
    if not which("soffice"):
        del runs["libreoffice"]
    for turn in range(TURNS):
        for name, told in list(runs.items()):
            if name == "libreoffice" and turn:
                continue
            try:
                told.append(run(name))
            except subprocess.CalledProcessError as absent:
                print(f"{name:12} left out: {absent.stderr.strip().splitlines()[-1]}")
                del runs[name]
    best = {name: min(told) for name, told in runs.items()}
    for name, (seconds, memory, size) in best.items():
        ratio = seconds / best["reportlab"][0]
        print(f"{name:12} {seconds:6.2f} s CPU   ratio {ratio:5.2f}   {memory:5.0f} MB   {size:6.0f} kB")
    alone, first = first_page()
    print(f"first page   {alone * 1000:6.0f} ms alone   {first * 1000:.0f} ms of the whole   ratio {first / alone:.2f}")


if __name__ == "__main__":
    one(sys.argv[1]) if len(sys.argv) > 1 else main()
