"""The PDF of a report: what it says is there, in order, for eyes and for screen readers, whichever way it is read."""

import io
import os
import re
import subprocess
import sys
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import pdfa

from desktop.render import render
from desktop.render.values import hidden_mark
from desktop.reports.document import (
    Align,
    Area,
    Attachment,
    Block,
    Bullets,
    Chart,
    Column,
    Count,
    Day,
    Document,
    Heading,
    Hidden,
    KeyFigure,
    KeyFigures,
    Map,
    Missing,
    Money,
    PageBreak,
    Paragraph,
    Row,
    RowKind,
    Said,
    Series,
    Share,
    Strong,
    Table,
    Value,
)
from i18n import Words

SQUARE = ((27.0, -2.0), (29.0, -2.0), (29.0, 0.0), (27.0, 0.0), (27.0, -2.0))


def document(*blocks: Block, language: str = "fr", **more: Any) -> Document:
    return Document("Aperçu de la protection", language, date(2025, 5, 31), blocks, **more)


def table(*rows: tuple[Value, ...], columns: int = 2, **more: Any) -> Table:
    heads = tuple(Column(f"Colonne {i}", Align.END if i else Align.START) for i in range(columns))
    return Table("Tableau", heads, tuple(Row(cells) for cells in rows), **more)


def everything(language: str = "fr") -> Document:
    """A document with every kind of block and value, several pages of them."""
    names = ("Femmes debout", "منظمة الأمل", "Solidarité ≥ 3 → paix")
    rows = tuple(Row((Said(f"{names[i % 3]} {i}"), Count(1000 + i), Share(Decimal(i) / 90, 1))) for i in range(90))
    columns = (Column("Nom"), Column("Personnes", Align.END), Column("Part", Align.END))
    total = Row(("Total", Count(94005), Missing("non calculé")), RowKind.TOTAL)
    return document(
        Heading("Résumé"),
        Paragraph(("Les partenaires ont déclaré des personnes. ", Strong("Beaucoup."), Said(" Nord-Kivu"))),
        KeyFigures((KeyFigure(Count(1661958), "Personnes", "déclarées"), KeyFigure(Hidden(), "Filles"))),
        Bullets((("Premier point",), ("Deuxième point, de " + "longs mots " * 30,))),
        Heading("Tableaux"),
        Heading("Partenaires", 2),
        Table("Partenaires", columns, (*rows, total), note="Sources : partenaires.", name="partners"),
        Heading("Images"),
        Chart(
            "Par province",
            (Said("Nord-Kivu"), Said("Ituri"), Said("Kasaï")),
            (
                Series("Femmes", (Count(345678), Count(0), Hidden())),
                Series("Hommes", (Count(123), Missing("non collecté"), Hidden())),
            ),
            "Barres par province",
            note="Note du graphique.",
        ),
        Map(
            "Carte",
            (
                Area(Said("Ituri"), (SQUARE,), Count(77)),
                Area(Said("Uele"), (tuple((x + 3, y) for x, y in SQUARE),), Hidden()),
                Area(Said("Tshopo"), (tuple((x - 3, y) for x, y in SQUARE),), None),
            ),
            "Provinces ombrées",
        ),
        PageBreak(),
        Paragraph((Said("fin"),)),
        language=language,
        subtitle="Mai 2025",
        cover=(
            ("Référence", Said("RDC/2025/017")),
            ("Au", Day(date(2025, 5, 31))),
            ("Budget", Money(Decimal(12), "USD")),
        ),
        running_foot="Diffusion : donateurs",
        attachments=(Attachment("données.csv", "text/csv", "Chiffres publiés", b"a;b\n1;2\n"),),
    )


def pdf(asked: Document) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(render(asked, "pdf")))


def content(asked: Document) -> str:
    """The operators of the first page."""
    with pdf(asked) as made:
        return made.pages[0].Contents.read_bytes().decode("ascii")


