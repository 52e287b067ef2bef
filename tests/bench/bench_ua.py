"""What checkers of PDF/UA find in a report that claims it, with every kind of block, in French and Arabic.

Run as: bash packaging/bench ua. `pdfua` and `outloud` check what a machine can; nothing but 0 errors is right.
"""

import subprocess
import sys
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image as Drawn

from desktop.render import render
from desktop.reports.document import (
    Align,
    Area,
    Block,
    Bullets,
    Chart,
    ChartKind,
    Column,
    Count,
    Document,
    Heading,
    Hidden,
    Image,
    KeyFigure,
    KeyFigures,
    Map,
    Missing,
    Paragraph,
    Row,
    RowKind,
    Said,
    Series,
    SignatureLine,
    Signatures,
    Table,
)

SQUARE = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


def report(language: str) -> Document:
    """Every kind of block, with what is hidden and missing."""
    picture = BytesIO()
    Drawn.new("RGB", (80, 40), "#2E7D7D").save(picture, "PNG")
    values = (Count(1200), Hidden(), Missing("non collecté"))
    series = (Series("Femmes", values), Series("Hommes", (Count(3), Count(4), Count(5))))
    wide = (Column("Zone"), *(Column(f"Bénéficiaires {i}", Align.END) for i in range(14)))
    blocks: list[Block] = [
        Heading("Un"),
        Paragraph(("Texte ", Said("اسم"), Count(12))),
        Paragraph(("Not translated.",), language="en"),
        Heading("Deux", 2),
        Bullets((("un",), ("deux",))),
        KeyFigures((KeyFigure(Count(5), "cinq"), KeyFigure(Hidden(), "caché"))),
        *(Chart(f"Dessin {kind.value}", ("a", "b", "c"), series, "Un dessin.", kind) for kind in ChartKind),
        Table("Étroit", wide[:2], (Row(("Total", Count(5)), RowKind.TOTAL),), note="Note."),
        Table("Large", wide, tuple(Row((Said("Zone"), *(Count(10**6 + i) for i in range(14)))) for _row in range(60))),
        Map("Carte", (Area(Said("Zone"), (SQUARE,), Count(5)), Area(Said("Autre"), (), None)), "Une carte."),
        Image(picture.getvalue(), "Une image."),
        Signatures((SignatureLine("Cheffe", "Essai"),)),
    ]
    logos = (Image(picture.getvalue(), "Logo."),)
    return Document("Essai", language, date(2026, 6, 30), tuple(blocks), logos=logos, claims_ua=True, banner="Essai")


CHECKERS = {
    "pdfua": "import sys; from pdfua.cli import main; sys.exit(main())",
    "outloud": "import sys; from outloud.cli import main; sys.exit(main())",
}


def main() -> None:
    """Print what each checker says."""
    with TemporaryDirectory() as folder:
        for language in ("fr", "ar"):
            file = Path(folder) / f"{language}.pdf"
            file.write_bytes(render(report(language), "pdf"))
            for name, code in CHECKERS.items():
                options = ["check"] if name == "pdfua" else ["--quiet"]
                command = [sys.executable, "-c", code, *options, str(file)]
                run = subprocess.run(command, capture_output=True, text=True, check=False)
                print(
                    f"{language} {name}: exit {run.returncode}",
                    *(run.stdout or run.stderr).splitlines()[-4:],
                    sep="\n  ",
                )


if __name__ == "__main__":
    main()