def pdf_objects(asked: Document) -> bytes:
    """The whole file, unpacked."""
    out = io.BytesIO()
    with pdf(asked) as made:
        made.save(
            out, object_stream_mode=pikepdf.ObjectStreamMode.disable, stream_decode_level=pikepdf.StreamDecodeLevel.all
        )
    return out.getvalue()


def structure(asked: Document, *roles: str) -> dict[str, int]:
    """How many elements of each role the structure tree holds."""
    with pdf(asked) as made:
        return {role: len(elements(made.Root.StructTreeRoot.K, f"/{role}")) for role in roles}


def texts(asked: Document) -> list[str]:
    """The text of each page as a reader copies it."""
    pages = pypdfium2.PdfDocument(render(asked, "pdf"))
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in pages]


def letters(asked: Document) -> list[tuple[int, str, tuple[float, float, float, float]]]:
    """Every printed letter with its page and box: left, bottom, right, top."""
    found = []
    for number, page in enumerate(pypdfium2.PdfDocument(render(asked, "pdf"))):
        text = page.get_textpage()
        for i in range(text.count_chars()):
            letter = text.get_text_range(i, 1)
            if letter.strip():
                found.append((number, letter, text.get_charbox(i)))
    return found


def where(asked: Document, word: str) -> tuple[float, float]:
    """The left and right edge of a word, printed once."""
    for page in pypdfium2.PdfDocument(render(asked, "pdf")):
        text = page.get_textpage()
        if found := text.search(word).get_next():
            boxes = [text.get_charbox(found[0] + i) for i in range(found[1])]
            return min(box[0] for box in boxes), max(box[2] for box in boxes)
    raise AssertionError(word)


def elements(node: Any, role: str) -> list[Any]:
    """The elements of the structure tree with a role, in reading order."""
    found: list[Any] = []
    if isinstance(node, pikepdf.Array):
        for child in node:
            found += elements(child, role)
    elif isinstance(node, pikepdf.Dictionary):
        if node.get("/S") == role:
            found.append(node)
        if "/K" in node:
            found += elements(node.K, role)
    return found


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_report_with_everything_is_valid_for_archives(language: str, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(render(everything(language), "pdf"))
    checked = pdfa.validate_written(str(path), "3b")
    assert checked.passed, checked.findings


@pytest.mark.parametrize("language", ["fr", "en", "es", "ar"])
def test_every_figure_can_be_read_in_the_file(language: str) -> None:
    words = Words.of(language)
    text = " ".join(texts(everything(language)))
    wanted = [1661958, 94005, *range(1000, 1090), 345678, 123, 77]
    spaced = re.sub(r"[\u00a0\u202f]", " ", text)
    for number in wanted:
        assert re.sub(r"[\u00a0\u202f]", " ", words.number(number)) in spaced
    assert hidden_mark(words).strip("[]") in text


def test_language_and_title_are_told() -> None:
    made = pdf(everything("ar"))
    assert str(made.Root.Lang) == "ar"
    assert made.Root.ViewerPreferences.DisplayDocTitle
    assert str(made.docinfo.Title) == "Aperçu de la protection"


def test_screen_readers_find_headings_lists_tables_and_figures() -> None:
    made = pdf(everything())
    root = made.Root.StructTreeRoot.K
    assert structure(everything(), "H1", "H2", "L", "LI", "Table", "TR", "TH", "Figure") == {
        "H1": 3,
        "H2": 1,
        "L": 1,
        "LI": 2,
        "Table": 1,
        "TR": 92,
        "TH": 3 + 91,
        "Figure": 2,
    }
    assert [str(figure.Alt) for figure in elements(root, "/Figure")] == ["Barres par province", "Provinces ombrées"]
    assert {str(head.A.Scope) for head in elements(root, "/TH")} == {"/Column", "/Row"}


def test_marks_on_the_pages_lead_to_their_element_and_back() -> None:
    made = pdf(everything("ar"))
    numbers = made.Root.StructTreeRoot.ParentTree.Nums
    parents = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
    for page in made.pages:
        content = page.Contents.read_bytes()
        marks = [int(mark) for mark in re.findall(rb"/MCID (\d+)", content)]
        assert marks == list(range(len(parents[int(page.StructParents)])))
        assert content.count(b"BDC") + content.count(b"BMC") == content.count(b"EMC")


def test_contents_lead_to_the_pages_they_name() -> None:
    made = pdf(everything())
    pages = [page.obj for page in made.pages]
    targets = [pages.index(link.Dest[0]) + 1 for link in made.pages[0].Annots]
    first = texts(everything())[0]
    printed = [int(number) for number in re.findall(r"(?:Résumé|Tableaux|Partenaires|Images)\D*(\d+)", first)]
    assert printed == targets
    assert targets == sorted(targets)
    with made.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Résumé", "Tableaux", "Images"]
        assert [item.title for item in outline.root[1].children] == ["Partenaires"]


def test_every_page_says_which_it_is_and_who_may_read_it() -> None:
    pages = texts(everything("en"))
    for number, text in enumerate(pages, 1):
        assert f"{number} of {len(pages)}" in " ".join(text.split())
        assert "Diffusion : donateurs" in text


def test_the_head_of_a_table_stands_on_each_of_its_pages_but_is_read_once() -> None:
    asked = document(table(*((f"ligne {i}", Count(i)) for i in range(120))))
    pages = texts(asked)
    assert len(pages) > 2
    assert all("Colonne 1" in page for page in pages)
    assert structure(asked, "TH", "TD") == {"TH": 2 + 120, "TD": 120}


def test_a_total_never_stands_alone_on_a_page() -> None:
    for count in range(25, 40):
        rows = tuple(Row((f"ligne {i}", Count(i))) for i in range(count))
        columns = (Column("Nom"), Column("Nombre", Align.END))
        asked = document(Table("", columns, (*rows, Row(("Somme", Count(1)), RowKind.TOTAL))))
        last = texts(asked)[-1]
        assert "Somme" in last
        assert f"ligne {count - 1}" in last


def test_a_heading_never_ends_a_page() -> None:
    for lines in range(20, 45):
        asked = document(*(Paragraph((f"ligne {i}",)) for i in range(lines)), Heading("Suite"), Paragraph(("dessous",)))
        with_heading = next(page for page in texts(asked) if "Suite" in page)
        assert "dessous" in with_heading


@pytest.mark.parametrize("letter", ["W", "ع", "é ", "\u0628\u064e"])
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_name_of_ten_thousand_letters_is_printed_whole_within_the_page(letter: str, language: str) -> None:
    name = Said(letter * (10_000 // len(letter)))
    asked = document(table((name, Count(1)), ("après", Count(2))), Paragraph((name,)), language=language)
    found = letters(asked)
    assert sum(one == letter[0] for _page, one, _box in found) == 2 * (10_000 // len(letter))
    assert all(box[0] > 0 and box[2] < 595 and box[1] > 30 for _page, _letter, box in found)
    assert found[-1][0] >= 2


def test_tables_are_mirrored_for_right_to_left_readers() -> None:
    asked = table((Said("Bunia"), Count(777)), (Said("Beni"), Count(12)))
    left = document(asked)
    right = document(asked, language="ar")
    assert where(left, "Bunia")[0] < where(left, "777")[0]
    assert where(right, "Bunia")[0] > where(right, "777")[0]


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_figures_of_a_column_line_up_by_their_last_digit(language: str) -> None:
    asked = document(table((Said("a"), Count(811)), (Said("b"), Count(9)), (Said("c"), Count(44))), language=language)
    edges = [where(asked, figure)[1] for figure in ("811", "9", "44")]
    assert max(edges) - min(edges) < 2.5


def test_arabic_is_shaped_in_order_and_can_be_copied() -> None:
    asked = document(Paragraph(("تقودها نساء في Bunia عام 2025.",)), language="ar")
    edges = [where(asked, word) for word in ("تقودها", "نساء", "Bunia", "2025")]
    assert all(right <= before for (before, _right), (_left, right) in pairwise(edges))


def test_arabic_words_are_copied_with_their_letters_in_order() -> None:
    text = " ".join(texts(document(Paragraph(("ملاحظات للقراءة: الأرقام لا تُجمع (محجوب).",)), language="ar")))
    for word in ("ملاحظات", "للقراءة", "الأرقام", "لا"):
        assert word in text
    assert "لم" not in text


def test_what_carries_the_letters_of_a_ligature_is_not_seen() -> None:
    def seen(content: bytes) -> bytes:
        return bytes(pypdfium2.PdfDocument(content)[0].render(scale=2).buffer)

    made = render(document(Paragraph(("ملاحظات لأنّ الأرقام لا تُجمع.",)), language="ar"), "pdf")
    without = io.BytesIO()
    with pikepdf.open(io.BytesIO(made)) as opened:
        contents = opened.pages[0].Contents.read_bytes()
        bare, carriers = re.subn(rb"3 Tr <[0-9A-F]+> Tj 0 Tr", b"", contents)
        opened.pages[0].Contents = opened.make_stream(bare)
        opened.save(without)
    assert carriers == 4
    assert seen(made) == seen(without.getvalue())


def test_a_missing_value_is_its_reason_and_every_hidden_one_the_same_mark() -> None:
    mark = hidden_mark(Words.of("fr"))
    text = texts(document(table(("a", Hidden()), ("b", Missing("non collecté")), ("c", Hidden()))))[0]
    assert text.count(mark) == 2
    assert "non collecté" in text


def test_characters_that_no_font_has_are_reported_and_marked() -> None:
    unknown: list[str] = []
    asked = document(Paragraph((Said("ok 😀 et 漢, fin"),)), table(("漢", Count(1))))
    render(asked, "pdf", unprintable=unknown.append)
    assert unknown == ["漢😀"]
    assert "fin" in texts(asked)[0]
    render(everything(), "pdf", unprintable=unknown.append)
    assert unknown == ["漢😀"]


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_hostile_text_is_only_text(language: str) -> None:
    hostile = (
        "<img src=/x.png> <b>a </i> \u202egauche\u2069\u2069 \ud800 \x00\x1b[31m javascript:alert(1) =cmd| (\\) Tj"
    )
    asked = document(
        Heading(hostile),
        Paragraph((hostile, Said(hostile))),
        table((Said(hostile), Count(1))),
        language=language,
        subtitle=hostile,
        running_foot=hostile,
    )
    text = " ".join(texts(asked))
    for kept in ("<img src=/x.png>", "javascript:alert(1)", "gauche", "(\\) Tj"):
        assert text.count(kept) >= 2
    assert b"/URI" not in pdf_objects(asked)
    assert b"/Subtype /Image" not in pdf_objects(asked)


def test_equal_documents_give_equal_bytes_in_any_process() -> None:
    mine = render(everything("ar"), "pdf")
    assert mine == render(everything("ar"), "pdf")
    program = (
        "import importlib.util, sys; spec = importlib.util.spec_from_file_location('made', sys.argv[1]);"
        "made = importlib.util.module_from_spec(spec); spec.loader.exec_module(made);"
        "sys.stdout.buffer.write(made.render(made.everything('ar'), 'pdf'))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "77", "PYTHONPATH": os.pathsep.join(sys.path)}
    other = subprocess.run([sys.executable, "-c", program, __file__], env=environment, capture_output=True, check=True)
    assert other.stdout == mine


def test_attached_files_travel_inside_and_are_announced() -> None:
    made = pdf(everything())
    assert made.attachments["données.csv"].get_file().read_bytes() == b"a;b\n1;2\n"
    assert [str(one.AFRelationship) for one in made.Root.AF] == ["/Data"]
    assert "données.csv" in texts(everything())[0]


def test_what_an_attached_file_says_of_itself_is_only_text() -> None:
    hostile = Attachment("a\u202eb)>>\x00.csv", "text/csv)>>/JS(x", ") /OpenAction", b"1")
    with pdf(document(attachments=(hostile,))) as made:
        assert list(made.attachments) == ["ab)>>.csv"]
        assert "/OpenAction" not in made.Root
        assert set(made.Root.AF[0].EF.F.keys()) == {"/Type", "/Subtype", "/Params", "/Filter", "/Length"}


def test_bars_are_as_long_as_their_figures_and_hidden_ones_all_alike() -> None:
    def bars(*values: Count | Hidden | Missing) -> Document:
        places = tuple(f"lieu {i}" for i in range(len(values)))
        return document(Chart("", places, (Series("s", values),), "barres"))

    big, small = map(float, re.findall(r"(\S+) 12\.20 re f\*", content(bars(Count(800), Count(200)))))
    assert big / small == pytest.approx(4, rel=0.01)
    assert "re f*" not in content(bars(Count(0), Missing("non collecté")))
    stubs = re.findall(r"(\S+) 12\.20 re W\*", content(bars(Hidden(), Count(1_000_000), Hidden())))
    assert len(stubs) == 2
    assert len(set(stubs)) == 1


def test_a_chart_of_many_places_goes_on_over_pages() -> None:
    places = tuple(Said(f"territoire {i}") for i in range(145))
    series = tuple(Series(name, tuple(Count(i * 7) for i in range(145))) for name in ("a", "b"))
    pages = texts(document(Chart("Long", places, series, "barres")))
    assert len(pages) > 3
    text = " ".join(" ".join(pages).split())
    assert [i for i in range(145) if f"territoire {i}" not in text] == []


def test_a_map_without_outlines_is_a_list() -> None:
    areas = (Area(Said("Ituri"), (), Count(4321)), Area(Said("Uele"), (((1.0, 2.0),),), Missing("non collecté")))
    text = texts(document(Map("Carte", areas, "carte"), language="en"))[0]
    assert "Ituri" in text
    assert "4,321" in text
    assert "non collecté" in text


def test_a_map_of_strange_outlines_is_drawn_all_the_same() -> None:
    strange = ((float("nan"), 1.0), (1.0, float("inf")), *((1.0, 1.0),) * 5)
    assert texts(document(Map("Carte", (Area(Said("Point"), (strange,), Count(1)),), "carte")))


def test_progress_rises_to_one() -> None:
    told: list[float] = []
    render(everything(), "pdf", progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_an_empty_document_is_a_page() -> None:
    assert len(texts(Document("", "fr", date(2025, 1, 1), ()))) == 1
    assert len(texts(document(table(), KeyFigures(()), Chart("", (), (), ""), Bullets(()), Paragraph(())))) == 1


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_long_names_anywhere_keep_within_the_page(language: str) -> None:
    long = "Organisation " + "démesurée" * 250
    asked = document(
        Heading(long),
        Heading(long, 2),
        KeyFigures((KeyFigure(Missing(long), long, long), KeyFigure(Said(long), long))),
        Bullets(((long,),)),
        Table(long, (Column(long), Column(long, Align.END)), (Row((Said(long), Missing(long))),), long),
        Chart(long, (Said(long), Said(long)), (Series(long, (Count(5), Missing(long))),) * 2, long, note=long),
        Map(long, (Area(Said(long), (SQUARE,), Count(1)), Area(Said(long), (SQUARE,), Missing(long))), long, long),
        language=language,
        subtitle=long,
        cover=((long, Said(long)),),
        running_foot=long,
    )
    for _page, _letter, (left, bottom, right, top) in letters(asked):
        assert left > 40
        assert right < 560
        assert bottom > 20
        assert top < 830
